import { beforeEach, describe, expect, it } from '@jest/globals';
import { insist, type InsistDoors } from '../../src/store/run-insist.js';
import { ChangedMeanwhile, StoreUnavailable } from '../../src/store/store.js';

let now: number;
let paused: number[];
const doors: InsistDoors = {
  clock: { now: () => new Date(now) },
  sleep: async (ms) => {
    paused.push(ms);
    now += ms;
  },
};

beforeEach(() => {
  now = 0;
  paused = [];
});

/** A write that fails so often, after so many milliseconds each, and gives how often it was tried. */
function failing(times: number, error: Error, takes = 0): () => Promise<number> {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries > times) return tries;
    now += takes;
    throw error;
  };
}

describe('what nothing else knows of', () => {
  it.each([0, 1, 2])('is written although the store refuses %i times', async (times) => {
    const write = failing(times, new StoreUnavailable('The answer was lost.'));
    expect(await insist(doors, write)).toBe(times + 1);
    expect(paused).toEqual([1_000, 5_000].slice(0, times));
  });

  it('is given up after some seconds', async () => {
    const write = failing(3, new StoreUnavailable('The store cannot be used now.'));
    await expect(insist(doors, write)).rejects.toThrow(StoreUnavailable);
    expect(paused).toEqual([1_000, 5_000]);
  });

  it.each([
    [5_000, [1_000]],
    [10_000, []],
  ])('is given up earlier where each try takes %i ms, so that a lease lasts', async (takes, pauses) => {
    const write = failing(9, new StoreUnavailable('The store cannot be used now.'), takes);
    await expect(insist(doors, write)).rejects.toThrow(StoreUnavailable);
    expect(paused).toEqual(pauses);
  });

  it('is not tried again where somebody else wrote first', async () => {
    const write = failing(1, new ChangedMeanwhile('somebody wrote first'));
    await expect(insist(doors, write)).rejects.toThrow(ChangedMeanwhile);
    expect(paused).toEqual([]);
  });
});
