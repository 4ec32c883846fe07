import { DateTime } from 'luxon';
import { zoneNamed } from '../config/zone.js';

/** A calendar day in UTC, counted in days since 1970-01-01. Usage reports know days, not times. */
export type Day = number & { readonly __brand: 'Day' };

const MS_PER_DAY = 86_400_000;

/** The UTC day in which `at` lies. */
export function dayOf(at: Date): Day {
  return Math.floor(at.getTime() / MS_PER_DAY) as Day;
}

/**
 * Reads `YYYY-MM-DD`, also as the start of an ISO timestamp.
 * @returns undefined when the text is not a real calendar day
 */
export function parseDay(text: string): Day | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:$|T)/.exec(text);
  if (!match) return undefined;
  const ms = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  const day = new Date(ms);
  const isReal = day.getUTCMonth() === Number(match[2]) - 1 && day.getUTCDate() === Number(match[3]);
  return isReal ? ((ms / MS_PER_DAY) as Day) : undefined;
}

/** `YYYY-MM-DD` of a day. */
export function isoDay(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Whole days from `earlier` to `later`; negative when `later` comes first. */
export function daysBetween(earlier: Day, later: Day): number {
  return later - earlier;
}

/** The day in which a moment lies for people in an IANA time zone, `YYYY-MM-DD`. */
export function isoDayIn(at: Date, zone: string): string {
  // With a locale, since asking the runtime for its own loads all of its language data.
  const day = DateTime.fromMillis(at.getTime(), { zone: zoneNamed(zone), locale: 'en-US' }).toISODate();
  if (day === null) throw new RangeError(`There is no day in the time zone ${zone}.`);
  return day;
}

/** The moment at which a day, `YYYY-MM-DD`, begins for people in an IANA time zone. */
export function startOfDayIn(day: string, zone: string): Date {
  return DateTime.fromISO(day, { zone: zoneNamed(zone), locale: 'en-US' })
    .startOf('day')
    .toJSDate();
}
