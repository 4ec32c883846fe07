import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { dayOf, type Day } from '../../src/audit/day.js';
import type { UserId } from '../../src/audit/person.js';
import type { RosterEntry } from '../../src/audit/roster/roster.js';
import { storeRoster } from '../../src/audit/roster/run-store.js';
import { setSwitch, type Switch } from '../../src/cases/campaign/run-switch.js';
import { effectsOf } from '../../src/simulator/changes.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { readHistory } from '../../src/store/case-history.js';
import { actingPolicy, aSteward, inMotion, type StewardWorld } from '../world/steward-world.js';

const robin = NAMED.itManager.id as UserId;
const idle = NAMED.plainInactive.id as UserId;
const MINUTE = 60_000;

let world: StewardWorld;

beforeEach(async () => {
  world = await aSteward({ people: 12 });
  await world.audit();
});

afterEach(() => world.close());

async function reclaim(userId: string = idle): Promise<void> {
  const c = await world.caseOf(userId);
  const answer = { kind: 'reclaim', reason: '' } as const;
  const outcome = await world.desk.answer({ caseId: c.caseId, version: c.version, by: robin, answer });
  expect(outcome.kind).toBe('accepted');
}

/** The types of the entries of a case's history. */
async function told(userId: string = idle): Promise<readonly string[]> {
  const { caseId } = await world.caseOf(userId);
  return (await readHistory(world.store, caseId)).events.map(({ type }) => type);
}

function count(types: readonly string[], wanted: string): number {
  return types.filter((type) => type === wanted).length;
}

const effects = (): number => effectsOf(world.tenant.tenant.book).length;
const campaign = (to: Switch): Promise<void> => setSwitch(world.store, to, 'test', 'now');

describe('a reassignment', () => {
  it('gives the receiver nothing when the license was gone already', async () => {
    const c = await world.caseOf(idle);
    const receiver = NAMED.thirdActiveReport.userPrincipalName;
    const answer = { kind: 'reassign', reason: '', receiver } as const;
    await world.desk.answer({ caseId: c.caseId, version: c.version, by: robin, answer });
    const remove = c.licenses.map(({ skuId }) => skuId);
    await world.doors.graph.changeLicenses(idle, { add: [], remove });
    const byHand = effects();

    await world.work(10 * MINUTE);
    expect(effects()).toBe(byHand);
    expect(await world.caseOf(idle)).toMatchObject({
      state: 'holding',
      steps: [
        { progress: { is: 'skipped', why: 'The licenses were gone already.' } },
        { progress: { is: 'skipped', why: 'Nothing was taken, so there was nothing to give.' } },
      ],
    });
  });
});

describe('a receiver', () => {
  it('gets nothing while the person holds the license again', async () => {
    const c = await world.caseOf(idle);
    const receiver = NAMED.thirdActiveReport.userPrincipalName;
    const answer = { kind: 'reassign', reason: '', receiver } as const;
    await world.desk.answer({ caseId: c.caseId, version: c.version, by: robin, answer });
    const { graph } = world.doors;
    const before = await graph.person(idle);
    let taken = 0;
    const changeLicenses: typeof graph.changeLicenses = async (...args) => {
      taken += 1;
      return graph.changeLicenses(...args);
    };
    // Somebody gives it back between the check of the one step and the next.
    const person: typeof graph.person = async (...args) => {
      const found = await graph.person(...args);
      const isBack = taken === 1 && (await world.caseOf(idle)).state === 'scheduled';
      return args[0] === idle && isBack ? before : found;
    };
    Object.assign(world.doors, { graph: { ...graph, changeLicenses, person } });
    await world.work(10 * MINUTE);
    expect(taken).toBe(1);
    expect(await world.caseOf(idle)).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('no seat is free for the receiver'),
      watch: { for: 'clear', index: 1 },
    });
  });
});

describe('an undo', () => {
  it('gives back what the answer of a minute ago still shows as held', async () => {
    const { graph } = world.doors;
    const before = await graph.person(idle);
    await reclaim();
    await world.work(10 * MINUTE);
    const { caseId } = await world.caseOf(idle);
    await world.desk.undo({ caseId, by: robin });

    const stale = { ...graph, person: async (key: string) => (key === idle ? before : graph.person(key)) };
    const { clock, tenant, teams } = world;
    const late = inMotion({ ...world.doors, graph: stale }, { clock, tenant, teams, folder: '' });
    await late.work(MINUTE);
    expect((await world.caseOf(idle)).state).toBe('undone');
    expect((await graph.person(idle))?.licenses).toHaveLength(before?.licenses.length ?? 0);
  });
});

describe('a brake', () => {
  it('is said once in the history, however long it holds', async () => {
    await campaign('paused');
    await reclaim();
    await world.work(10 * MINUTE);
    const waiting = await world.caseOf(idle);
    const edits = world.teams.edits.length;
    await world.work(60 * MINUTE);
    expect(count(await told(), 'stepPostponed')).toBe(1);
    expect(await world.caseOf(idle)).toMatchObject({ state: 'scheduled', version: waiting.version });
    expect(world.teams.edits).toHaveLength(edits);
    expect(effects()).toBe(0);

    await campaign('running');
    await world.work(MINUTE);
    expect((await world.caseOf(idle)).state).toBe('holding');
    expect(effects()).toBe(1);
  });

  it('of another kind is said anew', async () => {
    await world.close();
    const policy = actingPolicy();
    const limits = { ...policy.limits, stepsPerDay: { count: 0, percent: 100 } };
    world = await aSteward({ people: 12, policy: { ...policy, limits } });
    await world.audit();
    await campaign('paused');
    await reclaim();
    await world.work(5 * MINUTE);
    await campaign('running');
    await world.work(5 * MINUTE);
    await campaign('paused');
    world.clock.advance(15 * 3_600_000);
    await world.work(5 * MINUTE);
    expect(count(await told(), 'stepPostponed')).toBe(3);
    expect(effects()).toBe(0);
  });

  it('of the daily limit lets the rest go on the next day', async () => {
    await world.close();
    const policy = actingPolicy();
    const limits = { ...policy.limits, stepsPerDay: { count: 1, percent: 100 } };
    world = await aSteward({ people: 12, policy: { ...policy, limits } });
    await world.audit();
    const second = NAMED.neverSignedIn.id;
    await reclaim();
    await reclaim(second);
    await world.work(10 * MINUTE);
    expect(effects()).toBe(1);
    world.clock.advance(15 * 3_600_000);
    await world.work(MINUTE);
    expect(effects()).toBe(2);
    expect([(await world.caseOf(idle)).state, (await world.caseOf(second)).state]).toEqual([
      'holding',
      'holding',
    ]);
  });

  it('of the daily limit is looked at again on the next day, and nothing is asked of Graph until then', async () => {
    await world.close();
    const policy = actingPolicy();
    const limits = { ...policy.limits, stepsPerDay: { count: 0, percent: 100 } };
    world = await aSteward({ people: 12, policy: { ...policy, limits } });
    await world.audit();
    await reclaim();
    let asked = 0;
    const { graph } = world.doors;
    const person: typeof graph.person = (...args) => {
      asked += 1;
      return graph.person(...args);
    };
    Object.assign(world.doors, { graph: { ...graph, person } });
    await world.work(10 * MINUTE);
    expect(asked).toBe(0);
    // The world begins at nine in the morning.
    expect(await world.caseOf(idle)).toMatchObject({ state: 'scheduled', dueAt: '2026-11-24T00:00:00.000Z' });
  });

  it('never holds an undo', async () => {
    await reclaim();
    await world.work(MINUTE);
    await campaign('stopped');
    expect(await world.desk.undo({ caseId: (await world.caseOf(idle)).caseId, by: robin })).toMatchObject({
      kind: 'accepted',
    });
    await world.work(MINUTE);
    expect((await world.caseOf(idle)).state).toBe('undone');
  });

  it('that stops the campaign ends what was not begun, and nothing else', async () => {
    await reclaim();
    await campaign('stopped');
    await world.work(MINUTE);
    expect(await world.caseOf(idle)).toMatchObject({ state: 'cancelled', why: 'The campaign was stopped.' });
    expect(effects()).toBe(0);
  });
});

describe('a step long after the newest audit', () => {
  it('waits for another one, says so once, and goes on after it', async () => {
    world.clock.advance(9 * 24 * 60 * MINUTE);
    await reclaim();
    await world.work(30 * MINUTE);
    expect((await world.caseOf(idle)).state).toBe('scheduled');
    expect(count(await told(), 'stepPostponed')).toBe(1);
    expect(effects()).toBe(0);

    await world.audit();
    await world.work(10 * MINUTE);
    expect((await world.caseOf(idle)).state).toBe('holding');
    expect(effects()).toBe(1);
  });

  it('is looked at ever more seldom: after a tenth of the time that it has waited, and never later than `pace.watch`', async () => {
    world.clock.advance(9 * 24 * 60 * MINUTE);
    await reclaim();
    await world.work(MINUTE);
    const untilNext = async (): Promise<number> => {
      const { dueAt = '' } = await world.caseOf(idle);
      return Date.parse(dueAt) - world.clock.now().getTime();
    };
    // The pace of this world: 10 seconds at first, 10 minutes at the most.
    expect(await untilNext()).toBeLessThanOrEqual(10_000);
    world.clock.advance(50 * MINUTE);
    await world.work();
    expect(await untilNext()).toBeGreaterThan(4.9 * MINUTE);
    world.clock.advance(10 * 60 * MINUTE);
    await world.work();
    expect(await untilNext()).toBe(10 * MINUTE);
    expect(count(await told(), 'stepPostponed')).toBe(1);
  });
});

describe('a step that Graph refuses', () => {
  const REFUSALS: readonly (readonly [string, string])[] = [
    ['noFreeSeat', 'There is no free seat of this license: free or buy one.'],
    ['inheritedFromGroup', 'The license comes through a group now: take the person out of that group.'],
    ['personGone', 'The account no longer exists.'],
  ];

  test.each(REFUSALS)('as %s becomes a task for a person', async (kind, task) => {
    const answer = kind === 'noFreeSeat' ? { kind, skuId: undefined } : { kind };
    Object.assign(world.doors, { graph: { ...world.doors.graph, changeLicenses: async () => answer } });
    await reclaim();
    await world.work(MINUTE);
    expect(await world.caseOf(idle)).toMatchObject({ state: 'needsPerson', task });
  });

  it('for three people in a row pauses the campaign before the fourth is tried', async () => {
    const tried: string[] = [];
    const changeLicenses = async (userId: UserId): Promise<{ readonly kind: 'personGone' }> => {
      tried.push(userId);
      return { kind: 'personGone' };
    };
    Object.assign(world.doors, { graph: { ...world.doors.graph, changeLicenses } });
    const people = [
      NAMED.plainInactive,
      NAMED.inactiveWithVisio,
      NAMED.neverSignedIn,
      NAMED.disabledLicensed,
    ];
    for (const { id } of people) await reclaim(id);
    await world.work(5 * MINUTE);
    expect(new Set(tried).size).toBe(3);
    const states = await Promise.all(people.map(async ({ id }) => (await world.caseOf(id)).state));
    expect(states.toSorted()).toEqual(['needsPerson', 'needsPerson', 'needsPerson', 'scheduled']);
  });
});

describe('a step while Graph is away', () => {
  it('waits, and is done once when Graph is back', async () => {
    await reclaim();
    world.tenant.faults.add({ times: 30, answer: { kind: 'status', status: 503 } });
    await world.work(60 * MINUTE);
    expect((await world.caseOf(idle)).state).toBe('holding');
    expect(effects()).toBe(1);
  });

  /** Longer than the longest wait between two tries, so many times. */
  async function tries(times: number): Promise<void> {
    for (let n = 0; n < times; n += 1) {
      world.clock.advance(31 * MINUTE);
      await world.work();
    }
  }

  it('waits for hours, and is done once when Graph is back', async () => {
    await reclaim();
    world.tenant.faults.add({ times: 99_999, answer: { kind: 'status', status: 503 } });
    await tries(20);
    expect((await world.caseOf(idle)).state).toBe('scheduled');
    world.tenant.faults.clear();
    await tries(2);
    await world.work(MINUTE);
    expect((await world.caseOf(idle)).state).toBe('holding');
    expect(effects()).toBe(1);
  });

  it('becomes a task for a person when Graph stays away for more than a day, and goes on by itself once it is back', async () => {
    await reclaim();
    world.tenant.faults.add({ times: 99_999, answer: { kind: 'status', status: 503 } });
    await tries(100);
    expect(await world.caseOf(idle)).toMatchObject({
      state: 'needsPerson',
      task: expect.stringMatching(/^Microsoft Graph keeps failing: .*\.$/),
    });
    expect(count(await told(), 'stepRefused')).toBe(1);
    expect(effects()).toBe(0);

    world.tenant.faults.clear();
    await tries(3);
    await world.work(MINUTE);
    expect((await world.caseOf(idle)).state).toBe('holding');
    expect(effects()).toBe(1);
  });

  it('does not pause the campaign: that passes by itself', async () => {
    for (const { id } of [NAMED.plainInactive, NAMED.inactiveWithVisio, NAMED.neverSignedIn])
      await reclaim(id);
    world.tenant.faults.add({ times: 60, answer: { kind: 'status', status: 503 } });
    await world.work(120 * MINUTE);
    expect((await world.caseOf(idle)).state).toBe('holding');
  });
});

/** A user source that says this alone, of so many days ago. */
async function roster(entry: RosterEntry, age: number): Promise<void> {
  const now = world.clock.now();
  const none = { active: 0, left: 0, onLeave: 0, unknown: 0, unmatched: 0, unreadable: 0 };
  const source = {
    asOf: (dayOf(now) - age) as Day,
    origin: 'hr.csv',
    sha256: 'x',
    counts: { ...none, rows: 1, people: 1 },
    people: new Map([[idle, entry]]),
  };
  await storeRoster(world.store, source, { importId: 'late', now });
}

test('a leave that an old user source tells stops a step as well', async () => {
  await reclaim();
  await roster({ status: 'onLeave', leaveFrom: undefined, leaveUntil: undefined }, 60);
  await world.work(10 * MINUTE);
  expect(await world.caseOf(idle)).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
  expect(effects()).toBe(0);
});

test('a state that the user source leaves open is for a person to look at', async () => {
  await reclaim();
  await roster({ status: 'unknown', leaveFrom: undefined, leaveUntil: undefined }, 1);
  await world.work(10 * MINUTE);
  expect((await world.caseOf(idle)).state).not.toBe('holding');
  expect(await told()).not.toContain('stepIntended');
  expect(effects()).toBe(0);
});
