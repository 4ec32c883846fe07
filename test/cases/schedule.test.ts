import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Instant } from '../../src/cases/case.js';
import { nextAudit, scheduledId } from '../../src/cases/schedule.js';

const MONDAYS_AT_SIX = '0 6 * * 1';

describe('nextAudit', () => {
  test.each([
    // Germany: summer time begins on 29 March 2026 at 2:00 and ends on 25 October 2026 at 3:00.
    [MONDAYS_AT_SIX, 'Europe/Berlin', '2026-03-20T00:00:00Z', '2026-03-23T05:00:00.000Z'],
    [MONDAYS_AT_SIX, 'Europe/Berlin', '2026-03-23T05:00:00Z', '2026-03-30T04:00:00.000Z'],
    [MONDAYS_AT_SIX, 'Europe/Berlin', '2026-10-20T00:00:00Z', '2026-10-26T05:00:00.000Z'],
    [MONDAYS_AT_SIX, 'Europe/Berlin', '2026-10-19T04:00:00Z', '2026-10-26T05:00:00.000Z'],
    // The hour that does not exist: not left out, but taken when it would have begun.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T01:00:00.000Z'],
    // The hour that comes twice: taken once.
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T00:30:00.000Z'],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
    // New York: 8 March and 1 November 2026.
    [MONDAYS_AT_SIX, 'America/New_York', '2026-03-06T00:00:00Z', '2026-03-09T10:00:00.000Z'],
    [MONDAYS_AT_SIX, 'America/New_York', '2026-03-02T11:00:00Z', '2026-03-09T10:00:00.000Z'],
    [MONDAYS_AT_SIX, 'America/New_York', '2026-10-31T00:00:00Z', '2026-11-02T11:00:00.000Z'],
    [MONDAYS_AT_SIX, 'Etc/UTC', '2026-11-23T06:00:00Z', '2026-11-30T06:00:00.000Z'],
    [MONDAYS_AT_SIX, 'Etc/UTC', '2026-11-23T05:59:59Z', '2026-11-23T06:00:00.000Z'],
    ['0 6 29 2 *', 'Etc/UTC', '2026-11-23T06:00:00Z', '2028-02-29T06:00:00.000Z'],
  ])('"%s" in %s comes after %s at %s', (schedule, timeZone, now, next) => {
    expect(nextAudit({ schedule, timeZone }, new Date(now))).toBe(next);
  });

  it('says so when it never comes', () => {
    expect(() => nextAudit({ schedule: '0 6 30 2 *', timeZone: 'Etc/UTC' }, new Date(0))).toThrow(RangeError);
  });

  it('is always later, on a Monday at six by the clock on the wall, and within eight days', () => {
    const moments = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2030-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
    fc.assert(
      fc.property(moments, zones, (now, timeZone) => {
        const next = DateTime.fromISO(nextAudit({ schedule: MONDAYS_AT_SIX, timeZone }, now), {
          zone: timeZone,
        });
        expect(next.toMillis()).toBeGreaterThan(now.getTime());
        expect(next.toMillis() - now.getTime()).toBeLessThan(8 * 86_400_000);
        expect([next.weekday, next.hour, next.minute]).toEqual([1, 6, 0]);
      }),
    );
  });
});

it('a scheduled time has one id, whoever plans it', () => {
  expect(scheduledId('2026-11-30T06:00:00.000Z' as Instant)).toBe('audit-20261130060000000');
});
