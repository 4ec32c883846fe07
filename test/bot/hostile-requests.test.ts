import { gzipSync } from 'node:zlib';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aHostileWorld,
  ALEX,
  GRACE,
  ordinary,
  OTTO,
  STRANGER,
  SURNAME,
  type HostileWorld,
  type Outcome,
} from './hostile-world.js';

let world: HostileWorld;

beforeAll(async () => {
  world = await aHostileWorld();
}, 60_000);

afterAll(() => world.close());

/** An activity of an employee as text, with `change` in it. */
function activity(change: Record<string, unknown>): string {
  return JSON.stringify({
    ...ordinary(world.connector, STRANGER, 0),
    type: 'message',
    text: 'help',
    ...change,
  });
}

/** An activity in which one field is nothing but brackets. */
function nested(field: string, open: string, close: string, times: number): string {
  return activity({ [field]: 'DEEP' }).replace('"DEEP"', `${open.repeat(times)}1${close.repeat(times)}`);
}

const MEGABYTE = 'x'.repeat(1_000_000);

describe('A body that is no activity is refused and costs nothing:', () => {
  it.each<[string, number, () => Promise<Outcome>]>([
    ['a text of a megabyte', 413, () => world.send(activity({ text: MEGABYTE }))],
    ['a megabyte of blanks', 413, () => world.send(' '.repeat(1_000_000))],
    ['a case id of a megabyte', 413, () => world.click(STRANGER, 'answer', { caseId: MEGABYTE })],
    ['a packed activity', 415, () => world.send(gzipSync(activity({})), { 'content-encoding': 'gzip' })],
    [
      'a hundred megabytes, packed into a hundred kilobytes',
      415,
      () => world.send(gzipSync(Buffer.alloc(100_000_000, ' ')), { 'content-encoding': 'gzip' }),
    ],
    ['what only claims to be packed', 415, () => world.send(activity({}), { 'content-encoding': 'gzip' })],
    [
      'what claims to be packed in another way',
      415,
      () => world.send(activity({}), { 'content-encoding': 'br' }),
    ],
    [
      'what claims to be packed in no way that there is',
      415,
      () => world.send(activity({}), { 'content-encoding': 'identity, gzip' }),
    ],
    ['bytes that are no UTF-8', 400, () => world.send(new Uint8Array([0xff, 0xfe, 0x7b, 0x7d]))],
    ['UTF-16', 400, () => world.send(Buffer.from(activity({}), 'utf16le'))],
    [
      'a form',
      400,
      () =>
        world.send(`activity=${encodeURIComponent(activity({}))}`, {
          'content-type': 'application/x-www-form-urlencoded',
        }),
    ],
    [
      'XML',
      400,
      () =>
        world.send('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', {
          'content-type': 'application/xml',
        }),
    ],
    ['JSON in a comment', 400, () => world.send(`/**/${activity({})}`)],
    ['two activities', 400, () => world.send(activity({}) + activity({}))],
    ['a list of activities', 400, () => world.send(`[${activity({})}]`)],
    ['a number', 400, () => world.send('1e999')],
    ['a text', 400, () => world.send('"message"')],
    ['null', 400, () => world.send('null')],
    ['brackets alone, a hundred thousand', 400, () => world.send('['.repeat(100_000))],
    ['closed brackets, a hundred thousand', 400, () => world.send('['.repeat(100_000) + ']'.repeat(100_000))],
    ['__proto__ alone', 400, () => world.send('{"__proto__":{"type":"message","text":"help"}}')],
    ['no type', 400, () => world.send(activity({ type: undefined }))],
    ['a type that is an object', 400, () => world.send(activity({ type: {} }))],
    ['a text that is a number', 400, () => world.send(activity({ text: 7 }))],
    ['a text that is an object', 400, () => world.send(activity({ text: { length: 5 } }))],
    ['no sender', 400, () => world.send(activity({ from: undefined }))],
    ['a sender that is a text', 400, () => world.send(activity({ from: OTTO }))],
    [
      'an object id that is an object',
      400,
      () => world.send(activity({ from: { id: 'x', aadObjectId: { toString: OTTO } } })),
    ],
    [
      'an object id that is a list',
      400,
      () => world.send(activity({ from: { id: 'x', aadObjectId: [OTTO] } })),
    ],
    ['no receiver', 400, () => world.send(activity({ recipient: null }))],
    [
      'a conversation with a zero character',
      400,
      () => world.send(activity({ conversation: { id: 'a\u0000b', conversationType: 'personal' } })),
    ],
    [
      'a conversation with a header in it',
      400,
      () => world.send(activity({ conversation: { id: 'a\r\nX-Evil: 1', conversationType: 'personal' } })),
    ],
    [
      'a conversation with half a character',
      400,
      () => world.send(activity({ conversation: { id: '\ud800', conversationType: 'personal' } })),
    ],
    [
      'a conversation of 5,000 characters',
      400,
      () => world.send(activity({ conversation: { id: 'x'.repeat(5_000), conversationType: 'personal' } })),
    ],
    [
      'a conversation whose type is a list',
      400,
      () => world.send(activity({ conversation: { id: 'c', conversationType: ['personal'] } })),
    ],
    ['a locale that is an object', 400, () => world.send(activity({ locale: {} }))],
    ['a message whose id is an object', 400, () => world.send(activity({ id: {} }))],
    ['a reply to an object', 400, () => world.send(activity({ replyToId: {} }))],
    [
      'new members that are a text',
      400,
      () => world.send(activity({ type: 'conversationUpdate', membersAdded: 'everybody' })),
    ],
    [
      'an installation that is a number',
      400,
      () => world.send(activity({ type: 'installationUpdate', action: 7 })),
    ],
  ])('%s: %i', async (_what, wanted, attack) => {
    const { status, text, sent, isUnchanged } = await attack();
    expect([status, text, sent]).toEqual([wanted, '', '[]']);
    expect(isUnchanged).toBe(true);
  });

  it('a body that is never sent to its end does not keep the next from being answered', async () => {
    const broken = request(`${world.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-length': 1_000 },
    });
    broken.on('error', () => undefined);
    await new Promise<void>((resolve) => broken.write('{"type":', () => resolve()));
    broken.destroy();
    expect((await world.send(activity({}))).status).toBe(200);
  });
});

describe('What comes from elsewhere is refused:', () => {
  it.each<[string, Record<string, unknown>]>([
    ['another channel', { channelId: 'webchat' }],
    ['the emulator', { channelId: 'emulator' }],
    ['a channel of a gateway', { channelId: 'AseChannel' }],
    ['an agent', { channelId: 'agents' }],
    ['a service of the metadata of the cloud', { serviceUrl: 'http://169.254.169.254/metadata/identity' }],
    ['a service on the net of the company', { serviceUrl: 'http://10.0.0.7:8080/' }],
    ['a service by another protocol', { serviceUrl: 'file:///etc/passwd' }],
    ['a service that is a script', { serviceUrl: 'javascript:alert(1)' }],
    ['a service with the right name as a password', { serviceUrl: 'http://127.0.0.1:1@evil.example/' }],
    ['a service that begins like this machine', { serviceUrl: 'http://127.0.0.1.evil.example/' }],
    ['a service without a host', { serviceUrl: 'https://' }],
    ['no service', { serviceUrl: '' }],
  ])('%s', async (_what, change) => {
    const { status, text, sent, isUnchanged } = await world.send(activity(change));
    expect([status, text, sent]).toEqual([403, '', '[]']);
    expect(isUnchanged).toBe(true);
  });
});

describe('What nobody expects is taken without an effect:', () => {
  it.each<[string, Record<string, unknown>]>([
    ['an event', { type: 'event', name: 'ContinueConversation', value: {} }],
    ['an event of a token', { type: 'event', name: 'tokens/response', value: { token: 'x' } }],
    ['a creation of a conversation', { type: 'event', name: 'CreateConversation' }],
    ['the end of a conversation', { type: 'endOfConversation' }],
    ['a trace', { type: 'trace', value: {} }],
    ['a delay of a year', { type: 'delay', value: 31_536_000_000 }],
    ['an answer to an invoke', { type: 'invokeResponse', value: { status: 500 } }],
    ['an edited message', { type: 'messageUpdate', channelData: { eventType: 'editMessage' } }],
    ['a removed message', { type: 'messageDelete', channelData: { eventType: 'softDeleteMessage' } }],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    ['a command', { type: 'command', name: 'application/undo', value: {} }],
    ['a hand-off', { type: 'handoff' }],
    ['the name of an inherited property', { type: '__proto__' }],
    ['another one', { type: 'constructor' }],
    ['typing', { type: 'typing' }],
    [
      'an installation in a team',
      {
        type: 'installationUpdate',
        action: 'add',
        conversation: { id: '19:t@thread.tacv2', conversationType: 'channel', isGroup: true },
      },
    ],
    [
      'an arrival in a group',
      {
        type: 'conversationUpdate',
        membersAdded: [{ id: '28:bot' }],
        conversation: { id: '19:g', conversationType: 'groupChat', isGroup: true },
      },
    ],
    ['an arrival of nobody', { type: 'conversationUpdate', membersAdded: [] }],
  ])('%s', async (_what, change) => {
    const { status, text, sent, isUnchanged } = await world.send(activity({ text: undefined, ...change }));
    expect([status, text, sent]).toEqual([200, '', '[]']);
    expect(isUnchanged).toBe(true);
  });

  // The answer of the protocol to an invoke that a bot does not know.
  it.each([
    'task/fetch',
    'task/submit',
    'composeExtension/query',
    'composeExtension/submitAction',
    'signin/verifyState',
    'signin/tokenExchange',
    'handoff/action',
    'actionableMessage/executeAction',
    'config/fetch',
    '__proto__',
    'constructor',
    undefined,
  ])('the invoke %s', async (name) => {
    const { status, text, sent, isUnchanged } = await world.post(STRANGER, {
      type: 'invoke',
      name,
      value: {},
    });
    expect([status, text, sent]).toEqual([501, '', '[]']);
    expect(isUnchanged).toBe(true);
  });
});

describe('A message is answered with what everybody may know:', () => {
  it.each<[string, () => Promise<Outcome>]>([
    ['zero and control characters', () => world.say(STRANGER, '\u0000\u0001\u001b[2J')],
    ['half a character', () => world.say(STRANGER, 'case \ud800')],
    ['200,000 characters', () => world.say(STRANGER, 'undo '.repeat(40_000))],
    ['characters that turn the line around', () => world.say(STRANGER, 'case \u202eadA')],
    ['the name of an inherited property', () => world.say(STRANGER, 'case __proto__')],
    ['a request in the name of somebody else', () => world.say(STRANGER, `undo Kim; as ${ALEX}`)],
    ['HTML', () => world.say(STRANGER, '<script>alert(1)</script> waiting')],
    ['a mention that is none', () => world.send(activity({ entities: [null, { type: 'mention' }] }))],
    ['a list of mentions that is a number', () => world.send(activity({ entities: 7 }))],
    ['entities nested a hundred thousand times', () => world.send(nested('entities', '[', ']', 100_000))],
    [
      'attachments nested a hundred thousand times',
      () => world.send(nested('attachments', '[', ']', 100_000)),
    ],
    ['a value nested 20,000 times', () => world.send(nested('value', '{"verb":', '}', 20_000))],
    ['channel data nested 20,000 times', () => world.send(nested('channelData', '{"x":', '}', 20_000))],
    [
      'a verb of an old client that every object has',
      () => world.post(STRANGER, { type: 'message', value: { verb: 'constructor' } }),
    ],
    [
      'the verb __proto__ of an old client',
      () => world.post(STRANGER, { type: 'message', value: { verb: '__proto__' } }),
    ],
    ['a value that is a text', () => world.post(STRANGER, { type: 'message', value: 'answer' })],
    [
      '__proto__ beside the text',
      () => world.send(activity({}).replace('{', '{"__proto__":{"roles":["admin"]},')),
    ],
    [
      'roles in the channel data',
      () =>
        world.send(
          activity({ text: 'deliveries', channelData: { roles: ['admin'], tenant: { id: 'tenant' } } }),
        ),
    ],
    [
      'times that are none',
      () => world.send(activity({ localTimezone: [], timestamp: 'never', localTimestamp: {} })),
    ],
    ['a content type of a picture', () => world.send(activity({}), { 'content-type': 'image/png' })],
    [
      'a content type of a form with files',
      () => world.send(activity({}), { 'content-type': 'multipart/form-data' }),
    ],
  ])('%s', async (_what, attack) => {
    const { status, text, isUnchanged, sent } = await attack();
    expect([status, text]).toEqual([200, '']);
    expect(sent).not.toBe('[]');
    expect(sent).not.toContain(SURNAME);
    expect(sent).not.toContain('Something went wrong');
    expect(isUnchanged).toBe(true);
    expect(({} as Record<string, unknown>)['roles']).toBeUndefined();
  });

  it.each(['groupChat', 'channel', 'meeting', ''])(
    'nothing of the manager’s questions comes into a chat of the type “%s”',
    async (conversationType) => {
      const conversation = { id: world.connector.conversationOf(STRANGER), conversationType, isGroup: true };
      for (const text of ['waiting', 'case Ada', 'history Ada']) {
        const { status, sent, isUnchanged } = await world.post(GRACE, {
          type: 'message',
          text,
          conversation,
        });
        expect(status).toBe(200);
        expect(sent).toContain('Please write to me in a personal chat');
        expect(sent).not.toContain(SURNAME);
        expect(isUnchanged).toBe(true);
      }
    },
  );

  it('a conversation that is a path stays a conversation', async () => {
    const calls = world.connector.calls.length;
    const id = '../../v3/attachments/x?y#z';
    await world.send(activity({ conversation: { id, conversationType: 'personal' } }));
    const paths = world.connector.calls.slice(calls).map((call) => call.path);
    expect(new Set(paths)).toEqual(new Set([`/v3/conversations/${encodeURIComponent(id)}/activities/in-0`]));
  });

  it('nothing is served at other addresses', async () => {
    for (const address of [
      '/',
      '/api',
      '/api/messages/x',
      '/api/messages%2f..',
      '/.env',
      '/../../etc/passwd',
      '/healthz/x',
    ]) {
      const response = await fetch(`${world.url}${address}`, { method: 'POST', body: '{}' });
      expect(response.status).toBe(404);
      expect(await response.text()).not.toMatch(/node_modules|Error:|at /u);
    }
  });
});
