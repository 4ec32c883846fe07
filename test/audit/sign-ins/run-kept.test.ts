import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { keptSignIns, type KeptSignIns } from '../../../src/audit/sign-ins/run-kept.js';
import type { SignInRow } from '../../../src/graph/graph-door.js';
import type { Doc, Store } from '../../../src/store/store.js';
import { onBothStores } from '../../store/both-stores.js';
import { countingIds } from '../../store/ids.js';
import { NOW, userId } from '../../world/people.js';

const HOUR_MS = 3_600_000;
const later = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR_MS);

function aRow(name: string, successful?: string): SignInRow {
  return {
    userId: userId(name),
    successful: successful === undefined ? undefined : new Date(successful),
    interactive: new Date('2026-01-05T23:59:59Z'),
    nonInteractive: undefined,
  };
}

onBothStores((open) => {
  let store: Store;
  let kept: KeptSignIns;
  beforeEach(async () => {
    [store] = (await open(1)) as [Store];
    kept = keptSignIns({ store, newId: countingIds('piece') });
  });
  afterEach(() => store.close());

  async function pieces(): Promise<readonly Doc[]> {
    const docs: Doc[] = [];
    const where = [{ field: 'kind', is: '=', value: 'signIns' }] as const;
    for await (const { doc } of store.query({ container: 'meta', where })) docs.push(doc);
    return docs;
  }

  test('rows come back as they were, to the second, with when they were read', async () => {
    await kept.save([aRow('Ada', '2026-02-03T04:05:06Z'), aRow('Never')], NOW);
    await kept.save([aRow('Bea', '2026-02-03T04:05:06.789Z')], later(1));
    expect(await kept.load(later(2))).toEqual(
      new Map([
        [userId('Ada'), { ...aRow('Ada', '2026-02-03T04:05:06Z'), readAt: NOW }],
        [userId('Never'), { ...aRow('Never'), readAt: NOW }],
        [userId('Bea'), { ...aRow('Bea', '2026-02-03T04:05:06Z'), readAt: later(1) }],
      ]),
    );
  });

  test('of two rows of one person the younger counts', async () => {
    await kept.save([aRow('Ada', '2026-02-03T04:05:06Z')], later(1));
    await kept.save([aRow('Ada')], NOW);
    expect((await kept.load(later(2))).get(userId('Ada'))).toMatchObject({ readAt: later(1) });
  });

  test('after a day they are not used, and their pieces are gone', async () => {
    await kept.save([aRow('Ada')], NOW);
    await kept.save([aRow('Bea')], later(5));
    expect([...(await kept.load(later(24))).keys()]).toEqual([userId('Bea')]);
    expect(await pieces()).toHaveLength(1);
  });

  test('a piece from the future is not believed', async () => {
    await kept.save([aRow('Ada')], later(1));
    expect(await kept.load(NOW)).toEqual(new Map());
  });

  test('many rows become pieces of five hundred, and hold ids and dates only', async () => {
    const many = Array.from({ length: 1_201 }, (_, n) => aRow(`P${n}`));
    await kept.save(many, NOW);
    const docs = await pieces();
    const sizes = docs.map((doc) => ('rows' in doc && Array.isArray(doc.rows) ? doc.rows.length : 0));
    expect(sizes.sort((a, b) => a - b)).toEqual([201, 500, 500]);
    expect((await kept.load(NOW)).size).toBe(1_201);
    const [one] = docs;
    expect(Object.keys(one ?? {}).sort()).toEqual(['id', 'kind', 'rows', 'startedAt']);
  });
});
