import type { Person } from '../../audit/person.js';
import type { StepOf } from '../../cases/step.js';
import type { ChangeAnswer } from '../../graph/graph-door.js';
import { answerTo, ACCEPTED, look, type Effect, type EffectAnswer } from './effect.js';

/** The country in which a receiver uses licenses, without which Graph assigns none. */
export const usageLocation: Effect<StepOf<'setUsageLocation'>> = {
  async act({ graph }, { userId, country }) {
    return answerOf(await graph.setUsageLocation(userId, country));
  },
  async tookEffect({ graph }, { userId }) {
    const person = await graph.person(userId);
    return person === undefined ? 'personGone' : look(person.usageLocation !== undefined);
  },
  async giveBack({ graph }, { userId, country }) {
    const person = await graph.person(userId);
    if (person === undefined || isKept(person, country)) return ACCEPTED;
    return answerOf(await graph.setUsageLocation(userId, undefined));
  },
  async isGivenBack({ graph }, { userId, country }) {
    const person = await graph.person(userId);
    // Whoever is gone has no location to be emptied, and nothing else waits for it.
    return look(person === undefined || person.usageLocation === undefined || isKept(person, country));
  },
};

/** Licenses need it by now, or somebody has set another one. */
function isKept({ licenses, usageLocation: now }: Person, country: string): boolean {
  return licenses.length > 0 || (now !== undefined && now !== country);
}

function answerOf(answer: ChangeAnswer): EffectAnswer {
  return answerTo(answer, {
    gone: 'The receiver no longer exists: choose another one.',
    refused: (message) => ({
      kind: 'refused',
      task: `Microsoft Entra refused to change the usage location: ${message}`,
    }),
  });
}
