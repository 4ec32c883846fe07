import { isFlagged, type EarlierRun, type ReturnFigures, type StoredIdle } from './back-test.js';
import { daysBetween, type Day } from '../day.js';
import { idleFrom, judgeIdle, usesOf, workloadsFrom } from './idle-judgement.js';
import type { IdleRecord } from './idle-record.js';
import type { InactivityRules } from '../inactivity.js';
import type { UserId } from '../person.js';

/** Days after a run within which somebody who was flagged may come back. */
export const RETURN_DAYS = 30;
/** A later run knows only the last use. So many days after, a person who is in use again is taken to have come back in time. */
export const SEEN_BACK_DAYS = 45;

/** A later run as far as it is about people flagged in an earlier one. */
export interface LaterRun extends Omit<StoredIdle, 'records'> {
  readonly records: ReadonlyMap<UserId, IdleRecord>;
}

type Fate = 'cameBack' | 'stayedIdle' | 'untold';

/**
 * What became of those whom each threshold would have flagged in an earlier run. Use that came to light late counts as
 * well: whoever had used something when they were flagged was flagged by mistake.
 * @param later runs after the earlier one, in the order of their days
 */
export function returnsOf(
  earlier: StoredIdle,
  later: readonly LaterRun[],
  thresholds: readonly number[],
  rules: InactivityRules,
): EarlierRun {
  const returns = thresholds.map((days): ReturnFigures => {
    const counts = { flagged: 0, cameBack: 0, stayedIdle: 0, untold: 0 };
    for (const record of earlier.records) {
      if (!isFlagged(record) || judgeIdle(record, days, earlier, rules) !== 'inactive') continue;
      counts.flagged += 1;
      counts[fateOf(record.userId, days, earlier, later, rules)] += 1;
    }
    return { days, ...counts };
  });
  return { runId: earlier.runId, day: earlier.day, returns };
}

function fateOf(
  userId: UserId,
  days: number,
  earlier: StoredIdle,
  later: readonly LaterRun[],
  rules: InactivityRules,
): Fate {
  const end = (earlier.day + RETURN_DAYS) as Day;
  // What the earlier run knew of is not news.
  const known = (earlier.day - days) as Day;
  for (const run of later) {
    const record = run.records.get(userId);
    if (record === undefined) continue;
    const uses = usesOf(record).filter((day) => day > known);
    if (uses.some((day) => day <= end)) return 'cameBack';
    if (uses.length > 0) return daysBetween(earlier.day, run.day) <= SEEN_BACK_DAYS ? 'cameBack' : 'untold';
    if (workloadsFrom(run, rules) >= end && provesIdle(record, earlier.day, rules)) return 'stayedIdle';
  }
  return 'untold';
}

/** Do all required sources prove that there was no use from `day` on? */
function provesIdle(record: IdleRecord, day: Day, { evidence }: InactivityRules): boolean {
  return evidence.require.every((source) => {
    const from = idleFrom(record[source]);
    return from === 'ever' || (from !== undefined && from <= day);
  });
}
