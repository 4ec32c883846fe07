import type { UserId } from '../../audit/person.js';
import { isPutOff, type CardJson } from '../../bot/messenger.js';
import { caseCard, closedCard } from '../../cards/case-card.js';
import { readerOf } from '../../cards/case-view.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import type { Stored } from '../../store/store.js';
import { mayLook, rightsOf } from '../answering/run-rights.js';
import type { Case, CaseId } from '../case.js';
import type { Doors } from '../doors.js';
import { afterEdit, copiesOf, type CardCopy } from './copies.js';
import { cardOf, viewFor, withNear } from './run-cards.js';
import { showDigest } from './run-digest.js';
import { forCase } from './run-for-case.js';
import { keepInTheEnd } from './run-kept-cards.js';
import { renewed } from '../run-move.js';
import { noticeNow } from '../telling/run-notice-card.js';
import { cardIsStale } from '../transition.js';

/**
 * Edits the cards in Teams that show an older version. A card that cannot be edited now is tried again with the case's
 * next look; one that is gone is forgotten.
 */
export async function showLatest(doors: Doors, stored: Stored<Case>): Promise<Stored<Case>> {
  // A policy that only observes messages nobody; the cards are put right once it acts again.
  if (!cardIsStale(stored.doc) || doors.policy.mode === 'observe') return stored;
  return showCopies(doors, await showNotice(doors, await showQuestion(doors, stored)));
}

/** The card that tells the person themself. */
async function showNotice(doors: Doors, stored: Stored<Case>): Promise<Stored<Case>> {
  const c = stored.doc;
  const { notice } = c;
  if (notice?.message === undefined || notice.message.shows >= c.version) return stored;
  const answer = await doors.messenger.update(notice.message, await noticeNow(doors, c));
  if (isPutOff(answer)) {
    cannotNow(doors, c, answer.code);
    return stored;
  }
  const { message, ...rest } = notice;
  const next = answer.kind === 'delivered' ? { ...rest, message: { ...message, shows: c.version } } : rest;
  const doc: Case = { ...c, notice: next, lease: renewed(doors, c) };
  return doors.store.replace<Case>('cases', doc, stored.etag);
}

async function showQuestion(doors: Doors, stored: Stored<Case>): Promise<Stored<Case>> {
  const c = stored.doc;
  if (c.message === undefined || c.message.shows >= c.version) return stored;
  const shows =
    c.message.digestId === undefined
      ? await showAlone(doors, c, c.message)
      : await showTogether(doors, c, c.message.digestId);
  if (shows === 'later') return stored;
  const message = shows === 'gone' ? undefined : { ...c.message, shows };
  try {
    return await doors.store.replace<Case>('cases', { ...c, message }, stored.etag);
  } catch (error) {
    if (message !== undefined) await keepCovered(doors, c.caseId, message);
    throw error;
  }
}

/**
 * The question may have gone on in another message while this one was edited, and may cover what that made of it; where no
 * answer came, nobody knows whether it has. A case that names the message still needs nothing.
 */
async function keepCovered(
  doors: Doors,
  caseId: CaseId,
  { to, shows: _older, ...message }: Message,
): Promise<void> {
  if (to !== undefined) await forCase(doors, caseId, (row) => keepInTheEnd(doors, row, { to, message }));
}

type Message = NonNullable<Case['message']>;

/** @returns the version that the card shows now */
async function showAlone(doors: Doors, c: Case, message: Message): Promise<number | 'gone' | 'later'> {
  const answer = await doors.messenger.update(message, await cardOf(doors, c));
  if (isPutOff(answer)) return cannotNow(doors, c, answer.code);
  return answer.kind === 'delivered' ? c.version : 'gone';
}

/** The message that it shares may show it already, because of another case. */
async function showTogether(doors: Doors, c: Case, digestId: string): Promise<number | 'gone' | 'later'> {
  const edit = await showDigest(doors, digestId);
  if (edit.kind === 'gone') return 'gone';
  if (edit.kind === 'later') return cannotNow(doors, c, edit.code);
  return edit.shows.get(c.caseId) ?? 'gone';
}

function cannotNow(doors: Doors, { caseId }: Case, code: string): 'later' {
  doors.log.warn('A card could not be edited; it is tried again.', { caseId, code });
  return 'later';
}

/** The cards beside the question, each under a renewed lease. Who may not look any more has nothing left to see. */
async function showCopies(doors: Doors, stored: Stored<Case>): Promise<Stored<Case>> {
  let now = stored;
  for (const copy of copiesOf(stored.doc)) {
    const c = now.doc;
    if (copy.shows >= c.version) continue;
    const { digestId } = copy.message;
    if (digestId !== undefined) {
      const shows = await showTogether(doors, c, digestId);
      if (shows !== 'later') now = await afterEdited(doors, now, copy, shows === 'gone' ? undefined : shows);
      continue;
    }
    const seen = await seenBy(doors, c, copy.to);
    if (seen === 'unknown') continue;
    const answer = await doors.messenger.update(copy.message, seen.card);
    if (isPutOff(answer)) continue;
    const shows = seen.mayLook && answer.kind === 'delivered' ? c.version : undefined;
    now = await afterEdited(doors, now, copy, shows);
  }
  return now;
}

function afterEdited(
  doors: Doors,
  { doc: c, etag }: Stored<Case>,
  copy: CardCopy,
  shows: number | undefined,
): Promise<Stored<Case>> {
  const doc: Case = { ...c, ...afterEdit(c, copy, shows), lease: renewed(doors, c) };
  return doors.store.replace<Case>('cases', doc, etag);
}

/** What somebody may see of a case at this moment, by what they are now and not by what they were when they opened it. */
async function seenBy(
  doors: Doors,
  c: Case,
  userId: UserId,
): Promise<{ readonly card: CardJson; readonly mayLook: boolean } | 'unknown'> {
  try {
    const rights = await rightsOf(doors, c, userId);
    const view = await viewFor(doors, userId);
    if (!mayLook(rights)) return { card: closedCard(view), mayLook: false };
    const reader = readerOf(c, userId, rights.decides);
    const theirs = await withNear(doors, userId, c, { ...view, reader });
    return { card: caseCard(c, theirs), mayLook: true };
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return 'unknown';
  }
}
