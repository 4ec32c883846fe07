import { afterEach, describe, expect, it } from '@jest/globals';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { GraphFailure } from '../../src/graph/graph-failure.js';
import { ADA, adasCase, progressOf, type AdasCase } from '../world/adas-case.js';
import { SKUS } from '../world/skus.js';

const E3 = SKUS.E3.skuId;
const BLOCKS = 'reclaim: { mailbox: waive, steps: { inactive: [disableSignIn, removeLicenses] } }';

let world: AdasCase;
/** Graph says yes to what takes licenses, or gives them, and does not do it. */
let idle: { takes: boolean; gives: boolean };

afterEach(() => world.close());

async function begin(): Promise<void> {
  idle = { takes: false, gives: false };
  const slow =
    (graph: GraphDoor): GraphDoor['changeLicenses'] =>
    async (id, change) =>
      (idle.takes && change.remove.length > 0) || (idle.gives && change.add.length > 0)
        ? { kind: 'accepted' }
        : graph.changeLicenses(id, change);
  world = await adasCase(
    {},
    {
      policy: BLOCKS,
      through: (doors, graph) => ({ ...doors, graph: { ...graph, changeLicenses: slow(graph) } }),
    },
  );
}

const person = async () => world.graph.person(ADA);

describe('a removal that Graph took and that shows no effect for a day', () => {
  it('is for a person to look at, and done as soon as it shows', async () => {
    await begin();
    idle.takes = true;
    await world.reclaimed();
    await world.work(120_000);
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('has not taken effect'),
      watch: { for: 'effect', index: 1 },
    });
    await world.graph.changeLicenses(ADA, { add: [], remove: [E3] });
    await world.work(60_000);
    expect(progressOf(await world.now())).toEqual(['disableSignIn done', 'removeLicenses done']);
    expect((await world.now()).state).toBe('holding');
  });

  it('keeps no undo from giving back what was done before it', async () => {
    await begin();
    idle.takes = true;
    await world.reclaimed();
    await world.work(120_000);
    expect(await person()).toMatchObject({ accountEnabled: false });

    expect((await world.undone()).state).toBe('undone');
    expect(await person()).toMatchObject({ accountEnabled: true });
    expect(await world.licenses()).toEqual([E3]);
  });

  it('is given back although the first call for that failed, and it shows only after the undo', async () => {
    await begin();
    idle.takes = true;
    await world.reclaimed();
    await world.work(120_000);
    const changeLicenses = world.graph.changeLicenses.bind(world.graph);
    let calls = 0;
    world.graph.changeLicenses = async (id, change) => {
      calls += 1;
      if (calls === 1)
        throw new GraphFailure('serverError', 'Graph: serverError.', { operation: 'users.assignLicense' });
      return changeLicenses(id, change);
    };
    expect((await world.undone()).state).toBe('undone');
    expect(calls).toBe(2);
  });

  it('is given back also where it shows at the very end', async () => {
    await begin();
    idle.takes = true;
    await world.reclaimed();
    await world.work(120_000);
    await world.order({ order: 'undo', userId: ADA });
    const changeLicenses = world.graph.changeLicenses.bind(world.graph);
    let late = 1;
    world.graph.changeLicenses = async (id, change) => {
      // What Graph had taken a day ago is done now, just before the call that gives it back.
      if (late > 0) await changeLicenses(id, { add: [], remove: [E3] });
      late -= 1;
      return changeLicenses(id, change);
    };
    await world.work(60_000);
    expect((await world.now()).state).toBe('undone');
    expect(await world.licenses()).toEqual([E3]);
  });
});

describe('a seat that Graph took for a receiver and that never came to them', () => {
  it('keeps no undo from giving it back to its holder', async () => {
    await begin();
    idle.gives = true;
    await world.answered({ kind: 'reassign', reason: '', receiver: 'eve@harbor.example' });
    await world.work(120_000);
    expect(await world.now()).toMatchObject({ state: 'needsPerson', watch: { for: 'effect', index: 2 } });
    idle.gives = false;
    expect((await world.undone()).state).toBe('undone');
    expect(await world.licenses()).toEqual([E3]);
  });
});

describe('an undo that Graph took and that shows no effect for a day', () => {
  it('is over as soon as everything is as before, without another order', async () => {
    await begin();
    await world.reclaimed();
    idle.gives = true;
    await world.undone();
    await world.work(120_000);
    expect(await world.now()).toMatchObject({
      state: 'needsPerson',
      task: expect.stringContaining('Not yet as it was before'),
      watch: { for: 'giveBack', index: 1 },
    });
    world.graph.giveByHand(ADA, E3);
    await world.work(60_000);
    expect((await world.now()).state).toBe('undone');
    expect(await person()).toMatchObject({ accountEnabled: true });
  });
});
