import { request } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { UnauthenticatedHost, type PortInUse } from '../../src/bot/server.js';
import { MANAGER } from '../cards/a-case.js';
import { aBot, type BotWorld } from './bot-world.js';

let world: BotWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

/** The credentials that a registered bot would get from Entra. */
const CREDENTIALS = {
  isValidAppId: async () => true,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({ signRequest: async (webResource: unknown) => webResource }),
} as never;
const REGISTERED = {
  kind: 'registered',
  botId: '11111111-0000-4000-8000-000000000000',
  tenantId: 'tenant',
  type: 'UserAssignedMSI',
  password: undefined,
} as const;

async function status(path: string, init?: RequestInit): Promise<number> {
  const response = await fetch(`${world?.url}${path}`, init);
  await response.text();
  return response.status;
}

describe('The server', () => {
  it('says that it is alive, and whether it is ready', async () => {
    world = await aBot();
    expect(await status('/healthz')).toBe(200);
    const ready = await fetch(`${world.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ready', store: 'ok' });
  });

  it('is not ready when a part fails, and does not tell strangers why', async () => {
    world = await aBot({ ready: () => Promise.reject(new Error('password of the store is hunter2')) });
    const ready = await fetch(`${world.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: 'not ready', error: 'Error' });
  });

  it('looks whether it is ready once in 15 seconds, however often strangers ask', async () => {
    let looks = 0;
    world = await aBot({ ready: async () => ({ looks: String((looks += 1)) }) });
    await Promise.all([status('/readyz'), status('/readyz'), status('/readyz')]);
    world.advance(14_000);
    expect(await status('/readyz')).toBe(200);
    expect(looks).toBe(1);
    world.advance(1_000);
    expect(await status('/readyz')).toBe(200);
    expect(looks).toBe(2);
  });

  it.each([
    ['half JSON', '{"type": "message"'],
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['a list', '[]'],
    ['an empty object', '{}'],
  ])('answers %s with 400', async (_what, body) => {
    world = await aBot();
    expect(
      await status('/api/messages', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    ).toBe(400);
  });

  it('refuses a body far larger than any activity', async () => {
    world = await aBot();
    const body = JSON.stringify({ type: 'message', text: 'x'.repeat(400_000) });
    expect(
      await status('/api/messages', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    ).toBe(413);
  });

  it('takes only POST for messages', async () => {
    world = await aBot();
    expect(await status('/api/messages')).toBe(405);
  });

  it('lets a body with __proto__ change nothing', async () => {
    world = await aBot();
    const answer = await world.post(
      MANAGER.id,
      JSON.parse('{"type":"message","text":"help","__proto__":{"admin":true}}'),
    );
    expect(answer.status).toBe(200);
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('stops when asked twice', async () => {
    world = await aBot();
    await Promise.all([world.stop(), world.stop()]);
    await expect(fetch(`${world.url}/healthz`)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  it('ends although a client keeps its connection open', async () => {
    world = await aBot();
    const open = request(`${world.url}/healthz`, { headers: { connection: 'keep-alive' } });
    await new Promise<void>((resolve, reject) => {
      open.on('response', (response) => response.resume().on('end', resolve));
      open.on('error', reject);
      open.end();
    });
    expect(await world.stop()).toBeUndefined();
  });

  it('names a port that is in use', async () => {
    world = await aBot();
    const port = Number(new URL(world.url).port);
    await expect(aBot({ port })).rejects.toMatchObject({
      name: 'PortInUse',
      port,
    } satisfies Partial<PortInUse>);
  });

  it('refuses to serve other machines without authentication', async () => {
    await expect(aBot({ host: '0.0.0.0' })).rejects.toBeInstanceOf(UnauthenticatedHost);
  });
});

describe('A registered bot', () => {
  it.each([
    ['no token', undefined],
    ['a token that is none', 'Bearer x.y.z'],
    ['a password', 'Basic YTpi'],
    [
      'an unsigned token',
      `Bearer ${[{ alg: 'none' }, { iss: 'https://api.botframework.com', aud: REGISTERED.botId }]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.')}.`,
    ],
  ])('answers %s with 401 and nothing else, and calls nobody', async (_what, authorization) => {
    world = await aBot({ identity: REGISTERED, credentials: CREDENTIALS });
    const activity = {
      type: 'message',
      text: 'who is inactive',
      channelId: 'msteams',
      serviceUrl: world.connector.serviceUrl,
      from: { id: 'x', aadObjectId: MANAGER.id },
      recipient: { id: '28:bot' },
      conversation: { id: 'c', conversationType: 'personal', tenantId: 'tenant' },
    };
    const response = await fetch(`${world.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify(activity),
    });
    expect(response.status).toBe(401);
    expect(await response.text()).toBe('');
    expect(world.connector.calls).toEqual([]);
  });

  it('refuses a foreign tenant before anything else', async () => {
    world = await aBot({ identity: { ...REGISTERED, tenantId: 'ours' }, credentials: CREDENTIALS });
    expect((await world.say(MANAGER.id, 'help')).status).toBe(403);
  });

  it('sends with its own name and tenant', async () => {
    world = await aBot({ identity: REGISTERED, credentials: CREDENTIALS });
    await world.messenger.send(MANAGER.id, { type: 'AdaptiveCard', version: '1.5', body: [] }, '');
    expect(world.connector.calls[0]?.body).toMatchObject({
      bot: { id: `28:${REGISTERED.botId}` },
      tenantId: 'tenant',
      channelData: { tenant: { id: 'tenant' } },
    });
  });
});
