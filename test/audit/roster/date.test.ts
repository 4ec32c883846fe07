import { describe, expect, test } from '@jest/globals';
import { isoDay } from '../../../src/audit/day.js';
import { rosterDay } from '../../../src/audit/roster/date.js';

const read = (text: string): string | undefined => {
  const day = rosterDay(text);
  return day === undefined ? undefined : isoDay(day);
};

describe('a date of a roster', () => {
  test.each([
    ['2026-03-04', '2026-03-04'],
    ['2026-3-4', '2026-03-04'],
    ['2026/03/04', '2026-03-04'],
    [' 2026-03-04T23:59:00Z ', '2026-03-04'],
    ['2026-03-04 00:00', '2026-03-04'],
    ['04.03.2026', '2026-03-04'],
    ['4.3.2026', '2026-03-04'],
    ['13/04/2026', '2026-04-13'],
    ['04/13/2026 12:00:00 AM', '2026-04-13'],
    ['13-04-2026', '2026-04-13'],
    ['05/05/2026', '2026-05-05'],
    ['4-Mar-2026', '2026-03-04'],
    ['4 March 2026', '2026-03-04'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is %s', (text, day) => {
    expect(read(text)).toBe(day);
  });

  test.each([
    ['03/04/2026', 'may be March or April'],
    ['03-04-2026', 'may be March or April'],
    ['04.03.26', 'has half a year'],
    ['2026-02-30', 'is on no calendar'],
    ['29.02.2026', 'is on no calendar'],
    ['13/13/2026', 'is on no calendar'],
    ['4-Foo-2026', 'has no month'],
    ['2026-03', 'has no day'],
    ['46000', 'is a number of a spreadsheet'],
    ['soon', 'is no date'],
    ['', 'is nothing'],
  ])('%s %s', (text) => {
    expect(read(text)).toBeUndefined();
  });
});
