import { expect, it } from '@jest/globals';
import {
  pauseByGuard,
  readSwitch,
  seeSwitch,
  setSeenSwitch,
  setSwitch,
  type Switch,
} from '../../../src/cases/campaign/run-switch.js';
import type { Store } from '../../../src/store/store.js';
import { onBothStores, type OpenInstances } from '../../store/both-stores.js';

onBothStores((open: OpenInstances) => {
  async function two(): Promise<readonly [Store, Store]> {
    const [first, second] = await open(2);
    if (first === undefined || second === undefined) throw new Error('no stores');
    return [first, second];
  }

  it('a campaign runs as long as nobody has touched the switch', async () => {
    const [store] = await two();
    expect(await readSwitch(store)).toBe('running');
  });

  it('what one instance sets another reads at once', async () => {
    const [one, other] = await two();
    for (const campaign of ['paused', 'stopped', 'running'] as const satisfies readonly Switch[]) {
      await setSwitch(one, campaign, 'admin', 'now');
      expect(await readSwitch(other)).toBe(campaign);
    }
  });

  it('two who set it at the same moment both get through, and one of them is last', async () => {
    const [one, other] = await two();
    await Promise.all([setSwitch(one, 'stopped', 'a', 'now'), setSwitch(other, 'paused', 'b', 'now')]);
    expect(['stopped', 'paused']).toContain(await readSwitch(one));
    expect(await readSwitch(other)).toBe(await readSwitch(one));
  });

  it('a guard pauses what runs, and never what is stopped', async () => {
    const [one, other] = await two();
    await pauseByGuard(one, 'steps failing in a row', 'It failed.', 'now');
    expect(await readSwitch(other)).toBe('paused');
    await setSwitch(other, 'stopped', 'admin', 'now');
    await pauseByGuard(one, 'steps failing in a row', 'It failed.', 'now');
    expect(await readSwitch(one)).toBe('stopped');
  });

  it('what a guard has seen is known until the campaign runs again, whoever pauses or stops it on top', async () => {
    const [one, other] = await two();
    await pauseByGuard(one, 'steps failing in a row', 'It failed.', 'now');
    await setSwitch(other, 'paused', 'admin', 'later');
    expect(await seeSwitch(one)).toEqual({
      campaign: 'paused',
      at: 'later',
      by: 'admin',
      guarded: { says: 'It failed.' },
    });
    const seen = await seeSwitch(one);
    await setSeenSwitch(one, seen, { campaign: 'stopped', by: 'admin', at: 'still later' });
    expect((await seeSwitch(other)).guarded).toEqual({ says: 'It failed.' });
    await setSwitch(one, 'running', 'admin', 'at last');
    await setSwitch(one, 'paused', 'admin', 'again');
    expect((await seeSwitch(other)).guarded).toBeUndefined();
  });

  it('what a guard of an earlier version has written is read as well', async () => {
    const [one] = await two();
    const by = 'guard: steps failing in a row';
    const row = {
      id: 'campaign-switch',
      kind: 'switch',
      campaign: 'paused',
      by,
      at: 'now',
      says: 'It failed.',
    };
    await one.create('meta', row);
    expect((await seeSwitch(one)).guarded).toEqual({ says: 'It failed.' });
    await setSwitch(one, 'stopped', 'admin', 'later');
    expect((await seeSwitch(one)).guarded).toEqual({ says: 'It failed.' });
  });
});
