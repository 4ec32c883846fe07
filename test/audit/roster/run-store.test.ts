import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Day } from '../../../src/audit/day.js';
import type { RosterEntry } from '../../../src/audit/roster/roster.js';
import {
  openRosterSource,
  readRoster,
  rosterHead,
  storeRoster,
} from '../../../src/audit/roster/run-store.js';
import { ChangedMeanwhile, StoreDamaged, StoreUnavailable, type Store } from '../../../src/store/store.js';
import { onBothStores } from '../../store/both-stores.js';
import { day, NOW, TODAY, userId } from '../../world/people.js';
import {
  ACTIVE,
  AS_OF,
  at,
  crowd,
  failingAfter,
  LEFT,
  numbered,
  pieceIds,
  rosterOf,
} from './stored-rosters.js';

onBothStores((open) => {
  let store: Store;
  beforeEach(async () => {
    const [first] = await open(1);
    if (first === undefined) throw new Error('no store');
    store = first;
  });
  afterEach(() => store.close());

  test('there is no roster before the first', async () => {
    expect(await readRoster(store, NOW)).toBeUndefined();
  });

  test('a roster is read back with its day, its origin and what it says of everybody', async () => {
    const leave: RosterEntry = { status: 'onLeave', leaveFrom: day('2026-11-01'), leaveUntil: undefined };
    const maybe: RosterEntry = { status: 'unknown', leaveFrom: undefined, leaveUntil: day('2026-11-30') };
    const people = new Map([
      [userId('Ada'), ACTIVE],
      [userId('Béla'), LEFT],
      [userId('Cleo'), leave],
      [userId('Dana'), maybe],
      [userId('Emil'), ACTIVE],
    ]);
    const doc = await storeRoster(store, rosterOf(people), at('1'));
    expect(doc).toMatchObject({
      asOf: '2026-11-20',
      origin: 'hr.csv',
      sha256: 'abc',
      importedAt: NOW.toISOString(),
    });
    expect(await rosterHead(store)).toEqual(doc);

    const roster = await readRoster(store, NOW);
    expect(roster).toMatchObject({ asOf: AS_OF, origin: 'hr.csv', counts: { people: 5, left: 1 } });
    const about = { asOf: AS_OF, origin: 'hr.csv' };
    for (const [person, entry] of people) expect(roster?.factOf(person)).toEqual({ ...entry, ...about });
    expect(roster?.factOf(userId('Zoe'))).toBeUndefined();
  });

  test('is fresh up to its age, and never before its day', async () => {
    await storeRoster(store, rosterOf(crowd(1, 1)), at('1'));
    const roster = await readRoster(store, NOW);
    const fresh = [AS_OF - 1, AS_OF, AS_OF + 14, AS_OF + 15].map((today) =>
      roster?.isFresh(today as Day, 14),
    );
    expect(fresh).toEqual([false, true, true, false]);
  });

  test('of a day that is still to come is none', async () => {
    await storeRoster(store, rosterOf(crowd(1, 1), { asOf: (TODAY + 1) as Day }), at('1'));
    expect(await readRoster(store, NOW)).toBeUndefined();
  });

  test('takes the place of the one before, of which nothing is left', async () => {
    await storeRoster(store, rosterOf(crowd(10, 10)), at('1'));
    await storeRoster(store, rosterOf(crowd(3, 1), { origin: 'new.csv' }), at('2'));
    const roster = await readRoster(store, NOW);
    expect(roster).toMatchObject({ origin: 'new.csv', counts: { people: 3 } });
    expect([0, 1, 3].map((n) => roster?.factOf(numbered(n))?.status)).toEqual(['left', 'active', undefined]);
    expect(await pieceIds(store)).toEqual(['roster-2/active-0', 'roster-2/others-0']);
  });

  test('asked for again and again is read once, until another one takes its place', async () => {
    await storeRoster(store, rosterOf(crowd(3, 1)), at('a'));
    let reads = 0;
    const counting: Store = {
      ...store,
      read: (container, partition, id) => {
        if (container === 'runs') reads += 1;
        return store.read(container, partition, id);
      },
    };
    const source = openRosterSource(counting);
    const [first, second] = await Promise.all([source(NOW), source(NOW)]);
    expect(first?.factOf(numbered(0))?.status).toBe('left');
    expect(second).toBe(first);
    const once = reads;
    expect(await source(NOW)).toBe(first);
    expect(reads).toBe(once);
    await storeRoster(store, rosterOf(crowd(3, 0)), at('b'));
    expect((await source(NOW))?.factOf(numbered(0))?.status).toBe('active');
    // The day before it is of, it is none, though it was read already.
    expect(await source(new Date('2026-11-19T12:00:00.000Z'))).toBeUndefined();
  });

  test('that could not be read is read anew', async () => {
    await storeRoster(store, rosterOf(crowd(3, 1)), at('a'));
    let away = true;
    const failing: Store = {
      ...store,
      read: (container, partition, id) =>
        away && container === 'runs'
          ? Promise.reject(new StoreUnavailable('away'))
          : store.read(container, partition, id),
    };
    const source = openRosterSource(failing);
    await expect(source(NOW)).rejects.toThrow('away');
    away = false;
    expect((await source(NOW))?.counts.people).toBe(3);
  });

  test('of a large company is cut into pieces and found again in them', async () => {
    await storeRoster(store, rosterOf(crowd(12_000, 1_600)), at('1'));
    expect(await pieceIds(store)).toHaveLength(2 + 2);
    const roster = await readRoster(store, NOW);
    const wrong = Array.from({ length: 12_000 }, (_, n) => n).filter(
      (n) => roster?.factOf(numbered(n))?.status !== (n < 1_600 ? 'left' : 'active'),
    );
    expect(wrong).toEqual([]);
    expect(roster?.factOf(numbered(12_000))).toBeUndefined();
  });

  test('of which a part is missing is no roster, and says so', async () => {
    await storeRoster(store, rosterOf(crowd(4, 2)), at('1'));
    await store.remove('runs', 'roster-1', 'others-0');
    await expect(readRoster(store, NOW)).rejects.toThrow(StoreDamaged);
  });

  test('that lost the race against another leaves nothing behind', async () => {
    await storeRoster(store, rosterOf(crowd(2, 2)), at('1'));
    const late: Store = {
      ...store,
      create: async (container, doc) => {
        const created = await store.create(container, doc);
        if (doc.id === 'others-0') await storeRoster(store, rosterOf(crowd(5, 5)), at('2'));
        return created;
      },
    };
    await expect(storeRoster(late, rosterOf(crowd(3, 3)), at('3'))).rejects.toThrow(ChangedMeanwhile);
    expect((await readRoster(store, NOW))?.counts.people).toBe(5);
    expect(await pieceIds(store)).toEqual(['roster-2/others-0']);
  });

  test('read while another takes its place is one of the two', async () => {
    await storeRoster(store, rosterOf(crowd(4, 2)), at('1'));
    let isReplaced = false;
    const reading: Store = {
      ...store,
      read: async (container, partition, id) => {
        if (container === 'runs' && !isReplaced) {
          isReplaced = true;
          await storeRoster(store, rosterOf(crowd(7, 7)), at('2'));
        }
        return store.read(container, partition, id);
      },
    };
    expect((await readRoster(reading, NOW))?.counts.people).toBe(7);
  });

  describe('a crash while it is stored', () => {
    const old = rosterOf(crowd(3_000, 1_600));
    const next = rosterOf(crowd(3_000, 2_900), { origin: 'next.csv' });

    test('at any write leaves the old one or the new one in full', async () => {
      await storeRoster(store, old, at('old'));
      const seen: string[] = [];
      for (let writes = 0; writes < 6; writes += 1) {
        const id = `try-${writes}`;
        const isDone = await storeRoster(failingAfter(store, writes), next, at(id)).then(
          () => true,
          () => false,
        );
        const roster = await readRoster(store, NOW);
        expect(roster?.factOf(numbered(2_000))?.status).toBe(roster?.origin === 'hr.csv' ? 'active' : 'left');
        seen.push(`${roster?.origin ?? 'none'}${isDone ? ' done' : ''}`);
      }
      // Three pieces and the pointer; what follows only tidies up.
      expect(seen.slice(0, 5)).toEqual(['hr.csv', 'hr.csv', 'hr.csv', 'hr.csv', 'next.csv']);
    });

    test('is tidied up by an import on a later day, and not by one that may run beside it', async () => {
      await storeRoster(store, old, at('old'));
      await expect(storeRoster(failingAfter(store, 1), next, at('broken'))).rejects.toThrow('crashed');
      await storeRoster(store, old, at('same-day'));
      expect((await pieceIds(store)).filter((id) => id.startsWith('roster-broken/'))).toHaveLength(1);
      await storeRoster(store, old, at('later', new Date(NOW.getTime() + 2 * 86_400_000)));
      const left = new Set((await pieceIds(store)).map((id) => id.split('/')[0]));
      expect([...left]).toEqual(['roster-later']);
    });
  });
});
