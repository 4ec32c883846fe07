import type { UserId } from '../audit/person.js';
import type { MessageRef } from '../cases/case.js';

/** An Adaptive Card as JSON. */
export type CardJson = Readonly<Record<string, unknown>>;

/** What became of a message. Only `delivered` starts an answer clock. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly message: MessageRef }
  | {
      readonly kind: 'failed';
      /** never: the person cannot be reached this way (blocked, not installed, unknown). later: try again. */
      readonly again: 'never' | 'later';
      /** Stable code such as `ConversationBlockedByUser`, `Throttled`, `Network`. */
      readonly code: string;
      readonly status: number | undefined;
    };

/** Teams, real or fake: one personal chat per person, by Entra object id. Never throws for a delivery that fails. */
export interface Messenger {
  /** Sends a card into the person's own chat with the bot; `summary` is the text of the notification. */
  send(to: UserId, card: CardJson, summary: string): Promise<Delivery>;
  /** Edits a sent card in place. `gone`: the message is no more; a new one would have to be sent. */
  update(message: MessageRef, card: CardJson): Promise<Delivery | { readonly kind: 'gone' }>;
}

/** true: nothing was done, and it is worth another try later. Pure. */
export function isPutOff(
  answer: Delivery | { readonly kind: 'gone' },
): answer is Extract<Delivery, { kind: 'failed' }> {
  return answer.kind === 'failed' && answer.again === 'later';
}
