import { describe, expect, it } from '@jest/globals';
import { insist } from '../../src/store/run-insist.js';
import { ChangedMeanwhile, StoreUnavailable } from '../../src/store/store.js';

const paused: number[] = [];
const sleep = async (ms: number): Promise<void> => void paused.push(ms);

/** A write that fails so often, and gives how often it was tried. */
function failing(times: number, error: Error): () => Promise<number> {
  let tries = 0;
  return async () => {
    tries += 1;
    if (tries <= times) throw error;
    return tries;
  };
}

describe('what nothing else knows of', () => {
  it.each([0, 1, 2])('is written although the store refuses %i times', async (times) => {
    paused.length = 0;
    const write = failing(times, new StoreUnavailable('The answer was lost.'));
    expect(await insist({ sleep }, write)).toBe(times + 1);
    expect(paused).toEqual([1_000, 5_000].slice(0, times));
  });

  it('is given up after some seconds', async () => {
    const write = failing(3, new StoreUnavailable('The store cannot be used now.'));
    await expect(insist({ sleep }, write)).rejects.toThrow(StoreUnavailable);
  });

  it('is not tried again where somebody else wrote first', async () => {
    const write = failing(1, new ChangedMeanwhile('somebody wrote first'));
    await expect(insist({ sleep }, write)).rejects.toThrow(ChangedMeanwhile);
  });
});
