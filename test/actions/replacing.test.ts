import { afterEach, describe, expect, it, test } from '@jest/globals';
import type { Sku } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import { historyOf } from '../../src/chat/run-read-model.js';
import { verifyHistory } from '../../src/store/case-history.js';
import { aCaseWorld, type CaseWorld, type CaseWorldOptions } from '../world/case-world.js';
import { exchangeWorld } from '../world/exchange-world.js';
import { anHrWorld, GRACE, HANNA, HUGO } from '../world/hr-world.js';
import { aPerson, idle, userId, type PersonSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const RULE = 'replace: [{ sku: SPE_E5, by: SPE_F1 }]';
const POLICY = `reclaim: { mailbox: convert, ${RULE} }`;
const grace = aPerson('Grace');
const OFF = ['plan-a'];

let world: CaseWorld;

afterEach(() => world.close());

/** Ada is idle for 150 days and holds an E5 unless said otherwise; Grace is asked and reclaims it. */
async function reclaimed(spec: PersonSpec = {}, options: CaseWorldOptions = {}): Promise<Case> {
  const ada = aPerson('Ada', {
    ...idle(150),
    manager: grace,
    licenses: [{ sku: 'E5', off: OFF }],
    ...spec,
  });
  const others = ['Bob', 'Carl', 'Dora'].map((name) => aPerson(name, idle(1)));
  const people = [ada, aPerson('Grace', idle(1)), ...others];
  world = await aCaseWorld(people, { policy: POLICY, exchange: exchangeWorld(people), ...options });
  await world.audit();
  await world.work();
  const c = await ada_();
  const answer = { kind: 'reclaim', reason: '' } as const;
  await world.desk.answer({ caseId: c.caseId, version: c.version, by: userId('Grace'), answer });
  await world.work(30_000);
  return ada_();
}

const ada_ = (): Promise<Case> => world.caseOf(userId('Ada'));

async function held(): Promise<readonly (readonly [string, readonly string[]])[]> {
  const person = await world.graph.person(userId('Ada'));
  return (person?.licenses ?? []).map(({ skuId, disabledPlans }) => [skuId, disabledPlans] as const);
}

async function undone(): Promise<Case> {
  await world.order({ order: 'undo', userId: userId('Ada') });
  await world.work(60_000);
  return ada_();
}

function bought(change: Partial<Record<keyof typeof SKUS, Partial<Sku>>>): readonly Sku[] {
  return Object.entries(SKUS).map(([name, sku]) => ({ ...sku, ...change[name as keyof typeof SKUS] }));
}

describe('a dear license that is reclaimed under reclaim.replace', () => {
  it('goes in the same call in which the cheaper one comes, and an undo is the opposite call', async () => {
    const c = await reclaimed();
    expect(c).toMatchObject({ state: 'holding', steps: [{ step: { kind: 'removeLicenses' } }] });
    expect(await held()).toEqual([[SKUS.F3.skuId, []]]);
    expect(world.graph.calls.get('changeLicenses')).toBe(1);

    expect((await undone()).state).toBe('undone');
    expect(await held()).toEqual([[SKUS.E5.skuId, OFF]]);
    expect(world.graph.calls.get('changeLicenses')).toBe(2);
    for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
    const said = (await historyOf(world.doors, c.caseId)).map(({ text }) => text).join('\n');
    expect(said).toContain('remove Microsoft 365 E5 and give Microsoft 365 F3 instead');
  });

  it('needs no shared mailbox, because the cheaper one has a mailbox', async () => {
    const c = await reclaimed({ mailbox: 'user' });
    expect('steps' in c && c.steps.map(({ step }) => step.kind)).toEqual(['removeLicenses']);
    expect(world.graph.calls.get('changeLicenses')).toBe(1);
  });

  it('stays while a cheaper one without a mailbox would take the mailbox', async () => {
    const policy = 'reclaim: { mailbox: convert, replace: [{ sku: SPE_E5, by: POWER_BI_PRO }] }';
    const c = await reclaimed({ mailbox: 'user' }, { policy, exchange: undefined });
    expect(c).toMatchObject({ state: 'needsPerson', watch: { for: 'effect', index: 0 } });
    expect(await held()).toEqual([[SKUS.E5.skuId, OFF]]);
  });

  test.each<[string, PersonSpec, CaseWorldOptions, string]>([
    ['there is no free seat', {}, { skus: bought({ F3: { bought: 3, assigned: 3 } }) }, 'no free seat'],
    [
      'its subscription has ended',
      {},
      { skus: bought({ F3: { capabilityStatus: 'Suspended' } }) },
      'not bought any more',
    ],
    [
      'another license excludes it',
      { licenses: [{ sku: 'E5' }, { sku: 'EXCHANGE', since: '2026-11-20' }] },
      {},
      'cannot be given beside',
    ],
  ])('stays while %s, and a person is told', async (_name, spec, options, task) => {
    const c = await reclaimed(spec, {
      ...options,
      policy: `${POLICY}\nscope: { skus: [SPE_E5] }`,
    });
    expect(c).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining(task),
      watch: { for: 'clear' },
    });
    expect(world.graph.calls.get('changeLicenses')).toBeUndefined();
  });

  it('stays with a person where it comes through a group or the tenant has no cheaper one', async () => {
    const c = await reclaimed({}, { policy: 'reclaim: { replace: [{ sku: SPE_E5, by: NO_SUCH }] }' });
    expect(c).toMatchObject({ state: 'needsPerson', task: expect.stringContaining('NO_SUCH') });
    await world.close();
    const grouped = await reclaimed({ licenses: [{ sku: 'E5', group: 'licensing' }] });
    expect(grouped).toMatchObject({ state: 'needsPerson', task: expect.stringContaining('through a group') });
    expect(world.graph.calls.get('leaveGroup')).toBeUndefined();
  });

  it('comes back although somebody has taken the cheaper one by hand', async () => {
    await reclaimed();
    await world.graph.changeLicenses(userId('Ada'), { add: [], remove: [SKUS.F3.skuId] });
    expect((await undone()).state).toBe('undone');
    expect(await held()).toEqual([[SKUS.E5.skuId, OFF]]);
  });

  it('is replaced once, whatever the first answer was worth', async () => {
    const c = await reclaimed();
    const again = await world.graph.changeLicenses(userId('Ada'), {
      add: [{ skuId: SKUS.F3.skuId, disabledPlans: [] }],
      remove: [SKUS.E5.skuId],
    });
    expect(again.kind).toBe('notHeld');
    expect(c.state).toBe('holding');
    expect(await held()).toEqual([[SKUS.F3.skuId, []]]);
  });
});

describe('reclaim.licenses: all', () => {
  const EVERYTHING = 'reclaim: { licenses: all, mailbox: waive }\nscope: { skus: [SPE_E5] }';

  it('takes what is not managed in the same call, and an undo gives all of it back', async () => {
    const licenses = [{ sku: 'E5', off: OFF }, { sku: 'VISIO' }, { sku: 'FLOW_FREE' }] as const;
    const c = await reclaimed({ licenses }, { policy: EVERYTHING });
    expect(c.state).toBe('holding');
    expect(await held()).toEqual([]);
    expect(world.graph.calls.get('changeLicenses')).toBe(1);
    expect((await undone()).state).toBe('undone');
    expect((await held()).map(([skuId]) => skuId)).toEqual([
      SKUS.E5.skuId,
      SKUS.VISIO.skuId,
      SKUS.FLOW_FREE.skuId,
    ]);
  });
});

describe('a cheaper license of which HR has taken one from somebody', () => {
  it('is given while a seat is free for everybody to see: that it is not would tell of their case', async () => {
    const hr = await anHrWorld({
      chiara: { licenses: [{ sku: 'F3' }] },
      skus: bought({ F3: { bought: 10, assigned: 9 } }),
      policy: 'reclaim: { mailbox: waive, replace: [{ sku: SPE_E3, by: SPE_F1 }] }',
      exchange: exchangeWorld([aPerson('Ada')]),
    });
    world = hr;
    await hr.answer(HANNA, { kind: 'reclaim', reason: '' });
    await hr.answer(HUGO, { kind: 'approve' });
    await world.work(60_000);
    expect(await hr.chiara()).toMatchObject({ state: 'holding', licenses: [{ name: 'Microsoft 365 F3' }] });

    const { caseId, version } = await ada_();
    const answer = { kind: 'reclaim', reason: '' } as const;
    await world.desk.answer({ caseId, version, by: GRACE, answer });
    await world.work(60_000);
    expect(await ada_()).toMatchObject({ state: 'holding' });
    expect(await held()).toEqual([[SKUS.F3.skuId, []]]);
  });
});
