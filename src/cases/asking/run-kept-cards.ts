import type { Json } from '../../store/history.js';
import { isInHand } from '../../store/lease.js';
import type { UserId } from '../../audit/person.js';
import type { Stored } from '../../store/store.js';
import { instant, type Case, type CaseId, type Instant, type MessageRef } from '../case.js';
import { newCommand } from '../command.js';
import type { Doors } from '../doors.js';
import { addCommand } from '../run-add-command.js';
import type { Actor } from '../run-move.js';
import { note } from '../run-note.js';
import { withLook } from '../transition.js';
import { withFurther, withLateQuestion, withOlder } from './copies.js';
import { showsNoMore } from './run-digest.js';

/** A card that Teams has delivered. */
export interface LateMessage {
  readonly to: UserId;
  readonly message: MessageRef;
  /** Of a question or reminder: earlier messages in whose place it came. Absent: any other card of the case. */
  readonly replaces?: readonly MessageRef[];
  /** The version of the case that stands on it; absent: not known. */
  readonly shows?: number;
  /** What is written into the history of who saw it; absent: that is written down elsewhere, or was before. */
  readonly seen?: SeenCard;
}

/** A card, word for word, and who had it before them. */
export interface SeenCard {
  readonly by: Exclude<Actor, 'system'>;
  /** Adaptive Card JSON. */
  readonly card: Readonly<Record<string, unknown>>;
}

/**
 * Remembers a card that its case does not know, such as one that came when the case had gone on, or of which it does not know
 * that it shows something older: the worker edits it to what is so by then, as every other card. Safe to repeat; a card that
 * was seen may stand in the history twice then.
 * @returns `held`: somebody has the case in hand, and would lose their step by a write of ours
 * @throws ChangedMeanwhile
 */
export async function keepLate(
  doors: Doors,
  { doc: c, etag }: Stored<Case>,
  { to, message, replaces, shows, seen }: LateMessage,
): Promise<'kept' | 'held'> {
  const copy = { to, message, shows: shows ?? 0 };
  const kept =
    (replaces === undefined ? withFurther(c, copy) : withLateQuestion(c, copy, replaces)) ??
    (shows === undefined ? undefined : withOlder(c, { message, shows }));
  if (kept === undefined && seen === undefined) return 'kept';
  if (kept !== undefined && message.digestId !== undefined)
    await showsNoMore(doors, message.digestId, c.caseId);
  const now = instant(doors.clock.now());
  if (isInHands(kept ?? c, now)) return 'held';
  const next = kept === undefined ? c : withLook(kept, now);
  if (seen !== undefined) await noteSeen(doors, { doc: next, etag }, seen);
  else await doors.store.replace<Case>('cases', next, etag);
  return 'kept';
}

/** The history has what somebody had before them, so that it can be told later what they answered upon. */
function noteSeen(doors: Doors, stored: Stored<Case>, { by, card }: SeenCard): Promise<Stored<Case>> {
  const details = { by: by.displayName, card: card as Json };
  return note(doors, stored, { type: 'cardSeen', actor: by, details, lease: 'keep' });
}

/** true: somebody has the case, or had it and may write once more, until somebody else takes what is due. Pure. */
export function isInHands(c: Case, now: Instant): boolean {
  return isInHand(c, now) || (c.lease !== undefined && c.dueAt !== undefined);
}

/** The same where nobody comes back to it: an order is carried out once the case is in nobody's hand. */
export async function keepSoon(doors: Doors, caseId: CaseId, late: LateMessage): Promise<void> {
  const { clock, random, leaseMs } = doors;
  const now = clock.now();
  const dueAt = instant(new Date(now.getTime() + leaseMs));
  const order = { order: 'keepCard', caseId, ...late } as const;
  await addCommand(doors, newCommand(`card-${random.id()}`, order, 'service', instant(now), dueAt));
}

/** Remembers it now, or as soon as nobody has the case in hand. @throws ChangedMeanwhile */
export async function keepInTheEnd(doors: Doors, stored: Stored<Case>, late: LateMessage): Promise<void> {
  if ((await keepLate(doors, stored, late)) === 'held') await keepSoon(doors, stored.doc.caseId, late);
}
