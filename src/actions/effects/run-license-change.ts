import type { Person, SkuId } from '../../audit/person.js';
import type { Step, StepOf } from '../../cases/step.js';
import type { LicenseChange, LicenseChangeAnswer } from '../../graph/graph-door.js';
import {
  changeOf,
  givingBack,
  heldDirectly,
  isRestored,
  licensesOf,
  tookEffect,
  type LicensesBefore,
} from '../licenses.js';
import { lackedBy } from '../receiver.js';
import { isServed, seatsLeft } from '../seats.js';
import { refusalInWords } from '../step-words.js';
import { ACCEPTED, ACCOUNT_GONE, look, type Effect, type EffectAnswer, type EffectDoors } from './effect.js';

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
    const answer = await changeBack(graph, step, person, licensesOf(before));
    // Nothing else is to be done where what was given is gone.
    const isSo = answer.kind === 'accepted' || (answer.kind === 'notHeld' && step.kind === 'assignLicenses');
    if (isSo) return ACCEPTED;
    const task = refusalInWords(answer);
    return answer.kind === 'noFreeSeat'
      ? { kind: 'refused', task, forWant: 'ofSeats' }
      : { kind: 'refused', task };
  },
  async hasSeatsFor({ graph }, step, before) {
    const person = await graph.person(step.userId);
    if (person === undefined) return false;
    const seats = { skus: await graph.skus(), heldSeats: NONE_HELD };
    // What is held by now somebody has given back.
    return lackedBy(person, licensesOf(before).licenses).every(
      ({ skuId }) => isServed(seats, skuId) && seatsLeft(seats, skuId) > 0,
    );
  },
  async isGivenBack({ graph }, step, before) {
    const person = await graph.person(step.userId);
    return person === undefined ? 'personGone' : look(isRestored(step, person, licensesOf(before)));
  },
};

/** What an undo gives back is what seats are held for. */
const NONE_HELD: ReadonlyMap<SkuId, number> = new Map();

function answerOf(answer: LicenseChangeAnswer): EffectAnswer {
  return answer.kind === 'accepted' || answer.kind === 'notHeld'
    ? ACCEPTED
    : { kind: 'refused', task: refusalInWords(answer) };
}

/** One license without a seat does not keep the others from coming back; what cannot be given alone comes with the rest. */
async function giveWhatIsFree(
  graph: EffectDoors['graph'],
  person: Person,
  { add }: LicenseChange,
): Promise<void> {
  if (add.length < 2) return;
  for (const license of add) await graph.changeLicenses(person.id, { add: [license], remove: [] });
}

/** Whoever has taken by hand what was given instead is not to keep the rest from coming back. */
async function changeBack(
  graph: EffectDoors['graph'],
  step: Step,
  person: Person,
  before: LicensesBefore,
): Promise<LicenseChangeAnswer> {
  const change = givingBack(step, before);
  const answer = await graph.changeLicenses(person.id, change);
  if (answer.kind === 'noFreeSeat') await giveWhatIsFree(graph, person, change);
  if (answer.kind !== 'notHeld' || change.remove.length === 0 || change.add.length === 0) return answer;
  const left = change.remove.length === 1 ? [] : heldDirectly(person, before.gives);
  return graph.changeLicenses(person.id, { ...change, remove: left.map(({ skuId }) => skuId) });
}
