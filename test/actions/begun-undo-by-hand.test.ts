import { afterEach, describe, expect, it } from '@jest/globals';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { ADA, adasCase, progressOf, type AdasCase } from '../world/adas-case.js';
import { aGroup } from '../world/directory-world.js';
import { SKUS } from '../world/skus.js';

const E3 = SKUS.E3.skuId;

let world: AdasCase;
/** Whether Graph answers to who takes somebody out of the group, and puts them in. */
let fails = true;

afterEach(() => world.close());

describe('an undo of a step that was begun and may not have been sent', () => {
  it('ends by itself once a person has put right what Entra refuses to software', async () => {
    fails = true;
    world = await adasCase(
      { licenses: [{ sku: 'E3', group: 'Staff' }], groups: ['Staff'] },
      {
        groups: [aGroup('Staff', { licenses: [E3] })],
        policy: 'reclaim: { mailbox: waive }',
        through: (doors, graph) => ({
          ...doors,
          graph: {
            ...graph,
            leaveGroup: async (...args) => {
              if (!fails) return graph.leaveGroup(...args);
              throw new GraphFailure('serverError', 'Graph: serverError.', {
                operation: 'groups.members.remove',
              });
            },
            // A rule has come to say who is in the group.
            joinGroup: async () => ({ kind: 'refused', message: 'A rule says who is in the group.' }),
          },
        }),
      },
    );
    expect(progressOf(await world.reclaimed())).toEqual(['leaveGroup intended']);
    await world.order({ order: 'undo', userId: ADA });
    await world.work(15_000);
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringMatching(/may have taken effect.*A rule says/),
      watch: { for: 'giveBack', index: 0 },
    });
    await world.work(60_000);
    expect((await world.now()).state).toBe('undone');
    expect(await world.graph.person(ADA)).toMatchObject({ licenses: [{ skuId: E3 }] });
  });
});
