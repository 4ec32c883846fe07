import { daysBetween, isoDay, type Day } from '../day.js';
import type { License, Person } from '../person.js';
import type { RosterFact } from '../roster/roster.js';
import { backFromLeave, isWithinLeave } from '../roster/facts.js';

/**
 * Accounts in their first days, and people who begin in the future or began lately, whatever the account's age. The
 * directory leaves the creation date out for accounts from before June 2018 only, so a missing one is old.
 */
export function newAccountRules(
  { created, hired }: Pick<Person, 'created' | 'hired'>,
  graceDays: number,
  today: Day,
): readonly string[] {
  const isNew = (day: Day | undefined): day is Day =>
    day !== undefined && daysBetween(day, today) < graceDays;
  const begins = hired !== undefined && hired > today;
  return [
    ...(isNew(created) ? [`inactivity.newAccountGraceDays: created ${isoDay(created)}`] : []),
    ...(begins
      ? [`inactivity.newAccountGraceDays: begins ${isoDay(hired)}`]
      : isNew(hired)
        ? [`inactivity.newAccountGraceDays: hired ${isoDay(hired)}`]
        : []),
  ];
}

/** The newest way to any of the licenses that are concerned counts: whoever just got one is to have time to use it. */
export function newLicenseRules(
  licenses: readonly License[],
  graceDays: number,
  today: Day,
): readonly string[] {
  const dates = licenses.flatMap(({ paths }) => paths.flatMap(({ since }) => since ?? []));
  const newest = dates.length > 0 ? (Math.max(...dates) as Day) : undefined;
  if (newest === undefined || daysBetween(newest, today) >= graceDays) return [];
  return [`inactivity.newLicenseGraceDays: license of ${isoDay(newest)}`];
}

/**
 * Leave by status or by dates, both days inclusive, and the first days after it: who comes back is to have time to use
 * what they hold. Somebody who left is on no leave, whatever dates remain.
 */
export function leaveRules(roster: RosterFact | undefined, graceDays: number, today: Day): readonly string[] {
  if (roster === undefined || roster.status === 'left') return [];
  const source = `roster of ${isoDay(roster.asOf)}`;
  if (roster.status === 'onLeave' || isWithinLeave(roster, today)) return [`${source}: on leave`];
  const back = backFromLeave(roster, graceDays, today);
  return back === undefined ? [] : [`${source}: back from leave on ${isoDay(back)}`];
}
