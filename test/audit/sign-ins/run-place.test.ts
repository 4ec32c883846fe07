import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { atTheBeginning, type Beginning, type SignInPlace } from '../../../src/audit/sign-ins/place.js';
import { keptPlace, type KeptPlace } from '../../../src/audit/sign-ins/run-place.js';
import type { Doc, Store } from '../../../src/store/store.js';
import { onBothStores } from '../../store/both-stores.js';
import { countingIds } from '../../store/ids.js';
import { NOW } from '../../world/people.js';

const DAY_MS = 24 * 3_600_000;
const UNTIL = new Date(NOW.getTime() - 90 * DAY_MS);
const BEGINNING: Beginning = { now: NOW, olderThan: UNTIL, needed: 10 };

const placeAt = (rowsRead: number): SignInPlace => ({
  startedAt: NOW,
  until: UNTIL,
  sweep: { rows: 900, rowsRead: 900, found: 1, needed: 11, next: undefined, ended: true },
  pass: {
    rows: 5_000,
    rowsRead,
    found: 2,
    needed: 10,
    next: `https://graph.example/${rowsRead}`,
    ended: false,
  },
  sample: { asked: 15, inSweep: 1 },
});

onBothStores((open) => {
  let store: Store;
  const newId = countingIds('place');
  const aRun = (): KeptPlace => keptPlace({ store, newId, maxAgeMs: DAY_MS });
  beforeEach(async () => {
    [store] = (await open(1)) as [Store];
  });
  afterEach(() => store.close());

  async function docs(): Promise<readonly Doc[]> {
    const found: Doc[] = [];
    const where = [{ field: 'kind', is: '=', value: 'signInsPlace' }] as const;
    for await (const { doc } of store.query({ container: 'meta', where })) found.push(doc);
    return found;
  }

  test('before the first run there is none', async () => {
    expect(await aRun().load(BEGINNING)).toEqual(atTheBeginning(UNTIL));
  });

  test('comes back as it was, without people, and is one document however often it moves on', async () => {
    const run = aRun();
    await run.load(BEGINNING);
    for (const rows of [500, 1_000, 1_500]) await run.save(placeAt(rows), NOW);
    expect(await docs()).toHaveLength(1);
    expect(Object.keys((await docs())[0] ?? {}).sort()).toEqual(
      ['id', 'keptAt', 'kind', 'pass', 'sample', 'startedAt', 'sweep', 'until'].sort(),
    );
    expect(await aRun().load(BEGINNING)).toEqual(placeAt(1_500));
  });

  test('of an earlier run goes when the next one has one of its own, or has come to its end', async () => {
    await aRun().save(placeAt(500), NOW);
    const next = aRun();
    await next.load(BEGINNING);
    await next.save(placeAt(1_000), NOW);
    expect(await docs()).toHaveLength(1);
    const last = aRun();
    expect(await last.load(BEGINNING)).toEqual(placeAt(1_000));
    await last.forget();
    expect(await docs()).toEqual([]);
  });

  test('of two runs at a time the newest counts, and the end of one is not the end of the other', async () => {
    const [one, other] = [aRun(), aRun()];
    await one.load(BEGINNING);
    await other.load(BEGINNING);
    await other.save(placeAt(1_000), new Date(NOW.getTime() + 60_000));
    await one.save(placeAt(500), NOW);
    expect(await aRun().load(BEGINNING)).toEqual(placeAt(1_000));
    await one.forget();
    expect(await aRun().load(BEGINNING)).toEqual(placeAt(1_000));
  });

  test('is of no use after a day', async () => {
    await aRun().save(placeAt(500), NOW);
    const now = new Date(NOW.getTime() + DAY_MS);
    expect(await aRun().load({ ...BEGINNING, now })).toEqual(atTheBeginning(UNTIL));
  });
});
