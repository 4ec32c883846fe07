import { expect, it } from '@jest/globals';
import { readApproval, recordApproval } from '../../../src/cases/campaign/run-approval.js';
import {
  pauseIfRunning,
  readSwitch,
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
    await pauseIfRunning(one, 'guard', 'now');
    expect(await readSwitch(other)).toBe('paused');
    await setSwitch(other, 'stopped', 'admin', 'now');
    await pauseIfRunning(one, 'guard', 'now');
    expect(await readSwitch(one)).toBe('stopped');
  });

  it('the first approval stands, whoever approves after it', async () => {
    const [one, other] = await two();
    expect(await readApproval(one)).toBeUndefined();
    await recordApproval(one, 'robin', '2026-11-23T09:00:00.000Z');
    await recordApproval(other, 'imani', '2026-11-24T09:00:00.000Z');
    expect(await readApproval(other)).toMatchObject({ by: 'robin', at: '2026-11-23T09:00:00.000Z' });
  });

  it('of two who approve at the same moment one is recorded', async () => {
    const [one, other] = await two();
    await Promise.all([recordApproval(one, 'robin', 'now'), recordApproval(other, 'imani', 'now')]);
    expect(['robin', 'imani']).toContain((await readApproval(one))?.by);
  });
});
