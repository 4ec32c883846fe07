import { describe, expect, it } from '@jest/globals';
import { HOLD_MS } from '../../../src/audit/reveal/record.js';
import { keepHold } from '../../../src/audit/reveal/run-hold.js';
import { freshNames, readNames } from '../../../src/audit/reveal/run-record.js';
import { instant } from '../../../src/cases/case.js';
import { aRevealWorld } from '../../world/reveal-world.js';

const MINUTE = 60_000;

describe('the hold of whoever reads while names are shown', () => {
  it('ends also while a sign of life is being written', async () => {
    const world = await aRevealWorld();
    const { doors } = world.process();
    const later = (ms: number) => instant(new Date(world.clock.now().getTime() + ms));
    const note = freshNames(undefined, {
      state: 'shown',
      startedAt: later(0),
      confirmed: true,
      holders: [{ id: 'me', until: later(HOLD_MS) }],
      row: 'row',
    });
    await world.store.create('cases', note);
    let begun = (): void => {};
    let goOn = (): void => {};
    const isWriting = new Promise<void>((resolve) => (begun = resolve));
    const mayGoOn = new Promise<void>((resolve) => (goOn = resolve));
    const store = {
      ...world.store,
      replace: async (...args: Parameters<typeof world.store.replace>) => {
        begun();
        await mayGoOn;
        return world.store.replace(...args);
      },
    } as typeof world.store;
    const hold = keepHold({ ...doors, store }, 'me', later(45 * MINUTE));
    world.clock.advance(HOLD_MS / 3);
    await isWriting;
    const ended = hold.end();
    goOn();
    await ended;
    expect((await readNames(world.store))?.doc.holders).toEqual([{ id: 'me', until: later(HOLD_MS) }]);
    await world.close();
  });
});
