import type { UnusedReason } from '../audit/licenses/unused.js';
import type { Policy } from '../config/policy.js';
import type { DirectoryEntry, UserId } from '../audit/person.js';
import type { Case, CaseFacts, CaseIn, Instant } from '../cases/case.js';
import type { ScenarioNote } from '../cases/evidence-lines.js';
import { isSealed } from '../cases/hr/sealed.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import { DAY, dateText, dayText, timeText, type Reader } from './dates.js';
import { idleLength } from './idle-length.js';

/** What a card needs to know beside the case itself. */
export interface CaseView extends Reader {
  readonly policy: Pick<Policy, 'timetable' | 'reclaim' | 'approvals' | 'inactivity'>;
  readonly now: Instant;
  /**
   * An admin reads along, and answers only what was handed to the admins. An onlooker was asked before somebody else
   * decided, and may do nothing any more. Of HR's lane only `hr` sees anything; `hrAsker` made the proposal that waits.
   * Default: the person asked.
   */
  readonly reader?: 'asked' | 'admin' | 'onlooker' | 'hr' | 'hrAsker';
  /**
   * Whom the reader may well mean, offered before they have typed anything; absent: nobody. Not on cards of which a copy is
   * kept with the case, which is about somebody else than these.
   */
  readonly near?: readonly DirectoryEntry[];
}

/** As what somebody of HR sees a sealed case. */
export function reviewerOf(c: Case, userId: UserId): 'hr' | 'hrAsker' {
  return c.state === 'hrProposed' && c.proposal.by.id === userId ? 'hrAsker' : 'hr';
}

/**
 * As what somebody sees a case that they may look at: who was asked answers, an admin reads along.
 * @param decides they are an admin, or of HR where the case is for HR alone
 */
export function readerOf(c: Case, userId: UserId, decides: boolean): NonNullable<CaseView['reader']> {
  if (decides && isSealed(c)) return reviewerOf(c, userId);
  const isAsked = 'askedOf' in c && c.askedOf === userId;
  if (decides && !(isAsked && c.state !== 'adminReview')) return 'admin';
  return isAsked ? 'asked' : 'onlooker';
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
export function whenText(at: Instant, view: CaseView): ReadyText {
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
export function scenarioText(facts: ScenarioFacts, reader: Language): ReadyText {
  const { daysInactive: days, scenarioNote: note } = facts;
  switch (facts.scenario) {
    case 'leftCompany':
      return note?.kind === 'left'
        ? text(reader, 'scenario.leftByRoster', { date: dayText(note.asOf, reader) })
        : text(reader, 'scenario.left');
    case 'neverSignedIn': {
      const perhaps = note?.kind === 'neverSignedIn' ? note.perhaps : 'unclear';
      return text(reader, `scenario.neverSignedIn.${perhaps}`);
    }
    case 'inactive':
      return days === undefined
        ? text(reader, 'scenario.inactiveLong')
        : text(reader, 'scenario.inactive', { length: idleLength(days, reader) });
    case 'disabledButLicensed':
      return text(reader, 'scenario.disabled');
    case 'unusedLicense':
      return unusedLicenseText(facts.licenses, reader);
    case 'given':
      return text(reader, 'scenario.given');
    default:
      return facts.scenario satisfies never;
  }
}

function unusedLicenseText(licenses: ScenarioFacts['licenses'], reader: Language): ReadyText {
  const isUsed = licenses.some(({ unused }) => unused?.kind === 'covered');
  return text(reader, isUsed ? 'scenario.unneeded' : 'scenario.unused', { count: licenses.length });
}

/** `by Ann Lee on Tue 8 Dec 2026`, the name given ready for its place. */
export function byAt(name: ReadyText, at: Instant, view: CaseView): ReadyText {
  return shortTimes(view)
    ? text(view, 'by.at', { name, time: whenText(at, view) })
    : text(view, 'by.on', { name, date: whenText(at, view) });
}
