import { afterEach, describe, expect, it } from '@jest/globals';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { ADA, adasCase, progressOf, type AdasCase } from '../world/adas-case.js';
import { actingPolicy } from '../world/steward-world.js';
import { aGroup } from '../world/directory-world.js';
import type { PersonSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const E3 = SKUS.E3.skuId;
const VISIO = SKUS.VISIO.skuId;
const LATE =
  'timetable: { afterDecision: PT5S, review: PT0S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT2M, reminders: [] }';
const LATER = LATE.replace('PT6S', 'PT1M').replace('PT7S', 'PT1M');
const ALL = 'reclaim: { mailbox: waive, licenses: all }';
const SOURCES = 'evidence: { reports: [] }';
const BOTH: PersonSpec = { licenses: [{ sku: 'E3' }, { sku: 'VISIO' }] };

let world: AdasCase;

afterEach(() => world.close());

/** The policy is another one after the decision, and no audit has run under it. */
async function changedTo(more: string): Promise<void> {
  Object.assign(world.doors, { policy: actingPolicy(`${SOURCES}\n${LATE}\n${more}`) });
  await world.work(150_000);
}

describe('just before a step, by the policy of that moment', () => {
  it('a case ends whose person is in scope no more', async () => {
    world = await adasCase({ department: 'Sales' }, { policy: LATE });
    await world.reclaimed();
    await changedTo('scope: { departments: [Planning] }');
    expect(await world.now()).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
    expect(await world.licenses()).toEqual([E3]);
  });

  it('and one goes on whose person is in scope still', async () => {
    world = await adasCase({ department: 'Sales' }, { policy: LATE });
    await world.reclaimed();
    await changedTo('scope: { departments: [sales] }');
    expect(progressOf(await world.now())).toEqual(['removeLicenses done']);
  });

  it('a license stays that is not managed any more, and the others go', async () => {
    world = await adasCase(BOTH, { policy: `${ALL}\n${LATE}` });
    expect((await world.now()).licenses).toHaveLength(2);
    await world.reclaimed();
    await changedTo('scope: { skus: [SPE_E3] }');
    expect(progressOf(await world.now())).toEqual(['removeLicenses done']);
    expect(await world.licenses()).toEqual([VISIO]);
    expect((await world.undone()).state).toBe('undone');
  });

  it('a case ends of whose licenses none is managed any more', async () => {
    world = await adasCase({}, { policy: LATE });
    await world.reclaimed();
    await changedTo('scope: { skus: [VISIOCLIENT] }');
    expect(await world.now()).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
    expect(await world.licenses()).toEqual([E3]);
  });

  it('nothing goes beside a license that is not managed any more, and sign-in stays', async () => {
    const blocks =
      'reclaim: { mailbox: waive, licenses: all, steps: { inactive: [disableSignIn, removeLicenses] } }';
    world = await adasCase(BOTH, { policy: `${blocks}\n${LATER}\nscope: { skus: [SPE_E3] }` });
    expect((await world.now()).licenses).toMatchObject([
      { skuId: E3 },
      { skuId: VISIO, beside: 'notManaged' },
    ]);
    await world.reclaimed();
    Object.assign(world.doors, {
      policy: actingPolicy(`${SOURCES}\n${LATER}\n${blocks}\nscope: { skus: [STANDARDPACK] }`),
    });
    await world.work(150_000);
    expect(await world.now()).toMatchObject({ state: 'cancelled', cause: 'reasonGone' });
    expect(await world.licenses()).toEqual([E3, VISIO]);
    expect(await world.graph.person(ADA)).toMatchObject({ accountEnabled: true });
  });

  it('a step that was begun takes no license with it that is not managed any more', async () => {
    let fails = true;
    world = await adasCase(BOTH, {
      policy: `${ALL}\n${LATE}`,
      through: (doors, graph) => ({
        ...doors,
        graph: {
          ...graph,
          changeLicenses: async (...args) => {
            if (!fails) return graph.changeLicenses(...args);
            throw new GraphFailure('serverError', 'Graph: serverError.', {
              operation: 'users.assignLicense',
            });
          },
        },
      }),
    });
    await world.reclaimed();
    await world.work(105_000);
    expect(progressOf(await world.now())).toEqual(['removeLicenses intended']);
    fails = false;
    await changedTo('scope: { skus: [SPE_E3] }');
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('had been begun'),
    });
    expect(await world.licenses()).toEqual([E3, VISIO]);
  });

  it('a group that gives a license which is not managed any more is left to a person', async () => {
    const grouped: PersonSpec = {
      licenses: [
        { sku: 'E3', group: 'Staff' },
        { sku: 'VISIO', group: 'Staff' },
      ],
      groups: ['Staff'],
    };
    const groups = [aGroup('Staff', { licenses: [E3, VISIO] })];
    world = await adasCase(grouped, { policy: `${ALL}\n${LATE}`, groups });
    await world.reclaimed();
    await changedTo('scope: { skus: [SPE_E3] }');
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('another license as well'),
    });
    expect(await world.graph.groupsContaining(ADA, [aGroup('Staff').id])).toHaveProperty('size', 1);
  });
});
