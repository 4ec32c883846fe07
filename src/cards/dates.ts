import type { Instant } from '../cases/case.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Where and in which language the reader reads. */
export interface Reader {
  readonly timeZone: string;
  readonly locale: 'en';
}

/** `8 Dec 2026` for `2026-12-08`: a calendar day of a source, without a time zone. */
export function dayText(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  return parts(Date.UTC(year ?? 0, (month ?? 1) - 1, date ?? 1), { timeZone: 'UTC', locale: 'en' }).day;
}

/** `Tue 8 Dec 2026`. */
export function dateText(at: Instant, reader: Reader): string {
  return dateOf(parts(Date.parse(at), reader));
}

function dateOf({ weekday, day }: { readonly weekday: string; readonly day: string }): string {
  return `${weekday} ${day}`;
}

/** `Tue 8 Dec 2026, 14:05 CET`. */
export function timeText(at: Instant, reader: Reader): string {
  const found = parts(Date.parse(at), reader);
  return `${dateOf(found)}, ${found.time}`;
}

/** `YYYY-MM-DD` in the reader's time zone: what a date input holds. */
export function inputDate(at: Instant, reader: Reader): string {
  return parts(Date.parse(at), reader).iso;
}

export function later(at: Instant, ms: number): Instant {
  return new Date(Date.parse(at) + ms).toISOString() as Instant;
}

/** `30 seconds`, `1 hour`, `21 days`: a length of time in its largest unit, rounded up. */
export function lengthText(ms: number): string {
  const units = [
    ['day', DAY],
    ['hour', HOUR],
    ['minute', MINUTE],
  ] as const;
  // 90 seconds are said as seconds, two minutes as minutes.
  const [name, size] = units.find(([, unit]) => ms >= unit && (ms % unit === 0 || ms >= 2 * unit)) ?? [
    'second',
    SECOND,
  ];
  const count = Math.max(1, Math.ceil(ms / size));
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}

// Building a format is far slower than using it, and a list names many dates.
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  formats.set(timeZone, made);
  return made;
}

/** The parts of a moment as a reader sees it. */
interface Parts {
  readonly weekday: string;
  readonly day: string;
  readonly time: string;
  readonly iso: string;
}

// The same few dates stand on a card again and again, and on the cards of the same case: so many are kept per zone.
const MOST_KNOWN = 2_000;
const knownBy = new Map<string, Map<number, Parts>>();

function parts(ms: number, { timeZone }: Reader): Parts {
  const known = knownBy.get(timeZone) ?? new Map<number, Parts>();
  knownBy.set(timeZone, known);
  const before = known.get(ms);
  if (before !== undefined) return before;
  const found = partsAt(ms, timeZone);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(ms, found);
  return found;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Put together by hand: day first is read the same on both sides of the Atlantic when the month is a word. */
function partsAt(ms: number, timeZone: string): Parts {
  const found = new Map(
    formatOf(timeZone)
      .formatToParts(ms)
      .map((part) => [part.type, part.value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes): string => found.get(type) ?? '';
  const month = MONTHS[Number(of('month')) - 1] ?? '';
  return {
    weekday: of('weekday'),
    day: `${Number(of('day'))} ${month} ${of('year')}`,
    time: `${of('hour')}:${of('minute')} ${of('timeZoneName')}`,
    iso: `${of('year')}-${of('month').padStart(2, '0')}-${of('day').padStart(2, '0')}`,
  };
}

/** `60 days`, `60, 90 and 120 days`. */
export function daysText(days: readonly number[]): string {
  const last = days.at(-1);
  const before = days.slice(0, -1);
  if (before.length === 0) return `${last} ${last === 1 ? 'day' : 'days'}`;
  return `${before.join(', ')} and ${last} days`;
}
