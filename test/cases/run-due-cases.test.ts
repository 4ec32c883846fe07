import { afterEach, describe, expect, it } from '@jest/globals';
import type { Case } from '../../src/cases/case.js';
import { dueCases } from '../../src/cases/run-due-cases.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { StoreUnavailable, type Store, type Stored } from '../../src/store/store.js';
import { memoryStore } from '../simulation/memory-store.js';
import { aCaseWorld, type CaseWorld } from '../world/case-world.js';
import { aPerson, idle, userId, type PersonSpec } from '../world/people.js';

/** Nobody rests longer than until others have had their turn. */
const TERMS = { owner: 'worker-1', leaseMs: 15_000, pollMs: 300, sleep: () => turn() };
const GOING_ON = new AbortController().signal;
const MANY = 180;
const SWITCH = 'campaign-switch';
const NO_LIMITS =
  'limits: { casesPerRun: { count: 1000, percent: 100 }, stepsPerDay: { count: 1000, percent: 100 }, perDepartment: { percent: 100 } }';

let world: CaseWorld;

afterEach(() => world.close());

/** Grace has reclaimed the licenses of these people, and the first step is due. */
async function allDue(specs: Readonly<Record<string, PersonSpec>>): Promise<void> {
  const grace = aPerson('Grace', idle(1));
  const people = Object.entries(specs).map(([name, spec]) => aPerson(name, { ...spec, manager: grace }));
  world = await aCaseWorld([...people, grace], {
    store: memoryStore(),
    pageSize: 500,
    policy: `reclaim: { mailbox: waive }\n${NO_LIMITS}`,
  });
  await world.audit();
  await world.work();
  for (const { person } of people) {
    const { caseId, version } = await world.caseOf(person.id);
    const answer = { kind: 'reclaim', reason: '' } as const;
    const outcome = await world.desk.answer({ caseId, version, by: grace.person.id, answer });
    expect(outcome.kind).toBe('accepted');
  }
  world.clock.advance(10_000);
}

const caseOf = (name: string): Promise<Case> => world.caseOf(userId(name));

function failed(name: string): never {
  throw new Error(`There is no case of ${name}.`);
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => (open = resolve));
  return { passed, open: () => open() };
}

describe('cases of which a step is due', () => {
  it('are not held up by one for which Graph takes long', async () => {
    await allDue({ Ada: idle(150), Ben: idle(150) });
    const { passed, open } = gate();
    let isSlow = false;
    const person: GraphDoor['person'] = async (key, options) => {
      if (key === userId('Ada')) {
        isSlow = true;
        await passed;
      }
      return world.graph.person(key, options);
    };
    const cases = dueCases({ ...world.doors, graph: { ...world.graph, person } }, TERMS, GOING_ON);
    while (!isSlow) await cases.workOn();
    // Nothing else is due for now, which does not mean that nobody looks.
    for (let looks = 0; looks < 20; looks += 1) expect(await cases.workOn()).toBe(true);
    expect((await caseOf('Ben')).state).toBe('acting');
    world.clock.advance(1_000);
    while ((await caseOf('Ben')).state !== 'holding') await cases.workOn();
    expect(await caseOf('Ada')).toMatchObject({ state: 'scheduled', lease: { owner: 'worker-1' } });
    open();
    await cases.end();
    const ada = await caseOf('Ada');
    expect([ada.state, ada.lease]).toEqual(['acting', undefined]);
  });

  it('wait, as no try of theirs, while the sign-in dates of so many are being read', async () => {
    const names = Array.from({ length: MANY }, (_, at) => `Idle ${at}`);
    await allDue({
      ...Object.fromEntries(names.map((name) => [name, idle(150)])),
      Dora: { ...idle(150), enabled: false },
    });
    const { passed, open } = gate();
    async function* signIns(): ReturnType<GraphDoor['signIns']> {
      await passed;
      yield* world.graph.signIns();
    }
    const before = new Map(world.graph.calls);
    const made = (method: keyof GraphDoor): number =>
      (world.graph.calls.get(method) ?? 0) - (before.get(method) ?? 0);
    const cases = dueCases({ ...world.doors, graph: { ...world.graph, signIns } }, TERMS, GOING_ON);
    const all = (): Promise<readonly Stored<Case>[]> =>
      Promise.all(
        names.map(async (name) => {
          const { caseId } = await caseOf(name);
          return (await world.store.read<Case>('cases', caseId, caseId)) ?? failed(name);
        }),
      );
    const now = world.clock.now().toISOString();
    while (await cases.workOn());
    // Whoever is disabled needs no sign-in date.
    expect((await caseOf('Dora')).state).toBe('acting');
    const waiting = await all();
    for (const { doc } of waiting) {
      expect(doc).toMatchObject({ state: 'scheduled', dueAt: now, attempts: 0 });
      expect(doc.lease).toBeUndefined();
    }
    // Nobody writes to them while they wait.
    for (let looks = 0; looks < 10; looks += 1) await cases.workOn();
    expect(await all()).toEqual(waiting);
    expect(made('changeLicenses')).toBe(1);

    open();
    await cases.end();
    while (await cases.workOn());
    await cases.end();
    expect(made('changeLicenses')).toBe(MANY + 1);
    expect([made('signIns'), made('signInsOf')]).toEqual([1, 0]);
  });

  it('and were claimed are begun although the store fails in the look for others', async () => {
    const names = Array.from({ length: 100 }, (_, at) => `Idle ${at}`);
    await allDue(Object.fromEntries(names.map((name) => [name, idle(150)])));
    let isAway = true;
    const readSwitch: Store['read'] = async (container, partition, id) => {
      if (!isAway || id !== SWITCH) return world.store.read(container, partition, id);
      isAway = false;
      throw new StoreUnavailable('The store cannot be used.');
    };
    const store = { ...world.doors.store, read: readSwitch };
    const cases = dueCases({ ...world.doors, store }, TERMS, GOING_ON);
    await expect(cases.workOn()).rejects.toThrow('The store cannot be used.');
    await cases.end();
    const begun = await Promise.all(names.map(caseOf));
    expect(begun.filter(({ lease }) => lease !== undefined)).toEqual([]);
    expect(begun.filter(({ state }) => state === 'scheduled')).toHaveLength(60);
  });

  it('are left to whoever works on them in the same process, also after the lease is over', async () => {
    await allDue({ Ada: idle(150) });
    const { passed, open } = gate();
    let isSlow = false;
    const person: GraphDoor['person'] = async (key, options) => {
      isSlow = true;
      await passed;
      return world.graph.person(key, options);
    };
    const cases = dueCases({ ...world.doors, graph: { ...world.graph, person } }, TERMS, GOING_ON);
    while (!isSlow) await cases.workOn();
    world.clock.advance(TERMS.leaseMs + 1);
    await cases.workOn();
    expect((await caseOf('Ada')).attempts).toBe(1);
    open();
    await cases.end();
    expect((await caseOf('Ada')).state).toBe('acting');
  });

  it('and waited for their turn until the lease was over are given back, and that was no try', async () => {
    await allDue({ Ada: idle(150), Ben: idle(150) });
    const { passed, open } = gate();
    const batch: Store['batch'] = async (...write) => {
      await passed;
      return world.store.batch(...write);
    };
    const slow = { ...world.doors, store: { ...world.doors.store, batch } };
    const cases = dueCases(slow, { ...TERMS, pollMs: 0 }, GOING_ON);
    await cases.workOn();
    world.clock.advance(TERMS.leaseMs + 1);
    open();
    await cases.end();
    const found = await Promise.all(['Ada', 'Ben'].map(caseOf));
    expect(found.map(({ state }) => state).toSorted()).toEqual(['decided', 'scheduled']);
    expect(found.map(({ lease, attempts }) => [lease, attempts])).toEqual([
      [undefined, 0],
      [undefined, 0],
    ]);
  });
});
