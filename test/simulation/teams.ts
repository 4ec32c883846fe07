import type { UserId } from '../../src/audit/person.js';
import type { CardJson, Messenger } from '../../src/bot/messenger.js';
import { casesOf } from './card-buttons.js';
import type { MessageRef } from '../../src/cases/case.js';

/** One message in somebody's chat, as they see it now and as it was before it was edited. */
export interface Copy {
  readonly message: MessageRef;
  readonly to: UserId;
  readonly sentAt: number;
  /** The answer to a click, and no message that the product sent by itself. */
  readonly isAnswer: boolean;
  card: CardJson;
  readonly earlier: CardJson[];
  /** Deleted by the person: it cannot be edited any more. */
  isGone: boolean;
}

/** Teams in memory. A person has the bot, or has blocked it. */
export interface Teams extends Messenger {
  readonly copies: ReadonlyMap<string, Copy>;
  /** true: a card about the case was in the person's chat at some time. */
  hadCard(userId: UserId, caseId: string): boolean;
  readonly blocked: Set<UserId>;
  /** To whom nothing can be sent until then, though Teams says each time that it may go later. */
  readonly stalled: Map<UserId, number>;
  /** Called when a message has arrived. */
  onArrival: (copy: Copy) => void;
  /** The bot answers in the chat with a card of its own. */
  say(to: UserId, card: CardJson): MessageRef;
  /** Puts another card in the place of a message for the person alone, as the answer to a click. */
  show(copy: Copy, card: CardJson): void;
}

export function teamsOf(clock: { now(): number }): Teams {
  const copies = new Map<string, Copy>();
  const had = new Set<string>();
  const note = (to: UserId, card: CardJson): void => {
    for (const id of casesOf(card)) had.add(`${to} ${id}`);
  };
  const teams: Teams = {
    copies,
    blocked: new Set(),
    stalled: new Map(),
    onArrival: () => {},
    hadCard: (userId, caseId) => had.has(`${userId} ${caseId}`),
    show: (copy, card) => {
      note(copy.to, card);
      copy.earlier.push(copy.card);
      copy.card = card;
    },
    say: (to, card) => arrive(to, card, true),
    send: async (to, card) => {
      if (teams.blocked.has(to))
        return { kind: 'failed', again: 'never', code: 'ConversationBlockedByUser', status: 403 };
      if ((teams.stalled.get(to) ?? 0) > clock.now())
        return { kind: 'failed', again: 'later', code: 'Throttled', status: 429 };
      return { kind: 'delivered', message: arrive(to, card, false) };
    },
    update: async (message, card) => {
      const copy = copies.get(message.activityId);
      if (copy === undefined || copy.isGone) return { kind: 'gone' };
      teams.show(copy, card);
      return { kind: 'delivered', message };
    },
  };
  return teams;

  function arrive(to: UserId, card: CardJson, isAnswer: boolean): MessageRef {
    const message: MessageRef = {
      conversationId: `chat-of-${to}`,
      activityId: `message-${copies.size + 1}`,
      serviceUrl: 'https://teams.example/',
    };
    const copy: Copy = { message, to, sentAt: clock.now(), isAnswer, card, earlier: [], isGone: false };
    copies.set(message.activityId, copy);
    note(to, card);
    teams.onArrival(copy);
    return message;
  }
}
