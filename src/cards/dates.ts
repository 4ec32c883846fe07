import type { Instant } from '../cases/case.js';
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
  return parts(Date.UTC(year ?? 0, (month ?? 1) - 1, date ?? 1), { timeZone: 'UTC', locale }).day;
}

/** `November 2026` for `2026-11`. */
export function monthText(month: string, { locale }: Language): ReadyText {
  const format = formatOf(locale, 'UTC', { month: 'long', year: 'numeric' });
  return format.format(Date.parse(`${month}-01T00:00:00.000Z`)) as ReadyText;
}

/** `Tue 8 Dec 2026`. */
export function dateText(at: Instant, reader: Reader): ReadyText {
  return parts(Date.parse(at), reader).date;
}

/** `Tue 8 Dec 2026, 14:05 CET`. */
export function timeText(at: Instant, reader: Reader): ReadyText {
  return parts(Date.parse(at), reader).moment;
}

/** `YYYY-MM-DD` in the reader's time zone: what a date input holds. */
export function inputDate(at: Instant, reader: Reader): string {
  return parts(Date.parse(at), reader).iso;
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

/** The parts of a moment as a reader sees it. */
interface Parts {
  readonly day: ReadyText;
  /** With the day of the week. */
  readonly date: ReadyText;
  /** With the time of day. */
  readonly moment: ReadyText;
  readonly iso: string;
}

// The same few dates stand on a card again and again, and on the cards of the same case: so many are kept for each kind of
// reader.
const MOST_KNOWN = 2_000;
const knownBy = new Map<string, Map<number, Parts>>();

function parts(ms: number, { timeZone, locale }: Reader): Parts {
  const kind = `${locale} ${timeZone}`;
  const known = knownBy.get(kind) ?? new Map<number, Parts>();
  knownBy.set(kind, known);
  const before = known.get(ms);
  if (before !== undefined) return before;
  const found = partsAt(ms, locale, timeZone);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(ms, found);
  return found;
}

function partsAt(ms: number, locale: Locale, timeZone: string): Parts {
  const found = numbersAt(ms, timeZone);
  const iso = `${found('year')}-${found('month').padStart(2, '0')}-${found('day').padStart(2, '0')}`;
  if (locale === 'en') return { ...inEnglish(found), iso };
  const said = (wanted: Intl.DateTimeFormatOptions): ReadyText =>
    formatOf(locale, timeZone, wanted).format(ms) as ReadyText;
  return { day: said(DAY_PARTS), date: said(DATE_PARTS), moment: said(MOMENT_PARTS), iso };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Put together by hand: day first is read the same on both sides of the Atlantic when the month is a word. */
function inEnglish(found: (type: Intl.DateTimeFormatPartTypes) => string): Omit<Parts, 'iso'> {
  const day = `${Number(found('day'))} ${MONTHS[Number(found('month')) - 1] ?? ''} ${found('year')}`;
  const date = `${found('weekday')} ${day}`;
  const moment = `${date}, ${found('hour')}:${found('minute')} ${found('timeZoneName')}`;
  return { day: day as ReadyText, date: date as ReadyText, moment: moment as ReadyText };
}

const DAY_PARTS = { day: 'numeric', month: 'short', year: 'numeric' } as const;
const DATE_PARTS = { ...DAY_PARTS, weekday: 'short' } as const;
const TIME_PARTS = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const;
const MOMENT_PARTS = { ...DATE_PARTS, ...TIME_PARTS } as const;

function numbersAt(ms: number, timeZone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  const format = formatOf('en-GB', timeZone, { ...MOMENT_PARTS, month: 'numeric' });
  const found = new Map(format.formatToParts(ms).map((part) => [part.type, part.value]));
  return (type) => found.get(type) ?? '';
}

// Building a format is far slower than using it, and a list names many dates.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: string, timeZone: string, wanted: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = [locale, timeZone, ...Object.keys(wanted)].join(' ');
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { ...wanted, timeZone });
  formats.set(name, made);
  return made;
}

/** `60 days`, `60, 90 and 120 days`: as a question for thresholds says them, in any language. */
export function daysText(days: readonly number[]): string {
  const last = days.at(-1);
  const before = days.slice(0, -1);
  if (before.length === 0) return `${last} ${last === 1 ? 'day' : 'days'}`;
  return `${before.join(', ')} and ${last} days`;
}
