import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TEXTS } from './click-texts.js';
import { ADMIN, MANAGER } from '../cards/a-case.js';
import { FIGURES, FINDINGS } from '../chat/query/a-tenant.js';
import { actionsOf } from '../world/card-actions.js';
import type { ChatMessage } from '../world/teams-connector.js';
import { aBot, type BotWorld } from './bot-world.js';

let world: BotWorld;

beforeEach(async () => {
  world = await aBot();
  world.roles.set(ADMIN.id, ['admin']);
  world.readModel.run = FIGURES;
  world.readModel.findings.push(...FINDINGS);
});

afterEach(async () => {
  await world.close();
});

function last(): ChatMessage {
  const message = world.connector.chatOf(ADMIN.id).at(-1);
  if (!message) throw new Error('Nothing was said.');
  return message;
}

function shown(message = last()): string {
  return JSON.stringify(message.activity);
}

async function ask(text: string): Promise<string> {
  await world.say(ADMIN.id, text);
  return shown();
}

/** What a button of the last card brings. */
function button(title: string): { readonly verb: string; readonly data: unknown } {
  const [attachment] = last().activity['attachments'] as { content: Record<string, unknown> }[];
  const found = actionsOf(attachment?.content ?? {}).find((each) => each.title === title);
  if (!found) throw new Error(`There is no button ${title}.`);
  return found;
}

describe('A question in the chat', () => {
  it('is answered, and the next one goes on from it', async () => {
    expect(await ask('inactive E5 in Sales')).toContain('2 people hold licenses that look unused');
    expect(await ask('only over 120 days')).toContain('1 person holds licenses that look unused');
    expect(await ask('per country')).toContain('1 person per country');
    expect(await ask('only Finance')).toContain('0 people per country');
  });

  it('is forgotten after half an hour, and is nobody else’s', async () => {
    await ask('inactive E5 in Sales');
    world.roles.set(MANAGER.id, ['admin']);
    await world.say(MANAGER.id, 'next');
    expect(JSON.stringify(world.connector.chatOf(MANAGER.id).at(-1)?.activity)).toContain('no list before');
    world.advance(31 * 60_000);
    expect(await ask('next')).toContain('no list before');
  });

  it('keeps its answer when it cannot be remembered', async () => {
    await world.close();
    world = await aBot({ keepQuestion: () => Promise.reject(new Error('the store is away')) });
    world.roles.set(ADMIN.id, ['admin']);
    world.readModel.run = { ...RUN, people: 1 };
    expect(await ask('who is inactive')).toContain('Nobody holds licenses');
  });
});

describe('A button with a question', () => {
  it('turns the page in the place of the card, for everybody who opens the chat anew', async () => {
    await ask('inactive 3 per page');
    const list = last();
    const next = button('Next');
    const { body } = await world.click(ADMIN.id, next.verb, next.data, list.id);
    await world.settled();
    expect(JSON.stringify(body)).toContain('Page 2 of 3');
    expect(JSON.stringify(body)).toContain('Finn');
    expect(shown(list)).toContain('Page 2 of 3');
    expect(world.connector.chatOf(ADMIN.id)).toHaveLength(1);
    expect(await ask('next')).toContain('Page 3 of 3');
  });

  it('asks something else in a message of its own', async () => {
    await ask('inactive in Sales');
    const { verb, data } = button('Per department');
    const { body } = await world.click(ADMIN.id, verb, data, last().id);
    await world.settled();
    expect(JSON.stringify(body)).toContain(TEXTS.answerFollows);
    expect(shown()).toContain('2 people per department');
  });

  it('is answered by who clicks, and by what they may do now', async () => {
    await ask('inactive 3 per page');
    const next = button('Next');
    const stranger = await world.click(MANAGER.id, next.verb, next.data, last().id);
    expect(JSON.stringify(stranger.body)).toContain('for administrators');
    world.roles.set(ADMIN.id, []);
    const former = await world.click(ADMIN.id, next.verb, next.data, last().id);
    expect(JSON.stringify(former.body)).toContain('for administrators');
    expect(JSON.stringify([stranger.body, former.body])).not.toContain('Finn');
  });

  it('of an old card is read with the words of the newest audit', async () => {
    await ask('inactive E5 1 per page');
    const next = button('Next');
    world.readModel.findings.splice(0, FINDINGS.length, ...FINDINGS.slice(2));
    const { body } = await world.click(ADMIN.id, next.verb, next.data, last().id);
    expect(JSON.stringify(body)).toContain('Nobody in the lists of the latest audit has a license');
  });

  it.each([
    ['nothing', undefined],
    ['no text', { question: { $gt: '' } }],
    ['an empty text', { question: '' }],
    ['a text far too long', { question: 'x'.repeat(5_000) }],
    ['a prototype', JSON.parse('{"__proto__":{"question":"inactive"}}')],
  ])('that brings %s is refused with a way out', async (_what, data) => {
    for (const verb of ['ask', 'turn']) {
      const { status, body } = await world.click(ADMIN.id, verb, data);
      expect([status, JSON.stringify(body)]).toEqual([200, expect.stringContaining(TEXTS.strange)]);
    }
  });

  it.each(['undo Adele Vance', 'who is constructor, __proto__', 'department "Sales'])(
    'that brings the words %j does nothing but say so',
    async (question) => {
      const { status } = await world.click(ADMIN.id, 'ask', { question });
      await world.settled();
      expect(status).toBe(200);
      expect(world.desk.undone).toEqual([]);
    },
  );
});

const RUN = {
  runId: 'run-1',
  finishedAt: '2026-11-23T06:00:00.000Z',
  reportRefreshed: undefined,
  people: 600,
  licenses: 900,
  active: 500,
  inactive: 7,
  unknown: 2,
  protected: 3,
  guests: 1,
};

describe('An export', () => {
  interface Put {
    readonly headers: Record<string, unknown>;
    readonly body: string;
  }
  let uploads: Put[];
  let server: Server;
  let answer: number;

  beforeEach(async () => {
    uploads = [];
    answer = 201;
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        uploads.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        // What restify puts in the place of writeHead gives nothing.
        response.writeHead(answer);
        response.end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });

  interface Consent {
    readonly contentType: string;
    readonly name: string;
    readonly content: { readonly sizeInBytes: number; readonly acceptContext: Record<string, unknown> };
  }

  async function consent(): Promise<Consent> {
    await ask('inactive E5 in Sales');
    await ask('export that');
    const [message] = world.connector.chatOf(ADMIN.id).slice(-2);
    const [attachment] = (message?.activity['attachments'] ?? []) as Consent[];
    if (!attachment) throw new Error('No file was offered.');
    return attachment;
  }

  async function allow(
    context: unknown,
    change: Record<string, unknown> = {},
    by = ADMIN.id,
  ): Promise<unknown> {
    const uploadInfo = {
      contentUrl: 'https://harbor-my.sharepoint.com/file.csv',
      name: 'licenses.csv',
      uploadUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/up`,
      uniqueId: 'unique',
      fileType: 'csv',
      ...change,
    };
    const value = { type: 'fileUpload', action: 'accept', context, uploadInfo };
    const answered = await world.post(by, { type: 'invoke', name: 'fileConsent/invoke', value });
    await world.settled();
    return answered;
  }

  it('asks for leave first, and says where it is to be had where Teams cannot', async () => {
    const offer = await consent();
    expect(offer).toMatchObject({
      contentType: 'application/vnd.microsoft.teams.card.file.consent',
      name: 'licenses-2026-11-23.csv',
    });
    expect(shown()).toContain('[download it here](http://127.0.0.1:');
    expect(uploads).toEqual([]);
  });

  it('is told about beside it: who is in it, and who is not', async () => {
    await consent();
    expect(shown()).toContain('The file is about 2 people with 2 licenses');
    expect(shown()).toContain(
      'Not in it, of 600 people looked at: 500 active, 5 whom the question leaves out',
    );
  });

  it('has semicolons and decimal commas for whoever reads German, in what is offered and in what is written', async () => {
    await world.post(ADMIN.id, { type: 'message', text: 'export inactive E5 in Sales', locale: 'de-DE' });
    const [message] = world.connector.chatOf(ADMIN.id).slice(-2);
    const [{ content } = { content: undefined }] = (message?.activity['attachments'] ?? []) as Consent[];
    expect(shown()).toContain('[laden Sie sie hier herunter](http://127.0.0.1:');
    await allow(content?.acceptContext);
    const [{ body } = { body: '' }] = uploads;
    expect(body.split('\r\n')[1]).toContain(';684,00;USD;');
    expect(Buffer.byteLength(body)).toBe(content?.sizeInBytes);
  });

  it('goes to the place that Teams names, whole, once it is allowed', async () => {
    const { content } = await consent();
    await allow(content.acceptContext);
    expect(uploads).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = uploads;
    expect(body.split('\r\n').slice(1, 3)).toEqual([
      expect.stringContaining(',Ada,'),
      expect.stringContaining(',Ben,'),
    ]);
    expect(Buffer.byteLength(body)).toBe(content.sizeInBytes);
    expect(headers['content-range']).toBe(`bytes 0-${content.sizeInBytes - 1}/${content.sizeInBytes}`);
    expect(shown()).toContain('application/vnd.microsoft.teams.card.file.info');
  });

  it('is made for whoever allows it, by what they may see now', async () => {
    const { content } = await consent();
    await allow(content.acceptContext, {}, MANAGER.id);
    world.roles.set(ADMIN.id, ['finance']);
    await allow(content.acceptContext);
    expect(uploads).toEqual([]);
    expect(shown()).toContain('I can tell you figures');
  });

  it.each([
    ['another machine', { uploadUrl: 'https://evil.example/up' }],
    ['a host that only looks right', { uploadUrl: 'https://sharepoint.com.evil.example/up' }],
    ['no address', { uploadUrl: 'up' }],
    ['a file', { uploadUrl: 'file:///etc/passwd' }],
    ['no encryption', { uploadUrl: 'http://harbor-my.sharepoint.com/up' }],
  ])('never goes to %s', async (_what, change) => {
    const { content } = await consent();
    await allow(content.acceptContext, change);
    expect(uploads).toEqual([]);
    expect(shown()).toContain('Nothing was written');
  });

  it.each([
    ['nothing', undefined],
    ['a question of another kind', { question: 'undo Adele Vance', runId: 'run-1' }],
    ['another audit', { question: 'who is inactive but licensed, most expensive first', runId: 'run-0' }],
  ])('that was forged to say %s writes nothing', async (_what, context) => {
    await allow(context);
    expect(uploads).toEqual([]);
    expect(world.desk.undone).toEqual([]);
  });

  it('that fails says so, and that is declined leaves nothing', async () => {
    const { content } = await consent();
    answer = 500;
    await allow(content.acceptContext);
    expect(shown()).toContain('could not be written');
    const value = { type: 'fileUpload', action: 'decline', context: content.acceptContext };
    await world.post(ADMIN.id, { type: 'invoke', name: 'fileConsent/invoke', value });
    expect(shown()).toContain('No file was written');
    expect(uploads).toHaveLength(1);
  });
});
