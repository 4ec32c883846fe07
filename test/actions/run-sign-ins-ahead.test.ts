import { beforeEach, describe, expect, it, test } from '@jest/globals';
import { SignInsBlank } from '../../src/actions/run-proven-sign-ins.js';
import { signInsAhead, type SignInsAhead, type WhenRead } from '../../src/actions/run-sign-ins-ahead.js';
import type { UserId } from '../../src/audit/person.js';
import { setSwitch } from '../../src/cases/campaign/run-switch.js';
import { instant, type Case, type CaseId } from '../../src/cases/case.js';
import type { Doors } from '../../src/cases/doors.js';
import type { GraphDoor, SignInRow } from '../../src/graph/graph-door.js';
import type { Log } from '../../src/telemetry/log.js';
import { CASES } from '../cards/a-case.js';
import { memoryStore, type MemoryStore } from '../simulation/memory-store.js';
import { graphFailure, graphWorld, type GraphWorld } from '../world/graph-world.js';
import { aPerson, idle, NOW, userId } from '../world/people.js';
import { actingPolicy, manualClock, type ManualClock } from '../world/steward-world.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const GOING_ON = new AbortController().signal;
const NEVER = [{ source: 'signIn', fact: { kind: 'none', since: undefined } }] as const;

let store: MemoryStore;
let clock: ManualClock;
let ahead: SignInsAhead;
let warned: string[];

beforeEach(() => {
  store = memoryStore();
  clock = manualClock(NOW);
  ahead = signInsAhead({ clock });
  warned = [];
});

const idOf = (at: number): UserId => userId(`Idle ${at}`);

/** A case of which a step is due. */
function due(at: number, change: Partial<Case> = {}): Case {
  const id = `case-${at}` as CaseId;
  const facts = { id, caseId: id, userId: idOf(at), dueAt: instant(NOW) };
  return { ...CASES.scheduled, ...facts, ...change } as Case;
}

/** So many people who are idle for 150 days and about whom there are such cases. */
async function dueOf(
  many: number,
  changeOf: (at: number) => Partial<Case> = () => ({}),
): Promise<GraphWorld> {
  const people = Array.from({ length: many }, (_, at) => aPerson(`Idle ${at}`, idle(150)));
  for (const [at] of people.entries()) await store.create('cases', due(at, changeOf(at)));
  return graphWorld(people, { pageSize: 500 });
}

function doorsTo(graph: GraphDoor): Doors {
  const log: Log = {
    debug: () => {},
    info: () => {},
    warn: (text) => warned.push(text),
    error: () => {},
  };
  return { graph, store, clock, log, policy: actingPolicy('') } as Partial<Doors> as Doors;
}

/** The person whose last successful sign-in the door tells, and how often Graph was asked for it. */
async function asked(graph: GraphWorld, id: UserId): Promise<{ known: number; calls: number }> {
  const before = graph.calls.get('signInsOf') ?? 0;
  const rows = await ahead.door(graph).signInsOf([id]);
  return { known: rows.length, calls: (graph.calls.get('signInsOf') ?? 0) - before };
}

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('when steps of hundreds of people are due', () => {
  it('their sign-in dates are read in bulk, beside the steps, and not again for each', async () => {
    const graph = await dueOf(200);
    const { passed, open } = gate();
    const slow: GraphDoor = {
      ...graph,
      async *signIns(from) {
        await passed;
        yield* graph.signIns(from);
      },
    };
    await ahead.look(doorsTo(slow), GOING_ON);
    await turn();
    expect(ahead.whenRead(due(0))).toBe('soon');
    open();
    await ahead.end();
    expect(ahead.whenRead(due(0))).toBe('now');
    expect(graph.calls.get('signIns')).toBe(1);
    for (const at of [0, 77, 199]) expect(await asked(graph, idOf(at))).toEqual({ known: 1, calls: 0 });
  });

  it('nobody waits for them who needs none', async () => {
    const graph = await dueOf(200);
    const { passed, open } = gate();
    await ahead.look(doorsTo({ ...graph, signIns: () => slowly(graph.signIns(), passed) }), GOING_ON);
    expect(ahead.whenRead(due(3))).toBe('soon');
    expect(ahead.whenRead(due(3, { scenario: 'unusedLicense' }))).toBe('now');
    expect(ahead.whenRead({ ...CASES.acting, userId: idOf(3) })).toBe('now');
    expect(ahead.whenRead(due(200))).toBe('now');
    open();
    await ahead.end();
  });

  it('whoever waits goes on as soon as the own date is there', async () => {
    const graph = await dueOf(1_000);
    const { passed, open } = gate();
    const signIns: GraphDoor['signIns'] = () => heldAtSecond(graph.signIns(), passed);
    await ahead.look(doorsTo({ ...graph, signIns }), GOING_ON);
    while (ahead.whenRead(due(499)) !== 'now') await turn();
    expect(ahead.whenRead(due(500))).toBe('soon');
    expect(await asked(graph, idOf(499))).toEqual({ known: 1, calls: 0 });
    open();
    await ahead.end();
    expect(ahead.whenRead(due(500))).toBe('now');
  });

  it('whoever waits is looked at again after the minutes that the rest takes, five at the most, and left alone at its end', async () => {
    const graph = await dueOf(1_000, () => ({ evidence: NEVER }));
    const stops = new Map([1, 41, 67].map((request) => [request, gate()]));
    let requests = 0;
    const slow: GraphDoor = {
      ...graph,
      signInsOf: async (ids) => {
        await stops.get((requests += 1))?.passed;
        return graph.signInsOf(ids);
      },
    };
    await ahead.look(doorsTo(slow), GOING_ON);
    const waits: WhenRead[] = [];
    // Of 67 requests 67, then 27, then 1 are left, 9 of them in a minute.
    for (const [request, { open }] of stops) {
      while (requests < request) await turn();
      waits.push(ahead.whenRead(due(999)));
      open();
    }
    await ahead.end();
    expect(waits).toEqual([{ inMs: 5 * MINUTE }, { inMs: 2 * MINUTE }, 'soon']);
  });

  it('those without a date are read 15 by 15', async () => {
    const graph = await dueOf(200, (at) => (at < 170 ? { evidence: NEVER } : {}));
    const sizes: number[] = [];
    const counting: GraphDoor = {
      ...graph,
      signInsOf: (ids) => {
        sizes.push(ids.length);
        return graph.signInsOf(ids);
      },
      signIns: () => {
        throw graphFailure('throttled');
      },
      signInsUntil: () => {
        throw graphFailure('throttled');
      },
    };
    await ahead.look(doorsTo(counting), GOING_ON);
    await ahead.end();
    // 30 of them had a date, which two requests tell; 170 had none.
    expect(sizes).toEqual([15, 15, ...Array.from({ length: 11 }, () => 15), 5]);
  });

  it('somebody of whom Graph has no row is not asked for again', async () => {
    const graph = await dueOf(200);
    const gone = due(200);
    await store.create('cases', gone);
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(await asked(graph, gone.userId)).toEqual({ known: 0, calls: 0 });
  });

  it('what was read is used for an hour, and no longer', async () => {
    const graph = await dueOf(200);
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    clock.advance(HOUR - 1);
    expect(await asked(graph, idOf(5))).toEqual({ known: 1, calls: 0 });
    clock.advance(1);
    expect(await asked(graph, idOf(5))).toEqual({ known: 1, calls: 1 });
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(graph.calls.get('signIns')).toBe(2);
    expect((await asked(graph, idOf(5))).calls).toBe(0);
  });
});

/** The same pages, after something else. */
async function* slowly<T>(pages: AsyncIterable<T>, first: Promise<void>): AsyncGenerator<T> {
  await first;
  yield* pages;
}

async function* heldAtSecond<T>(pages: AsyncIterable<T>, first: Promise<void>): AsyncGenerator<T> {
  let told = 0;
  for await (const page of pages) {
    if ((told += 1) === 2) await first;
    yield page;
  }
}

describe('nothing is read ahead', () => {
  const readings = (graph: GraphWorld): number =>
    (['signIns', 'signInsUntil', 'signInsOf'] as const).reduce(
      (sum, method) => sum + (graph.calls.get(method) ?? 0),
      0,
    );

  test('for a few, whatever else is due, and that is not looked for again within a minute', async () => {
    const graph = await dueOf(300, (at) => (at < 134 ? {} : { scenario: 'disabledButLicensed' }));
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(readings(graph)).toBe(0);
    await store.create('cases', due(300));
    clock.advance(MINUTE - 1);
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(readings(graph)).toBe(0);
    clock.advance(1);
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(graph.calls.get('signIns')).toBe(1);
  });

  test('for as many as Graph tells in a minute anyway, which are fewer under a slower pace', async () => {
    ahead = signInsAhead({ clock, signInsPerMinute: 2 });
    const graph = await dueOf(29);
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(readings(graph)).toBe(0);
    await store.create('cases', due(29));
    clock.advance(MINUTE);
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(readings(graph)).toBeGreaterThan(0);
  });

  test.each(['paused', 'stopped'] as const)('for a campaign that is %s', async (campaign) => {
    const graph = await dueOf(200);
    await setSwitch(store, campaign, 'test', '2026-11-23T06:00:00.000Z');
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(readings(graph)).toBe(0);
  });

  test('once the service ends, and that is no failure', async () => {
    const graph = await dueOf(200, () => ({ evidence: NEVER }));
    const ending = new AbortController();
    const stopping: GraphDoor = {
      ...graph,
      signInsOf: async (ids) => {
        ending.abort();
        return graph.signInsOf(ids);
      },
    };
    await ahead.look(doorsTo(stopping), ending.signal);
    await ahead.end();
    expect(graph.calls.get('signInsOf')).toBe(1);
    expect(warned).toEqual([]);
    expect(ahead.whenRead(due(150))).toBe('now');
  });
});

describe('when Graph refuses to tell many', () => {
  it('each step asks for itself, and the many are not tried again for an hour', async () => {
    const graph = await dueOf(200);
    const refusing = (methods: readonly (keyof GraphDoor)[]): GraphWorld => ({
      ...graph,
      ...Object.fromEntries(
        methods.map((method) => [method, () => Promise.reject(graphFailure('forbidden'))]),
      ),
      signIns: () => {
        throw graphFailure('forbidden');
      },
    });
    await ahead.look(doorsTo(refusing(['signInsOf'])), GOING_ON);
    await ahead.end();
    expect(warned).toHaveLength(2);
    expect(ahead.whenRead(due(0))).toBe('now');
    expect(await asked(graph, idOf(0))).toEqual({ known: 1, calls: 1 });
    clock.advance(HOUR - 1);
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(graph.calls.get('signIns')).toBeUndefined();
    clock.advance(1);
    await ahead.look(doorsTo(graph), GOING_ON);
    await ahead.end();
    expect(graph.calls.get('signIns')).toBe(1);
  });

  it('in bulk, they are read 15 by 15', async () => {
    const graph = await dueOf(200);
    const noBulk: GraphDoor = {
      ...graph,
      signIns: () => {
        throw graphFailure('throttled');
      },
    };
    await ahead.look(doorsTo(noBulk), GOING_ON);
    await ahead.end();
    // 14 requests for 200 people, none of whom is asked for twice.
    expect(graph.calls.get('signInsOf')).toBe(14);
    expect(await asked(graph, idOf(199))).toEqual({ known: 1, calls: 0 });
  });
});

describe('while Graph shows a date of nobody', () => {
  const bare = (rows: readonly SignInRow[]): readonly SignInRow[] =>
    rows.map(({ userId: id }) => ({
      userId: id,
      successful: undefined,
      interactive: undefined,
      nonInteractive: undefined,
    }));

  function blank(graph: GraphWorld): GraphDoor {
    return {
      ...graph,
      signIns: async function* (from) {
        for await (const page of graph.signIns(from)) yield { ...page, rows: bare(page.rows) };
      },
      signInsUntil: async function* () {
        yield { rows: [], total: 0, next: undefined };
      },
      signInsOf: async (ids) => bare(await graph.signInsOf(ids)),
      anySignInSince: async () => false,
    };
  }

  it('nothing of it is kept, and a step that asks is told so', async () => {
    const graph = await dueOf(200, (at) => (at < 100 ? { evidence: NEVER } : {}));
    await ahead.look(doorsTo(blank(graph)), GOING_ON);
    await ahead.end();
    await expect(ahead.door(blank(graph)).signInsOf([idOf(0)])).rejects.toThrow(SignInsBlank);
    // Once dates come again, each is read live.
    expect(await asked(graph, idOf(0))).toEqual({ known: 1, calls: 1 });
    expect(await asked(graph, idOf(150))).toEqual({ known: 1, calls: 1 });
  });
});
