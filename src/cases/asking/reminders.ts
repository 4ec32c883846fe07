import { DateTime } from 'luxon';
import { DAY_MS } from '../../config/durations.js';
import { zoneNamed } from '../../config/zone.js';
import { instant, type Instant } from '../case.js';

/** Hours of the day between which people are reminded. */
const [FIRST_HOUR, LAST_HOUR] = [9, 17];
const SATURDAY = 6;

/** When somebody was asked, and until when an answer is awaited. */
export interface Awaited {
  readonly askedAt: Instant;
  readonly answerDue: Instant;
}

/** true: the times of a try-out, which know no working hours. */
export function isTryOut({ askedAt, answerDue }: Awaited): boolean {
  return Date.parse(answerDue) - Date.parse(askedAt) < DAY_MS;
}

/**
 * When to remind next after `now`: the times of `timetable.reminders` and one working day before the answer is due, each
 * moved into the working hours of a working day (Monday to Friday) in the zone, one a day; undefined: not any more. Times under a
 * day are those of a try-out, and are taken as they are. Pure; design 5.
 * @param reminders milliseconds from the question
 */
export function nextReminder(
  awaited: Awaited,
  reminders: readonly number[],
  zone: string,
  now: Date,
): Instant | undefined {
  if (reminders.length === 0) return undefined;
  const asked = Date.parse(awaited.askedAt);
  const due = Date.parse(awaited.answerDue);
  const short = isTryOut(awaited);
  const wanted = reminders.map((ms) => (short ? asked + ms : inWorkingHours(asked + ms, zone)));
  const last = short ? [] : [workingDayBefore(due, zone)];
  const times = [...wanted, ...last].filter((at) => at > asked && at < due).sort((a, b) => a - b);
  const next = (short ? times : onceADay(times, zone)).find((at) => at > now.getTime());
  return next === undefined ? undefined : instant(new Date(next));
}

/** The same after somebody was reminded: another one the same day is left out, as after one that an admin had sent. */
export function reminderAfterOne(
  awaited: Awaited,
  reminders: readonly number[],
  zone: string,
  now: Date,
): Instant | undefined {
  const from = isTryOut(awaited) ? now : new Date(dayAfter(now.getTime(), zone) - 1);
  return nextReminder(awaited, reminders, zone, from);
}

/**
 * When somebody is told anew of what waits still: as long after they were told as a manager may take to answer, in working
 * hours. Times under a day are those of a try-out, which tells once. Pure.
 * @param answerDue milliseconds
 */
export function tellAnewAt(
  toldAt: Instant | undefined,
  answerDue: number,
  zone: string,
): Instant | undefined {
  if (toldAt === undefined || answerDue < DAY_MS) return undefined;
  return instant(new Date(inWorkingHours(Date.parse(toldAt) + answerDue, zone)));
}

/** The calendar day in the zone, `YYYY-MM-DD`. */
export function dayIn(ms: number, zone: string): string {
  return timeIn(ms, zone).toFormat('yyyy-MM-dd');
}

/** When a reminder can go out: at its time, or when people work again where that has passed. Pure. */
export function remindsFrom(awaited: Awaited, remindAt: Instant, zone: string, now: Date): Instant {
  if (isTryOut(awaited)) return remindAt;
  const from = Math.max(Date.parse(remindAt), now.getTime());
  return instant(new Date(inWorkingHours(from, zone)));
}

/** The beginning of the next day in the zone; milliseconds. */
export function dayAfter(ms: number, zone: string): number {
  return timeIn(ms, zone).plus({ days: 1 }).startOf('day').toMillis();
}

/** The first one of each day. */
function onceADay(times: readonly number[], zone: string): readonly number[] {
  const dates = times.map((at) => dayIn(at, zone));
  return times.filter((_, index) => dates.indexOf(dates[index] ?? '') === index);
}

/** The same time, or the next one in the working hours of a working day (Monday to Friday) in the zone; milliseconds. */
export function inWorkingHours(ms: number, zone: string): number {
  let at = timeIn(ms, zone);
  if (at.hour >= LAST_HOUR) at = at.plus({ days: 1 }).set({ hour: FIRST_HOUR, minute: 0, second: 0 });
  if (at.hour < FIRST_HOUR) at = at.set({ hour: FIRST_HOUR, minute: 0, second: 0 });
  while (at.weekday >= SATURDAY) at = at.plus({ days: 1 }).set({ hour: FIRST_HOUR, minute: 0, second: 0 });
  return at.toMillis();
}

function workingDayBefore(ms: number, zone: string): number {
  let at = timeIn(ms, zone).minus({ days: 1 });
  while (at.weekday >= SATURDAY) at = at.minus({ days: 1 });
  const hour = Math.min(Math.max(at.hour, FIRST_HOUR), LAST_HOUR - 1);
  return at.set({ hour, minute: at.hour === hour ? at.minute : 0 }).toMillis();
}

function timeIn(ms: number, zone: string): DateTime {
  return DateTime.fromMillis(ms, { zone: zoneNamed(zone) });
}
