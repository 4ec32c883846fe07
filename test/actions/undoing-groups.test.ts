import { afterEach, describe, expect, it } from '@jest/globals';
import type { SkuId } from '../../src/audit/person.js';
import { ADA, adasCase, progressOf, type AdasCase } from '../world/adas-case.js';
import { aGroup } from '../world/directory-world.js';
import type { PersonSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const E3 = SKUS.E3.skuId;
const VISIO = SKUS.VISIO.skuId;

let world: AdasCase;

afterEach(() => world.close());

/** Ada has these through one group, whose licenses can be changed. */
async function throughAGroup(...skus: ('E3' | 'VISIO')[]): Promise<{ gives(...skuIds: SkuId[]): void }> {
  let licenses: readonly SkuId[] = skus.map((sku) => SKUS[sku].skuId);
  const group = {
    ...aGroup('Staff'),
    get licenses() {
      return licenses;
    },
  };
  const spec: PersonSpec = { licenses: skus.map((sku) => ({ sku, group: 'Staff' })), groups: ['Staff'] };
  world = await adasCase(spec, {
    groups: [group],
    policy:
      'reclaim: { mailbox: waive, licenses: all }\ntimetable: { afterDecision: PT5S, review: PT0S, disableSignIn: PT6S, convertMailbox: PT7S, removeLicenses: PT2M, reminders: [] }',
  });
  return { gives: (...skuIds) => void (licenses = skuIds) };
}

describe('an undo puts somebody back into a group', () => {
  it('and is over when what they lost by leaving is back, though it had given more when the case was opened', async () => {
    const group = await throughAGroup('E3', 'VISIO');
    expect((await world.now()).licenses).toHaveLength(2);
    await world.reclaimed();
    // An admin takes Visio off the group before Ada has left it.
    group.gives(E3);
    await world.graph.leaveGroup(aGroup('Staff').id, ADA);
    await world.graph.joinGroup(aGroup('Staff').id, ADA);
    expect(await world.licenses()).toEqual([E3]);
    await world.work(150_000);
    expect(progressOf(await world.now())).toEqual(['leaveGroup done']);

    expect((await world.undone()).state).toBe('undone');
    expect(await world.licenses()).toEqual([E3]);
  });

  it('and is over when they have it in another way, because the group gives something else by then', async () => {
    const group = await throughAGroup('E3');
    await world.reclaimed();
    await world.work(150_000);
    expect(await world.licenses()).toEqual([]);
    group.gives(VISIO);

    expect((await world.undone()).state).not.toBe('undone');
    world.graph.giveByHand(ADA, E3);
    expect((await world.undone()).state).toBe('undone');
    expect(await world.licenses()).toEqual([VISIO, E3]);
  });

  it('and is not over while they are not in it, whatever they have in other ways', async () => {
    await throughAGroup('E3');
    await world.reclaimed();
    await world.work(150_000);
    const joinGroup = world.graph.joinGroup.bind(world.graph);
    world.graph.joinGroup = async () => ({ kind: 'accepted' });
    world.graph.giveByHand(ADA, E3);
    expect((await world.undone()).state).toBe('undoing');

    await joinGroup(aGroup('Staff').id, ADA);
    await world.work(10_000);
    expect((await world.now()).state).toBe('undone');
  });

  it('and is over when the group is gone and they have in other ways what it gave them', async () => {
    await throughAGroup('E3');
    await world.reclaimed();
    await world.work(150_000);
    world.graph.joinGroup = async () => ({ kind: 'refused', message: 'The group no longer exists.' });
    world.graph.groupFacts = async () => new Map();
    world.graph.groupsContaining = async () => new Set();
    expect((await world.undone()).state).toBe('needsPerson');
    world.graph.giveByHand(ADA, E3);
    await world.work(60_000);
    expect((await world.now()).state).toBe('undone');
    expect(await world.licenses()).toEqual([E3]);
  });
});
