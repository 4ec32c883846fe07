import type { Person, SkuId } from '../audit/person.js';
import type { FindingDoc } from '../audit/run-record.js';
import { findingOfPerson, latestRun } from '../audit/run-store.js';
import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { isAuditStopped } from '../cases/campaign/run-campaign-waits.js';
import { mailboxUseOf, stillNew, type MailboxUse } from '../cases/mailbox-use.js';
import { stillSo } from '../cases/still-so.js';
import { DAY_MS } from '../config/durations.js';
import { takenBefore } from './licenses.js';
import { seatsOf } from './plan.js';
import type { LiveFacts } from './recheck.js';

type LatestDoors = Pick<Doors, 'store' | 'policy' | 'clock'>;
type Latest = Pick<LiveFacts, 'latest' | 'mailboxReport'>;

/**
 * Older audits tell nothing of today. Audits run once a week unless the policy says otherwise, and the day on top lets
 * one be late; where they run less often, steps wait for the next one.
 */
const MOST_AUDIT_AGE_MS = 8 * DAY_MS;

/**
 * Whoever is in scope, holds a managed license and is in no finding was shown to be active. Audits do not look at people
 * without licenses, so of somebody from whom the case took them they say nothing: the live reads alone do.
 */
export async function readLatest(doors: LatestDoors, c: Case, person: Person): Promise<Latest> {
  const run = await latestRun(doors.store);
  if (run === undefined) return { latest: 'unknown', mailboxReport: newEnough(doors, c.mailboxUse) };
  const found = await findingOfPerson(doors.store, run.runId, c.userId);
  const use = (found && mailboxUseOf(found.finding)) ?? c.mailboxUse;
  const verdict = verdictOf(doors, c, person, { run, found });
  const isHeld = verdict !== 'active' && (await isAuditStopped(doors.store));
  return { latest: isHeld ? 'stopped' : verdict, mailboxReport: newEnough(doors, use) };
}

interface Newest {
  readonly run: NonNullable<Awaited<ReturnType<typeof latestRun>>>;
  readonly found: FindingDoc | undefined;
}

function verdictOf(
  { clock }: LatestDoors,
  c: Case,
  person: Person,
  { run, found }: Newest,
): LiveFacts['latest'] {
  const left = { scenario: c.scenario, licenses: notTakenYet(c, person) };
  const so = found === undefined && isTaken(c, person) ? 'candidate' : stillSo(left, found?.finding);
  if (so === 'active') return so;
  const age = clock.now().getTime() - Date.parse(run.finishedAt);
  return age > MOST_AUDIT_AGE_MS ? 'tooOld' : so;
}

/** What an earlier step took an audit cannot find, unless somebody has given it back. */
function notTakenYet(c: Case, person: Person): Case['licenses'] {
  const taken = 'steps' in c ? takenBefore(c.steps, c.licenses) : [];
  const isGone = (skuId: SkuId): boolean =>
    taken.some((license) => license.skuId === skuId) && person.licenses.every((held) => held.skuId !== skuId);
  return c.licenses.filter(({ skuId }) => !isGone(skuId));
}

function isTaken(c: Case, person: Person): boolean {
  if (!('steps' in c) || !c.steps.some(({ step, progress }) => 'licenses' in step && progress.is === 'done'))
    return false;
  const seats = seatsOf(c);
  return !person.licenses.some(({ skuId }) => seats.some((license) => license.skuId === skuId));
}

/** A report is not older than the policy allows when an audit reads it, and the audit not older than those that count. */
function newEnough({ policy, clock }: LatestDoors, use: MailboxUse | undefined): MailboxUse | undefined {
  const mostAgeMs = policy.inactivity.maxReportAgeDays * DAY_MS + MOST_AUDIT_AGE_MS;
  return stillNew(use, mostAgeMs, clock.now());
}
