import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { openAdapter } from '../../src/bot/adapter.js';
import { openConversations, type Conversations } from '../../src/bot/conversations.js';
import type { Messenger } from '../../src/bot/messenger.js';
import { openMessenger } from '../../src/bot/teams-messenger.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { aTeamsConnector, type TeamsConnector } from '../world/teams-connector.js';

const ADA = '00000000-0000-4000-8000-00000000000a' as UserId;
const CARD = { type: 'AdaptiveCard', version: '1.5', body: [] };

let connector: TeamsConnector;
let store: Store;
let conversations: Conversations;
let messenger: Messenger;
let waits: number[];
let folder: string;
let etags = 0;

beforeEach(async () => {
  connector = await aTeamsConnector();
  folder = mkdtempSync(path.join(tmpdir(), 'messenger-'));
  store = openEmbeddedStore(path.join(folder, 'store.sqlite'), { newId: () => String((etags += 1)) });
  conversations = openConversations(store);
  waits = [];
  const adapter = openAdapter({ kind: 'tryOut' });
  // As an application does; the SDK then swallows errors of proactive callbacks.
  adapter.onTurnError = () => Promise.resolve();
  messenger = openMessenger({
    adapter,
    bot: { kind: 'tryOut' },
    serviceUrl: connector.serviceUrl,
    conversations,
    log: silentLog,
    turn: () => Promise.resolve('yours'),
    patience: {
      tries: 3,
      firstWait: 1000,
      longestWait: 20_000,
      sleep: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
      fraction: () => 0.5,
    },
  });
});

afterEach(async () => {
  await connector.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const SEND = /^POST .*\/activities$/;

describe('A message into a personal chat', () => {
  it('opens the chat by object id, sends the card alone and tells where it stands', async () => {
    const delivery = await messenger.send(ADA, CARD, 'A question waits');
    const [message] = connector.chatOf(ADA);
    expect(delivery).toEqual({
      kind: 'delivered',
      message: {
        conversationId: message?.conversationId,
        activityId: message?.id,
        serviceUrl: connector.serviceUrl,
      },
    });
    expect(connector.calls[0]).toMatchObject({
      method: 'POST',
      path: '/v3/conversations',
      body: { members: [{ id: ADA }] },
    });
    expect(message?.activity).toMatchObject({
      type: 'message',
      summary: 'A question waits',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: CARD }],
    });
    expect(message?.activity['text']).toBeUndefined();
  });

  it('uses the remembered chat again', async () => {
    await messenger.send(ADA, CARD, 'one');
    await messenger.send(ADA, CARD, 'two');
    expect(connector.chatOf(ADA)).toHaveLength(2);
    expect(connector.calls.filter((call) => call.path === '/v3/conversations')).toHaveLength(1);
  });

  it('opens a new chat once when the remembered one was removed', async () => {
    await messenger.send(ADA, CARD, 'one');
    connector.removeChat(ADA);
    const delivery = await messenger.send(ADA, CARD, 'two');
    expect(delivery.kind).toBe('delivered');
    expect(connector.chatOf(ADA)).toHaveLength(1);
    expect((await conversations.of(ADA))?.conversationId).toBe(connector.conversationOf(ADA));
  });

  it('gives up after one new chat', async () => {
    await messenger.send(ADA, CARD, 'one');
    const gone = { status: 404, body: { error: { code: 'ConversationNotFound' } } };
    connector.script(SEND, gone, gone, gone);
    expect(await messenger.send(ADA, CARD, 'two')).toEqual({
      kind: 'failed',
      again: 'never',
      code: 'ConversationNotFound',
      status: 404,
    });
    expect(connector.calls.filter((call) => call.path === '/v3/conversations')).toHaveLength(2);
  });

  it('is delivered only with the id of the message', async () => {
    connector.script(SEND, { status: 201, body: {} });
    expect(await messenger.send(ADA, CARD, '')).toMatchObject({
      kind: 'failed',
      again: 'later',
      code: 'NoActivityId',
    });
  });

  it.each([
    [400, 'BadArgument', 'never'],
    [401, 'BotNotRegistered', 'later'],
    [403, 'BotDisabledByAdmin', 'later'],
    [403, 'BotNotInConversationRoster', 'never'],
    [403, 'ConversationBlockedByUser', 'never'],
    [403, 'InvalidBotApiHost', 'later'],
    [403, 'NotEnoughPermissions', 'later'],
    [403, 'ForbiddenOperationException', 'never'],
    [413, 'MessageSizeTooBig', 'never'],
    [500, 'ServiceError', 'later'],
  ] as const)('refused with %i %s is tried once and may be sent again %s', async (status, code, again) => {
    connector.script(SEND, { status, body: { error: { code, message: 'no' } } });
    expect(await messenger.send(ADA, CARD, '')).toEqual({ kind: 'failed', again, code, status });
    expect(connector.calls.filter((call) => call.path.endsWith('/activities'))).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('names the sub-code of a blocked chat', async () => {
    const body = { error: { code: 'Forbidden', subCode: 'MessageWritesBlocked', message: '' } };
    connector.script(SEND, { status: 403, body });
    expect(await messenger.send(ADA, CARD, '')).toMatchObject({
      again: 'never',
      code: 'MessageWritesBlocked',
    });
  });

  it.each([412, 429, 502, 503, 504])('is repeated after a passing %i', async (status) => {
    connector.script(SEND, { status }, { status });
    expect((await messenger.send(ADA, CARD, '')).kind).toBe('delivered');
    expect(waits).toEqual([1000, 2000]);
  });

  it('is tried three times at most', async () => {
    const busy = { status: 429, body: { error: { code: 'Throttled' } } };
    connector.script(SEND, busy, busy, busy, busy);
    expect(await messenger.send(ADA, CARD, '')).toEqual({
      kind: 'failed',
      again: 'later',
      code: 'Throttled',
      status: 429,
    });
    expect(waits).toHaveLength(2);
  });

  it('waits as long as Teams asks', async () => {
    connector.script(SEND, { status: 429, headers: { 'retry-after': '7' } });
    expect((await messenger.send(ADA, CARD, '')).kind).toBe('delivered');
    expect(waits).toEqual([7000]);
  });

  it('leaves a long wait to the caller', async () => {
    connector.script(SEND, { status: 429, headers: { 'retry-after': '600' } });
    expect(await messenger.send(ADA, CARD, '')).toMatchObject({
      kind: 'failed',
      again: 'later',
      status: 429,
    });
    expect(waits).toEqual([]);
  });

  it('is not repeated when its answer was lost, because it may have arrived', async () => {
    connector.script(SEND, { status: 0, hangUp: true });
    expect(await messenger.send(ADA, CARD, '')).toEqual({
      kind: 'failed',
      again: 'later',
      code: 'Network',
      status: undefined,
    });
    expect(connector.chatOf(ADA)).toHaveLength(1);
  });

  it('to somebody for whom no chat can be opened fails with the reason', async () => {
    connector.script(/^POST \/v3\/conversations$/, {
      status: 403,
      body: { error: { code: 'ForbiddenOperationException' } },
    });
    expect(await messenger.send(ADA, CARD, '')).toMatchObject({
      again: 'never',
      code: 'ForbiddenOperationException',
    });
    expect(await conversations.of(ADA)).toBeUndefined();
  });
});

describe('A sent card', () => {
  it('is edited in place', async () => {
    const delivery = await messenger.send(ADA, CARD, '');
    if (delivery.kind !== 'delivered') throw new Error('not delivered');
    const newer = { ...CARD, body: [{ type: 'TextBlock', text: 'Done' }] };
    expect(await messenger.update(delivery.message, newer)).toEqual(delivery);
    expect(connector.chatOf(ADA)).toMatchObject([
      { edits: 1, activity: { attachments: [{ content: newer }] } },
    ]);
  });

  it('that is no more is gone', async () => {
    const message = {
      conversationId: connector.conversationOf(ADA),
      activityId: 'm99',
      serviceUrl: connector.serviceUrl,
    };
    expect(await messenger.update(message, CARD)).toEqual({ kind: 'gone' });
  });
});
