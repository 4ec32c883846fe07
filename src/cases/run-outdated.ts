import { isInHand } from '../store/lease.js';
import type { Planned } from '../actions/replan.js';
import { followPolicy } from '../actions/run-replan.js';
import type { Finding } from '../audit/finding.js';
import type { RunDoc } from '../audit/run-record.js';
import { findingsOf } from '../audit/run-store.js';
import type { UserId } from '../audit/person.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { ChangedMeanwhile, type Stored } from '../store/store.js';
import { instant, type Case } from './case.js';
import type { Doors } from './doors.js';
import { parkingOf } from './decision.js';
import { isActiveUnfound, isSeenBack } from './early-return.js';
import { isWithoutEffect, outdatedBy, underOtherRules } from './outdated.js';
import { ACCOUNT_GONE, PROTECTED, type Ended } from './reason-gone.js';
import { everyCase, everyCaseIn } from './run-all-cases.js';
import { move, type Actor } from './run-move.js';
import { isSealed } from './hr/sealed.js';
import { readBrake } from './campaign/run-switch.js';

/** Ends the open cases that a new audit no longer bears out. Safe to repeat. */
export async function cancelOutdated(doors: Doors, runId: string): Promise<void> {
  const findings = new Map<UserId, Finding>();
  for await (const { finding } of findingsOf(doors.store, runId)) findings.set(finding.person.id, finding);
  const rules = rulesOf(doors);
  const now = await rules(runId);
  const isUnderSame = async (c: Case): Promise<boolean> => {
    const before = await rules(c.runId);
    return before === undefined || before === now;
  };
  const ended = async (c: Case): Promise<Ended | undefined> => {
    const outdated = outdatedBy(c, findings.get(c.userId));
    if (outdated === undefined) return undefined;
    return (await isUnderSame(c)) ? outdated : underOtherRules(outdated);
  };
  const told = async (c: Case): Promise<Ended | undefined> => {
    const why = await ended(c);
    return why?.cause === 'reasonGone' && (await isDeleted(doors, c)) ? ACCOUNT_GONE : why;
  };
  await cancelWhere(doors, ended, told);
  await giveBackEarly(doors, findings, isUnderSame);
}

const SEEN_BACK = {
  type: 'leaveEnded',
  why: 'The newest audit shows the person back from leave already.',
} as const;

/**
 * Licenses that are parked of somebody who is back before the day that HR chose come back at once. Under other rules than
 * those by which the person was idle, an audit says nothing of a return.
 */
async function giveBackEarly(
  doors: Doors,
  findings: ReadonlyMap<UserId, Finding>,
  isUnderSame: (c: Case) => Promise<boolean>,
): Promise<void> {
  const parked: Stored<Case>[] = [];
  for await (const stored of everyCaseIn(doors, 'holding'))
    if (parkingOf(stored.doc) !== undefined && (await isUnderSame(stored.doc))) parked.push(stored);
  for (const stored of parked)
    if (await isBackEarly(doors, stored.doc, findings.get(stored.doc.userId)))
      await unlessMoved(() => move(doors, stored, SEEN_BACK, { actor: 'system', lease: 'release' }));
}

/** What cannot be read is for the next audit: the day of the return comes in any case. */
async function isBackEarly({ graph, policy }: Doors, c: Case, found: Finding | undefined): Promise<boolean> {
  if (found !== undefined) return isSeenBack(c, found);
  try {
    return isActiveUnfound(c, { person: await graph.person(c.userId), skus: await graph.skus() }, policy);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return false;
  }
}

/** What cannot be read keeps no case open: it ends in the words that are true of all. */
async function isDeleted({ graph }: Pick<Doors, 'graph'>, { userId }: Case): Promise<boolean> {
  try {
    return (await graph.person(userId)) === undefined;
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return false;
  }
}

/** Under which rules a run was made; undefined: it is no longer known. */
function rulesOf({ store }: Pick<Doors, 'store'>): (runId: string) => Promise<string | undefined> {
  const known = new Map<string, Promise<string | undefined>>();
  return (runId) => {
    const before = known.get(runId);
    if (before !== undefined) return before;
    const found = store.read<RunDoc>('runs', runId, runId).then((stored) => stored?.doc.policyHash);
    known.set(runId, found);
    return found;
  };
}

/** Lets decided and scheduled cases follow a policy that has changed since they were decided. Safe to repeat. */
export async function followChangedPolicy(doors: Doors): Promise<void> {
  if ((await readBrake(doors)) !== 'running') return;
  const planned: Stored<Planned>[] = [];
  for (const state of ['decided', 'scheduled'] as const)
    for await (const stored of everyCaseIn(doors, state)) planned.push(stored);
  const now = instant(doors.clock.now());
  for (const stored of planned) {
    // Somebody works on it now, and looks at the policy themself.
    if (isInHand(stored.doc, now)) continue;
    await unlessMoved(() => followPolicy(doors, stored));
  }
}

/** Ends every case in which nothing was done yet, because somebody stopped the campaign. */
export async function cancelStopped(doors: Doors): Promise<void> {
  const stopped: Ended = { cause: 'stopped', why: 'The campaign was stopped.' };
  await cancelWhere(doors, async (c) => (isWithoutEffect(c) ? stopped : undefined));
}

/**
 * Ends a person's cases in which nothing was done yet, because an admin protects them. HR's are left to the next audit and
 * to the re-check before each step, so that nobody else learns of them (safety rule 3). Safe to repeat.
 */
export async function cancelProtected(doors: Doors, userId: UserId, by: Actor): Promise<void> {
  const where = [
    { field: 'kind', is: '=', value: 'case' },
    { field: 'userId', is: '=', value: userId },
  ] as const;
  const theirs: Stored<Case>[] = [];
  for await (const stored of doors.store.query<Case>({ container: 'cases', where })) theirs.push(stored);
  const why = async (c: Case): Promise<Ended | undefined> => (endsProtected(c) ? PROTECTED : undefined);
  for (const stored of theirs) await cancelOne(doors, stored, why, by);
}

function endsProtected(c: Case): boolean {
  return !isSealed(c) && c.scenario !== 'given' && isWithoutEffect(c);
}

type Why = (c: Case) => Promise<Ended | undefined>;

/** @param told what is said of those that end; default: what was found of them */
async function cancelWhere(doors: Doors, why: Why, told: Why = why): Promise<void> {
  const outdated: Stored<Case>[] = [];
  for await (const stored of everyCase(doors))
    if ((await why(stored.doc)) !== undefined) outdated.push(stored);
  for (const stored of outdated) await cancelOne(doors, stored, told);
}

/** So often a case that somebody else writes meanwhile is looked at anew: what it is by then may not end any more. */
const MOST_LOOKS = 10;

async function cancelOne(
  doors: Doors,
  found: Stored<Case>,
  why: Why,
  actor: Actor = 'system',
): Promise<void> {
  const { caseId } = found.doc;
  let stored: Stored<Case> | undefined = found;
  for (let looks = 0; looks < MOST_LOOKS && stored !== undefined; looks += 1) {
    const reason = await why(stored.doc);
    if (reason === undefined) return;
    const current = stored;
    const event = { type: 'cancelled', ...reason } as const;
    if (await unlessMoved(() => move(doors, current, event, { actor, lease: 'release' }))) return;
    stored = await doors.store.read<Case>('cases', caseId, caseId);
  }
}

/** @returns false: somebody else wrote first, and nothing was done */
async function unlessMoved(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    return false;
  }
}
