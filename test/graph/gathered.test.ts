import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { gather } from '../../src/graph/gather.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { openGraph } from '../../src/graph/open-graph.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { startSimulator } from '../../src/simulator/server.js';
import { skippingClock } from './test-clocks.js';

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function failure(kind: GraphFailure['kind']): GraphFailure {
  return new GraphFailure(kind, kind, { operation: 'test' });
}

describe('reads that are gathered', () => {
  test('are made once for all who ask in the same moment, each key once', async () => {
    const made: (readonly string[])[] = [];
    const read = gather(async (keys: readonly string[]) => {
      made.push(keys);
      return made.length;
    }, soon);
    expect(await Promise.all([read(['a']), read(['b', 'a']), read(['c'])])).toEqual([1, 1, 1]);
    expect(await read(['a'])).toBe(2);
    expect(made).toEqual([['a', 'b', 'c'], ['a']]);
  });

  test('begin after they were asked for: whoever asks while one is under way gets the next', async () => {
    let begun = 0;
    const read = gather(async () => {
      begun += 1;
      const mine = begun;
      await soon();
      return mine;
    }, soon);
    const first = read([]);
    await soon();
    await soon();
    expect(begun).toBe(1);
    expect(await Promise.all([first, read([])])).toEqual([1, 2]);
  });

  test('that fail because of one key fail for nobody else', async () => {
    const read = gather(async (keys: readonly string[]) => {
      if (keys.includes('bad')) throw failure('badRequest');
      return keys;
    }, soon);
    const ends = await Promise.allSettled([read(['a']), read(['bad']), read(['b'])]);
    expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : 'failed'))).toEqual([
      ['a'],
      'failed',
      ['b'],
    ]);
  });

  test('that Graph cannot answer now fail for all, and are not asked again for each', async () => {
    let made = 0;
    const read = gather(async () => {
      made += 1;
      throw failure('throttled');
    }, soon);
    const ends = await Promise.allSettled([read(['a']), read(['b'])]);
    expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(made).toBe(1);
  });
});

describe('a door that gathers', () => {
  test('says of everybody what one that does not says, in fewer messages', async () => {
    const clock = skippingClock();
    const simulator = await startSimulator({
      seed: 7,
      people: 60,
      now: () => clock.now(),
      throttling: 'off',
    });
    try {
      const options = { baseUrl: simulator.url, token: fixedToken(simulator.token), clock, random: () => 0 };
      const [plain, gathering] = [openGraph(options), openGraph({ ...options, gatherMs: 0 })];
      const ids = [...Object.values(NAMED).slice(0, 14), { id: '00000000-0000-4000-8000-000000000000' }].map(
        ({ id }) => id as UserId,
      );
      const messages = (): number => simulator.requests.filter(({ inBatch }) => !inBatch).length;

      const alone = await Promise.all(ids.map((id) => plain.person(id)));
      const before = messages();
      expect(await Promise.all(ids.map((id) => gathering.person(id)))).toEqual(alone);
      expect(messages() - before).toBe(1);
      expect(alone.at(-1)).toBeUndefined();

      const present = ids.slice(0, -1);
      const owned = await Promise.all(present.map((id) => plain.ownedThings(id)));
      expect(await Promise.all(present.map((id) => gathering.ownedThings(id)))).toEqual(owned);
      await expect(gathering.ownedThings(ids.at(-1) as UserId)).rejects.toMatchObject({ kind: 'notFound' });

      const purposes = await plain.mailboxPurposesOf(present);
      const each = await Promise.all(present.map((id) => gathering.mailboxPurposesOf([id])));
      expect(each.map((map) => [...map])).toEqual(present.map((id) => [[id, purposes.get(id)]]));

      const managers = await plain.managersOf(present);
      const bosses = await Promise.all(present.map((id) => gathering.managersOf([id])));
      expect(bosses.map((map) => [...map])).toEqual(present.map((id) => [[id, managers.get(id)]]));

      const rows = await plain.signInsOf(present);
      const dates = await Promise.all(present.map((id) => gathering.signInsOf([id])));
      expect(dates.flat().map(({ userId }) => userId)).toEqual(present);
      expect(dates.flat()).toEqual(present.map((id) => rows.find(({ userId }) => userId === id)));

      const roles = messages();
      const [holders, same] = await Promise.all([gathering.roleHolders(), gathering.roleHolders()]);
      const gatheredRoles = messages() - roles;
      expect(holders).toEqual(same);
      expect(holders).toEqual(await plain.roleHolders());
      expect(messages() - roles - gatheredRoles).toBe(gatheredRoles);
      expect(await gathering.skus()).toEqual(await plain.skus());
    } finally {
      await simulator.close();
    }
  });
});
