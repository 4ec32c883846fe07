import { afterEach, expect, it } from '@jest/globals';
import type { Case } from '../../src/cases/case.js';
import { verifyHistory } from '../../src/store/case-history.js';
import { withGraph } from '../world/adas-case.js';
import { aCaseWorld, type CaseWorld } from '../world/case-world.js';
import { aGroup } from '../world/directory-world.js';
import { aPerson, idle, userId, type PersonSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const [ada, bob, grace] = [userId('Ada'), userId('Bob'), userId('Grace')];
const E5: string = SKUS.E5.skuId;
const VISIO: string = SKUS.VISIO.skuId;
const STAFF = aGroup('Staff', { licenses: [SKUS.E5.skuId] });

let world: CaseWorld;

afterEach(async () => {
  for await (const report of verifyHistory(world.store)) expect(report.faults).toEqual([]);
  await world.close();
});

/** Grace gives on to Rita the E5 of Ada and reclaims that of Bob: of five seats Bob’s alone is free. */
async function givenOn(spec: PersonSpec, tenant: { bought: number }): Promise<void> {
  const boss = aPerson('Grace', { ...idle(1), licenses: [{ sku: 'VISIO' }] });
  const people = [
    aPerson('Ada', { ...idle(150), manager: boss, ...spec }),
    aPerson('Bob', { ...idle(150), manager: boss, licenses: [{ sku: 'E5' }] }),
    boss,
    aPerson('Rita', { licenses: [] }),
    ...['Carl', 'Dora', 'Emil'].map((name) => aPerson(name, { ...idle(1), licenses: [{ sku: 'E5' }] })),
  ];
  world = await aCaseWorld(people, {
    policy: `
reclaim: { mailbox: waive, licenses: all }
scope: { skus: [SPE_E5] }
limits: { casesPerRun: { percent: 100 }, stepsPerDay: { percent: 100 }, perDepartment: { percent: 100 } }
`,
    groups: [STAFF],
    through: withGraph((graph) => ({
      skus: async () =>
        (await graph.skus()).map((sku) => (sku.skuId === E5 ? { ...sku, bought: tenant.bought } : sku)),
    })),
  });
  await world.audit();
  await world.work();
  for (const [who, answer] of [
    [ada, { kind: 'reassign', reason: '', receiver: 'rita@harbor.example' }],
    [bob, { kind: 'reclaim', reason: '' }],
  ] as const) {
    const { caseId, version } = await world.caseOf(who);
    expect((await world.desk.answer({ caseId, version, by: grace, answer })).kind).toBe('accepted');
  }
  await world.work(30_000);
  expect([await held(ada), await held(bob)].flat()).not.toContain(E5);
}

async function held(who: typeof ada): Promise<readonly string[]> {
  return ((await world.graph.person(who))?.licenses ?? []).map(({ skuId }) => skuId);
}

async function undone(who: typeof ada): Promise<Case> {
  await world.order({ order: 'undo', userId: who });
  await world.work(60_000);
  return world.caseOf(who);
}

const NONE = 'The undo was refused. There is no free seat of Microsoft 365 E5 that no undo may need';

it('leaves a seat that another undo may need, and takes the next one', async () => {
  const tenant = { bought: 5 };
  await givenOn({ licenses: [{ sku: 'E5' }] }, tenant);
  expect(await undone(ada)).toMatchObject({ state: 'needsPerson', task: expect.stringContaining(NONE) });
  expect(await held(ada)).toEqual([]);

  expect((await undone(bob)).state).toBe('undone');
  expect(await held(bob)).toEqual([E5]);
  await world.work(120_000);
  expect((await world.caseOf(ada)).state).toBe('needsPerson');

  tenant.bought = 6;
  await world.work(120_000);
  expect((await world.caseOf(ada)).state).toBe('undone');
  expect(await held(ada)).toEqual([E5]);
});

it('gives back at once what was taken along, and given to nobody', async () => {
  await givenOn({ licenses: [{ sku: 'E5' }, { sku: 'VISIO' }] }, { bought: 5 });
  expect(await undone(ada)).toMatchObject({ state: 'needsPerson', task: expect.stringContaining(NONE) });
  expect(await held(ada)).toEqual([VISIO]);
});

it('leaves it where the license came through a group', async () => {
  const tenant = { bought: 5 };
  await givenOn({ licenses: [{ sku: 'E5', group: 'Staff' }], groups: ['Staff'] }, tenant);
  expect(await undone(ada)).toMatchObject({ state: 'needsPerson', task: expect.stringContaining(NONE) });
  expect(await held(ada)).toEqual([]);
  tenant.bought = 6;
  await world.work(120_000);
  expect((await world.caseOf(ada)).state).toBe('undone');
  expect(await held(ada)).toEqual([E5]);
});
