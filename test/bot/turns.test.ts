import { describe, expect, it } from '@jest/globals';
import { openTurns } from '../../src/bot/turns.js';

/** Sleeps end when the clock comes to them. */
function aClock(): { now(): Date; sleep(ms: number): Promise<void>; run(ms: number): Promise<void> } {
  let at = 0;
  const sleeping: { readonly until: number; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(at),
    sleep: (ms) => new Promise((wake) => sleeping.push({ until: at + ms, wake })),
    async run(ms) {
      for (const end = at + ms; at < end; at += 1) {
        for (const each of sleeping.filter(({ until }) => until === at)) each.wake();
        await Promise.resolve();
        await Promise.resolve();
      }
    },
  };
}

async function timesOf(count: number, gap: number): Promise<readonly number[]> {
  const clock = aClock();
  const turn = openTurns({ perSecond: 25, clock });
  const times: number[] = [];
  const take = (): void => void turn().then(() => times.push(clock.now().getTime()));
  for (let n = 0; n < count; n += 1) take();
  await clock.run(gap);
  for (let n = 0; n < count; n += 1) take();
  await clock.run(gap);
  return times;
}

describe('calls to Teams', () => {
  it('go out at 25 a second, however many come at once, and none is lost', async () => {
    const times = await timesOf(50, 2_100);
    expect(times).toHaveLength(100);
    expect(times.slice(0, 4)).toEqual([0, 40, 80, 120]);
    for (const start of times)
      expect(times.filter((at) => at >= start && at < start + 1_000).length).toBeLessThanOrEqual(25);
  });

  it('do not come in a burst after a while without any', async () => {
    expect(await timesOf(2, 60_000)).toEqual([0, 40, 60_000, 60_040]);
  });
});
