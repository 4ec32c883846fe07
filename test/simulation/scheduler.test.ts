import { describe, expect, it } from '@jest/globals';
import { scheduler } from './scheduler.js';

describe('virtual time', () => {
  it('runs what is due in the order of time, and of asking at the same time', async () => {
    const time = scheduler(0);
    const told: string[] = [];
    for (const [at, name] of [
      [30, 'c'],
      [10, 'a'],
      [30, 'd'],
      [20, 'b'],
    ] as const)
      time.at(at, () => void told.push(`${name} at ${time.now()}`));
    expect(await time.run(100, () => false)).toBe(4);
    expect(told).toEqual(['a at 10', 'b at 20', 'c at 30', 'd at 30']);
    expect(time.now()).toBe(30);
  });

  it('lets every promise go as far as it can before the next event', async () => {
    const time = scheduler(0);
    const told: string[] = [];
    time.at(1, () => {
      void (async () => {
        for (let n = 0; n < 50; n += 1) await Promise.resolve();
        told.push('promise');
      })();
    });
    time.at(1, () => void told.push('event'));
    await time.run(10, () => false);
    expect(told).toEqual(['promise', 'event']);
  });

  it('stops at its end, and where somebody says so', async () => {
    const time = scheduler(0);
    const told: number[] = [];
    for (const at of [1, 2, 3, 50]) time.at(at, () => void told.push(at));
    await time.run(10, () => told.length === 2);
    expect(told).toEqual([1, 2]);
    await time.run(10, () => false);
    expect(told).toEqual([1, 2, 3]);
    expect(time.now()).toBe(10);
  });
});
