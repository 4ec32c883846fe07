import { describe, expect, it } from '@jest/globals';
import { chancesOf } from './random.js';

describe('chances', () => {
  it('are the same for the same seed and others for another one', () => {
    const draw = (seed: number): readonly number[] => {
      const { world } = chancesOf(seed);
      return Array.from({ length: 20 }, () => world.whole(0, 1_000_000));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(8)).not.toEqual(draw(7));
  });

  it('for one purpose do not depend on how often others are asked for', () => {
    const one = chancesOf(5);
    const other = chancesOf(5);
    for (let n = 0; n < 100; n += 1) one.latency.fraction();
    expect(one.people.hex(32)).toBe(other.people.hex(32));
  });

  it('are even from the first on, over all seeds, whatever they are for', () => {
    for (const from of [1, 1_024, 50_001])
      for (const [name, times] of firstPicks(from, 800))
        for (const [face, count] of times.entries())
          expect({ name, face, isEven: count > 60 && count < 145 }).toEqual({ name, face, isEven: true });
  });

  it('come in the share that they are given', () => {
    const { faults } = chancesOf(1);
    const struck = Array.from({ length: 10_000 }, () => faults.happens(0.06)).filter(Boolean).length;
    expect(struck).toBeGreaterThan(500);
    expect(struck).toBeLessThan(700);
    expect(Array.from({ length: 1_000 }, () => faults.happens(0)).some(Boolean)).toBe(false);
  });
});

/** How often each of eight faces comes first, of every sequence. */
function firstPicks(from: number, seeds: number): ReadonlyMap<string, readonly number[]> {
  const all = new Map<string, number[]>();
  for (let seed = from; seed < from + seeds; seed += 1)
    for (const [name, chance] of Object.entries(chancesOf(seed))) {
      const times = all.get(name) ?? Array<number>(8).fill(0);
      const face = chance.pick([0, 1, 2, 3, 4, 5, 6, 7]);
      times[face] = (times[face] ?? 0) + 1;
      all.set(name, times);
    }
  return all;
}
