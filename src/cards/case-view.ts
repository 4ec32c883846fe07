import type { Policy } from '../config/policy.js';
import type { CaseFacts, CaseIn, Instant } from '../cases/case.js';
import { DAY, dateText, timeText, type Reader } from './dates.js';

/** What a card needs to know beside the case itself. */
export interface CaseView extends Reader {
  readonly policy: Pick<Policy, 'timetable' | 'reclaim'>;
  readonly now: Instant;
  /**
   * An admin reads along, and answers only what was handed to the admins. An onlooker was asked before somebody else
   * decided, and may do nothing any more. Default: the person asked.
   */
  readonly reader?: 'asked' | 'admin' | 'onlooker';
}

/** The whole timetable is shorter than a day (the try-out): dates come with the time of day. */
export function shortTimes(view: CaseView): boolean {
  return view.policy.timetable.removeLicenses < DAY;
}

/** The date, with the time of day where the timetable is that short. */
export function whenText(at: Instant, view: CaseView): string {
  return shortTimes(view) ? timeText(at, view) : dateText(at, view);
}

/** A case that can be answered: by the person asked, or by an admin once it was handed over. */
export type Answerable = CaseIn<'asked' | 'adminReview'>;

/** Why this person at all, in one sentence without a subject's name. */
export function scenarioText(facts: Pick<CaseFacts, 'scenario' | 'daysInactive'>): string {
  const days = facts.daysInactive;
  switch (facts.scenario) {
    case 'leftCompany':
      return 'Has left the company and still holds licenses.';
    case 'neverSignedIn':
      return 'Has never signed in.';
    case 'inactive':
      return days === undefined ? 'Shows no use for a long time.' : `Shows no use for ${days} days.`;
    case 'disabledButLicensed':
      return 'The account is disabled and still holds licenses.';
    case 'unusedLicense':
      return 'Is active, but does not use this license.';
    default:
      return facts.scenario satisfies never;
  }
}

/** `by Ann Lee on Tue 8 Dec 2026`, the name given ready for its place. */
export function byAt(name: string, at: Instant, view: CaseView): string {
  return shortTimes(view) ? `by ${name}, ${whenText(at, view)}` : `by ${name} on ${whenText(at, view)}`;
}
