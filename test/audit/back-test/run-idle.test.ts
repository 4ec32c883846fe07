import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Day } from '../../../src/audit/day.js';
import type { IdleRecord } from '../../../src/audit/back-test/idle-record.js';
import { readBackTest, readLastRun } from '../../../src/audit/back-test/run-back-test.js';
import { idleOf, latestRun, storeRun } from '../../../src/audit/run-store.js';
import type { Store } from '../../../src/store/store.js';
import { onBothStores } from '../../store/both-stores.js';
import { day, TODAY, userId } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { aDoneAudit, aDoneAuditAt, MEASURES } from '../a-done-audit.js';
import { anIdle, idleFor } from './idle-world.js';

const POLICY = policyOf('prices: [{ sku: SPE_E3, amount: 36, currency: USD, frequency: monthly }]');

let store: Store;

async function keep(date: string, idle: readonly IdleRecord[], runId = date): Promise<void> {
  const reportRefreshed = (day(date) - 2) as Day;
  await storeRun(
    store,
    aDoneAuditAt(`${date}T06:00:00Z`, `${date}T06:20:00Z`, { idle, reportRefreshed }),
    runId,
    'policy',
  );
}

async function kept(): Promise<readonly IdleRecord[]> {
  const run = await latestRun(store);
  const found: IdleRecord[] = [];
  if (run !== undefined) for await (const some of idleOf(store, run)) found.push(...some);
  return found;
}

onBothStores((open) => {
  beforeEach(async () => {
    const [only] = await open(1);
    if (only === undefined) throw new Error('no store');
    store = only;
  });
  afterEach(() => store.close());

  describe('the evidence of a run', () => {
    const records = Array.from({ length: 1_001 }, (_, index) => anIdle(`Idler ${index}`));

    it('comes back as it was, in portions', async () => {
      const run = await storeRun(store, aDoneAudit({ idle: records, measures: MEASURES }), 'run-1', 'policy');
      expect(run).toMatchObject({ idle: { chunks: 3, records: 1_001 } });
      expect((await latestRun(store))?.measures).toEqual(MEASURES);
      expect(await kept()).toEqual(records);
    });

    it('is nothing where none was kept', async () => {
      await storeRun(store, aDoneAudit(), 'run-1', 'policy');
      expect(await kept()).toEqual([]);
    });

    it('is refused when a portion is gone', async () => {
      await storeRun(store, aDoneAudit({ idle: records }), 'run-1', 'policy');
      await store.remove('runs', 'run-1', 'idle-1');
      await expect(kept()).rejects.toThrow(/run-1 is not whole: 601 of 1001 records are there/);
    });

    it('that a broken try left behind is replaced', async () => {
      const dying: Store = { ...bound(store), create: () => Promise.reject(new Error('crashed')) };
      const broken = records.map((record) => ({ ...record, licenses: [] }));
      await expect(storeRun(dying, aDoneAudit({ idle: broken }), 'run-1', 'policy')).rejects.toThrow(
        'crashed',
      );
      expect(await latestRun(store)).toBeUndefined();
      await storeRun(store, aDoneAudit({ idle: records.slice(0, 500) }), 'run-1', 'policy');
      expect(await kept()).toEqual(records.slice(0, 500));
    });
  });

  describe('a back-test', () => {
    it('knows nothing before a run has kept evidence', async () => {
      expect(await readBackTest(store, POLICY, [60], TODAY)).toBeUndefined();
    });

    it('is of the latest run, and says so when no run is old enough to tell who came back', async () => {
      await keep('2026-10-26', [idleFor('Ann', 100, day('2026-10-26'))]);
      await keep('2026-11-23', [idleFor('Ann', 128), idleFor('Ben', 70)]);
      expect(await readBackTest(store, POLICY, [60, 90], TODAY)).toMatchObject({
        runId: '2026-11-23',
        day: day('2026-11-23'),
        policyDays: 90,
        thresholds: [
          { days: 60, people: 2, annualCost: [{ minor: 86_400, currency: 'USD' }] },
          { days: 90, people: 1, annualCost: [{ minor: 43_200, currency: 'USD' }] },
        ],
        earlier: [],
      });
    });

    it('tells of earlier runs, a month apart, what became of those flagged', async () => {
      const idleOn = (date: string, ben: number): Promise<void> => {
        const ann = day(date) - day('2026-05-20');
        return keep(date, [idleFor('Ann', ann, day(date)), idleFor('Ben', ben, day(date))]);
      };
      await idleOn('2026-08-31', 95);
      await idleOn('2026-09-07', 102);
      await idleOn('2026-09-28', 7);
      await idleOn('2026-10-12', 21);
      await keep('2026-11-23', [anIdle('Ann', { signIn: day('2026-05-25') })]);
      const tested = await readBackTest(store, POLICY, [90], TODAY);
      expect(tested?.earlier.map(({ runId, returns }) => [runId, returns])).toEqual([
        ['2026-10-12', [{ days: 90, flagged: 1, cameBack: 0, stayedIdle: 1, untold: 0 }]],
        ['2026-09-07', [{ days: 90, flagged: 2, cameBack: 1, stayedIdle: 1, untold: 0 }]],
      ]);
    });

    it('takes no date from a run that was stored under a clock that was ahead', async () => {
      await keep('2027-06-01', [idleFor('Ann', 1, day('2027-06-01'))], 'ahead');
      await keep('2026-10-12', [idleFor('Ann', 100, day('2026-10-12'))]);
      await keep('2026-11-23', [anIdle('Ann', { signIn: day('2026-05-25') })]);
      expect((await readBackTest(store, POLICY, [90], TODAY))?.earlier).toMatchObject([
        { runId: '2026-10-12', returns: [{ flagged: 1, stayedIdle: 1 }] },
      ]);
    });
  });

  describe('what the next run has to know of the last', () => {
    it('is nothing before the first', async () => {
      expect(await readLastRun(store, POLICY)).toBeUndefined();
    });

    it('is what to compare with, and who had been idle for a month', async () => {
      const idle = [
        idleFor('Ann', 100),
        idleFor('Back again', 5),
        anIdle('Nobody knows', { signIn: 'unread' }),
      ];
      await storeRun(store, aDoneAudit({ idle, measures: MEASURES }), 'run-1', 'policy');
      expect(await readLastRun(store, POLICY)).toEqual({
        finishedAt: '2026-11-23T06:00:00.000Z',
        measures: MEASURES,
        idle: new Set([userId('Ann'), userId('Nobody knows')]),
      });
    });
  });
});

/** The same store with its methods to be copied. */
function bound(real: Store): Store {
  return {
    read: (container, partition, id) => real.read(container, partition, id),
    create: (container, doc) => real.create(container, doc),
    replace: (container, doc, etag) => real.replace(container, doc, etag),
    remove: (...args) => real.remove(...args),
    batch: (container, partition, operations) => real.batch(container, partition, operations),
    query: (query) => real.query(query),
    check: () => real.check(),
    close: () => real.close(),
  };
}
