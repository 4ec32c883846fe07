import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { AuditProgress } from '../../../src/audit/audit-result.js';
import { AuditInterrupted } from '../../../src/audit/interrupted.js';
import type { Person, UserId } from '../../../src/audit/person.js';
import { atTheBeginning, stillOfUse, type SignInPlace } from '../../../src/audit/sign-ins/place.js';
import type { KeptSignInRow, KeptSignIns } from '../../../src/audit/sign-ins/run-kept.js';
import { readSignIns, type SignInDoors, type SignIns } from '../../../src/audit/sign-ins/run-sign-ins.js';
import type { GraphDoor } from '../../../src/graph/graph-door.js';
import { silentLog } from '../../../src/telemetry/log.js';
import { collect } from '../../graph/opened.js';
import { simulatedDoor } from '../../graph/simulated-door.js';
import { graphFailure, graphWorld, type GraphWorld } from '../../world/graph-world.js';
import { aPerson, daysAgo, NOW, userId, type PersonSpec, type WorldPerson } from '../../world/people.js';

const DAY_MS = 24 * 3_600_000;
const OLDER_THAN = new Date(NOW.getTime() - 90 * DAY_MS);
const GONE = userId('Gone');

/** Dates that only the sign-in rows tell apart: long ago, lately, tried but never in, never. */
const LIVES: readonly PersonSpec[] = [
  { signIn: { successful: daysAgo(200), interactive: daysAgo(200) } },
  { signIn: { successful: daysAgo(1), nonInteractive: daysAgo(1) } },
  { signIn: { interactive: daysAgo(3) } },
  { signIn: 'absent' },
];

function people(counts: readonly number[]): readonly WorldPerson[] {
  return counts.flatMap((count, life) =>
    Array.from({ length: count }, (_, n) => aPerson(`Life ${life} ${n}`, LIVES[life] ?? {})),
  );
}

interface Reading {
  readonly graph?: Partial<GraphDoor>;
  readonly held?: readonly UserId[];
  readonly licensed?: number;
  readonly kept?: KeptSignIns;
  readonly now?: Date;
  readonly signal?: AbortSignal;
  readonly progress?: SignInDoors['progress'];
}

/** Reads for everybody in the world, in a tenant of 157,000. */
function read(world: GraphWorld, all: readonly WorldPerson[], how: Reading = {}): Promise<SignIns> {
  const held = how.held ?? all.map(({ person }) => person.id);
  return readSignIns(
    {
      graph: { ...world, ...how.graph },
      clock: { now: () => how.now ?? NOW },
      progress: how.progress ?? (() => undefined),
      log: silentLog,
      kept: how.kept ?? memory(),
      ...(how.signal === undefined ? {} : { signal: how.signal }),
    },
    {
      hasEntraP1: true,
      held: new Map(held.map((id) => [id, undefined])),
      licensed: how.licensed ?? 157_000,
      olderThan: OLDER_THAN,
    },
  );
}

/** Keeps rows for a day, in memory. `pieces`: how many rows came with each write. */
function memory(): KeptSignIns & { readonly pieces: readonly number[] } {
  const rows = new Map<UserId, KeptSignInRow>();
  const pieces: number[] = [];
  let stands: SignInPlace | undefined;
  return {
    pieces,
    place: {
      load: async (beginning) =>
        stands === undefined ? atTheBeginning(beginning.olderThan) : stillOfUse(stands, beginning, DAY_MS),
      save: async (place) => void (stands = place),
      forget: async () => {
        stands = undefined;
      },
    },
    load: async (now) =>
      new Map([...rows].filter(([, { readAt }]) => now.getTime() - readAt.getTime() < DAY_MS)),
    save: async (some, readAt) => {
      pieces.push(some.length);
      for (const row of some) rows.set(row.userId, { ...row, readAt });
    },
  };
}

function requestsOf({ calls }: GraphWorld): number {
  return (calls.get('signInsOf') ?? 0) + (calls.get('anySignInSince') ?? 0);
}

describe('sign-in dates', () => {
  test('of few people are asked for by id; who is gone has no row, and nobody is asked for twice', async () => {
    const all = people([20, 10, 5, 5]);
    const world = graphWorld(all);
    const held = [...all.map(({ person }) => person.id), GONE];
    const { rows, source, plan, readAt } = await read(world, all, { held });
    expect(source).toEqual({
      kind: 'read',
      asked: 41,
      rows: 40,
      withDates: 35,
      withSuccess: 30,
      othersHaveValues: true,
    });
    expect(rows.has(GONE)).toBe(false);
    expect(plan).toEqual({
      announced: ['Sign-in dates: about 3 requests, less than a minute (41 people by id)'],
      expectedRequests: 3,
      expectedMinutes: 0,
      requests: 3,
      kept: 0,
    });
    expect(requestsOf(world)).toBe(3);
    expect(readAt).toEqual(NOW);
  });

  test('of many are swept where most are old, and the rest is asked for by id', async () => {
    const all = people([1_200, 40, 5, 15]);
    const world = graphWorld(all, { pageSize: 500 });
    const { rows, plan } = await read(world, all);
    expect(rows.size).toBe(1_260);
    expect(world.calls.has('signIns')).toBe(false);
    // Three pages, one sample, and four requests for some 60 people less those in the sample.
    expect(plan.requests).toBeLessThanOrEqual(3 + 1 + 4);
    expect(plan.announced).toHaveLength(1);
    expect(plan.announced[0]).toMatch(
      /^Sign-in dates: about \d requests, less than a minute \(sweep of 1,200 sign-ins before 2026-08-25, then about \d+ people by id\)$/,
    );
  });

  test('of nearly everybody come with one pass over licensed people', async () => {
    const all = people([10, 60, 0, 30]);
    const world = graphWorld(all, { pageSize: 50 });
    const { rows, plan } = await read(world, all, { licensed: 100 });
    expect(rows.size).toBe(100);
    expect(plan.announced).toEqual([
      'Sign-in dates: 1 request, less than a minute (a pass over 100 licensed people)',
    ]);
    expect(world.calls.get('signIns')).toBe(1);
    expect(requestsOf(world)).toBe(0);
  });

  test('are the same by every way, whatever the size of pages and the order of people', async () => {
    const everybody = people([60, 30, 10, 20]);
    const expected = await read(graphWorld(everybody), everybody, { licensed: 1 });
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...everybody], { minLength: everybody.length }),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 120, max: 200_000 }),
        async (all, pageSize, licensed) => {
          const { rows, source } = await read(graphWorld(all, { pageSize }), all, { licensed });
          expect(rows).toEqual(expected.rows);
          expect(source).toEqual(expected.source);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('of nobody, or without Entra P1, are not asked for', async () => {
    const world = graphWorld([]);
    expect((await read(world, [])).source).toEqual({ kind: 'unread', why: 'nobody needed them' });
    expect(world.calls.size).toBe(0);
  });
});

describe('where none of those asked has a successful sign-in', () => {
  const never = people([0, 0, 3, 2]);

  test('one request tells whether others have, and the absence means something', async () => {
    const world = graphWorld([...never, ...people([0, 1])]);
    const { source, plan } = await read(world, never);
    expect(source).toMatchObject({ asked: 5, rows: 5, withDates: 3, withSuccess: 0, othersHaveValues: true });
    expect(world.calls.get('anySignInSince')).toBe(1);
    expect(plan.requests).toBe(2);
  });

  test('and nobody else has, it says so', async () => {
    expect((await read(graphWorld(never), never)).source).toMatchObject({ othersHaveValues: false });
  });

  test('nothing is asked when rows of others were read on the way', async () => {
    const world = graphWorld([...never, ...people([0, 1])], { pageSize: 50 });
    const { source } = await read(world, never, { licensed: 6, held: never.map(({ person }) => person.id) });
    expect(source).toMatchObject({ othersHaveValues: true });
  });
});

describe('what was read', () => {
  const all = people([150, 100, 20, 30]);

  test('is used again within a day, and read anew after it', async () => {
    const kept = memory();
    await read(graphWorld(all), all, { kept });
    const world = graphWorld(all);
    const later = new Date(NOW.getTime() + DAY_MS - 1);
    const again = await read(world, all, { kept, now: later });
    expect(world.calls.size).toBe(0);
    expect(again.rows.size).toBe(300);
    expect(again.readAt).toEqual(NOW);
    expect(again.plan).toMatchObject({
      announced: ['Sign-in dates: nothing to read (all 300 needed were read within the last day)'],
      requests: 0,
      kept: 300,
    });
    const nextDay = await read(graphWorld(all), all, { kept, now: new Date(NOW.getTime() + DAY_MS) });
    expect(nextDay.plan.requests).toBeGreaterThan(0);
    expect(nextDay.readAt).toEqual(new Date(NOW.getTime() + DAY_MS));
  });

  test('is kept every four requests, so that a crash loses the last piece at most', async () => {
    const kept = memory();
    await read(graphWorld(all), all, { kept, licensed: 1_000_000, held: ids(all).slice(0, 45) });
    expect(kept.pieces).toEqual([45]);
    const more = memory();
    let asked = 0;
    const graph: Partial<GraphDoor> = {
      signInsUntil: noSweep,
      signInsOf: async (some) => {
        asked += 1;
        return graphWorld(all).signInsOf(some);
      },
    };
    await read(graphWorld(all), all, { kept: more, graph });
    expect(asked).toBe(20);
    expect(more.pieces.every((rows) => rows <= 4 * 15)).toBe(true);
    expect(more.pieces.reduce((sum, rows) => sum + rows, 0)).toBe(300);
  });

  test('stays when the audit is stopped, and the next one goes on from there', async () => {
    const kept = memory();
    const stop = new AbortController();
    let asked = 0;
    const counting = (world: GraphWorld): Partial<GraphDoor> => ({
      signInsUntil: noSweep,
      signInsOf: async (some) => {
        asked += 1;
        if (asked === 7) stop.abort();
        return world.signInsOf(some);
      },
    });
    const first = read(graphWorld(all), all, { kept, graph: counting(graphWorld(all)), signal: stop.signal });
    await expect(first).rejects.toBeInstanceOf(AuditInterrupted);
    expect(asked).toBe(7);
    const { rows } = await read(graphWorld(all), all, { kept, graph: counting(graphWorld(all)) });
    expect(rows.size).toBe(300);
    expect(asked).toBe(20);
  });

  test('stays when Graph fails, too, and the failure comes through', async () => {
    const kept = memory();
    const failure = graphFailure('serverError');
    let asked = 0;
    const graph: Partial<GraphDoor> = {
      signInsUntil: noSweep,
      signInsOf: async (some) => {
        asked += 1;
        if (asked > 6) throw failure;
        return graphWorld(all).signInsOf(some);
      },
    };
    await expect(read(graphWorld(all), all, { kept, graph })).rejects.toBe(failure);
    expect([...(await kept.load(NOW)).keys()]).toHaveLength(6 * 15);
  });

  test('is an answer also when it cannot be kept', async () => {
    const kept = { ...memory(), save: () => Promise.reject(new Error('disk full')) };
    expect((await read(graphWorld(all), all, { kept })).rows.size).toBe(300);
  });
});

describe('while Graph shows no date of anybody', () => {
  const never = { signIn: 'absent' } as const;
  const shown = [aPerson('Ada', { signIn: { successful: daysAgo(1) } }), aPerson('Bea')];
  const blank = [aPerson('Ada', never), aPerson('Bea', never)];
  const [ada, bea] = shown.map(({ person }) => person.id) as [UserId, UserId];
  const later = new Date(NOW.getTime() + DAY_MS / 2);

  test('dates that were kept before say nothing of those who are asked for now', async () => {
    const kept = memory();
    await read(graphWorld(shown), shown, { kept, held: [ada] });
    const { source } = await read(graphWorld(blank), blank, { kept, now: later, held: [ada, bea] });
    expect(source).toMatchObject({ rows: 2, withSuccess: 1, othersHaveValues: false, isBlankNow: true });
  });
});

describe('a sweep', () => {
  test('that brings fewer rows than it announced fails as a whole', async () => {
    const all = people([1_200, 40]);
    const failure = graphFailure('unexpectedAnswer');
    const world = graphWorld(all, { pageSize: 500 });
    const graph: Partial<GraphDoor> = {
      async *signInsUntil(until) {
        yield* world.signInsUntil(until);
        throw failure;
      },
    };
    await expect(read(world, all, { graph })).rejects.toBe(failure);
  });

  test('reports requests, and the minutes that are left by the pace', async () => {
    const all = people([0, 0, 0, 300]);
    const seen: AuditProgress[] = [];
    const graph: Partial<GraphDoor> = { signInsUntil: noSweep, anySignInSince: async () => true };
    await read(graphWorld(all), all, { graph, progress: (progress) => seen.push(progress) });
    const [plan, ...steps] = seen;
    expect(plan).toEqual({
      phase: 'plan',
      done: 0,
      total: undefined,
      text: 'Sign-in dates: about 21 requests, 2 minutes (300 people by id)',
    });
    expect(steps[0]).toEqual({ phase: 'signIns', done: 2, total: 21, minutesLeft: 2 });
    expect(steps.at(-2)).toEqual({ phase: 'signIns', done: 21, total: 21, minutesLeft: 0 });
  });
});

test('a simulated tenant with its limits gives all rows in the minutes that were told, and refuses nothing', async () => {
  const { tenant, door, clock } = await simulatedDoor(
    { people: 1_000, recordExchanges: false },
    { signInPerMinute: 9 },
  );
  const licensed: readonly Person[] = await collect(door.licensedPeople());
  const before = tenant.requests.length;
  const started = clock.now().getTime();
  const { rows, plan } = await readSignIns(
    { graph: door, clock, progress: () => undefined, log: silentLog, kept: memory() },
    {
      hasEntraP1: true,
      held: new Map(licensed.filter((_, at) => at % 3 === 0).map(({ id }) => [id, undefined])),
      licensed: 157_000,
      olderThan: new Date(started - 90 * DAY_MS),
    },
  );
  const made = tenant.requests.slice(before);
  expect(rows.size).toBe(Math.ceil(licensed.length / 3));
  expect(made.map(({ status }) => status)).toEqual(made.map(() => 200));
  expect(made).toHaveLength(plan.requests);
  expect(plan.requests).toBeGreaterThan(15);
  expect((clock.now().getTime() - started) / 60_000).toBe(plan.expectedMinutes);
  expect(plan.expectedMinutes).toBeLessThanOrEqual((plan.requests / 10) * 1.2);
});

function ids(all: readonly WorldPerson[]): readonly UserId[] {
  return all.map(({ person }) => person.id);
}

async function* noSweep(): ReturnType<GraphDoor['signInsUntil']> {
  // Nobody signed in that long ago.
}
