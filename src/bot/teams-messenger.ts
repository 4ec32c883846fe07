import { CardFactory, type Activity, type ConversationReference, type TurnContext } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import type { MessageRef } from '../cases/case.js';
import type { Log } from '../telemetry/log.js';
import type { BotIdentity, TeamsAdapter } from './adapter.js';
import {
  connectorFailure,
  isConversationGone,
  isPassing,
  needsOperator,
  whetherAgain,
  type ConnectorFailure,
} from './connector-failure.js';
import type { Conversation, Conversations } from './conversations.js';
import type { CardJson, Delivery, Messenger } from './messenger.js';

/** How a send is repeated. Waits are milliseconds. */
export interface Patience {
  readonly tries: number;
  readonly firstWait: number;
  /** A longer Retry-After is not waited for here: the caller tries again later. */
  readonly longestWait: number;
  sleep(ms: number): Promise<void>;
  /** 0 <= x < 1; spreads the waits of several senders. */
  fraction(): number;
}

export interface MessengerOptions {
  readonly adapter: TeamsAdapter;
  readonly bot: BotIdentity;
  /** Where conversations are created; a person's remembered conversation has its own. */
  readonly serviceUrl: string;
  readonly conversations: Conversations;
  readonly log: Log;
  readonly patience: Patience;
}

/** What a call to Teams came to. */
type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: ConnectorFailure };

const CHANNEL = 'msteams';
const AUDIENCE = 'https://api.botframework.com';

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
  const known = await options.conversations.of(to);
  if (known) {
    const sent = await post(options, known, card, summary);
    if (sent.kind === 'ok') return { kind: 'delivered', message: sent.value };
    if (!isConversationGone(sent.failure)) return failed(options, sent.failure);
    await options.conversations.forget(to, known.conversationId);
  }
  const created = await create(options, to);
  if (created.kind === 'failed') return failed(options, created.failure);
  await options.conversations.remember(to, created.value);
  const sent = await post(options, created.value, card, summary);
  return sent.kind === 'ok' ? { kind: 'delivered', message: sent.value } : failed(options, sent.failure);
}

async function update(
  options: MessengerOptions,
  message: MessageRef,
  card: CardJson,
): Promise<Delivery | { readonly kind: 'gone' }> {
  const where = { ...message, tenantId: tenantOf(options.bot) };
  const edited = await patiently(options, () =>
    inConversation(options, where, async (context) => {
      await context.updateActivity({ ...cardActivity(card), id: message.activityId });
      return message;
    }),
  );
  if (edited.kind === 'ok') return { kind: 'delivered', message };
  return edited.failure.status === 404 ? { kind: 'gone' } : failed(options, edited.failure);
}

/** Sends the card alone: with a text beside it Teams makes two messages and gives no id. */
function post(
  options: MessengerOptions,
  where: Conversation,
  card: CardJson,
  summary: string,
): Promise<Outcome<MessageRef>> {
  return patiently(options, () =>
    inConversation(options, where, async (context) => {
      // Not through the context, which makes it a reply to an activity that Teams has never seen.
      const [answer] = await options.adapter.sendActivities(context, [
        {
          ...cardActivity(card),
          summary,
          channelData: { notification: { alert: true } },
          from: botAccount(options.bot),
          conversation: context.activity.conversation,
        },
      ]);
      if (!answer?.id) throw new NoActivityId();
      return { conversationId: where.conversationId, activityId: answer.id, serviceUrl: where.serviceUrl };
    }),
  );
}

/** Teams took the message but did not say which it is, so that it could never be edited. */
class NoActivityId extends Error {
  override readonly name = 'NoActivityId';
}

function cardActivity(card: CardJson): Partial<Activity> {
  return { type: 'message', attachments: [CardFactory.adaptiveCard(card)] };
}

function create(options: MessengerOptions, to: UserId): Promise<Outcome<Conversation>> {
  const { adapter, bot, serviceUrl } = options;
  const tenantId = tenantOf(bot);
  const parameters = {
    isGroup: false,
    bot: botAccount(bot),
    // Teams wants the object id as `id`; the field of that name gives 400.
    members: [{ id: to, name: '' }],
    ...(tenantId === undefined ? {} : { tenantId, channelData: { tenant: { id: tenantId } } }),
  };
  return patiently(options, () =>
    captured(async (keep) => {
      // The typings ask for a whole Activity, which no conversation is created with.
      const creation = parameters as unknown as Parameters<TeamsAdapter['createConversationAsync']>[4];
      await adapter.createConversationAsync(
        appId(bot),
        CHANNEL,
        serviceUrl,
        AUDIENCE,
        creation,
        (context) => {
          keep({ conversationId: context.activity.conversation.id, serviceUrl, tenantId });
          return Promise.resolve();
        },
      );
    }),
  );
}

function inConversation<T>(
  { adapter, bot }: MessengerOptions,
  where: Conversation,
  act: (context: TurnContext) => Promise<T>,
): Promise<Outcome<T>> {
  const reference = {
    channelId: CHANNEL,
    serviceUrl: where.serviceUrl,
    bot: botAccount(bot),
    conversation: {
      id: where.conversationId,
      isGroup: false,
      conversationType: 'personal',
      name: '',
      ...(where.tenantId === undefined ? {} : { tenantId: where.tenantId }),
    },
  } satisfies Partial<ConversationReference>;
  return captured((keep, fail) =>
    adapter.continueConversationAsync(appId(bot), reference, async (context) => {
      try {
        keep(await act(context));
      } catch (error) {
        fail(error);
      }
    }),
  );
}

/**
 * What the SDK's callbacks give or throw. An error handler on the adapter swallows errors thrown in a callback, so
 * that a promise which resolves proves nothing: only a kept value does.
 */
async function captured<T>(
  run: (keep: (value: T) => void, fail: (error: unknown) => void) => Promise<void>,
): Promise<Outcome<T>> {
  let outcome: Outcome<T> = {
    kind: 'failed',
    failure: { status: undefined, code: 'Unknown', retryAfterMs: undefined },
  };
  const fail = (error: unknown): void => {
    outcome = { kind: 'failed', failure: failureOf(error) };
  };
  try {
    await run((value) => {
      outcome = { kind: 'ok', value };
    }, fail);
  } catch (error) {
    fail(error);
  }
  return outcome;
}

function failureOf(error: unknown): ConnectorFailure {
  if (error instanceof NoActivityId) return { status: undefined, code: error.name, retryAfterMs: undefined };
  return connectorFailure(error);
}

/** Repeats what Teams refused for the moment; never what it may have taken without saying so. */
async function patiently<T>(
  { patience, log }: MessengerOptions,
  act: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  for (let tried = 1; ; tried += 1) {
    const outcome = await act();
    if (outcome.kind === 'ok' || !isPassing(outcome.failure) || tried >= patience.tries) return outcome;
    const spread = 0.8 + 0.4 * patience.fraction();
    const wait = outcome.failure.retryAfterMs ?? patience.firstWait * 2 ** (tried - 1) * spread;
    if (wait > patience.longestWait) return outcome;
    log.debug('Teams asks to wait.', {
      code: outcome.failure.code,
      status: outcome.failure.status,
      waitMs: wait,
    });
    await patience.sleep(wait);
  }
}

function failed({ log }: MessengerOptions, failure: ConnectorFailure): Delivery {
  const { status, code } = failure;
  if (needsOperator(failure)) {
    log.error('Teams refuses messages of this app; see the code for what an operator has to do.', {
      status,
      code,
    });
  }
  return { kind: 'failed', again: whetherAgain(failure), code, status };
}

function tenantOf(bot: BotIdentity): string | undefined {
  return bot.kind === 'registered' ? bot.tenantId : undefined;
}

function appId(bot: BotIdentity): string {
  return bot.kind === 'registered' ? bot.botId : '';
}

/** Teams writes bots as `28:<app id>`. */
function botAccount(bot: BotIdentity): { id: string; name: string } {
  return { id: bot.kind === 'registered' ? `28:${bot.botId}` : 'license-steward', name: 'License Steward' };
}
