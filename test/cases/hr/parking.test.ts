import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { UserId } from '../../../src/audit/person.js';
import { caseCard } from '../../../src/cards/case-card.js';
import { reviewerOf } from '../../../src/cards/case-view.js';
import { instant } from '../../../src/cases/case.js';
import type { CardAnswer } from '../../../src/cases/answering/desk.js';
import { promiseOf } from '../../../src/cases/answering/promise.js';
import { savingsCounter } from '../../../src/cases/savings/savings-counter.js';
import type { Policy } from '../../../src/config/policy.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import { ADA, ALEX, anHrWorld, CHIARA, GRACE, HANNA, HUGO, type HrWorld } from '../../world/hr-world.js';
import { exchangeWorld } from '../../world/exchange-world.js';
import { aPerson, type PersonSpec } from '../../world/people.js';
import { SKUS } from '../../world/skus.js';

const DAY_MS = 86_400_000;
const PARK =
  'reclaim: { mailbox: waive, park: [{ sku: SPE_E5, by: SPE_F1 }] }\naudit: { timeZone: Europe/Berlin }';
const SLOW =
  'timetable: { disableSignIn: P1D, convertMailbox: P2D, removeLicenses: P10D, review: PT0S, afterDecision: PT5S }';
const REVIEW =
  'timetable: { disableSignIn: PT1H, convertMailbox: PT2H, removeLicenses: PT3H, review: P10D, afterDecision: PT5S }';
const OFF = ['plan-a'];
/** The world begins on 2026-11-24. */
const BACK = '2027-02-01';
const E5_ONLY = SKUS.E5.skuId;
const F3_ONLY = SKUS.F3.skuId;
const UNTIL: CardAnswer = { kind: 'park', until: BACK };
const APPROVE: CardAnswer = { kind: 'approve' };

let world: HrWorld;

afterEach(() => world.close());

/** Chiara is an idle executive with an E5 of which one plan is off. */
async function begun(chiara: PersonSpec = {}, policy = PARK): Promise<void> {
  world = await anHrWorld({
    policy,
    chiara: { licenses: [{ sku: 'E5', off: OFF }], mailbox: 'noMailbox', ...chiara },
  });
}

async function parked(): Promise<void> {
  await begun();
  await world.answer(HANNA, UNTIL);
  await world.answer(HUGO, APPROVE);
  await world.work(60_000);
}

async function held(): Promise<readonly (readonly [string, readonly string[]])[]> {
  const person = await world.graph.person(CHIARA);
  return (person?.licenses ?? []).map(({ skuId, disabledPlans }) => [skuId, disabledPlans] as const);
}

/** What somebody sees of the case. */
async function cardFor(by: UserId): Promise<string> {
  const c = await world.chiara();
  const { policy, timeZone, clock } = world.doors;
  const view = { policy, now: instant(clock.now()), timeZone, locale: 'en', reader: 'hr' } as const;
  return JSON.stringify(caseCard(c, { ...view, reader: reviewerOf(c, by) }));
}

/** Another policy from now on. */
function follow(policy: Partial<Policy>): void {
  Object.assign(world.doors, { policy: { ...world.doors.policy, ...policy } });
}

describe('a license that HR parks while somebody is on leave', () => {
  it('is replaced once a second person has agreed, and comes back as it was after the day of the return', async () => {
    await begun();
    expect(await world.answer(HANNA, UNTIL)).toBe('accepted');
    expect(await world.chiara()).toMatchObject({ state: 'hrProposed', proposal: { kind: 'park' } });
    await world.work(60_000);
    expect(await held()).toEqual([[SKUS.E5.skuId, OFF]]);
    expect(await world.answer(HUGO, APPROVE)).toBe('accepted');
    await world.work(60_000);
    expect(await world.chiara()).toMatchObject({ state: 'holding', holdUntil: '2027-01-31T23:00:00.000Z' });
    expect(await held()).toEqual([[SKUS.F3.skuId, []]]);
    world.clock.advance(50 * DAY_MS);
    await world.work();
    expect((await world.chiara()).state).toBe('holding');
    world.clock.advance(30 * DAY_MS);
    await world.work(60_000);
    expect(await world.chiara()).toMatchObject({ state: 'undone', undoneBy: { id: HANNA }, leaveOver: true });
    expect(await held()).toEqual([[SKUS.E5.skuId, OFF]]);
    expect(await world.history()).toEqual(
      expect.arrayContaining([
        'Hanna proposed: park until 2027-02-01; somebody else of HR has to agree.',
        'Hanna decided, in agreement with Hugo: park until 2027-02-01',
        'All steps are done. Everything comes back on 2027-02-01 by itself.',
        'The person is to be back from leave. Everything is given back as it was.',
        'Everything is as it was before.',
      ]),
    );
    for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  });

  it('comes back before that when HR says so', async () => {
    await parked();
    const { caseId } = await world.chiara();
    expect((await world.desk.undo({ caseId, by: ALEX })).kind).toBe('noSuchCase');
    expect((await world.desk.undo({ caseId, by: HUGO })).kind).toBe('accepted');
    await world.work(60_000);
    expect(await held()).toEqual([[SKUS.E5.skuId, OFF]]);
  });

  it('is no saving, as it comes back', async () => {
    await parked();
    expect(await world.order({ order: 'audit' })).not.toMatch(/failed/);
    const savings = savingsCounter((moment) => moment.slice(0, 10));
    const before = savings.done();
    savings.add(await world.chiara());
    expect(savings.done()).toEqual(before);
  });

  it('nobody but HR learns of', async () => {
    await parked();
    for (const by of [ALEX, GRACE, CHIARA])
      expect(await world.desk.show({ caseId: (await world.chiara()).caseId, by })).toBe('noSuchCase');
    const isOfHr = (to: UserId): boolean => to === HANNA || to === HUGO;
    const toOthers = world.teams.sent.filter(({ to }) => !isOfHr(to));
    expect(toOthers.map(({ card: sent }) => JSON.stringify(sent)).join()).not.toContain('Chiara');
  });

  it('takes its mailbox and files nowhere: sign-in and mailbox stay, and nothing else is done', async () => {
    await parked();
    const c = await world.chiara();
    expect('steps' in c && c.steps.map(({ step }) => step.kind)).toEqual(['removeLicenses']);
    expect(await world.graph.person(CHIARA)).toMatchObject({ accountEnabled: true });
  });

  it('is left alone where the person was back before anything was done', async () => {
    await begun({}, `${PARK}\n${SLOW}`);
    expect(await world.answer(HANNA, { kind: 'park', until: '2026-12-06' })).toBe('accepted');
    await world.answer(HUGO, APPROVE);
    world.clock.advance(14 * DAY_MS);
    await world.order({ order: 'audit' });
    await world.work(60_000);
    expect(await world.chiara()).toMatchObject({
      state: 'cancelled',
      cause: 'backFromLeave',
      why: 'The person is back from leave by now.',
    });
    await world.order({ order: 'audit' });
    expect((await world.chiara()).state).toBe('cancelled');
    expect(await held()).toEqual([[SKUS.E5.skuId, OFF]]);
  });
});

describe('a mailbox that is to live on under what stands in', () => {
  const CONVERT = PARK.replace('waive', 'convert');
  const GB = 1024 ** 3;

  test.each([
    ['fits', 1 * GB, F3_ONLY],
    ['holds more than fits', 3 * GB, E5_ONLY],
  ] as const)('%s', async (_what, bytes, expected) => {
    const chiara = aPerson('Chiara');
    const exchange = exchangeWorld([chiara], { mailboxes: new Map([[CHIARA, { bytes }]]) });
    world = await anHrWorld({ policy: CONVERT, chiara: { licenses: [{ sku: 'E5' }] }, exchange });
    await world.answer(HANNA, UNTIL);
    await world.answer(HUGO, APPROVE);
    await world.work(60_000);
    expect(await held()).toEqual([[expected, []]]);
    world.clock.advance(80 * DAY_MS);
    await world.work(60_000);
    expect((await world.chiara()).state).toBe(expected === E5_ONLY ? 'cancelled' : 'undone');
  });
});

describe('parking is refused', () => {
  it('with a return before anything would be parked', async () => {
    await begun({}, `${PARK}\n${SLOW}`);
    expect(await world.answer(HANNA, { kind: 'park', until: '2026-12-02' })).toBe('incomplete');
    expect((await world.chiara()).state).toBe('hrReview');
  });

  it('without a date, and with one that is over', async () => {
    await begun();
    expect(await world.answer(HANNA, { kind: 'park', until: '' })).toBe('incomplete');
    expect(await world.answer(HANNA, { kind: 'park', until: '2026-01-01' })).toBe('incomplete');
  });

  test.each<[string, PersonSpec, string]>([
    ['by a policy that parks nothing', {}, 'reclaim: { mailbox: convert }'],
    ['where the cheaper one is held already', { licenses: [{ sku: 'E5' }, { sku: 'F3' }] }, PARK],
    ['where the license comes through a group', { licenses: [{ sku: 'E5', group: 'e5-group' }] }, PARK],
    [
      'where the cheaper one keeps no mailbox',
      {},
      'reclaim: { mailbox: convert, park: [{ sku: SPE_E5, by: VISIOCLIENT }] }',
    ],
  ])('%s, and is not offered', async (_why, chiara, policy) => {
    await begun(chiara, policy);
    expect(await world.answer(HANNA, UNTIL)).toBe('incomplete');
    expect(await cardFor(HANNA)).not.toContain('"park"');
  });

  test.each<[string, Policy['reclaim']['park']]>([
    ['parks nothing any more', []],
    ['lets another license stand in', [{ sku: 'SPE_E5', by: 'SPE_E3' }]],
  ])('to the second person, when the policy %s, and Agree is not offered', async (_why, park) => {
    await begun();
    await world.answer(HANNA, UNTIL);
    follow({ reclaim: { ...world.doors.policy.reclaim, park } });
    expect(await cardFor(HUGO)).not.toContain('"approve"');
    expect(await world.answer(HUGO, APPROVE)).toBe('incomplete');
    expect((await world.chiara()).state).toBe('hrProposed');
    expect(await held()).toEqual([[SKUS.E5.skuId, OFF]]);
  });

  it('on a card that was drawn when other licenses could be parked', async () => {
    await begun();
    const { caseId, version } = await world.chiara();
    const promise = promiseOf(await world.chiara(), {
      ...world.doors.policy,
      reclaim: { ...world.doors.policy.reclaim, park: [] },
    });
    const outcome = await world.desk.answer({ caseId, version, promise, by: HANNA, answer: UNTIL });
    expect(outcome).toMatchObject({ kind: 'incomplete' });
    expect(JSON.stringify(outcome)).toContain('Changed: which licenses can be parked.');
  });

  it('with a return before the end of the review time', async () => {
    await begun({}, `${PARK}\n${REVIEW}`);
    expect(await world.answer(HANNA, { kind: 'park', until: '2026-12-02' })).toBe('incomplete');
    expect(await world.answer(HANNA, { kind: 'park', until: '2026-12-10' })).toBe('accepted');
  });

  it('to a manager, whatever they send', async () => {
    world = await anHrWorld({ policy: PARK, chiara: { mailbox: 'noMailbox' } });
    const ada = await world.caseOf(ADA);
    const { caseId, version } = ada;
    expect((await world.desk.answer({ caseId, version, by: GRACE, answer: UNTIL })).kind).toBe('incomplete');
    expect((await world.caseOf(ADA)).state).toBe('asked');
  });
});
