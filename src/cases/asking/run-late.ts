import { isInHand } from '../../store/lease.js';
import type { UserId } from '../../audit/person.js';
import type { Stored } from '../../store/store.js';
import { instant, type Case, type MessageRef } from '../case.js';
import type { Doors } from '../doors.js';
import { withLook } from '../transition.js';
import { withLateQuestion } from './copies.js';
import { showsNoMore } from './run-digest.js';

/** A question or reminder that Teams has delivered. */
export interface LateMessage {
  readonly to: UserId;
  readonly message: MessageRef;
  /** Earlier messages in whose place it came. */
  readonly replaces: readonly MessageRef[];
}

/**
 * Remembers a message about a case that ended, or went on to somebody else, while it was being sent: the worker edits it to
 * what is so by then, as every other card. Safe to repeat.
 * @returns `held`: somebody has the case in hand, and would lose their step by a write of ours
 * @throws ChangedMeanwhile
 */
export async function keepLate(
  doors: Doors,
  { doc: c, etag }: Stored<Case>,
  { to, message, replaces }: LateMessage,
): Promise<'kept' | 'held'> {
  const kept = withLateQuestion(c, { to, message, shows: 0 }, replaces);
  if (kept === undefined) return 'kept';
  if (message.digestId !== undefined) await showsNoMore(doors, message.digestId, c.caseId);
  return writeKept(doors, { doc: kept, etag });
}

/**
 * Writes a case that remembers one more card.
 * @returns `held`: as above
 * @throws ChangedMeanwhile
 */
export async function writeKept(doors: Doors, { doc: kept, etag }: Stored<Case>): Promise<'kept' | 'held'> {
  const now = instant(doors.clock.now());
  if (isInHand(kept, now)) return 'held';
  await doors.store.replace<Case>('cases', withLook(kept, now), etag);
  return 'kept';
}
