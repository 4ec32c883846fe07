import { describe, expect, it } from '@jest/globals';
import { sideBySide, type Tried } from '../../src/cases/side-by-side.js';

/** Attempts that wait until they are told how they end. */
function attempts(): {
  readonly act: () => Promise<Tried>;
  readonly underWay: () => number;
  end(tried: Tried): Promise<void>;
} {
  const open: ((tried: Tried) => void)[] = [];
  return {
    act: () => new Promise((resolve) => open.push(resolve)),
    underWay: () => open.length,
    end: async (tried) => {
      open.shift()?.(tried);
      await turn();
    },
  };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('steps of many cases', () => {
  it('are tried as many at once as have worked in a row before, and never more than ten', async () => {
    const { effect } = sideBySide();
    const tries = attempts();
    const all = Array.from({ length: 40 }, () => effect(tries.act));
    await turn();
    const seen: number[] = [];
    for (let ended = 0; ended < 40; ended += 1) {
      seen.push(tries.underWay());
      await tries.end('worked');
    }
    await Promise.all(all);
    expect(seen.slice(0, 11)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10]);
    expect(Math.max(...seen)).toBe(10);
  });

  it('are tried one after the other again once one failed, also when it failed by throwing', async () => {
    const { effect } = sideBySide();
    const tries = attempts();
    const first = Array.from({ length: 4 }, () => effect(tries.act));
    await turn();
    for (const tried of ['worked', 'worked', 'worked', 'failed'] as const) await tries.end(tried);
    await Promise.all(first);
    const next = Array.from({ length: 3 }, () => effect(tries.act));
    await turn();
    expect(tries.underWay()).toBe(1);
    for (const tried of ['worked', 'worked', 'worked'] as const) await tries.end(tried);
    await Promise.all(next);
    await expect(effect(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    const last = Array.from({ length: 3 }, () => effect(tries.act));
    await turn();
    expect(tries.underWay()).toBe(1);
    for (const tried of ['worked', 'worked', 'worked'] as const) await tries.end(tried);
    await Promise.all(last);
  });

  it('that were not tried after all say nothing about the others', async () => {
    const { effect } = sideBySide();
    await effect(async () => 'worked');
    await effect(async () => 'notTried');
    const tries = attempts();
    const both = [effect(tries.act), effect(tries.act), effect(tries.act)];
    await turn();
    expect(tries.underWay()).toBe(2);
    for (let ended = 0; ended < 3; ended += 1) await tries.end('worked');
    await Promise.all(both);
  });

  it('write to a row that they share one after the other, also after one could not', async () => {
    const { inTurn } = sideBySide();
    const said: string[] = [];
    const write = (name: string, fails = false) =>
      inTurn(async () => {
        said.push(`${name} begins`);
        await turn();
        said.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const ends = await Promise.allSettled([write('a'), write('b', true), write('c')]);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(said).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });
});
