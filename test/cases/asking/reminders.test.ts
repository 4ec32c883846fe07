import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Instant } from '../../../src/cases/case.js';
import { nextReminder, reminderAfterOne } from '../../../src/cases/asking/reminders.js';

const DAY = 86_400_000;
const DEFAULTS = [3 * DAY, 6 * DAY];
const BERLIN = 'Europe/Berlin';

function at(text: string): Instant {
  return new Date(text).toISOString() as Instant;
}

/** Every reminder about a question asked then, for a week. */
function remindersOf(askedAt: Instant, zone = BERLIN, reminders: readonly number[] = DEFAULTS): string[] {
  const answerDue = at(new Date(Date.parse(askedAt) + 7 * DAY).toISOString());
  const found: string[] = [];
  let now = new Date(askedAt);
  for (;;) {
    const next = nextReminder({ askedAt, answerDue }, reminders, zone, now);
    if (next === undefined) return found;
    found.push(DateTime.fromISO(next, { zone }).toFormat("ccc d LLL HH:mm 'UTC'ZZ"));
    now = new Date(next);
  }
}

describe('reminders', () => {
  it('come after three and six days, and a working day before the answer is due', () => {
    // Asked on a Monday at ten: Thursday; Sunday becomes Monday at nine, but so late is the last working day before.
    expect(remindersOf(at('2026-11-23T09:00:00Z'))).toEqual([
      'Thu 26 Nov 10:00 UTC+01:00',
      'Fri 27 Nov 10:00 UTC+01:00',
      'Mon 30 Nov 09:00 UTC+01:00',
    ]);
  });

  it('are not sent at night or on a weekend, whatever the time of the question', () => {
    expect(remindersOf(at('2026-11-24T22:30:00Z'))).toEqual([
      'Mon 30 Nov 09:00 UTC+01:00',
      'Tue 1 Dec 09:00 UTC+01:00',
    ]);
  });

  it('keep to the clock on the wall when summer time ends in between', () => {
    // Friday 23 October, ten o’clock in summer time; the clocks go back on Sunday.
    expect(remindersOf(at('2026-10-23T08:00:00Z'))).toEqual([
      'Mon 26 Oct 09:00 UTC+01:00',
      'Thu 29 Oct 09:00 UTC+01:00',
    ]);
  });

  it('are none where the policy has none', () => {
    expect(remindersOf(at('2026-11-23T09:00:00Z'), BERLIN, [])).toEqual([]);
  });

  it('are taken as they are in a try-out, whose days are seconds', () => {
    const askedAt = at('2026-11-22T03:00:00Z');
    const answerDue = at('2026-11-22T03:01:00Z');
    const next = nextReminder({ askedAt, answerDue }, [30_000], BERLIN, new Date(askedAt));
    expect(next).toBe('2026-11-22T03:00:30.000Z');
  });

  it('do not come on the day of one that an admin had sent', () => {
    const awaited = { askedAt: at('2026-11-23T09:00:00Z'), answerDue: at('2026-11-30T09:00:00Z') };
    // Of the reminder of Thursday at ten an hour is left.
    const now = new Date('2026-11-26T08:00:00Z');
    expect(nextReminder(awaited, DEFAULTS, BERLIN, now)).toBe('2026-11-26T09:00:00.000Z');
    expect(reminderAfterOne(awaited, DEFAULTS, BERLIN, now)).toBe('2026-11-27T09:00:00.000Z');
    const short = { ...awaited, answerDue: at('2026-11-23T09:10:00Z') };
    const soon = new Date('2026-11-23T09:00:30Z');
    expect(reminderAfterOne(short, [60_000], BERLIN, soon)).toBe('2026-11-23T09:01:00.000Z');
  });

  test.each(['Etc/UTC', BERLIN, 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'])(
    'in %s always come in working hours, later each time, after the question and before its end',
    (zone) => {
      const start = Date.parse('2026-01-01T00:00:00Z');
      const minutes = fc.integer({ min: 0, max: 525_600 });
      fc.assert(
        fc.property(minutes, fc.integer({ min: 2, max: 14 }), (minute, days) => {
          const askedAt = at(new Date(start + minute * 60_000).toISOString());
          const answerDue = at(new Date(Date.parse(askedAt) + days * DAY).toISOString());
          let now = Date.parse(askedAt);
          for (let count = 0; ; count += 1) {
            const next = nextReminder({ askedAt, answerDue }, DEFAULTS, zone, new Date(now));
            if (next === undefined) return;
            const local = DateTime.fromISO(next, { zone });
            expect(local.weekday).toBeLessThanOrEqual(5);
            expect(local.hour).toBeGreaterThanOrEqual(9);
            expect(local.hour).toBeLessThan(17);
            expect(Date.parse(next)).toBeGreaterThan(now);
            expect(next < answerDue).toBe(true);
            expect(count).toBeLessThan(3);
            now = Date.parse(next);
          }
        }),
      );
    },
  );
});
