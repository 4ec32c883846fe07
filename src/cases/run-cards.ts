import type { UserId } from '../audit/person.js';
import { caseCard, caseSummary, chatCard, closedCard, pointerCard } from '../cards/case-card.js';
import { reviewerOf, type CaseView } from '../cards/case-view.js';
import type { CardJson } from '../bot/messenger.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { Stored } from '../store/store.js';
import { instant, type Case } from './case.js';
import type { Doors } from './doors.js';
import { renewed } from './run-move.js';
import { cardIsStale } from './transition.js';

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

function viewOf(doors: Doors): CaseView {
  return { policy: doors.policy, now: instant(doors.clock.now()), timeZone: doors.timeZone, locale: 'en' };
}

/**
 * Edits the cards in Teams that show an older version. A card that cannot be edited now is tried again with the case's
 * next look; one that is gone is forgotten.
 */
export async function showLatest(doors: Doors, stored: Stored<Case>): Promise<Stored<Case>> {
  // A policy that only observes messages nobody; the cards are put right once it acts again.
  if (!cardIsStale(stored.doc) || doors.policy.mode === 'observe') return stored;
  return showCopies(doors, await showQuestion(doors, stored));
}

async function showQuestion(doors: Doors, stored: Stored<Case>): Promise<Stored<Case>> {
  const c = stored.doc;
  if (c.message === undefined || c.message.shows >= c.version) return stored;
  const answer = await doors.messenger.update(c.message, cardOf(doors, c));
  if (answer.kind === 'failed' && answer.again === 'later') {
    doors.log.warn('A card could not be edited; it is tried again.', { caseId: c.caseId, code: answer.code });
    return stored;
  }
  const shown = answer.kind === 'delivered' ? { ...c.message, shows: c.version } : undefined;
  return doors.store.replace<Case>('cases', { ...c, message: shown }, stored.etag);
}

/** The cards of HR's reviewers, each under a renewed lease. Whoever is no reviewer any more has nothing left to see. */
async function showCopies(doors: Doors, stored: Stored<Case>): Promise<Stored<Case>> {
  let now = stored;
  for (const copy of stored.doc.copies ?? []) {
    const c = now.doc;
    if (copy.shows >= c.version) continue;
    const isReviewer = await isStillReviewer(doors, c, copy.to);
    if (isReviewer === 'unknown') continue;
    const card = isReviewer ? reviewerCard(doors, c, copy.to) : closedCard();
    const answer = await doors.messenger.update(copy.message, card);
    if (answer.kind === 'failed' && answer.again === 'later') continue;
    const isShown = isReviewer && answer.kind === 'delivered';
    const copies = (c.copies ?? []).flatMap((each) =>
      each.message.activityId !== copy.message.activityId
        ? [each]
        : isShown
          ? [{ ...each, shows: c.version }]
          : [],
    );
    const doc: Case = { ...c, copies, lease: renewed(doors, c) };
    now = await doors.store.replace<Case>('cases', doc, now.etag);
  }
  return now;
}

async function isStillReviewer(doors: Doors, c: Case, userId: UserId): Promise<boolean | 'unknown'> {
  try {
    return c.userId !== userId && (await doors.rolesOf(userId)).includes('hr');
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return 'unknown';
  }
}
