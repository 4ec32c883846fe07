import type { NeverSignedIn } from '../audit/finding.js';
import type { UnusedReason } from '../audit/licenses/unused.js';
import type { Policy } from '../config/policy.js';
import type { UserId } from '../audit/person.js';
import type { Case, CaseFacts, CaseIn, Instant, ScenarioNote } from '../cases/case.js';
import { DAY, dateText, dayText, timeText, type Reader } from './dates.js';

/** What a card needs to know beside the case itself. */
export interface CaseView extends Reader {
  readonly policy: Pick<Policy, 'timetable' | 'reclaim' | 'approvals'>;
  readonly now: Instant;
  /**
   * An admin reads along, and answers only what was handed to the admins. An onlooker was asked before somebody else
   * decided, and may do nothing any more. Of HR's lane only `hr` sees anything; `hrAsker` made the proposal that waits.
   * Default: the person asked.
   */
  readonly reader?: 'asked' | 'admin' | 'onlooker' | 'hr' | 'hrAsker';
}

/** As what somebody of HR sees a sealed case. */
export function reviewerOf(c: Case, userId: UserId): 'hr' | 'hrAsker' {
  return c.state === 'hrProposed' && c.proposal.by.id === userId ? 'hrAsker' : 'hr';
}

/** true: HR sees its own lane. */
export function isForReviewer({ reader }: CaseView): boolean {
  return reader === 'hr' || reader === 'hrAsker';
}

/** The whole timetable is shorter than a day (the try-out): dates come with the time of day. */
export function shortTimes(view: CaseView): boolean {
  return view.policy.timetable.removeLicenses < DAY;
}

/** The date, with the time of day where the timetable is that short. */
export function whenText(at: Instant, view: CaseView): string {
  return shortTimes(view) ? timeText(at, view) : dateText(at, view);
}

/** A case that can be answered: by the person asked, by an admin once it was handed over, or by HR. */
export type Answerable = CaseIn<'asked' | 'adminReview' | 'hrReview'>;

/** What the sentence about a scenario is made from. */
export interface ScenarioFacts extends Pick<CaseFacts, 'scenario' | 'daysInactive'> {
  readonly scenarioNote?: ScenarioNote | undefined;
  /** Those that are asked about. */
  readonly licenses: readonly { readonly unused?: UnusedReason }[];
}

/** Why this person at all, in a sentence or two without a subject's name. */
export function scenarioText(facts: ScenarioFacts): string {
  const { daysInactive: days, scenarioNote: note } = facts;
  switch (facts.scenario) {
    case 'leftCompany':
      return note?.kind === 'left'
        ? `Has left the company, by the HR roster of ${dayText(note.asOf)}, and still holds licenses.`
        : 'Has left the company and still holds licenses.';
    case 'neverSignedIn':
      return note?.kind === 'neverSignedIn' ? NEVER_SIGNED_IN[note.perhaps] : NEVER_SIGNED_IN.unclear;
    case 'inactive':
      return days === undefined ? 'Shows no use for a long time.' : `Shows no use for ${days} days.`;
    case 'disabledButLicensed':
      return 'The account is disabled and still holds licenses.';
    case 'unusedLicense':
      return unusedLicenseText(facts.licenses);
    case 'given':
      return 'An administrator gives a license.';
    default:
      return facts.scenario satisfies never;
  }
}

const NEVER_SIGNED_IN: Readonly<Record<NeverSignedIn, string>> = {
  onboarding:
    'Has never signed in. The account or its license is new, so perhaps the work has not begun yet.',
  offboarding: 'Has never signed in, and the account is not new: perhaps it was left behind.',
  unclear: 'Has never signed in.',
};

function unusedLicenseText(licenses: ScenarioFacts['licenses']): string {
  const which = licenses.length === 1 ? 'this license' : 'these licenses';
  const isUsed = licenses.some(({ unused }) => unused?.kind === 'covered');
  return `Is active, but does not ${isUsed ? 'need' : 'use'} ${which}.`;
}

/** `by Ann Lee on Tue 8 Dec 2026`, the name given ready for its place. */
export function byAt(name: string, at: Instant, view: CaseView): string {
  return shortTimes(view) ? `by ${name}, ${whenText(at, view)}` : `by ${name} on ${whenText(at, view)}`;
}
