import { caseSummary, chatCard, pointerCard } from '../cards/case-card.js';
import type { CaseView } from '../cards/case-view.js';
import type { CardJson } from '../bot/messenger.js';
import type { Stored } from '../store/store.js';
import { instant, type Case } from './case.js';
import type { Doors } from './doors.js';
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

function viewOf(doors: Doors): CaseView {
  return { policy: doors.policy, now: instant(doors.clock.now()), timeZone: doors.timeZone, locale: 'en' };
}

/**
 * Edits the question's card in Teams when it shows an older version. A card that cannot be edited now is tried
 * again with the case's next look; one that is gone is forgotten.
 */
export async function showLatest(doors: Doors, stored: Stored<Case>): Promise<Stored<Case>> {
  const c = stored.doc;
  // A policy that only observes messages nobody; the card is put right once it acts again.
  if (c.message === undefined || !cardIsStale(c) || doors.policy.mode === 'observe') return stored;
  const answer = await doors.messenger.update(c.message, cardOf(doors, c));
  if (answer.kind === 'failed' && answer.again === 'later') {
    doors.log.warn('A card could not be edited; it is tried again.', { caseId: c.caseId, code: answer.code });
    return stored;
  }
  const shown = answer.kind === 'delivered' ? { ...c.message, shows: c.version } : undefined;
  return doors.store.replace<Case>('cases', { ...c, message: shown }, stored.etag);
}
