/** What is written down of a case without moving it: its version stays, and so do the cards that show it. */
export type NoteType =
  /** Somebody of HR has seen a sealed case. */
  | 'viewed'
  /** Written down before a reviewer is told (safety rule 9). */
  | 'hrCardIntended'
  | 'hrCardSent'
  | 'hrCardRefused';
