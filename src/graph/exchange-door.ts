import type { UserId } from '../audit/person.js';
import type { ChangeAnswer } from './graph-door.js';

/** What Graph does not tell of a mailbox. */
export interface MailboxState {
  readonly type: 'user' | 'shared' | 'room' | 'equipment' | 'other';
  readonly litigationHold: boolean;
  /** Any other hold: in-place, of a retention policy or label, or one that was lifted and still lasts. */
  readonly inPlaceHolds: boolean;
  readonly hasArchive: boolean;
  /** undefined: not told */
  readonly bytes: number | undefined;
}

/**
 * The door to Exchange Online, for what Graph cannot do. It is there only where EXCHANGE_BASE_URL is set.
 * All methods throw GraphFailure (graph-failure.ts).
 */
export interface ExchangeDoor {
  mailbox(userId: UserId): Promise<MailboxState | 'noMailbox'>;
  /** 'shared' or back to 'user'. Takes effect after minutes; verify by Graph's userPurpose. */
  convert(userId: UserId, to: 'shared' | 'user'): Promise<ChangeAnswer>;
}
