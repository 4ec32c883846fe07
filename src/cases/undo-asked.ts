import type { Instant, PersonRef } from './case.js';
import type { Told } from './hr/telling.js';

/** Who asked for the undo that goes on or waits for a person, and when, which is absent in rows of an earlier version. */
export interface UndoAsked {
  readonly undoneBy: PersonRef;
  readonly undoAskedAt?: Instant;
  /** It was the end of the leave that did. */
  readonly leaveOver?: true;
  /** Nobody did: a receiver could not get what was taken for them, and why in a sentence. */
  readonly notGiven?: string;
  /** Of what was parked, while it is tried once more: absent before HR was told that it waits. */
  readonly told?: Told;
  /** It was asked for so late that Exchange has no mail from before any more. */
  readonly mailGone?: true;
}
