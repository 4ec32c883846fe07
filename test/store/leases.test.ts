import { describe, expect, test } from '@jest/globals';
import type { DueDoc } from '../../src/store/leases.js';
import { claimDue, claimRow, release, renew } from '../../src/store/leases.js';
import type { Store, Stored } from '../../src/store/store.js';
import { onBothStores } from './both-stores.js';

interface Row extends DueDoc {
  readonly caseId: string;
}

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 1, 8, minute));
const terms = { container: 'cases', leaseMs: 5 * 60_000, limit: 10, random: () => 0.5 } as const;

function aRow(id: string, more: Partial<Row> = {}): Row {
  return { id, kind: 'case', caseId: id, attempts: 0, dueAt: at(0).toISOString(), ...more };
}

const idsOf = (rows: readonly Stored<Row>[]): readonly string[] => rows.map(({ doc }) => doc.id);

describe('due rows', () => {
  onBothStores((open) => {
    const aStore = async (...rows: readonly Row[]): Promise<Store> => {
      const [store] = await open(1);
      if (store === undefined) throw new Error('no store');
      for (const row of rows) await store.create('cases', row);
      return store;
    };

    test('are claimed when their date has come, the longest due first', async () => {
      const store = await aStore(
        aRow('later', { dueAt: at(2).toISOString() }),
        aRow('now', { dueAt: at(1).toISOString() }),
        aRow('first', { dueAt: at(0).toISOString() }),
        aRow('never', { dueAt: undefined }),
      );
      const claimed = await claimDue<Row>(store, { ...terms, now: at(1), owner: 'one' });

      expect(idsOf(claimed)).toEqual(['first', 'now']);
      const lease = { owner: 'one', until: at(6).toISOString() };
      expect(claimed[0]?.doc).toEqual(aRow('first', { lease, attempts: 1 }));
      expect(await store.read('cases', 'first', 'first')).toEqual(claimed[0]);
      await store.close();
    });

    test('are left to who claimed them until the lease has passed, then counted as another attempt', async () => {
      const store = await aStore(aRow('a'));
      await claimDue<Row>(store, { ...terms, now: at(0), owner: 'one' });

      expect(await claimDue<Row>(store, { ...terms, now: at(4), owner: 'two' })).toEqual([]);
      const [again] = await claimDue<Row>(store, { ...terms, now: at(5), owner: 'two' });
      expect(again?.doc).toMatchObject({ attempts: 2, lease: { owner: 'two' } });
      await store.close();
    });

    test('can be claimed one by one: that row alone, and only if it is due and nobody has it', async () => {
      const lease = { owner: 'other', until: at(3).toISOString() };
      const store = await aStore(
        aRow('mine'),
        aRow('beside'),
        aRow('taken', { lease }),
        aRow('later', { dueAt: at(2).toISOString() }),
        aRow('never', { dueAt: undefined }),
      );
      const claim = (id: string, minute: number): Promise<Stored<Row> | undefined> =>
        claimRow<Row>(store, { container: 'cases', id }, { leaseMs: 300_000, owner: 'one', now: at(minute) });

      const leased = { attempts: 1, lease: { owner: 'one', until: at(6).toISOString() } };
      expect((await claim('mine', 1))?.doc).toEqual(aRow('mine', leased));
      for (const id of ['mine', 'taken', 'later', 'never', 'absent'])
        expect(await claim(id, 1)).toBeUndefined();
      expect((await claim('taken', 3))?.doc).toMatchObject({ lease: { owner: 'one' } });
      expect(await store.read('cases', 'beside', 'beside')).toMatchObject({ doc: aRow('beside') });
      await store.close();
    });

    test('behind many that others work on are found too', async () => {
      const lease = { owner: 'other', until: at(9).toISOString() };
      const taken = Array.from({ length: 50 }, (_, n) => aRow(`taken-${n}`, { lease }));
      const store = await aStore(...taken, aRow('free', { dueAt: at(1).toISOString() }));

      const claimed = await claimDue<Row>(store, { ...terms, now: at(1), owner: 'one', limit: 1 });
      expect(idsOf(claimed)).toEqual(['free']);
      await store.close();
    });

    test('of another kind are left alone, and no more are taken than asked for', async () => {
      const store = await aStore(aRow('a'), aRow('b'), aRow('c'), aRow('x', { kind: 'other' }));
      const claim = { ...terms, now: at(0), owner: 'one', limit: 2, kind: 'case' };

      expect(await claimDue<Row>(store, claim)).toHaveLength(2);
      expect(await claimDue<Row>(store, claim)).toHaveLength(1);
      expect(await claimDue<Row>(store, claim)).toHaveLength(0);
      await store.close();
    });

    test('can be kept longer by who holds them, and by nobody else', async () => {
      const store = await aStore(aRow('a'));
      const [row] = await claimDue<Row>(store, { ...terms, now: at(0), owner: 'one' });
      if (row === undefined) throw new Error('nothing was claimed');
      const renewed = await renew(store, row, { ...terms, now: at(4), owner: 'one' });

      expect(renewed).toMatchObject({ doc: { lease: { until: at(9).toISOString() }, attempts: 1 } });
      expect(await claimDue<Row>(store, { ...terms, now: at(8), owner: 'two' })).toEqual([]);
      expect(await claimDue<Row>(store, { ...terms, now: at(9), owner: 'two' })).toHaveLength(1);
      expect(
        renewed === 'lost' ? renewed : await renew(store, renewed, { ...terms, now: at(9), owner: 'one' }),
      ).toBe('lost');
      expect(await release(store, row, terms)).toBe('lost');
      await store.close();
    });

    test('can be given back, to be done at once or later', async () => {
      const store = await aStore(aRow('a'));
      const claim = { ...terms, owner: 'one' };
      const [row] = await claimDue<Row>(store, { ...claim, now: at(0) });
      if (row === undefined) throw new Error('nothing was claimed');
      await release(store, row, { ...terms, dueAt: at(3).toISOString() });

      expect(await claimDue<Row>(store, { ...claim, now: at(2) })).toEqual([]);
      expect(await claimDue<Row>(store, { ...claim, now: at(3) })).toMatchObject([{ doc: { attempts: 2 } }]);
      await store.close();
    });

    test('are claimed by exactly one of several instances, every one of them', async () => {
      const instances = await open(4);
      const [first] = instances;
      const rows = Array.from({ length: 80 }, (_, n) => aRow(`r${n}`));
      for (const row of rows) await first?.create('cases', row);

      const claimedBy = await Promise.all(
        instances.map(async (store, n) => {
          const mine: string[] = [];
          let seed = n;
          const random = (): number => (seed = (seed * 16_807 + 7) % 2_147_483_647) / 2_147_483_647;
          for (;;) {
            const got = await claimDue<Row>(store, {
              ...terms,
              now: at(0),
              owner: `i${n}`,
              limit: 7,
              random,
            });
            mine.push(...idsOf(got));
            // Nothing claimed may mean that all races were lost; nothing free means done.
            if (got.length === 0 && (await allLeased(store))) return mine;
          }
        }),
      );

      expect(claimedBy.flat().toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
      for (const store of instances) await store.close();
    });
  });
});

async function allLeased(store: Store): Promise<boolean> {
  for await (const { doc } of store.query<Row>({ container: 'cases', where: [] })) {
    if (doc.lease === undefined) return false;
  }
  return true;
}
