import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { enlarged, flatArray } from '../../src/audit/flat-array.js';
import { dayColumn, numberColumn } from '../../src/audit/reports/slot-column.js';
import type { Day } from '../../src/audit/day.js';

const LARGE = 100_000;

describe('a flat array', () => {
  test.each([10, LARGE])('of %i numbers is zero throughout, and has exactly as many', (length) => {
    const array = flatArray(Uint16Array, length);
    expect(array).toHaveLength(length);
    expect(array.some((value) => value !== 0)).toBe(false);
    array[length] = 1;
    expect(array[length]).toBeUndefined();
  });

  test('keeps what it held when it is enlarged, from a small one to a large one as well', () => {
    const small = flatArray(Uint32Array, 3);
    small.set([7, 8, 4_294_967_295]);
    const large = enlarged(Uint32Array, small, LARGE);
    expect([...large.subarray(0, 4)]).toEqual([7, 8, 4_294_967_295, 0]);
    expect([...enlarged(Uint32Array, large, 2 * LARGE).subarray(0, 4)]).toEqual([7, 8, 4_294_967_295, 0]);
  });

  test('of a column gives back what was set last at every place, and nothing at the others', () => {
    const places = fc.array(fc.tuple(fc.nat(3 * LARGE), fc.integer({ min: 0, max: 60_000 })), {
      maxLength: 50,
    });
    fc.assert(
      fc.property(places, (sets) => {
        const numbers = numberColumn();
        const days = dayColumn();
        const expected = new Map(sets);
        for (const [place, value] of sets) {
          numbers.set(place, value);
          days.set(place, (value + 1) as Day);
        }
        for (const place of [...expected.keys(), 0, 1_023, 1_024, 4 * LARGE]) {
          const value = expected.get(place);
          expect(numbers.get(place)).toBe(value);
          expect(days.get(place)).toBe(value === undefined ? undefined : value + 1);
        }
      }),
    );
  });
});
