import type { UserId } from '../../audit/person.js';
import { caseCard, caseSummary, chatCard, pointerCard } from '../../cards/case-card.js';
import { reviewerOf, type CaseView } from '../../cards/case-view.js';
import type { CardJson } from '../../bot/messenger.js';
import type { Locale } from '../../i18n/locale.js';
import { instant, type Case } from '../case.js';
import type { Doors } from '../doors.js';
import type { Letter } from './run-letter.js';

/** The card of a case as it stands now, for the chat into which its question went. */
export async function cardOf(doors: Doors, c: Case): Promise<CardJson> {
  const askedOf = 'askedOf' in c ? c.askedOf : undefined;
  return chatCard(c, await viewFor(doors, c.message?.to ?? askedOf));
}

/** What is left of a card whose question was sent once more to the same person. */
export async function movedCard(doors: Doors, to: UserId): Promise<CardJson> {
  return pointerCard(await viewFor(doors, to));
}

/** The card of a case of HR's lane for one of its reviewers, with a notification text that names nobody. */
export async function reviewerLetter(doors: Doors, c: Case, to: UserId): Promise<Letter> {
  const view: CaseView = { ...(await viewFor(doors, to)), reader: reviewerOf(c, to) };
  return { card: caseCard(c, view), summary: caseSummary(c, { ...view, reader: 'hr' }) };
}

/** How cards are drawn now for somebody; undefined: nobody knows for whom. */
export async function viewFor(doors: Doors, to: UserId | undefined): Promise<CaseView> {
  return viewIn(doors, await doors.localeOf(to));
}

/** How a case is drawn for somebody who may name a person on its card. */
export async function withNear(
  { near }: Pick<Doors, 'near'>,
  userId: UserId,
  { state }: Case,
  view: CaseView,
): Promise<CaseView> {
  const isOpen = state === 'asked' || state === 'adminReview';
  return near === undefined || !isOpen ? view : { ...view, near: await near(userId) };
}

export function viewIn(doors: Doors, locale: Locale): CaseView {
  return { policy: doors.policy, now: instant(doors.clock.now()), timeZone: doors.timeZone, locale };
}
