import type { UserId } from '../../audit/person.js';
import type { Doc } from '../../store/store.js';
import type { Instant, MessageRef } from '../case.js';

/** Somebody who asked for an order in chat, and where they see how far it is; undefined: nothing was sent yet. */
export interface Listener {
  readonly userId: UserId;
  readonly message: MessageRef | undefined;
}

/**
 * Who is told how far an order of the chat is and what came of it. Container `refs`; beside the order, whose row belongs to
 * whoever carries it out.
 */
export interface Audience extends Doc {
  readonly kind: 'audience';
  readonly people: readonly Listener[];
  readonly askedAt: Instant;
  /** true: what came of it is being told, so that whoever comes now would be told nothing. */
  readonly isClosed: boolean;
}

export function audienceId(commandId: string): string {
  return `audience-${commandId}`;
}
