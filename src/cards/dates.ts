import type { Instant } from '../cases/case.js';
import { zoneNamed } from '../config/zone.js';
import type { Language, Locale } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Where and in which language the reader reads. */
export interface Reader extends Language {
  readonly timeZone: string;
}

/** `8 Dec 2026` for `2026-12-08`: a calendar day of a source, without a time zone. */
export function dayText(day: string, { locale }: Language): ReadyText {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return said('day', Date.UTC(year ?? 0, (month ?? 1) - 1, date ?? 1), { timeZone: 'UTC', locale });
}

/** `November 2026` for `2026-11`. */
export function monthText(month: string, { locale }: Language): ReadyText {
  return inWords('month', Date.parse(`${month}-01T00:00:00.000Z`), { locale, timeZone: 'UTC' });
}

/** `Tue 8 Dec 2026`. */
export function dateText(at: Instant, reader: Reader): ReadyText {
  return said('date', Date.parse(at), reader);
}

/** `Tue 8 Dec 2026` for the end of that day in UTC: somebody chose the day, and no time zone makes another of it. */
export function chosenDayText(at: Instant, { locale }: Language): ReadyText {
  return said('date', Date.parse(at), { timeZone: 'UTC', locale });
}

/** The same for the day itself, `YYYY-MM-DD`. */
export function dayAsChosen(day: string, reader: Language): ReadyText {
  return chosenDayText(`${day}T00:00:00.000Z` as Instant, reader);
}

/** `Tue 8 Dec 2026, 14:05 CET`. */
export function timeText(at: Instant, reader: Reader): ReadyText {
  return said('moment', Date.parse(at), reader);
}

/** `YYYY-MM-DD` in the reader's time zone: what a date input holds. */
export function inputDate(at: Instant, reader: Reader): string {
  return wallClock(Date.parse(at), reader.timeZone).toISOString().slice(0, 10);
}

/** From the day after on, as far as an answer may reach: between which days somebody can choose. */
export function choosable(
  now: Instant,
  days: number,
  reader: Reader,
): { readonly min: string; readonly max: string } {
  // Chosen days end in UTC, wherever their reader is.
  const last = later(now, (days - 1) * DAY).slice(0, 10);
  return { min: inputDate(later(now, DAY), reader), max: last };
}

export function later(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString() as Instant;
}

/**
 * `30 seconds`, `1 hour`, `21 days`: a length of time in its largest unit, rounded up.
 * @param place after words such as "within" some languages have other endings
 */
export function lengthText(
  ms: number,
  reader: Language,
  place: 'length' | 'length.after' = 'length',
): ReadyText {
  const units = [
    ['days', DAY],
    ['hours', HOUR],
    ['minutes', MINUTE],
  ] as const;
  // 90 seconds are said as seconds, two minutes as minutes.
  const [unitName, size] = units.find(([, unit]) => ms >= unit && (ms % unit === 0 || ms >= 2 * unit)) ?? [
    'seconds',
    SECOND,
  ];
  return text(reader, `${place}.${unitName}`, { count: Math.max(1, Math.ceil(ms / size)) });
}

/** How much of a moment is said. */
type Part = 'day' | 'date' | 'moment';

function said(part: Part, ms: number, reader: Reader): ReadyText {
  return reader.locale === 'en' ? inEnglish(part, ms, reader.timeZone) : inWords(part, ms, reader);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Put together by hand: day first is read the same on both sides of the Atlantic when the month is a word. */
function inEnglish(part: Part, ms: number, timeZone: string): ReadyText {
  const there = wallClock(ms, timeZone);
  const day = `${there.getUTCDate()} ${MONTHS[there.getUTCMonth()] ?? ''} ${there.getUTCFullYear()}`;
  if (part === 'day') return day as ReadyText;
  const date = `${WEEKDAYS[there.getUTCDay()] ?? ''} ${day}`;
  if (part === 'date') return date as ReadyText;
  const time = `${twoDigits(there.getUTCHours())}:${twoDigits(there.getUTCMinutes())}`;
  return `${date}, ${time} ${zoneNamed(timeZone).shortName(ms)}` as ReadyText;
}

/**
 * A date whose UTC parts are what a clock on the wall shows there.
 * @throws RangeError when there is no such moment or zone
 */
function wallClock(ms: number, timeZone: string): Date {
  const there = ms + zoneNamed(timeZone).offset(ms) * MINUTE;
  if (Number.isNaN(there)) throw new RangeError(`There is no such moment in the time zone ${timeZone}.`);
  return new Date(there);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

const DAY_PARTS = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const DATE_PARTS = { ...DAY_PARTS, weekday: 'short' } as const;
const TIME_PARTS = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;
const PARTS = {
  month: { month: 'long', year: 'numeric' },
  day: DAY_PARTS,
  date: DATE_PARTS,
  moment: { ...DATE_PARTS, ...TIME_PARTS },
} as const satisfies Readonly<Record<Part | 'month', Intl.DateTimeFormatOptions>>;

// The same few dates stand on a card again and again, and on the cards of the same case: so many are kept for each kind of
// reader.
const MOST_KNOWN = 2_000;

/** One way to say moments, and those that it said before. */
interface Saying {
  readonly format: Intl.DateTimeFormat;
  readonly known: Map<number, ReadyText>;
}

// Building a format is far slower than using it.
const sayings = new Map<string, Saying>();

function inWords(part: keyof typeof PARTS, ms: number, { locale, timeZone }: Reader): ReadyText {
  const { format, known } = sayingOf(part, locale, timeZone);
  const before = known.get(ms);
  if (before !== undefined) return before;
  const found = format.format(ms) as ReadyText;
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(ms, found);
  return found;
}

function sayingOf(part: keyof typeof PARTS, locale: Locale, timeZone: string): Saying {
  const name = `${part} ${locale} ${timeZone}`;
  const before = sayings.get(name);
  if (before !== undefined) return before;
  const made = { format: new Intl.DateTimeFormat(locale, { ...PARTS[part], timeZone }), known: new Map() };
  sayings.set(name, made);
  return made;
}

/** `60 days`, `60, 90 and 120 days`: as a question for thresholds says them, in any language. */
export function daysText(days: readonly number[]): string {
  const last = days.at(-1);
  const before = days.slice(0, -1);
  if (before.length === 0) return `${last} ${last === 1 ? 'day' : 'days'}`;
  return `${before.join(', ')} and ${last} days`;
}
