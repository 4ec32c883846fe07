import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { putBackNames } from '../../../src/audit/reveal/run-back.js';
import { NAMES_SHOWN, type NamesShown } from '../../../src/audit/reveal/record.js';
import { readNames } from '../../../src/audit/reveal/run-record.js';
import { SETTINGS_CHAIN } from '../../../src/store/history.js';
import type { Store } from '../../../src/store/store.js';
import { memoryStore } from '../../simulation/memory-store.js';
import { aRevealWorld, type RevealWorld } from '../../world/reveal-world.js';

const WHOLE = ['namesNoted', 'namesShown', 'namesConcealed'];
/** Nobody tries more often to write the same thing: it would go on for ever. */
const MOST_BATCHES = 50;

let world: RevealWorld;

beforeEach(async () => {
  world = await aRevealWorld({ store: counted(memoryStore()) });
});

afterEach(() => world.close());

function counted(store: Store): Store {
  let batches = 0;
  return {
    ...store,
    batch: (container, partition, operations) => {
      batches += 1;
      if (batches > MOST_BATCHES) throw new Error('It is tried for ever.');
      return store.batch(container, partition, operations);
    },
  };
}

async function head(): Promise<NamesShown> {
  const stored = await readNames(world.store);
  if (stored === undefined) throw new Error('The chain has no head.');
  return stored.doc;
}

async function isNow(doc: NamesShown): Promise<void> {
  await world.store.replace('cases', doc, (await readNames(world.store))?.etag ?? '');
}

describe('The chain of what was done with names in reports', () => {
  it('goes on where its head was lost', async () => {
    await world.process().audit();
    await world.store.remove('cases', SETTINGS_CHAIN, NAMES_SHOWN);
    expect(await world.process().audit()).toBe('names, names');
    expect(await world.evidence()).toMatchObject({
      concealed: true,
      state: 'concealed',
      history: [...WHOLE, ...WHOLE],
      faults: 0,
    });
    expect((await head()).seq).toBe(6);
  });

  it('goes on where its head came out of an older backup', async () => {
    await world.process().audit();
    const backup = await head();
    await world.process().audit();
    await isNow(backup);
    expect(await world.process().audit()).toBe('names, names');
    expect(await world.evidence()).toMatchObject({
      concealed: true,
      history: [...WHOLE, ...WHOLE, ...WHOLE],
      faults: 0,
    });
  });

  it('keeps no names shown where its head says of old that they are', async () => {
    await world.process().audit();
    const backup: NamesShown = { ...(await head()), seq: 1, state: 'shown', holders: [] };
    await isNow(backup);
    await world.tenant.graph.setNamesConcealed(false);
    expect(await putBackNames(world.process().doors)).toMatchObject({ is: 'concealed' });
    expect(await world.evidence()).toMatchObject({
      concealed: true,
      state: 'concealed',
      history: [...WHOLE, 'namesConcealed'],
      faults: 0,
    });
  });
});
