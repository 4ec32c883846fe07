import { instant, type CaseIn, type Instant } from '../case.js';
import { dayAfter, inWorkingHours, isTryOut } from './reminders.js';

export type Waiting = Pick<CaseIn<'asked'>, 'askedAt' | 'answerDue' | 'remindAt'>;

/** Whether somebody who was asked can be reminded before the timetable does so. */
export type CanRemind =
  | { readonly kind: 'reminds'; readonly at: Instant }
  /** A reminder is due then already. */
  | { readonly kind: 'comesAnyway'; readonly at: Instant }
  /** They were written to on this working day. */
  | { readonly kind: 'tooSoon'; readonly from: Instant }
  /** The answer is due before anybody may be written to. */
  | { readonly kind: 'tooLate' };

/** Between two messages of a try-out, whose whole timetable is shorter than a day. */
const SHORTEST_MS = 60_000;

/**
 * When somebody can be reminded because an admin wants it: in the working hours of the zone, and not on a working day on
 * which they were written to about it. Pure.
 * @param last when they were last written to
 */
export function canRemind(waiting: Waiting, last: Instant, zone: string, now: Date): CanRemind {
  const { answerDue, remindAt } = waiting;
  const isShort = isTryOut(waiting);
  const soonest = isShort ? now.getTime() : inWorkingHours(now.getTime(), zone);
  const at = instant(new Date(soonest));
  if (remindAt !== undefined && remindAt <= at) return { kind: 'comesAnyway', at: remindAt };
  const lastMs = Date.parse(last);
  const from = isShort ? lastMs + SHORTEST_MS : inWorkingHours(dayAfter(lastMs, zone), zone);
  if (soonest < from) return { kind: 'tooSoon', from: instant(new Date(from)) };
  return at < answerDue ? { kind: 'reminds', at } : { kind: 'tooLate' };
}
