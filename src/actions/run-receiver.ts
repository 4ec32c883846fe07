import type { Person } from '../audit/person.js';
import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import type { StepLicense, StepOf } from '../cases/step.js';
import { takenBefore } from './licenses.js';
import type { Recheck } from './recheck.js';
import { recheckReceiver } from './recheck-receiver.js';
import type { WithSteps } from './run-step-moves.js';

/** Whether a receiver may get what was taken: only seats that are free because of it. @throws GraphFailure */
export async function recheckGiving(
  { graph }: Pick<Doors, 'graph'>,
  c: Case & WithSteps,
  step: StepOf<'assignLicenses'>,
): Promise<Recheck> {
  const taken = takenBefore(c.steps, step.licenses);
  if (taken.length === 0) return NOTHING_TAKEN;
  const seats = notHeld(taken, await graph.person(c.userId));
  if (seats.length === 0) return STILL_HELD;
  return recheckReceiver({ ...step, licenses: seats }, await graph.person(step.userId));
}

/** Somebody may have given the person the same again, directly or through another group. */
function notHeld(licenses: readonly StepLicense[], holder: Person | undefined): readonly StepLicense[] {
  return licenses.filter(({ skuId }) => holder?.licenses.every((held) => held.skuId !== skuId) ?? true);
}

/** A reassignment is one plan (field.md N13): nothing is taken from anybody before the receiver can have it. */
export async function receiverIsMissing(
  { graph }: Pick<Doors, 'graph'>,
  c: WithSteps,
): Promise<Recheck | undefined> {
  const giving = c.steps.find(
    ({ progress, step }) => step.kind === 'assignLicenses' && progress.is === 'planned',
  );
  if (giving?.step.kind !== 'assignLicenses') return undefined;
  const verdict = recheckReceiver(giving.step, await graph.person(giving.step.userId));
  return verdict.kind === 'go' || verdict.kind === 'skip' ? undefined : verdict;
}

const NOTHING_TAKEN: Recheck = {
  kind: 'skip',
  why: 'Nothing was taken, so there was nothing to give.',
};

const STILL_HELD: Recheck = {
  kind: 'blocked',
  task: 'The person holds the licenses again, so no seat is free for the receiver: take them, or undo.',
};
