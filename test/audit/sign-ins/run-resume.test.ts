import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AuditInterrupted } from '../../../src/audit/interrupted.js';
import type { UserId } from '../../../src/audit/person.js';
import { runAudit } from '../../../src/audit/run-audit.js';
import { keptSignIns } from '../../../src/audit/sign-ins/run-kept.js';
import { readSignIns, type SignIns } from '../../../src/audit/sign-ins/run-sign-ins.js';
import type { GraphDoor } from '../../../src/graph/graph-door.js';
import { openEmbeddedStore } from '../../../src/store/embedded-store.js';
import type { Store } from '../../../src/store/store.js';
import { silentLog } from '../../../src/telemetry/log.js';
import { countingIds } from '../../store/ids.js';
import { auditDoors, auditOnce } from '../../world/audit-once.js';
import { graphFailure, graphWorld, type GraphWorld } from '../../world/graph-world.js';
import { aPerson, daysAgo, NOW, type PersonSpec, type WorldPerson } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';

const DAY_MS = 24 * 3_600_000;
const IN_MEMORY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(path.join(IN_MEMORY, 'resume-'));
  store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: countingIds('etag') });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const LONG_AGO: PersonSpec = { usage: {}, signIn: { successful: daysAgo(200), interactive: daysAgo(200) } };
const LATELY: PersonSpec = { usage: {}, signIn: { successful: daysAgo(1), nonInteractive: daysAgo(1) } };
const NEVER: PersonSpec = { usage: {}, signIn: 'absent' };

/** Kinds of people, mixed as a directory mixes them. */
function mixed(kinds: readonly (readonly [number, PersonSpec])[]): readonly WorldPerson[] {
  const all = kinds.flatMap(([count, spec], kind) =>
    Array.from({ length: count }, (_, n) => ({
      at: (n + 0.5) / count,
      who: aPerson(`Kind ${kind} ${n}`, spec),
    })),
  );
  return all.sort((a, b) => a.at - b.at).map(({ who }) => who);
}

/** A tenant in which sign-in dates are read in this way, and how many requests that takes. */
const WAYS = {
  ids: {
    people: mixed([
      [7_000, {}],
      [190, NEVER],
      [10, LATELY],
    ]),
    way: /200 people by id\)$/,
  },
  sweep: {
    people: mixed([
      [6_000, {}],
      [1_400, LONG_AGO],
      [50, LATELY],
    ]),
    way: /\(sweep of 1,400 sign-ins before/,
  },
  pass: {
    people: mixed([
      [500, {}],
      [2_500, LATELY],
      [600, NEVER],
    ]),
    way: /\(a pass over 3,600 licensed people\)$/,
  },
} as const;
type Way = keyof typeof WAYS;
const EVERY_WAY = Object.keys(WAYS) as readonly Way[];

/** A door that counts requests for sign-in dates; `then` is told each, before it is made. */
function counting(graph: GraphDoor, then: (made: number) => Promise<void> | void = () => {}) {
  const seen = { made: 0, ways: [] as string[] };
  const request = async (way: string): Promise<void> => {
    seen.made += 1;
    seen.ways.push(way);
    await then(seen.made);
  };
  async function* pages<T>(way: string, listing: AsyncIterable<T>): AsyncGenerator<T> {
    const iterator = listing[Symbol.asyncIterator]();
    await request(way);
    for (let page = await iterator.next(); page.done !== true; page = await iterator.next()) {
      yield page.value;
      if (
        typeof page.value === 'object' &&
        page.value !== null &&
        'next' in page.value &&
        page.value.next !== undefined
      )
        await request(way);
    }
  }
  const door: GraphDoor = {
    ...graph,
    signIns: (from) => pages('pass', graph.signIns(from)),
    signInsUntil: (until, from) => pages('sweep', graph.signInsUntil(until, from)),
    signInsOf: async (ids) => {
      await request('ids');
      return graph.signInsOf(ids);
    },
    anySignInSince: async (since) => {
      await request('any');
      return graph.anySignInSince(since);
    },
  };
  return { door, seen };
}

const isHeld = ({ spec }: WorldPerson): boolean => spec.usage !== undefined;

/** Whoever is active is read by a pass only, and is left out for speed where there is none. */
function worldOf(way: Way): GraphWorld {
  const { people } = WAYS[way];
  return graphWorld(way === 'pass' ? people : people.filter(isHeld), { pageSize: 500 });
}

interface Reading {
  readonly signal?: AbortSignal;
  readonly now?: Date;
  /** Whose dates are needed; default: all who are not active. */
  readonly held?: readonly UserId[];
  readonly days?: number;
}

/** Reads sign-in dates alone, and keeps them in the store. */
function read(
  way: Way,
  graph: GraphDoor,
  { signal, now = NOW, held, days = 90 }: Reading = {},
): Promise<SignIns> {
  const { people } = WAYS[way];
  const ids = held ?? people.filter(isHeld).map(({ person }) => person.id);
  const doors = {
    graph,
    clock: { now: () => now },
    progress: () => undefined,
    log: silentLog,
    kept: keptSignIns({ store, newId: countingIds(`piece-${now.getTime()}-${(starts += 1)}`) }),
    signal,
  };
  return readSignIns(doors, {
    hasEntraP1: true,
    held: new Map(ids.map((id) => [id, undefined])),
    licensed: people.length,
    olderThan: new Date(now.getTime() - days * DAY_MS),
  });
}
let starts = 0;

/** Ctrl-C at the n-th request: it is answered, and no other is made. */
async function stoppedAt(way: Way, at: number): Promise<void> {
  const stop = new AbortController();
  const { door, seen } = counting(worldOf(way), (made) => {
    if (made === at) stop.abort();
  });
  await expect(read(way, door, { signal: stop.signal })).rejects.toBeInstanceOf(AuditInterrupted);
  expect(seen.made).toBe(at);
}

/** A process that is killed at its n-th request: nothing is caught, and nothing returns. */
async function killedAt(way: Way, at: number): Promise<void> {
  let die = (): void => {};
  const died = new Promise<void>((resolve) => (die = resolve));
  const { door } = counting(worldOf(way), (made) => {
    if (made < at) return undefined;
    die();
    return new Promise<void>(() => {});
  });
  await Promise.race([read(way, door), died]);
}

const uninterrupted = async (way: Way) => {
  const { door, seen } = counting(worldOf(way));
  const whole = await read(way, door);
  expect(whole.plan.announced.at(-1)).toMatch(WAYS[way].way);
  expect(whole.plan.requests).toBe(seen.made);
  await forgetAll();
  return { whole, requests: seen.made };
};

async function forgetAll(): Promise<void> {
  for (const kind of ['signIns', 'signInsPlace']) {
    const where = [{ field: 'kind', is: '=', value: kind }] as const;
    const ids: string[] = [];
    for await (const { doc } of store.query({ container: 'meta', where })) ids.push(doc.id);
    for (const id of ids) await store.remove('meta', id, id);
  }
}

async function places(): Promise<number> {
  let count = 0;
  const where = [{ field: 'kind', is: '=', value: 'signInsPlace' }] as const;
  for await (const { doc } of store.query({ container: 'meta', where })) count += doc.id === '' ? 0 : 1;
  return count;
}

describe.each(EVERY_WAY)('reading by %s', (way) => {
  test('that is stopped at any request goes on from there: none is made twice, and the same rows come out', async () => {
    const { whole, requests } = await uninterrupted(way);
    expect(requests).toBeGreaterThan(6);
    for (let at = 1; at < requests; at += 1) {
      await stoppedAt(way, at);
      const { door, seen } = counting(worldOf(way));
      const { rows, source, plan } = await read(way, door);
      expect([at, rows.size]).toEqual([at, whole.rows.size]);
      expect(rows).toEqual(whole.rows);
      expect(source).toEqual(whole.source);
      expect([at, at + seen.made]).toEqual([at, requests]);
      expect([at, plan.requests, plan.expectedRequests]).toEqual([at, seen.made, seen.made]);
      expect(await places()).toBe(0);
      await forgetAll();
    }
  });

  test('that is killed at any request makes at most four of them again, and the same rows come out', async () => {
    const { whole, requests } = await uninterrupted(way);
    for (let at = 1; at <= requests; at += 1) {
      await killedAt(way, at);
      const { door, seen } = counting(worldOf(way));
      const { rows, source } = await read(way, door);
      expect(rows).toEqual(whole.rows);
      expect(source).toEqual(whole.source);
      // The request at which it was killed was not answered.
      expect([at, at - 1 + seen.made <= requests + 4]).toEqual([at, true]);
      await forgetAll();
    }
  });

  test('that is stopped again and again comes to its end', async () => {
    const { whole, requests } = await uninterrupted(way);
    let made = 0;
    for (;;) {
      const stop = new AbortController();
      const { door, seen } = counting(worldOf(way), () => stop.abort());
      const reading = await read(way, door, { signal: stop.signal }).catch((error: unknown) => error);
      made += seen.made;
      if (reading instanceof AuditInterrupted) continue;
      expect(reading).toMatchObject({ rows: whole.rows, source: whole.source });
      break;
    }
    expect(made).toBe(requests);
  });

  test('by an audit that is stopped leads the next one to the same verdicts, with fewer requests', async () => {
    const policy = policyOf();
    const tenant = (): GraphWorld => graphWorld(WAYS[way].people, { pageSize: 500 });
    const plain = counting(tenant());
    const expected = await auditOnce(plain.door, policy);
    if (expected.kind === 'stopped') throw new Error(expected.why.join());
    const half = Math.ceil(plain.seen.made / 2);
    const stop = new AbortController();
    const first = counting(tenant(), (made) => {
      if (made === half) stop.abort();
    });
    const stopped = runAudit({ ...auditDoors(first.door, store), signal: stop.signal }, policy);
    await expect(stopped).rejects.toBeInstanceOf(AuditInterrupted);
    const second = counting(tenant());
    const random = { ...auditDoors(second.door, store).random, id: countingIds('second') };
    expect(await runAudit({ ...auditDoors(second.door, store), random }, policy)).toEqual(expected);
    expect([first.seen.made, second.seen.made]).toEqual([half, plain.seen.made - half]);
  });
});

describe('what an earlier run has begun', () => {
  test('is told where it goes on', async () => {
    await stoppedAt('pass', 6);
    expect((await read('pass', worldOf('pass'))).plan.announced).toEqual([
      expect.stringMatching(
        /^Sign-in dates: about 3 requests, less than a minute \(the rest of a pass over 3,600 licensed people; \d,\d{3} were read within the last day\)$/,
      ),
    ]);
    await forgetAll();
    await stoppedAt('sweep', 3);
    expect((await read('sweep', worldOf('sweep'))).plan.announced[0]).toMatch(
      /\(the rest of a sweep of 1,400 sign-ins before 2026-08-25, then about \d+ people by id; /,
    );
  });

  test.each(['badRequest', 'notFound', 'foreignOrigin', 'unexpectedAnswer'] as const)(
    'and Graph does not know any more (%s) is read in the cheapest other way, from what is kept',
    async (kind) => {
      for (const way of ['pass', 'sweep'] as const) {
        const { whole, requests } = await uninterrupted(way);
        const world = worldOf(way);
        const gone: Partial<GraphDoor> = {
          signIns: (from) => (from === undefined ? world.signIns() : failing(kind)),
          signInsUntil: (until, from) => (from === undefined ? world.signInsUntil(until) : failing(kind)),
        };
        for (const at of [4, requests - 2]) {
          await stoppedAt(way, at);
          const { door, seen } = counting({ ...world, ...gone });
          const { rows, source } = await read(way, door);
          expect(rows).toEqual(whole.rows);
          expect(source).toEqual(whole.source);
          // The try, and what is found out anew about the sweep, are all that is lost beside the listing.
          expect([way, at, seen.made <= requests + 3]).toEqual([way, at, true]);
          await forgetAll();
        }
      }
    },
  );

  test.each(['forbidden', 'throttled', 'serverError', 'network', 'unauthorized'] as const)(
    'and Graph does not give now (%s) fails, and goes on next time',
    async (kind) => {
      const { requests } = await uninterrupted('pass');
      await stoppedAt('pass', 6);
      const broken = { ...worldOf('pass'), signIns: () => failing(kind) };
      await expect(read('pass', broken)).rejects.toMatchObject({ kind });
      const { door, seen } = counting(worldOf('pass'));
      await read('pass', door);
      expect(seen.made).toBe(requests - 6);
    },
  );

  test('more than a day ago is not gone on with, since its rows are read again', async () => {
    const { requests } = await uninterrupted('pass');
    await stoppedAt('pass', 6);
    const { door, seen } = counting(worldOf('pass'));
    const { readAt } = await read('pass', door, { now: new Date(NOW.getTime() + DAY_MS) });
    expect(seen.made).toBe(requests);
    expect(readAt).toEqual(new Date(NOW.getTime() + DAY_MS));
  });

  test('within a day is gone on with, and says when its first rows were read', async () => {
    const { whole, requests } = await uninterrupted('pass');
    await stoppedAt('pass', 6);
    const { door, seen } = counting(worldOf('pass'));
    const { rows, readAt } = await read('pass', door, { now: new Date(NOW.getTime() + DAY_MS - 1) });
    expect([seen.made, readAt]).toEqual([requests - 6, NOW]);
    expect(rows).toEqual(whole.rows);
  });

  test('for other days is no sweep of ours', async () => {
    await stoppedAt('sweep', 4);
    const { door, seen } = counting(worldOf('sweep'));
    const { rows } = await read('sweep', door, { days: 60 });
    expect(rows.size).toBe(1_450);
    expect(seen.ways.slice(0, 2)).toEqual(['sweep', 'ids']);
  });

  test('for a few people is not gone on with for many others', async () => {
    const { people } = WAYS.sweep;
    const old = people.filter(({ spec }) => spec === LONG_AGO).map(({ person }) => person.id);
    const few = old.filter((_, at) => at % 8 === 0);
    const stop = new AbortController();
    const first = counting(worldOf('sweep'), (made) => {
      if (made === 4) stop.abort();
    });
    await expect(read('sweep', first.door, { signal: stop.signal, held: few })).rejects.toThrow('stopped');
    const { requests, whole } = await uninterruptedElsewhere('sweep');
    const { door, seen } = counting(worldOf('sweep'));
    const { rows } = await read('sweep', door);
    expect(rows).toEqual(whole.rows);
    expect(seen.made).toBeLessThanOrEqual(requests);
  });

  test('and kept badly is not gone on with', async () => {
    const { whole } = await uninterrupted('pass');
    const stop = new AbortController();
    const { door } = counting(worldOf('pass'), (made) => {
      if (made === 9) stop.abort();
    });
    let writes = 0;
    const create: Store['create'] = (container, doc) => {
      writes += doc.kind === 'signIns' ? 1 : 0;
      return writes === 1 ? Promise.reject(new Error('disk full')) : store.create(container, doc);
    };
    const real = store;
    store = { ...real, create };
    await expect(read('pass', door, { signal: stop.signal })).rejects.toBeInstanceOf(AuditInterrupted);
    store = real;
    expect(await places()).toBe(0);
    expect((await read('pass', worldOf('pass'))).rows).toEqual(whole.rows);
  });
});

/** Counted on a store of its own, so that what is kept stays. */
async function uninterruptedElsewhere(way: Way): ReturnType<typeof uninterrupted> {
  const real = store;
  const own = mkdtempSync(path.join(IN_MEMORY, 'resume-'));
  store = openEmbeddedStore(path.join(own, 'store.sqlite'), { newId: countingIds('etag') });
  try {
    return await uninterrupted(way);
  } finally {
    await store.close();
    store = real;
    rmSync(own, { recursive: true, force: true });
  }
}

function failing(kind: Parameters<typeof graphFailure>[0]): ReturnType<GraphDoor['signIns']> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(graphFailure(kind)) }) };
}
