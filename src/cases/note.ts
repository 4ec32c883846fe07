/** What is written down of a case without moving it: its version stays, and so do the cards that show it. */
export type NoteType =
  /** Somebody of HR has seen a sealed case. */
  | 'viewed'
  /** A card of the case came into somebody's chat, or took the place of another one, because of what they asked or pressed. */
  | 'cardSeen'
  /** Written down before a reviewer is told (safety rule 9). */
  | 'hrCardIntended'
  | 'hrCardSent'
  | 'hrCardRefused'
  /** Written down before the app is installed for a reviewer who does not have it. */
  | 'hrAppIntended'
  | 'hrAppInstalled'
  | 'hrAppRefused'
  /** Everybody of HR is told anew of a case that has waited. */
  | 'hrReminded';
