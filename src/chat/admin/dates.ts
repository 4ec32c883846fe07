import { isoDay, parseDay } from '../../audit/day.js';

const MONTHS: readonly string[] = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/**
 * A day as people write it: `2027-01-31`, `31.1.2027`, `31 January 2027`, `Jan 31 2027`. `1/2/2027` is two days, depending
 * on who reads it, and so none.
 * @param words in small letters
 * @returns `YYYY-MM-DD`; undefined: no day, or none that there is
 */
export function dayIn(words: readonly string[]): string | undefined {
  const text = words.join(' ').replaceAll(',', '');
  const german = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/u.exec(text);
  if (german !== null) return day(german[3], german[2], german[1]);
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3,9}) (\d{4})$/u.exec(text);
  if (dayFirst !== null) return day(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const monthFirst = /^([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/u.exec(text);
  if (monthFirst !== null) return day(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]);
  return /^\d{4}-\d{2}-\d{2}$/u.test(text) && parseDay(text) !== undefined ? text : undefined;
}

function monthOf(name = ''): string {
  return String(MONTHS.indexOf(name.slice(0, 3)) + 1);
}

function day(year = '', month = '', date = ''): string | undefined {
  const found = parseDay(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
  return found === undefined ? undefined : isoDay(found);
}
