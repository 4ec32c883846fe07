import type { StepOf } from '../../cases/step.js';
import type { ChangeAnswer } from '../../graph/graph-door.js';
import { answerTo, look, type Effect, type EffectAnswer, type EffectDoors, type Look } from './effect.js';

/** A soft delete: for 30 days everything comes back with the account (microsoft-graph.md 5). */
export const deletion: Effect<StepOf<'deleteAccount'>> = {
  async act({ graph }, { userId }) {
    return answerOf(await graph.deletePerson(userId), 'delete');
  },
  tookEffect: async (doors, step) => look(!(await isThere(doors, step))),
  async giveBack({ graph }, { userId }) {
    return answerOf(await graph.restorePerson(userId), 'restore');
  },
  isGivenBack: async (doors, step): Promise<Look> => look(await isThere(doors, step)),
};

async function isThere({ graph }: EffectDoors, { userId }: StepOf<'deleteAccount'>): Promise<boolean> {
  return (await graph.person(userId)) !== undefined;
}

function answerOf(answer: ChangeAnswer, verb: string): EffectAnswer {
  return answerTo(answer, {
    gone: `The account is not there any more, so nothing is left to ${verb}.`,
    refused: (message) => ({
      kind: 'refused',
      task: `Microsoft Entra refused to ${verb} the account: ${message}`,
    }),
  });
}
