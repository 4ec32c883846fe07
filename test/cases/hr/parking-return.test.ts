import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { SkuId, UserId } from '../../../src/audit/person.js';
import { answerTo } from '../../../src/chat/answer.js';
import { parse } from '../../../src/chat/parse.js';
import { openReadModel } from '../../../src/chat/run-read-model.js';
import { instant } from '../../../src/cases/case.js';
import { setSwitch } from '../../../src/cases/campaign/run-switch.js';
import type { GraphDoor, SignInPage } from '../../../src/graph/graph-door.js';
import { GraphFailure } from '../../../src/graph/graph-failure.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import {
  ALEX,
  anHrWorld,
  CHIARA,
  HANNA,
  HUGO,
  type HrWorld,
  type HrWorldOptions,
} from '../../world/hr-world.js';
import { SKUS } from '../../world/skus.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const PARKS = 'park: [{ sku: SPE_E5, by: SPE_F1 }]';
const PARK = `reclaim: { mailbox: waive, ${PARKS} }\naudit: { timeZone: Europe/Berlin }`;
/** The world begins on 2026-11-23. */
const DAYS_AWAY = 21;
const UNTIL = { kind: 'park', until: '2026-12-14' } as const;
const E5 = [SKUS.E5.skuId];
const F3 = [SKUS.F3.skuId];

let world: HrWorld;

afterEach(async () => {
  for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  await world.close();
});

/** What the tenant says beside what it is. */
interface Tenant {
  /** No seat of an E5 is free. */
  isFull?: boolean;
  /** One looks free, and Graph refuses it all the same. */
  looksFree?: boolean;
  /** Graph refuses an E5 for another reason. */
  refuses?: boolean;
  /** It has no product E5 any more. */
  isUnserved?: boolean;
  /** Graph does not answer about Chiara. */
  isDown?: boolean;
  /** Nobody can read who is of HR. */
  hidesHr?: boolean;
  /** Chiara has no account. */
  isGone?: boolean;
}

/** How often Graph was asked to give an E5. */
let asked = 0;

/** Graph as the tenant has it. */
function behind(graph: GraphDoor, tenant: Tenant): GraphDoor {
  const isE5 = ({ skuId }: { readonly skuId: SkuId }): boolean => skuId === SKUS.E5.skuId;
  const answer = (): void => {
    if (tenant.isDown === true) throw new GraphFailure('serverError', 'down', { operation: 'person' });
  };
  return {
    ...graph,
    skus: async () =>
      (await graph.skus())
        .filter((sku) => !(isE5(sku) && tenant.isUnserved === true))
        .map((sku) => (isE5(sku) && tenant.isFull === true ? { ...sku, assigned: sku.bought } : sku)),
    person: async (id) => {
      answer();
      return id === CHIARA && tenant.isGone === true ? undefined : graph.person(id);
    },
    membersOf: async (...of) => {
      if (tenant.hidesHr === true) throw new GraphFailure('forbidden', 'no', { operation: 'members' });
      return graph.membersOf(...of);
    },
    changeLicenses: async (who, change) => {
      answer();
      if (!change.add.some(isE5)) return graph.changeLicenses(who, change);
      asked += 1;
      const { isFull, looksFree, isUnserved, refuses } = tenant;
      if ([isFull, looksFree, isUnserved].includes(true))
        return { kind: 'noFreeSeat', skuId: SKUS.E5.skuId as SkuId };
      return refuses === true ? { kind: 'conflict', message: 'E3' } : graph.changeLicenses(who, change);
    },
  };
}

async function parked(options: HrWorldOptions = {}, tenant: Tenant = {}): Promise<Tenant> {
  asked = 0;
  world = await anHrWorld({
    policy: PARK,
    // Whoever came back is seen at once.
    through: (doors, graph) => ({ ...doors, keepSignInsMs: 0, graph: behind(graph, tenant) }),
    ...options,
    chiara: { licenses: [{ sku: 'E5' }], mailbox: 'noMailbox', ...options.chiara },
  });
  expect(await world.answer(HANNA, UNTIL)).toBe('accepted');
  expect(await world.answer(HUGO, { kind: 'approve' })).toBe('accepted');
  await world.work(60_000);
  return tenant;
}

async function held(): Promise<readonly string[]> {
  return ((await world.graph.person(CHIARA))?.licenses ?? []).map(({ skuId }) => skuId);
}

async function pass(ms: number): Promise<void> {
  world.clock.advance(ms);
  await world.work(120_000);
}

async function passDays(days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) await pass(DAY_MS);
}

function toHr(): number {
  return world.teams.sent.filter(({ to }) => to === HANNA || to === HUGO).length;
}

/** Chiara has signed in today, and every source says so. */
function comesBack(): void {
  const { graph, clock } = world;
  const now = clock.now();
  const back = <T extends { readonly userId: UserId }>(row: T): T =>
    row.userId === CHIARA ? { ...row, successful: now, interactive: now } : row;
  const signInsOf = graph.signInsOf.bind(graph);
  const signIns = graph.signIns.bind(graph);
  const signInsUntil = graph.signInsUntil.bind(graph);
  graph.signInsOf = async (ids) => (await signInsOf(ids)).map(back);
  async function* backIn(pages: AsyncIterable<SignInPage>): AsyncGenerator<SignInPage> {
    for await (const page of pages) yield { ...page, rows: page.rows.map(back) };
  }
  graph.signIns = (from) => backIn(signIns(from));
  graph.signInsUntil = (until, from) => backIn(signInsUntil(until, from));
}

describe('a return for which no license is free', () => {
  async function full(): Promise<Tenant> {
    const tenant = await parked();
    tenant.isFull = true;
    await pass(DAYS_AWAY * DAY_MS);
    return tenant;
  }

  it('goes on by itself as soon as one is', async () => {
    const tenant = await full();
    expect(await world.chiara()).toMatchObject({
      state: 'needsPerson',
      task: 'It could not be given back yet. There is no free seat of this license: free or buy one.',
    });
    await pass(3 * DAY_MS);
    expect(await held()).toEqual(F3);
    tenant.isFull = false;
    await pass(DAY_MS / 24);
    expect(await world.chiara()).toMatchObject({ state: 'undone', leaveOver: true });
    expect(await held()).toEqual(E5);
  });

  it('is told to HR at once, and anew as long as it waits', async () => {
    await parked().then((tenant) => (tenant.isFull = true));
    const before = toHr();
    await pass(DAYS_AWAY * DAY_MS);
    expect(toHr()).toBe(before + 2);
    await passDays(9);
    expect(toHr()).toBeGreaterThanOrEqual(before + 4);
    expect(toHr()).toBeLessThanOrEqual(before + 6);
  });

  it('is let go by nobody', async () => {
    await full();
    const { caseId } = await world.chiara();
    for (const thing of ['rest', 'task']) {
      const outcome = await world.desk.waive({ caseId, by: HUGO, thing, reason: 'No seat will be bought' });
      expect(outcome).toMatchObject({
        kind: 'refused',
        says: expect.stringContaining('free or buy a license'),
      });
    }
    expect((await world.chiara()).state).toBe('needsPerson');
  });
});

describe('a return that waits', () => {
  async function waiting(how: Tenant): Promise<Tenant> {
    const tenant = await parked();
    Object.assign(tenant, how);
    await pass(DAYS_AWAY * DAY_MS);
    expect(await held()).toEqual(F3);
    return tenant;
  }

  async function state(): Promise<string> {
    return (await world.chiara()).state;
  }

  it('asks Graph in peace where a seat looks free and is refused, and tells HR once', async () => {
    const tenant = await parked();
    tenant.looksFree = true;
    const before = toHr();
    world.clock.advance(DAYS_AWAY * DAY_MS);
    for (let hours = 0; hours < 6; hours += 1) await pass(HOUR_MS);
    expect(asked).toBeLessThanOrEqual(7);
    expect(toHr()).toBe(before + 2);
    tenant.looksFree = false;
    await pass(2 * HOUR_MS);
    expect(await state()).toBe('undone');
  });

  it.each<[string, Tenant]>([
    ['for an outage of days', { isDown: true }],
    ['for what Graph refused otherwise', { refuses: true }],
  ])('%s goes on by itself once that is over', async (_why, how) => {
    const tenant = await parked();
    Object.assign(tenant, how);
    world.clock.advance(DAYS_AWAY * DAY_MS);
    for (let hours = 0; hours < 60; hours += 1) await pass(HOUR_MS);
    expect(await state()).not.toBe('undone');
    Object.assign(tenant, { isDown: false, refuses: false });
    await pass(DAY_MS);
    expect(await world.chiara()).toMatchObject({ state: 'undone', leaveOver: true });
    expect(await held()).toEqual(E5);
  });

  it('is over once somebody has given it back by hand', async () => {
    await waiting({ refuses: true });
    await world.graph.changeLicenses(CHIARA, {
      add: [{ skuId: SKUS.E5.skuId as SkuId, disabledPlans: [] }],
      remove: [SKUS.F3.skuId as SkuId],
    });
    await pass(DAY_MS);
    expect(await state()).toBe('undone');
  });

  it('ends with the account', async () => {
    const tenant = await waiting({ isFull: true });
    tenant.isGone = true;
    const before = toHr();
    await passDays(10);
    expect(toHr()).toBe(before);
    expect(await world.chiara()).toMatchObject({
      state: 'cancelled',
      cause: 'gone',
      why: 'The account no longer exists.',
      parked: true,
    });
  });

  it('ends at once where the account was gone before', async () => {
    const tenant = await parked();
    tenant.isGone = true;
    await pass(DAYS_AWAY * DAY_MS);
    expect(await world.chiara()).toMatchObject({ state: 'cancelled', cause: 'gone', parked: true });
  });

  it('is let go by one of HR where the tenant has no such product any more', async () => {
    const tenant = await waiting({ isFull: true });
    tenant.isUnserved = true;
    await pass(2 * HOUR_MS);
    expect((await world.chiara()).state).toBe('needsPerson');
    const { caseId } = await world.chiara();
    const rest = { caseId, by: HUGO, thing: 'rest', reason: 'It is sold no more' };
    expect((await world.desk.waive(rest)).kind).toBe('waived');
    await pass(HOUR_MS);
    expect(await world.chiara()).toMatchObject({ state: 'undone', took: [] });
    const before = toHr();
    await passDays(9);
    expect(toHr()).toBe(before);
    expect(await world.history()).toContainEqual(expect.stringContaining('what could not be given back'));
  });

  it('is let go by nobody once the tenant has the product again', async () => {
    const tenant = await waiting({ isUnserved: true });
    tenant.isUnserved = false;
    const { caseId } = await world.chiara();
    const rest = { caseId, by: HUGO, thing: 'rest', reason: 'It is sold no more' };
    expect((await world.desk.waive(rest)).kind).toBe('refused');
    await pass(2 * HOUR_MS);
    expect(await state()).toBe('undone');
  });

  it.each(['paused', 'stopped'] as const)('is told to HR while the campaign is %s', async (campaign) => {
    const tenant = await parked();
    tenant.isFull = true;
    await setSwitch(world.store, campaign, 'Alex', world.clock.now().toISOString());
    const before = toHr();
    await pass(DAYS_AWAY * DAY_MS);
    expect(toHr()).toBe(before + 2);
    tenant.isFull = false;
    await pass(2 * HOUR_MS);
    expect(await state()).toBe('undone');
  });

  it('is told to nobody by a policy that observes', async () => {
    const tenant = await parked();
    tenant.isFull = true;
    Object.assign(world.doors, { policy: { ...world.doors.policy, mode: 'observe' } });
    const before = toHr();
    await pass(DAYS_AWAY * DAY_MS);
    await passDays(5);
    expect([toHr(), await state()]).toEqual([before, 'needsPerson']);
  });

  it('goes on while nobody can read who is of HR', async () => {
    const tenant = await waiting({ isFull: true, hidesHr: true });
    tenant.isFull = false;
    await passDays(1);
    expect(await state()).toBe('undone');
  });

  it('is tried at once when HR says so, and is the end of the leave still', async () => {
    const tenant = await waiting({ refuses: true });
    tenant.refuses = false;
    const { caseId } = await world.chiara();
    expect((await world.desk.undo({ caseId, by: HUGO })).kind).toBe('accepted');
    await world.work(60_000);
    expect(await world.chiara()).toMatchObject({ state: 'undone', leaveOver: true, undoneBy: { id: HUGO } });
  });
});

describe('the return', () => {
  it('begins with the day of the return, where the tenant is', async () => {
    await parked();
    world.clock.advance(Date.parse('2026-12-13T22:55:00Z') - world.clock.now().getTime());
    await world.work();
    expect(await held()).toEqual(F3);
    world.clock.advance(10 * 60_000);
    await world.work(60_000);
    expect(await held()).toEqual(E5);
  });

  it('comes at once where an audit finds the person active, and leaves them in peace after that', async () => {
    await parked();
    await pass(5 * DAY_MS);
    await world.order({ order: 'audit' });
    expect((await world.chiara()).state).toBe('holding');
    comesBack();
    await world.order({ order: 'audit' });
    await world.work(60_000);
    const { caseId } = await world.chiara();
    expect(await world.chiara()).toMatchObject({ state: 'undone', leaveOver: true });
    expect(await held()).toEqual(E5);
    expect(await world.history()).toContain(
      'The newest audit shows the person back from leave already. Everything is given back as it was.',
    );
    await world.order({ order: 'audit' });
    expect((await world.chiara()).caseId).toBe(caseId);
  });

  it('does not come early because a policy takes more days of peace for active', async () => {
    await parked({ policy: `${PARK}\nscope: { skus: [SPE_E5, SPE_F1] }` });
    await pass(DAY_MS);
    const { policy } = world.doors;
    Object.assign(world.doors, { policy: { ...policy, inactivity: { ...policy.inactivity, days: 180 } } });
    await world.order({ order: 'audit' });
    await world.work(60_000);
    expect((await world.chiara()).state).toBe('holding');
  });

  it('does not begin a new question about somebody who was on leave for so long', async () => {
    await parked();
    await pass(DAYS_AWAY * DAY_MS);
    const { caseId } = await world.chiara();
    await world.order({ order: 'audit' });
    await world.work(60_000);
    expect(await world.chiara()).toMatchObject({ caseId, state: 'undone' });
  });

  it('has nothing to give back where the licenses were gone already', async () => {
    world = await anHrWorld({
      policy: PARK,
      chiara: { licenses: [{ sku: 'E5' }, { sku: 'VISIO' }], mailbox: 'noMailbox' },
    });
    await world.answer(HANNA, UNTIL);
    await world.graph.changeLicenses(CHIARA, { add: [], remove: [SKUS.E5.skuId as SkuId] });
    await world.answer(HUGO, { kind: 'approve' });
    await world.work(60_000);
    expect(await world.chiara()).toMatchObject({
      state: 'cancelled',
      cause: 'backFromLeave',
      why: 'Nothing was parked: the person has their licenses as before, or lost them otherwise.',
    });
  });
});

describe('a policy that changes after the decision', () => {
  const SLOW =
    'timetable: { disableSignIn: P1D, convertMailbox: P2D, removeLicenses: P10D, review: PT0S, afterDecision: PT5S }';

  async function planned(park: string, licenses = [{ sku: 'E5' }, { sku: 'VISIO' }] as const): Promise<void> {
    world = await anHrWorld({
      policy: `reclaim: { mailbox: waive, park: [${park}] }\n${SLOW}`,
      chiara: { licenses: [...licenses], mailbox: 'noMailbox' },
    });
    expect(await world.answer(HANNA, UNTIL)).toBe('accepted');
    expect(await world.answer(HUGO, { kind: 'approve' })).toBe('accepted');
    await world.work(60_000);
  }

  const BOTH = [
    { sku: 'SPE_E5', by: 'SPE_F1' },
    { sku: 'VISIOCLIENT', by: 'SPE_F1' },
  ];

  function follow(park: typeof BOTH): void {
    const { policy } = world.doors;
    Object.assign(world.doors, { policy: { ...policy, reclaim: { ...policy.reclaim, park } } });
  }

  it('parks no more than the two agreed to', async () => {
    await planned('{ sku: SPE_E5, by: SPE_F1 }, { sku: VISIOCLIENT, by: SPE_F1 }');
    const [all] = await steps();
    expect(all).toEqual([SKUS.E5.skuId, SKUS.VISIO.skuId]);
    await world.close();
    await planned('{ sku: SPE_E5, by: SPE_F1 }');
    follow(BOTH);
    await world.order({ order: 'audit' });
    expect(await steps()).toEqual([[SKUS.E5.skuId]]);
  });

  test('another stand-in is none that they agreed to', async () => {
    await planned('{ sku: SPE_E5, by: SPE_F1 }', [{ sku: 'E5' }, { sku: 'VISIO' }]);
    follow([{ sku: 'SPE_E5', by: 'SPE_E3' }]);
    await world.order({ order: 'audit' });
    // The case that the two decided has ended, and HR is asked anew.
    const c = await world.chiara();
    expect([c.state, c.licenses[0]?.parking?.partNumber]).toEqual(['hrReview', 'SPE_E3']);
    expect(await world.graph.person(CHIARA)).toMatchObject({ licenses: [{}, {}] });
  });

  async function steps(): Promise<readonly (readonly string[])[]> {
    const c = await world.chiara();
    return 'steps' in c
      ? c.steps.map(({ step }) => ('licenses' in step ? step.licenses.map(({ skuId }) => skuId) : []))
      : [];
  }
});

describe('HR’s queue', () => {
  async function queue(by: UserId): Promise<string> {
    const { policy, timeZone, clock } = world.doors;
    const view = { policy, now: instant(clock.now()), timeZone, locale: 'en' } as const;
    const asker = { userId: by, roles: await world.doors.rolesOf(by) };
    const sources = { desk: world.desk, readModel: openReadModel(world.doors) };
    return JSON.stringify(await answerTo(parse('hr'), asker, sources, view));
  }

  it('lists what is parked with the day of the return, and nobody else’s does', async () => {
    await parked();
    expect(await queue(HANNA)).toContain('Parked until Mon 14 Dec 2026.');
    expect(await queue(HANNA)).toContain('undo NAME');
    expect(await queue(ALEX)).not.toContain('Chiara');
  });
});
