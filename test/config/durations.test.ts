import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { Duration } from 'luxon';
import { parseDuration } from '../../src/config/durations.js';

describe('parseDuration', () => {
  test.each([
    ['P7D', 604_800_000],
    ['P2W', 1_209_600_000],
    ['PT30S', 30_000],
    ['PT1.5S', 1_500],
    ['PT5M', 300_000],
    ['P1DT12H', 129_600_000],
    ['PT0S', 0],
    ['P0D', 0],
  ])('reads %s as %d milliseconds', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    ['P1M', 'a month has no fixed length'],
    ['P1Y', 'a year has no fixed length'],
    ['P', 'says nothing'],
    ['PT', 'says nothing'],
    ['P1DT', 'ends in the middle'],
    ['7D', 'has no P'],
    ['P-1D', 'is negative'],
    ['-P1D', 'is negative'],
    ['P1.5D', 'is a fraction of a day'],
    ['p7d', 'is in small letters'],
    ['P7D ', 'has a space'],
    ['P1H', 'is hours without T'],
    ['', 'is empty'],
  ])('refuses %s, which %s', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('agrees with luxon about everything that it writes', () => {
    const parts = fc.record({
      weeks: fc.nat(500),
      days: fc.nat(4_000),
      hours: fc.nat(99),
      minutes: fc.nat(99),
      seconds: fc.nat(99),
    });
    fc.assert(
      fc.property(parts, (values) => {
        const { weeks, days, hours, minutes, seconds } = values;
        const ms = ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
        expect(parseDuration(Duration.fromObject(values).toISO() ?? '')).toBe(ms);
      }),
    );
  });

  it('never reads what is none, and never gives half a number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^P?[0-9.WDTHMSY-]{0,8}$/), (text) => {
        const ms = parseDuration(text);
        if (ms === undefined) return;
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(Duration.fromISO(text).isValid).toBe(true);
      }),
    );
  });
});
