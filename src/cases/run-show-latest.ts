import type { Stored } from '../store/store.js';
import type { Case } from './case.js';
import type { Doors } from './doors.js';
import { cardOf } from './run-cards.js';
import { showDigest } from './run-digest.js';
import { cardIsStale } from './transition.js';

/**
 * Edits the question's card in Teams when it shows an older version. A card that cannot be edited now is tried
 * again with the case's next look; one that is gone is forgotten.
 */
export async function showLatest(doors: Doors, stored: Stored<Case>): Promise<Stored<Case>> {
  const c = stored.doc;
  // A policy that only observes messages nobody; the card is put right once it acts again.
  if (c.message === undefined || !cardIsStale(c) || doors.policy.mode === 'observe') return stored;
  const shows =
    c.message.digestId === undefined
      ? await showAlone(doors, c, c.message)
      : await showTogether(doors, c, c.message.digestId);
  if (shows === 'later') return stored;
  const message = shows === 'gone' ? undefined : { ...c.message, shows };
  return doors.store.replace<Case>('cases', { ...c, message }, stored.etag);
}

type Message = NonNullable<Case['message']>;

/** @returns the version that the card shows now */
async function showAlone(doors: Doors, c: Case, message: Message): Promise<number | 'gone' | 'later'> {
  const answer = await doors.messenger.update(message, cardOf(doors, c));
  if (answer.kind === 'failed' && answer.again === 'later') return cannotNow(doors, c, answer.code);
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
