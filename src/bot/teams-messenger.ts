import { CardFactory, type Activity } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import type { MessageRef } from '../cases/case.js';
import type { Log } from '../telemetry/log.js';
import {
  createConversation,
  editActivity,
  postActivity,
  type ConnectorDoors,
  type Outcome,
} from './connector-calls.js';
import {
  isConversationGone,
  needsOperator,
  whetherAgain,
  type ConnectorFailure,
} from './connector-failure.js';
import type { Conversation, Conversations } from './conversations.js';
import type { CardJson, Delivery, Messenger } from './messenger.js';

export interface MessengerOptions extends ConnectorDoors {
  /** Where conversations are created; a person's remembered conversation has its own. */
  readonly serviceUrl: string;
  readonly conversations: Conversations;
}

/** Messages into personal chats, by Entra object id, whether or not the person has ever written. */
export function openMessenger(options: MessengerOptions): Messenger {
  return {
    send: (to, card, summary) => send(options, to, card, summary),
    update: (message, card) => update(options, message, card),
  };
}

async function send(
  options: MessengerOptions,
  to: UserId,
  card: CardJson,
  summary: string,
): Promise<Delivery> {
  const { conversations, log } = options;
  const known = await conversations.of(to);
  if (known) {
    const sent = await post(options, known, card, summary);
    if (sent.kind === 'ok') return { kind: 'delivered', message: sent.value };
    if (!isConversationGone(sent.failure)) return failed(log, sent.failure);
    await conversations.forget(to, known.conversationId);
  }
  const created = await createConversation(options, options.serviceUrl, to);
  if (created.kind === 'failed') return failed(log, created.failure);
  await conversations.remember(to, created.value);
  const sent = await post(options, created.value, card, summary);
  return sent.kind === 'ok' ? { kind: 'delivered', message: sent.value } : failed(log, sent.failure);
}

/** The card goes alone: with a text beside it Teams makes two messages and gives no id. */
function post(
  options: MessengerOptions,
  where: Conversation,
  card: CardJson,
  summary: string,
): Promise<Outcome<MessageRef>> {
  return postActivity(options, where, {
    ...withCard(card),
    summary,
    channelData: { notification: { alert: true } },
  });
}

async function update(
  options: MessengerOptions,
  message: MessageRef,
  card: CardJson,
): Promise<Delivery | { readonly kind: 'gone' }> {
  const edited = await editActivity(options, message, withCard(card));
  if (edited.kind === 'ok') return { kind: 'delivered', message };
  return edited.failure.status === 404 ? { kind: 'gone' } : failed(options.log, edited.failure);
}

function withCard(card: CardJson): Partial<Activity> {
  return { type: 'message', attachments: [CardFactory.adaptiveCard(card)] };
}

function failed(log: Log, failure: ConnectorFailure): Delivery {
  const { status, code } = failure;
  if (needsOperator(failure)) {
    log.error('Teams refuses messages of this app; see the code for what an operator has to do.', {
      status,
      code,
    });
  }
  return { kind: 'failed', again: whetherAgain(failure), code, status };
}
