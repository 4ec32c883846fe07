import type { Day } from '../../../src/audit/day.js';
import type { StoredIdle } from '../../../src/audit/back-test/back-test.js';
import type { IdleRecord } from '../../../src/audit/back-test/idle-record.js';
import type { UserId } from '../../../src/audit/person.js';
import { day, REFRESHED, TODAY, userId } from '../../world/people.js';
import { SKUS } from '../../world/skus.js';

/** Somebody without any use in half a year whom nothing protects. */
export function anIdle(name: string, change: Partial<IdleRecord> = {}): IdleRecord {
  return {
    userId: userId(name),
    workload: { noneSince: (day(REFRESHED) - 180) as Day },
    signIn: (TODAY - 200) as Day,
    reports: undefined,
    licenses: [SKUS.E3.skuId],
    list: 'normal',
    ...change,
  };
}

/** Last signed in, and last used a service, so many days before the run of `on`. */
export function idleFor(
  name: string,
  days: number,
  on = TODAY,
  change: Partial<IdleRecord> = {},
): IdleRecord {
  const last = (on - days) as Day;
  return anIdle(name, { workload: last, signIn: last, ...change });
}

/** A run on a day, whose report ends two days before. */
export function aRun(on: Day, records: readonly IdleRecord[], runId = `run-${on}`): StoredIdle {
  return { runId, day: on, reportRefreshed: (on - 2) as Day, records };
}

export function byId(records: readonly IdleRecord[]): ReadonlyMap<UserId, IdleRecord> {
  return new Map(records.map((record) => [record.userId, record]));
}
