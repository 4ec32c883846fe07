import type { Policy } from '../../config/policy.js';
import type { Store } from '../../store/store.js';
import type { DoneAudit } from '../audit-result.js';
import type { BackTest, EarlierRun, StoredIdle } from './back-test.js';
import { isFlagged, thresholdFigures } from './back-test.js';
import { RETURN_DAYS, returnsOf, SEEN_BACK_DAYS, type LaterRun } from './returns.js';
import { dayOf, daysBetween, parseDay, type Day } from '../day.js';
import { judgeIdle, type IdleRun } from './idle-judgement.js';
import { IDLE_DAYS, type IdleRecord } from './idle-record.js';
import type { UserId } from '../person.js';
import type { DoneRunDoc, RunMeasures } from '../run-record.js';
import { doneRuns, idleOf, latestRun } from '../run-store.js';

export interface BackTestOptions {
  /** How many earlier runs, each at least a month before the next, say how often people come back; default: 6. */
  readonly earlierRuns?: number;
}

/**
 * Tests thresholds on the evidence of the latest run, and on what became of people in earlier ones.
 * @param thresholds from 30 to 180, see `thresholdsOf`
 * @returns undefined when no run has kept evidence yet
 */
export async function readBackTest(
  store: Store,
  policy: Policy,
  thresholds: readonly number[],
  today: Day,
  { earlierRuns = 6 }: BackTestOptions = {},
): Promise<BackTest | undefined> {
  const latest = await latestRun(store);
  if (latest?.idle === undefined) return undefined;
  const newest = { ...idleRunOf(latest), runId: latest.runId, records: await recordsOf(store, latest) };
  const partNumbers = new Map(latest.position.map(({ skuId, partNumber }) => [skuId, partNumber]));
  return {
    runId: newest.runId,
    day: newest.day,
    policyDays: policy.inactivity.days,
    thresholds: thresholdFigures(newest, thresholds, { policy, partNumbers, today }),
    earlier: await readEarlier(store, latest, policy, { thresholds, earlierRuns }),
  };
}

/** The same of an audit that nobody keeps: what became of people in earlier ones is unknown. Pure. */
export function backTestOf(audit: DoneAudit, policy: Policy, thresholds: readonly number[]): BackTest {
  const day = dayOf(audit.startedAt);
  const run: StoredIdle = {
    runId: 'now',
    day,
    reportRefreshed: audit.reportRefreshed,
    records: audit.idle,
  };
  const partNumbers = new Map(audit.position.map(({ skuId, partNumber }) => [skuId, partNumber]));
  return {
    runId: run.runId,
    day,
    policyDays: policy.inactivity.days,
    thresholds: thresholdFigures(run, thresholds, { policy, partNumbers, today: day }),
    earlier: [],
  };
}

/** What a new run is compared with, and whom it has to keep evidence of. */
export interface LastRun {
  readonly finishedAt: string;
  /** undefined: stored by an earlier version. */
  readonly measures: RunMeasures | undefined;
  /** People without use for 30 days in it; see `isKeptAsIdle`. */
  readonly idle: ReadonlySet<UserId>;
}

/** undefined before the first run. */
export async function readLastRun(
  store: Store,
  policy: Pick<Policy, 'evidence' | 'inactivity'>,
): Promise<LastRun | undefined> {
  const latest = await latestRun(store);
  if (latest === undefined) return undefined;
  const run = idleRunOf(latest);
  const idle = new Set<UserId>();
  for await (const records of idleOf(store, latest)) {
    for (const record of records)
      if (judgeIdle(record, IDLE_DAYS, run, policy) !== 'active') idle.add(record.userId);
  }
  return { finishedAt: latest.finishedAt, measures: latest.measures, idle };
}

async function readEarlier(
  store: Store,
  latest: DoneRunDoc,
  policy: Policy,
  { thresholds, earlierRuns }: { readonly thresholds: readonly number[]; readonly earlierRuns: number },
): Promise<readonly EarlierRun[]> {
  // A run that seems to come after the latest was stored under a wrong clock: its dates say nothing.
  const runs = (await doneRuns(store, 'startedAt')).filter(
    (run) => run.idle !== undefined && run.startedAt <= latest.startedAt,
  );
  const earlier: EarlierRun[] = [];
  for (const run of monthsApart(runs, idleRunOf(latest).day, earlierRuns)) {
    const facts: StoredIdle = { ...idleRunOf(run), runId: run.runId, records: await recordsOf(store, run) };
    const later: LaterRun[] = [];
    const wanted = flaggedIds(facts, thresholds, policy);
    for (const after of runsAfter(runs, facts.day)) {
      later.push({
        ...idleRunOf(after),
        runId: after.runId,
        records: await recordsOfSome(store, after, wanted),
      });
    }
    earlier.push(returnsOf(facts, later, thresholds, policy));
  }
  return earlier;
}

/** Runs old enough to tell what became of people, newest first, each a month before the next. */
function monthsApart(runs: readonly DoneRunDoc[], latest: Day, most: number): readonly DoneRunDoc[] {
  const chosen: DoneRunDoc[] = [];
  let before = latest;
  for (const run of runs) {
    const { day } = idleRunOf(run);
    if (chosen.length === most) break;
    if (daysBetween(day, before) < RETURN_DAYS) continue;
    chosen.push(run);
    before = day;
  }
  return chosen;
}

/** Oldest first: those within 45 days, and where none of them is old enough, the next one. */
function runsAfter(runs: readonly DoneRunDoc[], day: Day): readonly DoneRunDoc[] {
  const after = runs.filter((run) => idleRunOf(run).day > day).reverse();
  const near = after.filter((run) => daysBetween(day, idleRunOf(run).day) <= SEEN_BACK_DAYS);
  return after.slice(0, near.length + 1);
}

function flaggedIds(run: StoredIdle, thresholds: readonly number[], policy: Policy): ReadonlySet<UserId> {
  const ids = new Set<UserId>();
  for (const record of run.records) {
    if (isFlagged(record) && thresholds.some((days) => judgeIdle(record, days, run, policy) === 'inactive'))
      ids.add(record.userId);
  }
  return ids;
}

async function recordsOf(store: Store, run: DoneRunDoc): Promise<readonly IdleRecord[]> {
  const all: IdleRecord[] = [];
  for await (const records of idleOf(store, run)) all.push(...records);
  return all;
}

async function recordsOfSome(
  store: Store,
  run: DoneRunDoc,
  wanted: ReadonlySet<UserId>,
): Promise<ReadonlyMap<UserId, IdleRecord>> {
  const some = new Map<UserId, IdleRecord>();
  for await (const records of idleOf(store, run)) {
    for (const record of records) if (wanted.has(record.userId)) some.set(record.userId, record);
  }
  return some;
}

function idleRunOf({ startedAt, reportRefreshed }: DoneRunDoc): IdleRun {
  const day = parseDay(startedAt);
  if (day === undefined) throw new RangeError('a run was stored without the time of its start');
  return { day, reportRefreshed: reportRefreshed === undefined ? undefined : parseDay(reportRefreshed) };
}
