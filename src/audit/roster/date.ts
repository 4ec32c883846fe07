import { parseDay, type Day } from '../day.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A time of day behind a date, which spreadsheets and directories add; the date is taken as it is written. */
const TIME = /[T ]+\d{1,2}:\d{2}.*$/;

/**
 * Reads a date that can be meant in one way only: 2026-03-04, 2026/03/04, 04.03.2026 (points always put the day first),
 * 4-Mar-2026, and 13/04/2026 or 04/13/2026, where only one of the numbers can be a month.
 * @returns undefined for everything else, 03/04/2026 and years of two digits included
 */
export function rosterDay(text: string): Day | undefined {
  const date = text.trim().replace(TIME, '');
  const match =
    /^(?<y>\d{4})([-/.])(?<m>\d{1,2})\2(?<d>\d{1,2})$/.exec(date) ??
    /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})$/.exec(date) ??
    /^(?<d>\d{1,2})[- ](?<name>[a-z]{3})[a-z]*\.?[- ](?<y>\d{4})$/i.exec(date) ??
    /^(?<one>\d{1,2})([-/])(?<two>\d{1,2})\2(?<y>\d{4})$/.exec(date);
  if (match?.groups === undefined) return undefined;
  const { y = '', m, d, name, one, two } = match.groups;
  if (name !== undefined) return dayOn(y, MONTHS.indexOf(name.toLowerCase()) + 1, Number(d));
  if (one === undefined || two === undefined) return dayOn(y, Number(m), Number(d));
  const [first, second] = [Number(one), Number(two)];
  if (first === second || second > 12) return dayOn(y, first, second);
  return first > 12 ? dayOn(y, second, first) : undefined;
}

function dayOn(year: string, month: number, day: number): Day | undefined {
  const two = (part: number): string => String(part).padStart(2, '0');
  return parseDay(`${year}-${two(month)}-${two(day)}`);
}
