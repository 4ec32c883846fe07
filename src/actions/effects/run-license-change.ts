import type { Before, StepLicense, StepOf } from '../../cases/step.js';
import type { LicenseChangeAnswer } from '../../graph/graph-door.js';
import { changeOf, giving, isRestored, tookEffect } from '../licenses.js';
import { refusalInWords } from '../step-words.js';
import { ACCEPTED, ACCOUNT_GONE, look, type Effect, type EffectAnswer } from './effect.js';

/** Direct licenses, taken or given in one call for all of a person's SKUs, so that dependencies resolve together. */
export const licenseChange: Effect<StepOf<'removeLicenses' | 'assignLicenses'>> = {
  async act({ graph }, step, before) {
    return answerOf(await graph.changeLicenses(step.userId, changeOf(step, licensesOf(before))));
  },
  async tookEffect({ graph }, step, before) {
    const person = await graph.person(step.userId);
    return person === undefined ? 'personGone' : look(tookEffect(step, person, licensesOf(before)));
  },
  async giveBack({ graph }, step, before) {
    const person = await graph.person(step.userId);
    if (person === undefined) return ACCOUNT_GONE;
    // All of it, whatever was read: minutes after a change the answer may be the older one, in which nothing is missing.
    const answer = await graph.changeLicenses(step.userId, giving(licensesOf(before)));
    return answer.kind === 'accepted' ? ACCEPTED : { kind: 'refused', task: refusalInWords(answer) };
  },
  async isGivenBack({ graph }, step, before) {
    const person = await graph.person(step.userId);
    return person === undefined ? 'personGone' : look(isRestored(person, licensesOf(before)));
  },
};

function answerOf(answer: LicenseChangeAnswer): EffectAnswer {
  return answer.kind === 'accepted' || answer.kind === 'notHeld'
    ? ACCEPTED
    : { kind: 'refused', task: refusalInWords(answer) };
}

export function licensesOf(before: Before): readonly StepLicense[] {
  return 'licenses' in before ? before.licenses : [];
}
