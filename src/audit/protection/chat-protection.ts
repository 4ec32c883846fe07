import type { Doc } from '../../store/store.js';
import type { UserId } from '../person.js';

/**
 * Somebody whom an admin protects in chat, over the policy file that this program never writes. Container `meta`, one
 * document per person: before each step it is read by its id alone. Removed when it is taken back; one that has ended
 * counts for nothing, and goes with `privacy.retainDays`.
 */
export interface ChatProtection extends Doc {
  readonly kind: 'chatProtection';
  readonly userId: UserId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** `exempt` always has an end. */
  readonly how: 'protect' | 'exempt';
  /** The last day, `YYYY-MM-DD` in the time zone of the tenant; absent: until it is taken back. */
  readonly until?: string;
  readonly reason: string;
  readonly by: { readonly id: UserId; readonly displayName: string };
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export function protectionId(userId: UserId): string {
  return `protected-${userId}`;
}

/** @param today `YYYY-MM-DD` in the time zone of the tenant; days in this form sort as texts */
export function holdsOn({ until }: Pick<ChatProtection, 'until'>, today: string): boolean {
  return until === undefined || until >= today;
}

/** Which rules it is that protect somebody today: at most one. It tells who said so, why and until when. */
export function chatRules(protection: ChatProtection | undefined, today: string): readonly string[] {
  if (protection === undefined || !holdsOn(protection, today)) return [];
  const { by, at, reason, until } = protection;
  const end = until === undefined ? '' : `, until ${until}`;
  return [`said in chat by ${by.displayName} on ${at.slice(0, 10)}, because: ${reason}${end}`];
}
