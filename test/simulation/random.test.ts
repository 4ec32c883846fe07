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

  it('come in the share that they are given', () => {
    const { faults } = chancesOf(1);
    const struck = Array.from({ length: 10_000 }, () => faults.happens(0.06)).filter(Boolean).length;
    expect(struck).toBeGreaterThan(500);
    expect(struck).toBeLessThan(700);
    expect(Array.from({ length: 1_000 }, () => faults.happens(0)).some(Boolean)).toBe(false);
  });
});
