import type { AuditProgress } from '../audit/audit-result.js';
import { runAudit, type AuditDoors } from '../audit/run-audit.js';
import { concealDue } from '../audit/reveal/run-row.js';
import { latestRun, storeRun } from '../audit/run-store.js';
import type { GraphDoor } from '../graph/graph-door.js';
import { policyHash } from '../config/policy-hash.js';
import { GraphFailure, passesByItself } from '../graph/graph-failure.js';
import { enterDeed } from './admin/run-deeds.js';
import { tellAdmins } from './admin/run-telling-admins.js';
import { nameOf } from '../telemetry/error-words.js';
import { instant, type Instant } from './case.js';
import { personAtTerminal } from './asked-by.js';
import type { Command, CommandOrder, CommandOutcome } from './command.js';
import type { Doors } from './doors.js';
import { approve } from './campaign/run-approving.js';
import { isCurrentRun } from './campaign/current-run.js';
import { askUndo } from './answering/run-desk.js';
import { noteCampaignWaits } from './campaign/run-campaign-waits.js';
import { openAfter } from './campaign/run-open-after.js';
import { eraseOldOfDay } from './run-erasing-of-day.js';
import { meaningOf } from './state-meanings.js';
import { review, reviewText } from './campaign/run-review.js';
import { alarmText } from './campaign/held-seats.js';
import { readSeatAlarms } from './campaign/run-held-seats.js';
import { NO_CASE, orderedCase, SEVERAL_CASES } from './run-ordered-case.js';
import { cancelOutdated, cancelStopped, followChangedPolicy } from './run-outdated.js';
import { readSwitch } from './campaign/run-switch.js';
import { goOn } from './campaign/run-going-on.js';
import { give } from './giving/run-give.js';
import { waive } from './answering/run-waive.js';
import { planNext, takeTurn } from './run-schedule.js';
import { forCase } from './asking/run-for-case.js';
import { keepLate } from './asking/run-kept-cards.js';

export interface CommandDoors extends Doors {
  /** The same tenant for reads that may wait long, such as a report that is throttled for ten minutes. */
  readonly auditGraph: GraphDoor;
  readonly onAuditProgress: (progress: AuditProgress) => void;
  /** Milliseconds for which sign-in dates are not read again. */
  readonly keepSignInsMs?: number | undefined;
  /** Aborted when this process is about to end: an audit is broken off and taken up by the next one. */
  readonly ending?: AbortSignal | undefined;
}

/** What an audit needs of the doors of a command. */
export function auditDoorsOf(doors: CommandDoors): AuditDoors {
  const { auditGraph: graph, store, clock, random, log, sleep, ending: signal } = doors;
  const { signInsPerMinute, keepSignInsMs } = doors;
  const announce = (sentence: string): void => log.info(sentence);
  return {
    graph,
    store,
    clock,
    random,
    log,
    sleep,
    signInsPerMinute,
    keepSignInsMs,
    signal,
    announce,
    progress: doors.onAuditProgress,
  };
}

type Finished = Exclude<CommandOutcome, { is: 'waiting' }>;

/** Not over: due again then. `anew`: it was no failure, so that tries are counted from the beginning. */
export interface Later {
  readonly is: 'later';
  readonly dueAt: Instant;
  readonly anew: boolean;
  /** The order with what it has found out until now; absent: as it was. */
  readonly what?: CommandOrder;
}

const NOT_OPENED = 'The cases of an audit could not be opened.';
const NOT_REACHED = 'An order could not reach Microsoft Graph.';

/** So many tries of a command Graph may leave unanswered before it is given up. */
const MOST_UNANSWERED = 5;

/** Carries out one claimed command. Safe to repeat: a crash in the middle begins it anew. */
export async function runCommand(doors: CommandDoors, command: Command): Promise<Finished | Later> {
  switch (command.what.order) {
    case 'audit':
      return audit(doors, command);
    case 'undo':
      return undo(doors, command, command.what);
    case 'waive':
      return unlessRefused(doors, command, NOT_REACHED, waived(doors, command, command.what));
    case 'give':
      return unlessRefused(doors, command, NOT_REACHED, given(doors, command, command.what));
    case 'review':
      return reviewed(doors, command, command.what);
    case 'approve':
      return unlessRefused(doors, command, NOT_REACHED, approve(doors, command));
    case 'enterDeed':
      return entered(doors, command, command.what);
    case 'endCases':
      return endCases(doors);
    case 'goOn':
      return goesOn(doors, command);
    case 'tellAdmins':
      return { is: 'later', anew: true, ...(await tellAdmins(doors, command.what)) };
    case 'keepCard':
      return cardKept(doors, command.what);
    case 'concealNames':
      return concealNames(doors, command);
    default:
      return command.what satisfies never;
  }
}

async function audit(doors: CommandDoors, command: Command): Promise<Finished> {
  const leftOut = await planNext(doors, command);
  if (leftOut !== undefined) return leftOut;
  const earlier = await runOf(doors, command);
  if (earlier !== undefined) return unlessRefused(doors, command, NOT_OPENED, opened(doors, earlier));
  const covered = await takeTurn(doors, command);
  if (covered !== undefined) return covered;
  // Whatever becomes of the audit: what has to go does not wait for one that succeeds.
  await eraseOldOfDay(doors);
  const runId = `${command.id}-${command.attempts}`;
  const accepts = command.what.order === 'audit' && command.what.acceptJump === true;
  const run = runAudit(auditDoorsOf(doors), doors.policy, accepts ? { acceptJump: 'shown' } : {});
  const result = await unlessRefused(doors, command, 'The audit could not read the tenant.', run);
  if ('is' in result) return result;
  await storeRun(doors.store, result, runId, policyHash(doors.policy));
  if (result.kind === 'stopped') {
    await noteCampaignWaits(doors, 'audit', true);
    return { is: 'stopped', at: instant(doors.clock.now()), says: result.why.join(' ') };
  }
  return unlessRefused(doors, command, NOT_OPENED, opened(doors, runId));
}

/**
 * What Microsoft Graph does not let pass is tried again as long as it may pass by itself, and not for ever.
 * @throws GraphFailure when it is to be tried again
 */
async function unlessRefused<T>(
  doors: Doors,
  { id, unanswered = 0 }: Command,
  what: string,
  work: Promise<T>,
): Promise<T | Extract<Finished, { is: 'failed' }>> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    doors.log.error(what, {
      command: id,
      failure: error.kind,
      operation: error.details.operation,
      why: error.message,
    });
    if (unanswered + 1 < MOST_UNANSWERED && passesByItself(error)) throw error;
    return { is: 'failed', at: instant(doors.clock.now()), says: error.message };
  }
}

async function opened(doors: Doors, runId: string): Promise<Finished> {
  await noteCampaignWaits(doors, 'audit', false);
  await cancelOutdated(doors, runId);
  await followChangedPolicy(doors);
  const says = [await openAfter(doors, runId), ...(await alarmsOf(doors))].join(' ');
  return { is: 'done', at: instant(doors.clock.now()), runId, says };
}

/** Seats that undos need and that are not free; an audit is over whether they can be counted or not. */
async function alarmsOf(doors: Doors): Promise<readonly string[]> {
  try {
    const alarms = await readSeatAlarms(doors);
    await noteCampaignWaits(doors, 'seats', alarms.length > 0);
    for (const alarm of alarms) doors.log.warn('Fewer seats are free than undos may need.', { ...alarm });
    return alarms.map(alarmText);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    doors.log.warn('Seats held for undos were not counted.', { failure: error.kind });
    return [];
  }
}

/** The run that an earlier try of this command has finished: only its cases are left to be opened. */
async function runOf(doors: Doors, command: Command): Promise<string | undefined> {
  if (command.attempts < 2) return undefined;
  const run = await latestRun(doors.store);
  if (run === undefined || run.runId.replace(/-\d+$/, '') !== command.id) return undefined;
  return isCurrentRun(run, doors.policy, doors.clock.now()) ? run.runId : undefined;
}

async function undo(
  doors: Doors,
  command: Command,
  what: Extract<CommandOrder, { order: 'undo' }>,
): Promise<Finished> {
  const at = instant(doors.clock.now());
  const stored = await orderedCase(doors, what, 'undoAsked', command.askedAt);
  if (stored === undefined) return { is: 'failed', at, says: NO_CASE };
  if (stored === 'several') return { is: 'failed', at, says: SEVERAL_CASES };
  const { caseId } = stored.doc;
  if (stored.doc.state === 'undoing' || stored.doc.state === 'undone') {
    const says = stored.doc.state === 'undone' ? 'It was undone already.' : 'It is being undone already.';
    return { is: 'done', at, says, caseId };
  }
  // An earlier try of this command was broken off after it had cancelled the case.
  if (command.attempts > 1 && stored.doc.state === 'cancelled' && stored.doc.closedAt >= command.askedAt) {
    return { is: 'done', at, says: 'Nothing was taken, and nothing will be.', caseId };
  }
  const outcome = await askUndo(doors, stored, personAtTerminal(command.askedBy));
  return outcome.kind === 'accepted'
    ? { is: 'done', at, says: 'The undo has begun.', caseId }
    : { is: 'failed', at, says: `Nothing can be undone: ${meaningOf(stored.doc.state)}.` };
}

async function waived(
  doors: Doors,
  { askedBy, askedAt }: Command,
  what: Extract<CommandOrder, { order: 'waive' }>,
): Promise<Finished> {
  const outcome = await waive(doors, what, personAtTerminal(askedBy), askedAt);
  return { ...outcome, at: instant(doors.clock.now()) };
}

async function given(
  doors: Doors,
  { id, askedBy }: Command,
  what: Extract<CommandOrder, { order: 'give' }>,
): Promise<Finished> {
  return { ...(await give(doors, id, what, personAtTerminal(askedBy))), at: instant(doors.clock.now()) };
}

async function reviewed(
  doors: Doors,
  { askedBy, askedAt, attempts }: Command,
  { cases, verdict }: Extract<CommandOrder, { order: 'review' }>,
): Promise<Finished> {
  const brokenOff = attempts > 1 ? askedAt : undefined;
  const left = await review(doors, cases, verdict, { by: personAtTerminal(askedBy), brokenOff });
  const is = left.length === cases.length ? 'failed' : 'done';
  return { is, at: instant(doors.clock.now()), says: reviewText(verdict, cases.length, left) };
}

/** Between tries to enter a deed, which go on for as long as it takes. */
const ENTER_MS = 60_000;

async function entered(
  doors: Doors,
  { id: commandId }: Command,
  { deed, by, doneAt }: Extract<CommandOrder, { order: 'enterDeed' }>,
): Promise<Finished | Later> {
  try {
    await enterDeed(doors, deed, by, { doneAt, commandId });
  } catch (error) {
    doors.log.warn('A deed could still not be entered into its history.', {
      command: commandId,
      error: nameOf(error),
    });
    const dueAt = instant(new Date(doors.clock.now().getTime() + ENTER_MS));
    return { is: 'later', dueAt, anew: true };
  }
  return { is: 'done', at: instant(doors.clock.now()), says: 'It is in the history of what admins did.' };
}

async function endCases(doors: Doors): Promise<Finished> {
  if ((await readSwitch(doors.store)) === 'stopped') await cancelStopped(doors);
  return {
    is: 'done',
    at: instant(doors.clock.now()),
    says: 'Cases in which nothing was done yet are cancelled.',
  };
}

/** Whoever has the case in hand goes first, however long that takes. */
async function cardKept(
  doors: Doors,
  what: Extract<CommandOrder, { order: 'keepCard' }>,
): Promise<Finished | Later> {
  const now = doors.clock.now();
  const kept = await forCase(doors, what.caseId, (stored) => keepLate(doors, stored, what));
  if (kept === 'held')
    return { is: 'later', dueAt: instant(new Date(now.getTime() + doors.leaseMs)), anew: true };
  return { is: 'done', at: instant(now), says: 'The card is edited with its case.' };
}

/** Twice, a lease apart: whoever had a case in hand, or ends just now and only observes, may have held it meanwhile. */
async function goesOn(doors: Doors, { attempts }: Command): Promise<Finished | Later> {
  const due = await goOn(doors);
  const now = doors.clock.now();
  if (attempts < 2)
    return { is: 'later', dueAt: instant(new Date(now.getTime() + doors.leaseMs)), anew: false };
  return { is: 'done', at: instant(now), says: `Cases looked at again: ${due}.` };
}

/** Not for a policy or a switch to hold: it only puts back. Through the door that gives up within the lease. */
async function concealNames(doors: Doors, command: Command): Promise<Finished | Later> {
  const outcome = await concealDue(doors, command);
  return outcome.is === 'later' ? outcome : { ...outcome, at: instant(doors.clock.now()) };
}
