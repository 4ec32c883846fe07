import type { Person } from '../audit/person.js';
import type { Case } from '../cases/case.js';
import { readHeldSeats } from '../cases/campaign/run-held-seats.js';
import type { Doors } from '../cases/doors.js';
import type { StepLicense, StepOf } from '../cases/step.js';
import { takenBefore } from './licenses.js';
import { againstAll, recheckStep, type LiveFacts, type Recheck, type TakingStep } from './recheck.js';
import {
  recheckLocation,
  recheckNotHeld,
  recheckNotIncluded,
  recheckReceiver,
  recheckSeat,
  seatShortage,
} from './recheck-receiver.js';
import { readLiveFacts, readSignIn, rosterNow } from './run-live-facts.js';
import { stepAt, type WithSteps } from './run-step-moves.js';

/** Sign-in dates for `recheck`, of which safety rule 5 allows that they are older than the rest. @throws GraphFailure */
export function signInFor(doors: Doors, c: Case & WithSteps, index: number): Promise<LiveFacts['signIn']> {
  return readSignIn(doors, c, stepAt(c, index).step);
}

/**
 * Whether a step may be taken at this moment, by what is read now (safety rule 5).
 * @param signIn what was read of it before; default: it is read first
 * @throws GraphFailure
 */
export async function recheck(
  doors: Doors,
  c: Case & WithSteps,
  index: number,
  signIn?: LiveFacts['signIn'],
): Promise<Recheck> {
  const { step } = stepAt(c, index);
  const known = signIn ?? (await signInFor(doors, c, index));
  switch (step.kind) {
    case 'assignLicenses':
      return c.scenario === 'given'
        ? recheckGift(doors, c, step)
        : ofReceiver(await recheckGiving(doors, c, step));
    case 'setUsageLocation':
      return c.scenario === 'given' ? recheckGift(doors, c, step) : recheckLocating(doors, c, step, known);
    default: {
      const verdict = await recheckTaking(doors, c, step, known);
      if (verdict.kind !== 'go' && verdict.kind !== 'byHand') return verdict;
      const missing = await receiverIsMissing(doors, c);
      return missing === undefined ? verdict : ofReceiver(missing);
    }
  }
}

function ofReceiver(verdict: Recheck): Recheck {
  return verdict.kind === 'blocked' || verdict.kind === 'personNeeded'
    ? { ...verdict, ofReceiver: true }
    : verdict;
}

const NOTHING_TAKEN: Recheck = {
  kind: 'skip',
  why: 'Nothing was taken, so there was nothing to give.',
};

const STILL_HELD: Recheck = {
  kind: 'blocked',
  task: 'The person holds the licenses again, so no seat is free for the receiver: take them, or undo.',
};

/** Only seats that are free because of the case. */
async function recheckGiving(
  { graph }: Doors,
  c: Case & WithSteps,
  step: StepOf<'assignLicenses'>,
): Promise<Recheck> {
  const taken = takenBefore(c.steps, step.licenses);
  if (taken.length === 0) return NOTHING_TAKEN;
  const licenses = notHeld(taken, await graph.person(c.userId));
  if (licenses.length === 0) return STILL_HELD;
  return recheckReceiver({ ...step, licenses }, await graph.person(step.userId), await graph.skus());
}

/** What an admin gives takes a seat of those that are left, and nothing from anybody. */
async function recheckGift(
  doors: Doors,
  c: Case & WithSteps,
  step: StepOf<'assignLicenses' | 'setUsageLocation'>,
): Promise<Recheck> {
  const giving = step.kind === 'assignLicenses' ? step : plannedGiving(c);
  if (giving === undefined) return NOTHING_TAKEN;
  const { graph } = doors;
  const [person, skus, heldSeats] = await Promise.all([
    graph.person(step.userId),
    graph.skus(),
    // A seat that is refused because of one of HR's cases would tell an admin of it (safety rule 3).
    readHeldSeats(doors, ({ isHrs }) => !isHrs),
  ]);
  const recheckIt = step.kind === 'assignLicenses' ? recheckReceiver : recheckLocation;
  const verdict = recheckNotIncluded(giving, person, skus) ?? recheckIt(giving, person, skus);
  const task = verdict.kind === 'go' ? seatShortage(giving, { skus, heldSeats }) : undefined;
  return task === undefined ? verdict : { kind: 'blocked', task };
}

/** Somebody may have given the person the same again, directly or through another group. */
function notHeld(licenses: readonly StepLicense[], holder: Person | undefined): readonly StepLicense[] {
  return licenses.filter(({ skuId }) => holder?.licenses.every((held) => held.skuId !== skuId) ?? true);
}

async function recheckTaking(
  doors: Doors,
  c: Case,
  step: TakingStep,
  signIn: LiveFacts['signIn'],
): Promise<Recheck> {
  const live = await readLiveFacts(doors, c, step, signIn, await rosterNow(doors));
  return recheckStep(c, step, live, doors.policy, doors.clock.now());
}

/** Nothing happens to a receiver either, before everything holds that the rest of the plan needs. */
async function recheckLocating(
  doors: Doors,
  c: Case & WithSteps,
  step: StepOf<'setUsageLocation'>,
  signIn: LiveFacts['signIn'],
): Promise<Recheck> {
  const giving = plannedGiving(c);
  if (giving === undefined) return NOTHING_TAKEN;
  const live = await readLiveFacts(doors, c, step, signIn, await rosterNow(doors));
  const against = againstAll(c, live, doors.policy, doors.clock.now());
  if (against !== undefined) return against;
  const skus = await doors.graph.skus();
  const receiver = await doors.graph.person(step.userId);
  const verdict = recheckNotHeld(giving, receiver, skus) ?? recheckLocation(giving, receiver, skus);
  return verdict.kind === 'go' ? (recheckSeat(giving, skus) ?? verdict) : verdict;
}

/** A reassignment is one plan (field.md N13): nothing is taken from anybody before the receiver can have all of it. */
async function receiverIsMissing({ graph }: Doors, c: WithSteps): Promise<Recheck | undefined> {
  const giving = plannedGiving(c);
  if (giving === undefined) return undefined;
  const skus = await graph.skus();
  const receiver = await graph.person(giving.userId);
  const verdict = recheckNotHeld(giving, receiver, skus) ?? recheckReceiver(giving, receiver, skus);
  if (verdict.kind !== 'go') return verdict;
  return hasTaken(c) ? undefined : recheckSeat(giving, skus);
}

function plannedGiving({ steps }: WithSteps): StepOf<'assignLicenses'> | undefined {
  const giving = steps.find(
    ({ step, progress }) => step.kind === 'assignLicenses' && progress.is === 'planned',
  );
  return giving?.step.kind === 'assignLicenses' ? giving.step : undefined;
}

/** The seat is free by now, or about to be. */
function hasTaken({ steps }: WithSteps): boolean {
  return steps.some(({ step, progress }) => step.kind === 'removeLicenses' && progress.is !== 'planned');
}
