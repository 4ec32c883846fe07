import type { Activity, ConversationReference, TurnContext } from 'botbuilder';
import type { UserId } from '../audit/person.js';
import type { MessageRef } from '../cases/case.js';
import type { Log } from '../telemetry/log.js';
import type { BotIdentity } from '../config/settings.js';
import type { StewardAdapter } from './adapter.js';
import { connectorFailure, isPassing, type ConnectorFailure } from './connector-failure.js';
import type { Conversation } from './conversations.js';
import type { Turn } from './turns.js';

/** How a call is repeated. Waits are milliseconds. */
export interface Patience {
  readonly tries: number;
  readonly firstWait: number;
  /** A longer Retry-After is not waited for here: the caller tries again later. */
  readonly longestWait: number;
  sleep(ms: number): Promise<void>;
  /** 0 <= x < 1; spreads the waits of several senders. */
  fraction(): number;
}

export interface ConnectorDoors {
  readonly adapter: StewardAdapter;
  readonly bot: BotIdentity;
  readonly log: Log;
  readonly patience: Patience;
  /** Waited for before every call; the person stands for a chat that is not open yet. */
  readonly turn: Turn;
}

/** What a call to Teams came to. */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'failed'; readonly failure: ConnectorFailure };

const CHANNEL = 'msteams';
const AUDIENCE = 'https://api.botframework.com';

/** Posts an activity of the bot into a conversation; good only with the id under which it can be edited. */
export function postActivity(
  doors: ConnectorDoors,
  where: Conversation,
  activity: Partial<Activity>,
): Promise<Outcome<MessageRef>> {
  return inConversation(doors, where, async (context) => {
    // Not through the context, which makes it a reply to an activity that Teams has never seen.
    const { conversation } = context.activity;
    const from = botAccount(doors.bot);
    const [answer] = await doors.adapter.sendActivities(context, [{ ...activity, from, conversation }]);
    if (!answer?.id) throw new NoActivityId();
    return { conversationId: where.conversationId, activityId: answer.id, serviceUrl: where.serviceUrl };
  });
}

/** Teams took the message but did not say which it is, so that it could never be edited. */
class NoActivityId extends Error {
  override readonly name = 'NoActivityId';
}

export function editActivity(
  doors: ConnectorDoors,
  message: MessageRef,
  activity: Partial<Activity>,
): Promise<Outcome<MessageRef>> {
  return inConversation(doors, { ...message, tenantId: tenantOf(doors.bot) }, async (context) => {
    await context.updateActivity({ ...activity, id: message.activityId });
    return message;
  });
}

/** Opens the personal chat with somebody, or finds the one that there is. */
export function createConversation(
  doors: ConnectorDoors,
  serviceUrl: string,
  to: UserId,
): Promise<Outcome<Conversation>> {
  const tenantId = tenantOf(doors.bot);
  const parameters = {
    isGroup: false,
    bot: botAccount(doors.bot),
    // Teams wants the object id as `id`; the field of that name gives 400.
    members: [{ id: to, name: '' }],
    ...(tenantId === undefined ? {} : { tenantId, channelData: { tenant: { id: tenantId } } }),
  };
  // The typings ask for a whole Activity, which no conversation is created with.
  const creation = parameters as unknown as Parameters<StewardAdapter['createConversationAsync']>[4];
  return patiently(doors, to, () =>
    captured((keep) =>
      doors.adapter.createConversationAsync(
        appId(doors.bot),
        CHANNEL,
        serviceUrl,
        AUDIENCE,
        creation,
        (context) => {
          keep({ conversationId: context.activity.conversation.id, serviceUrl, tenantId });
          return Promise.resolve();
        },
      ),
    ),
  );
}

function inConversation<T>(
  doors: ConnectorDoors,
  where: Conversation,
  act: (context: TurnContext) => Promise<T>,
): Promise<Outcome<T>> {
  const reference = {
    channelId: CHANNEL,
    serviceUrl: where.serviceUrl,
    bot: botAccount(doors.bot),
    conversation: {
      id: where.conversationId,
      isGroup: false,
      conversationType: 'personal',
      name: '',
      ...(where.tenantId === undefined ? {} : { tenantId: where.tenantId }),
    },
  } satisfies Partial<ConversationReference>;
  return patiently(doors, where.conversationId, () =>
    captured((keep, fail) =>
      doors.adapter.continueConversationAsync(appId(doors.bot), reference, async (context) => {
        try {
          keep(await act(context));
        } catch (error) {
          fail(error);
        }
      }),
    ),
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

/** As Teams would answer, were it asked. */
const TOO_BUSY = {
  kind: 'failed',
  failure: { status: 429, code: 'ChatIsBusy', retryAfterMs: undefined },
} as const;

/** Repeats what Teams refused for the moment; never what it may have taken without saying so. */
async function patiently<T>(
  { patience, log, turn }: ConnectorDoors,
  thread: string,
  act: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  for (let tried = 1; ; tried += 1) {
    if ((await turn(thread)) === 'tooFar') return TOO_BUSY;
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
