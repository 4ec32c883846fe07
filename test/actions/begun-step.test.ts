import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { openDesk } from '../../src/cases/answering/run-desk.js';
import { effectsOf } from '../../src/simulator/changes.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { workOnce } from '../../src/worker.js';
import { actingPolicy, aSteward, type StewardWorld } from '../world/steward-world.js';

const manager = NAMED.itManager.id as UserId;
const idle = NAMED.plainInactive.id as UserId;

let world: StewardWorld;

beforeEach(async () => {
  world = await aSteward({ policy: actingPolicy('inactivity: { newLicenseGraceDays: 0 }') });
  await world.audit();
  const c = await world.caseOf(idle);
  await openDesk(world.doors).answer({
    caseId: c.caseId,
    version: c.version,
    by: manager,
    answer: { kind: 'reclaim', reason: '' },
  });
  await endBeforeTheCall();
});

afterEach(() => world.close());

/** The process ends after the intention was written and before Graph was called, or before it has answered. */
async function endBeforeTheCall(): Promise<void> {
  let called = false;
  const changeLicenses = () => {
    called = true;
    return new Promise<never>(() => {});
  };
  const dying = { ...world.doors, graph: { ...world.doors.graph, changeLicenses } };
  world.clock.advance(8_000);
  const options = { owner: 'dying', pollMs: 1, leaseMs: 15_000, sleep: () => new Promise<void>(() => {}) };
  for (let looks = 0; looks < 200 && !called; looks += 1) {
    await Promise.race([workOnce(dying, options), new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  expect(await world.caseOf(idle)).toMatchObject({
    state: 'acting',
    steps: [{ progress: { is: 'intended' } }],
  });
}

describe('a step that was intended when the process ended', () => {
  it('is carried out once by the next process', async () => {
    await world.work(60_000);
    expect((await world.caseOf(idle)).state).toBe('holding');
    expect(effectsOf(world.tenant.tenant.book)).toHaveLength(1);
  });

  it('is not carried out when the person has signed in meanwhile', async () => {
    await fetch(`${world.tenant.url}/_simulator/people/${idle}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lastSuccessfulSignIn: world.clock.now().toISOString() }),
    });
    await world.work(60_000);
    expect(await world.caseOf(idle)).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('active again'),
    });
    expect(effectsOf(world.tenant.tenant.book)).toEqual([]);
  });

  it('is not carried out when plans were switched since, because an undo would give back the old ones', async () => {
    const { graph } = world.doors;
    const [license] = (await world.caseOf(idle)).licenses;
    if (license === undefined) throw new Error('The case has no license.');
    const sku = (await graph.skus()).find(({ skuId }) => skuId === license.skuId);
    const disabledPlans = sku?.plans.slice(0, 1).map(({ id }) => id) ?? [];
    await graph.changeLicenses(idle, { add: [{ skuId: license.skuId, disabledPlans }], remove: [] });
    await world.work(60_000);
    expect(await world.caseOf(idle)).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('Plans were switched'),
    });
    expect(effectsOf(world.tenant.tenant.book).flatMap(({ remove }) => remove)).toEqual([]);
  });

  it('is forgotten, not carried out, when somebody wants it undone', async () => {
    const c = await world.caseOf(idle);
    await world.desk.undo({ caseId: c.caseId, by: manager });
    await world.work(60_000);
    expect((await world.caseOf(idle)).state).toBe('undone');
    expect(effectsOf(world.tenant.tenant.book).flatMap(({ remove }) => remove)).toEqual([]);
  });

  it('is not forgotten in silence when what it may have taken cannot be given back', async () => {
    Object.assign(world.doors, {
      graph: {
        ...world.doors.graph,
        changeLicenses: async () => ({ kind: 'dependency', message: 'Visio needs it.' }),
      },
    });
    const c = await world.caseOf(idle);
    await world.desk.undo({ caseId: c.caseId, by: manager });
    await world.work(60_000);
    expect(await world.caseOf(idle)).toMatchObject({
      state: 'needsPerson',
      task: expect.stringMatching(/may have taken effect.*Visio needs it/),
    });
  });

  it('is waited for from its last try on, because that may be under way still', async () => {
    world.clock.advance(60_000);
    await endBeforeTheCall();
    const c = await world.caseOf(idle);
    await world.desk.undo({ caseId: c.caseId, by: manager });
    await world.work(5_000);
    expect((await world.caseOf(idle)).state).toBe('undoing');
    await world.work(10_000);
    expect((await world.caseOf(idle)).state).toBe('undone');
  });
});
