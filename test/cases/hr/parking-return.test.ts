import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { SkuId, UserId } from '../../../src/audit/person.js';
import { answerTo } from '../../../src/chat/answer.js';
import { parse } from '../../../src/chat/parse.js';
import { openReadModel } from '../../../src/chat/run-read-model.js';
import { instant } from '../../../src/cases/case.js';
import type { SignInPage } from '../../../src/graph/graph-door.js';
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
  isFull: boolean;
}

async function parked(options: HrWorldOptions = {}, tenant: Tenant = { isFull: false }): Promise<Tenant> {
  world = await anHrWorld({
    policy: PARK,
    through: (doors, graph) => ({
      ...doors,
      // Whoever came back is seen at once.
      keepSignInsMs: 0,
      graph: {
        ...graph,
        skus: async () =>
          (await graph.skus()).map((sku) =>
            tenant.isFull && sku.skuId === SKUS.E5.skuId ? { ...sku, assigned: sku.bought } : sku,
          ),
        changeLicenses: async (who, change) =>
          tenant.isFull && change.add.some(({ skuId }) => skuId === SKUS.E5.skuId)
            ? { kind: 'noFreeSeat', skuId: SKUS.E5.skuId as SkuId }
            : graph.changeLicenses(who, change),
      },
    }),
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
      task: 'The undo was refused. There is no free seat of this license: free or buy one.',
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
    for (let days = 0; days < 9; days += 1) await pass(DAY_MS);
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
