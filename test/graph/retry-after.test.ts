import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { backoffMs, jitterMs, retryAfterMs } from '../../src/graph/retry-after.js';

const NOW = new Date('2026-11-22T08:00:00.000Z');

describe('Retry-After', () => {
  test.each([
    ['10', 10_000],
    ['0', 0],
    ['2.128', 2_128],
    [' 7 ', 7_000],
    ['0.0001', 1],
    ['Sun, 22 Nov 2026 08:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 07:59:00 GMT', 0],
  ])('"%s" asks to wait %d ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  test.each([null, undefined, '', 'soon', '-5', '5s', 'NaN', 'Infinity'])('%p asks for nothing', (header) => {
    expect(retryAfterMs(header, NOW)).toBeUndefined();
  });

  test('is never shortened, whatever number stands there', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 10_000, noNaN: true }), (seconds) => {
        expect(retryAfterMs(seconds.toFixed(6), NOW)).toBeGreaterThanOrEqual(
          Number(seconds.toFixed(6)) * 1000,
        );
      }),
    );
  });
});

describe('the wait without Retry-After', () => {
  test('doubles from a second up to a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 50].map(backoffMs)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
    ]);
  });

  test('gets a jitter that only adds, below a second', () => {
    expect([0, 0.5, 0.9999].map((chance) => jitterMs(() => chance))).toEqual([0, 500, 999]);
  });
});
