import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deedText } from '../../../src/cards/deeds-card.js';
import { DEEDS_CHAIN, DEEDS_HEAD, type DeedsDoc } from '../../../src/cases/admin/deed.js';
import { setSwitchAtTerminal } from '../../../src/cases/admin/run-campaign.js';
import { readDeeds } from '../../../src/cases/admin/run-deeds.js';
import { readSwitch } from '../../../src/cases/campaign/run-switch.js';
import { ENGLISH } from '../../../src/i18n/locale.js';
import { verifyHistory } from '../../../src/store/case-history.js';
import { ChangedMeanwhile, StoreUnavailable, type Store } from '../../../src/store/store.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { aPerson, idle } from '../../world/people.js';

let world: CaseWorld;

beforeEach(async () => {
  world = await aCaseWorld([aPerson('Ada', idle(1))]);
});

afterEach(() => world.close());

describe('The switch at a terminal', () => {
  it('is in the chain of what admins did, with the account', async () => {
    for (const to of ['paused', 'running', 'stopped'] as const)
      await setSwitchAtTerminal(world.doors, to, 'ops');
    expect((await readDeeds(world.store)).map((deed) => deedText(deed, ENGLISH))).toEqual([
      'Paused the campaign, by ops (terminal)',
      'Let the campaign go on, by ops (terminal)',
      'Stopped the campaign, by ops (terminal)',
    ]);
    expect(await readSwitch(world.store)).toBe('stopped');
  });

  it('holds the campaign also where the chain cannot be written, and says so; nothing goes on unwritten', async () => {
    const batch: Store['batch'] = () => Promise.reject(new StoreUnavailable('The chain is away.'));
    const doors = { ...world.doors, store: { ...world.store, batch } };
    expect(await setSwitchAtTerminal(doors, 'paused', 'ops')).toBe('later');
    expect(await readSwitch(world.store)).toBe('paused');
    await expect(setSwitchAtTerminal(doors, 'running', 'ops')).rejects.toThrow('The chain is away.');
    expect(await readSwitch(world.store)).toBe('paused');
    const create: Store['create'] = () => Promise.reject(new StoreUnavailable('Orders are away.'));
    const neither = { ...doors, store: { ...doors.store, create } };
    expect(await setSwitchAtTerminal(neither, 'paused', 'ops')).toBe('lost');
    expect(await readSwitch(world.store)).toBe('paused');
  });

  it('is in the chain once, also where the answer of the first try was lost', async () => {
    const batch: Store['batch'] = async (...args) => {
      await world.store.batch(...args);
      throw new StoreUnavailable('The answer was lost.');
    };
    const doors = { ...world.doors, store: { ...world.store, batch } };
    expect(await setSwitchAtTerminal(doors, 'paused', 'ops')).toBe('later');
    await world.work();
    expect((await readDeeds(world.store)).map(({ type }) => type)).toEqual(['paused']);
  });

  it('is told in the order in which things were done, also where it is entered later', async () => {
    const batch: Store['batch'] = () => Promise.reject(new StoreUnavailable('The chain is away.'));
    const doors = { ...world.doors, store: { ...world.store, batch } };
    expect(await setSwitchAtTerminal(doors, 'paused', 'ops')).toBe('later');
    world.clock.advance(1_000);
    await setSwitchAtTerminal(world.doors, 'running', 'ops');
    await world.work(1_000);
    expect((await readDeeds(world.store)).map(({ type }) => type)).toEqual(['paused', 'resumed']);
  });

  it('holds it also where the chain changes with every try', async () => {
    const batch: Store['batch'] = () => Promise.reject(new ChangedMeanwhile('It is another one again.'));
    const doors = { ...world.doors, store: { ...world.store, batch } };
    expect(await setSwitchAtTerminal(doors, 'paused', 'ops')).toBe('later');
    expect(await readSwitch(world.store)).toBe('paused');
  });

  it('goes on in the chain where its head was lost, or is that of an older backup', async () => {
    await setSwitchAtTerminal(world.doors, 'paused', 'ops');
    const backup = await world.store.read<DeedsDoc>('cases', DEEDS_CHAIN, DEEDS_HEAD);
    await setSwitchAtTerminal(world.doors, 'running', 'ops');
    await world.store.remove('cases', DEEDS_CHAIN, DEEDS_HEAD);
    await setSwitchAtTerminal(world.doors, 'stopped', 'ops');
    const now = await world.store.read<DeedsDoc>('cases', DEEDS_CHAIN, DEEDS_HEAD);
    if (backup === undefined || now === undefined) throw new Error('The chain has a head.');
    await world.store.replace('cases', backup.doc, now.etag);
    await setSwitchAtTerminal(world.doors, 'running', 'ops');
    expect((await readDeeds(world.store)).map(({ type }) => type)).toEqual([
      'paused',
      'resumed',
      'stopped',
      'resumed',
    ]);
    for await (const { caseId, faults } of verifyHistory(world.store))
      if (caseId === DEEDS_CHAIN) expect(faults).toEqual([]);
    expect(await readSwitch(world.store)).toBe('running');
  });
});
