import type { UserId } from '../../audit/person.js';
import { caseCard, caseSummary, chatCard, pointerCard } from '../../cards/case-card.js';
import { reviewerOf, type CaseView } from '../../cards/case-view.js';
import type { CardJson } from '../../bot/messenger.js';
import { instant, type Case } from '../case.js';
import type { Doors } from '../doors.js';

/** The card of a case as it stands now, for the chat into which the question goes or went. */
export function cardOf(doors: Doors, c: Case): CardJson {
  return chatCard(c, viewOf(doors));
}

/** The notification text of a case's card. */
export function summaryOf(doors: Doors, c: Case): string {
  return caseSummary(c, viewOf(doors));
}

/** The notification text of a reminder. */
export function reminderOf(doors: Doors, c: Case): string {
  return `Reminder: ${summaryOf(doors, c)}`;
}

/** What is left of a card whose question was sent once more. */
export function movedCard(): CardJson {
  return pointerCard();
}

/** The card of a case of HR's lane, for one of its reviewers. */
export function reviewerCard(doors: Doors, c: Case, userId: UserId): CardJson {
  return caseCard(c, { ...viewOf(doors), reader: reviewerOf(c, userId) });
}

/** The notification text of such a card; names nobody. */
export function reviewerSummary(doors: Doors, c: Case): string {
  return caseSummary(c, { ...viewOf(doors), reader: 'hr' });
}

/** How cards are drawn now. */
export function viewOf(doors: Doors): CaseView {
  return { policy: doors.policy, now: instant(doors.clock.now()), timeZone: doors.timeZone, locale: 'en' };
}
