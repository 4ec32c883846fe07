import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Instant } from '../../src/cases/case.js';
import { isCovered, nextAudit, scheduledId } from '../../src/cases/schedule.js';

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

  it('comes exactly once on every day, in any zone and at any time of day', () => {
    const zones = fc.constantFrom(
      ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns'],
      ...['Africa/Cairo', 'Asia/Beirut', 'Pacific/Chatham', 'America/Santiago', 'Etc/UTC'],
    );
    const times = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    fc.assert(
      fc.property(zones, times, fc.integer({ min: 0, max: 365 }), (timeZone, [hour, minute], offset) => {
        const days: string[] = [];
        let now = new Date(Date.UTC(2026, 0, 1 + offset));
        for (let count = 0; count < 30; count += 1) {
          const next = nextAudit({ schedule: `${minute} ${hour} * * *`, timeZone }, now);
          now = new Date(next);
          days.push(DateTime.fromISO(next, { zone: timeZone }).toISODate() ?? '');
        }
        const first = DateTime.fromISO(days[0] ?? '', { zone: 'utc' });
        expect(days).toEqual(days.map((_, index) => first.plus({ days: index }).toISODate()));
      }),
      { numRuns: 300 },
    );
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

describe('a planned audit', () => {
  const due = '2026-11-30T06:00:00.000Z' as Instant;
  const now = '2026-11-30T07:00:00.000Z' as Instant;
  const planned = {
    id: 'audit-1',
    what: { order: 'audit', planned: { schedule: MONDAYS_AT_SIX, timeZone: 'Etc/UTC', due } },
  } as const;
  const ended = (finishedAt: string, runId = 'other-1') => ({
    runId,
    finishedAt: finishedAt as Instant,
    policyHash: 'rules',
  });

  test.each([
    ['one that ended after its time', true, ended('2026-11-30T06:00:00.000Z')],
    ['one that ended before', false, ended('2026-11-30T05:59:59.999Z')],
    ['one that seems to end in the future', false, ended('2027-01-01T00:00:00.000Z')],
    ['an earlier try of its own', false, ended('2026-11-30T06:30:00.000Z', 'audit-1-1')],
    ['one under other rules', false, { ...ended('2026-11-30T06:30:00.000Z'), policyHash: 'others' }],
    ['none at all', false, undefined],
  ])('is covered by %s: %s', (_what, expected, latest) => {
    expect(isCovered(planned, latest, 'rules', now)).toBe(expected);
  });

  it('is covered by others only if the schedule planned it', () => {
    const ordered = { id: 'audit-1', what: { order: 'audit' } } as const;
    expect(isCovered(ordered, ended('2026-11-30T06:30:00.000Z'), 'rules', now)).toBe(false);
  });
});
