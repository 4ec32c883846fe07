import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Person, UserId } from '../../src/audit/person.js';
import { openDesk } from '../../src/cases/answering/run-desk.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { effectsOf } from '../../src/simulator/changes.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { actingPolicy, aSteward, type StewardWorld } from '../world/steward-world.js';

const manager = NAMED.itManager.id as UserId;
const idle = NAMED.plainInactive.id as UserId;

let world: StewardWorld;
/** As Graph knew the person before anything was taken. */
let earlier: Person | undefined;

beforeEach(async () => {
  world = await aSteward({
    policy: actingPolicy('inactivity: { newLicenseGraceDays: 0 }'),
    licenseDelayMs: 0,
  });
  await world.audit();
  earlier = await world.doors.graph.person(idle);
  const { caseId, version } = await world.caseOf(idle);
  const answer = { kind: 'reclaim', reason: '' } as const;
  await openDesk(world.doors).answer({ caseId, version, by: manager, answer });
  world.clock.advance(8_000);
  await world.work(20_000);
  expect((await world.caseOf(idle)).state).toBe('holding');
});

afterEach(() => world.close());

/** The first call of the undo never gets through, and for so long Graph answers with the person as they were. */
function failsOnceAndIsOld(ms: number): void {
  const { graph, clock } = world.doors;
  const until = clock.now().getTime() + ms;
  let hasFailed = false;
  Object.assign(world.doors, {
    graph: {
      ...graph,
      person: async (...args: Parameters<typeof graph.person>) =>
        hasFailed && clock.now().getTime() < until ? earlier : graph.person(...args),
      changeLicenses: async (...args: Parameters<typeof graph.changeLicenses>) => {
        if (hasFailed) return graph.changeLicenses(...args);
        hasFailed = true;
        throw new GraphFailure('serverError', 'Graph: serverError.', { operation: 'changeLicenses' });
      },
    },
  });
}

describe('an undo of which nobody knows whether its call went out', () => {
  it('does not count as done because of an answer from before the step', async () => {
    failsOnceAndIsOld(6_000);
    await world.desk.undo({ caseId: (await world.caseOf(idle)).caseId, by: manager });
    await world.work(60_000);
    expect((await world.caseOf(idle)).state).toBe('undone');
    const given = effectsOf(world.tenant.tenant.book).flatMap(({ add }) => add);
    expect(given).toEqual((await world.caseOf(idle)).licenses.map(({ skuId }) => skuId));
    const held = (await world.doors.graph.person(idle))?.licenses.map(({ skuId }) => skuId);
    expect(held).toEqual(earlier?.licenses.map(({ skuId }) => skuId));
  });

  it('counts as done in the end when somebody has given the licenses back by hand', async () => {
    failsOnceAndIsOld(0);
    const { graph } = world.doors;
    await world.desk.undo({ caseId: (await world.caseOf(idle)).caseId, by: manager });
    await world.work(0);
    const add = (earlier?.licenses ?? []).map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans }));
    await graph.changeLicenses(idle, { add, remove: [] });
    const calls = effectsOf(world.tenant.tenant.book).length;
    await world.work(60_000);
    expect((await world.caseOf(idle)).state).toBe('undone');
    expect(effectsOf(world.tenant.tenant.book)).toHaveLength(calls);
  });
});
