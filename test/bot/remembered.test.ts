import { describe, expect, it } from '@jest/globals';
import { remembered } from '../../src/bot/remembered.js';

/** Counts calls; each ends when it is told how. */
function aQuestion() {
  let now = 0;
  const ends: { readonly give: (value: string) => void; readonly fail: (error: Error) => void }[] = [];
  const ask = remembered(
    () => new Promise<string>((resolve, reject) => ends.push({ give: resolve, fail: reject })),
    15_000,
    { now: () => new Date(now) },
  );
  const begun = async (): Promise<number> => {
    await Promise.resolve();
    return ends.length;
  };
  return { ask, ends, begun, at: (ms: number) => void (now = ms) };
}

describe('A remembered answer', () => {
  it('is asked for once, however many wait for it and however long it takes', async () => {
    const { ask, ends, begun, at } = aQuestion();
    const first = ask();
    at(60_000);
    const second = ask();
    expect(await begun()).toBe(1);
    ends[0]?.give('ok');
    expect(await Promise.all([first, second])).toEqual(['ok', 'ok']);
  });

  it.each([
    [14_999, 1],
    [15_000, 2],
    [-1, 2],
  ])('asked for again after %i ms takes %i calls', async (later, calls) => {
    const { ask, ends, begun, at } = aQuestion();
    const first = ask();
    await begun();
    ends[0]?.give('ok');
    await first;
    at(later);
    void ask();
    expect(await begun()).toBe(calls);
  });

  it('may be a failure, which is asked for again as late', async () => {
    const { ask, ends, begun, at } = aQuestion();
    const first = ask();
    await begun();
    ends[0]?.fail(new Error('away'));
    await expect(first).rejects.toThrow('away');
    await expect(ask()).rejects.toThrow('away');
    at(15_000);
    const again = ask();
    expect(await begun()).toBe(2);
    ends[1]?.give('ok');
    expect(await again).toBe('ok');
  });
});
