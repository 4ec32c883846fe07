import { deletionOf } from '../actions/plan-deletion.js';
import { isBack } from '../actions/plan-parking.js';
import { whyNoSteps } from '../actions/plan.js';
import { followPolicy } from '../actions/run-replan.js';
import { runSteps } from '../actions/run-steps.js';
import { revertedStep } from '../actions/run-reverted.js';
import { runWatch } from '../actions/run-watch.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { Stored } from '../store/store.js';
import { filesLeft, type AccountThen } from './answering/files-plan.js';
import { instant, type Case, type CaseIn } from './case.js';
import { parkingOf } from './decision.js';
import type { Doors } from './doors.js';
import type { CaseEvent } from './events.js';
import { heldUntil } from './hold.js';
import { ask, later, waitForAnswer } from './asking/run-asking.js';
import { showLatest } from './asking/run-show-latest.js';
import { move, putOff } from './run-move.js';
import { tellOfTask, tellReviewers } from './hr/run-telling.js';
import { isSealed, sealedLog } from './hr/sealed.js';
import { cardIsStale, firstOf, workDueAt } from './transition.js';

/**
 * Does what is due for one claimed case and gives the lease back. Called by the worker only.
 * @throws ChangedMeanwhile when the lease was lost: somebody else has the case now
 */
export async function runCase(given: Doors, claimed: Stored<Case>): Promise<void> {
  const doors = isSealed(claimed.doc) ? { ...given, log: sealedLog(given.log) } : given;
  const stored = await showLatest(doors, claimed);
  const now = instant(doors.clock.now());
  const due = workDueAt(stored.doc);
  if (due === undefined || due > now) {
    const again = cardIsStale(stored.doc) ? later(doors, stored.doc) : due;
    return putOff(doors, stored, again);
  }
  try {
    await work(doors, stored);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    await tryLater(doors, stored, error);
  }
}

/** Whom to ask could not be looked up: nothing was done, and it is looked up again. */
async function tryLater(doors: Doors, stored: Stored<Case>, failure: GraphFailure): Promise<void> {
  const { caseId } = stored.doc;
  doors.log.warn('A case could not be worked on: Microsoft Graph failed.', { caseId, failure: failure.kind });
  const current = await doors.store.read<Case>('cases', caseId, caseId);
  if (current === undefined || current.doc.lease?.owner !== stored.doc.lease?.owner) return;
  await putOff(doors, current, later(doors, current.doc));
}

function work(doors: Doors, stored: Stored<Case>): Promise<void> {
  const c = stored.doc;
  switch (c.state) {
    case 'opened':
    case 'escalated':
      return ask(doors, { doc: c, etag: stored.etag });
    case 'asked':
      return waitForAnswer(doors, { doc: c, etag: stored.etag });
    case 'kept':
      return release(move(doors, stored, { type: 'keepEnded' }, { actor: 'system', lease: 'release' }));
    case 'decided':
      return afterReview(doors, { doc: c, etag: stored.etag });
    case 'holding':
      return whileHeld(doors, { doc: c, etag: stored.etag });
    case 'scheduled':
    case 'acting':
    case 'undoing':
      return runSteps(doors, { doc: c, etag: stored.etag });
    case 'needsPerson':
      return runTask(doors, { doc: c, etag: stored.etag });
    case 'hrReview':
    case 'hrProposed':
      return tellReviewers(doors, { doc: c, etag: stored.etag });
    case 'adminReview':
    case 'closed':
    case 'cancelled':
    case 'undone':
      return putOff(doors, stored, undefined);
    default:
      return c satisfies never;
  }
}

/**
 * What was done is looked at every day, and once more at the end. Then the case is over, unless what was parked comes back,
 * or the policy deletes the account after it was held long enough.
 */
async function whileHeld(doors: Doors, stored: Stored<CaseIn<'holding'>>): Promise<void> {
  const reverted = await revertedStep(doors, stored.doc);
  if (reverted !== undefined)
    return release(move(doors, stored, reverted, { actor: 'system', lease: 'release' }));
  const { holdUntil } = stored.doc;
  const now = instant(doors.clock.now());
  if (now < holdUntil) {
    const { lookAt: _past, ...held } = stored.doc;
    const doc = { ...held, ...heldUntil(holdUntil, held, now) };
    return putOff(doors, { doc, etag: stored.etag }, workDueAt(doc));
  }
  await move(doors, stored, await eventAfterHold(doors, stored.doc), { actor: 'system', lease: 'release' });
}

/** Files go with an account, whoever has deleted it. @throws GraphFailure */
async function eventAfterHold(doors: Doors, c: CaseIn<'holding'>): Promise<CaseEvent> {
  if (c.decision.kind === 'park') return LEAVE_OVER;
  const step = deletionOf(c, doors.policy, doors.clock.now());
  if (step !== undefined) return { type: 'deletionPlanned', step };
  if (c.decision.files === undefined) return { type: 'holdEnded' };
  const files = filesLeft(c, await readAccount(doors, c));
  return { type: 'holdEnded', ...(files === undefined ? {} : { files }) };
}

async function readAccount({ graph }: Doors, { userId }: Case): Promise<AccountThen> {
  if ((await graph.person(userId)) !== undefined) return { is: 'there' };
  const at = (await graph.deletedItem(userId))?.at;
  return { is: 'gone', since: at && instant(at) };
}

const LEAVE_OVER = { type: 'leaveEnded', why: 'The person is to be back from leave.' } as const;

/** A person has something to do. What was parked comes back meanwhile; HR hears of what waits in its cases. */
async function runTask(doors: Doors, stored: Stored<CaseIn<'needsPerson'>>): Promise<void> {
  if (stored.doc.undoneBy === undefined && isBack(stored.doc, doors.clock.now()))
    return release(move(doors, stored, LEAVE_OVER, { actor: 'system', lease: 'release' }));
  // What can come back does so before anybody is told that it does not.
  const waits = await runWatch(doors, stored);
  if (waits === undefined) return;
  const { now, next } = await tellOfTask(doors, waits.stored);
  const backOn = now.doc.undoneBy === undefined ? parkingOf(now.doc)?.until : undefined;
  await putOff(doors, now, firstOf([waits.next, next, backOn]));
}

/** An answer without steps is one for a person; whoever took it may have ended before that was written down. */
async function afterReview(doors: Doors, stored: Stored<CaseIn<'decided'>>): Promise<void> {
  if (stored.doc.steps.length > 0 && (await followPolicy(doors, stored))) return;
  const task =
    whyNoSteps(stored.doc, stored.doc.decision, doors.policy) ??
    'Look which licenses can go: software could not tell.';
  const event: CaseEvent =
    stored.doc.steps.length === 0 ? { type: 'personNeeded', task } : { type: 'reviewPassed' };
  await move(doors, stored, event, { actor: 'system', lease: 'release' });
}

async function release(moved: Promise<unknown>): Promise<void> {
  await moved;
}
