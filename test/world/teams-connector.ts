import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that the connector has received. */
export interface ConnectorCall {
  readonly method: string;
  /** Path and query below the service URL. */
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** What the next matching call gets instead of success. */
export interface ScriptedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer is lost after the call was taken. */
  readonly hangUp?: boolean;
}

/** A message as it now stands in a chat. */
export interface ChatMessage {
  readonly id: string;
  readonly conversationId: string;
  activity: Record<string, unknown>;
  edits: number;
}

/** Teams' connector service over HTTP on this machine: it records everything and fails where it is told to. */
export interface TeamsConnector {
  readonly serviceUrl: string;
  readonly calls: readonly ConnectorCall[];
  readonly messages: readonly ChatMessage[];
  /** Messages in a person's chat, oldest first. */
  chatOf(userId: string): readonly ChatMessage[];
  /** The conversation of a person, opened if need be. */
  conversationOf(userId: string): string;
  /** The next calls whose `METHOD path` matches get these answers, one each. */
  script(match: RegExp, ...answers: readonly ScriptedAnswer[]): void;
  /** The person removed the chat: its id is no longer known. */
  removeChat(userId: string): void;
  close(): Promise<void>;
}

/** @param refuse answers a call before anything else does; undefined: it is taken */
export async function aTeamsConnector(
  refuse: (call: ConnectorCall) => ScriptedAnswer | undefined = () => undefined,
): Promise<TeamsConnector> {
  const calls: ConnectorCall[] = [];
  const messages: ChatMessage[] = [];
  const chats = new Map<string, string>();
  const conversations = new Set<string>();
  const scripts: { match: RegExp; answers: ScriptedAnswer[] }[] = [];
  let counter = 0;

  const conversationOf = (userId: string): string => {
    const known = chats.get(userId);
    if (known) return known;
    counter += 1;
    const made = `a:${userId}-${counter}`;
    chats.set(userId, made);
    conversations.add(made);
    return made;
  };

  const handle = (call: ConnectorCall): ScriptedAnswer => {
    const refusal = refuse(call);
    if (refusal) return refusal;
    const scripted = scripts.find(
      ({ match, answers }) => answers.length > 0 && match.test(`${call.method} ${call.path}`),
    );
    const answer = scripted?.answers.shift();
    if (answer && !answer.hangUp) return answer;
    const success = succeed(call);
    return answer ? { ...success, hangUp: true } : success;
  };

  const succeed = (call: ConnectorCall): ScriptedAnswer => {
    if (call.method === 'POST' && call.path === '/v3/conversations') {
      const member = (call.body['members'] as { id?: string }[] | undefined)?.[0];
      if (!member?.id) return { status: 400, body: { error: { code: 'BadArgument', message: 'members' } } };
      return { status: 201, body: { id: conversationOf(member.id) } };
    }
    const found = /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(call.path);
    if (!found) return { status: 404 };
    const conversationId = decodeURIComponent(found[1] ?? '');
    if (!conversations.has(conversationId)) {
      return {
        status: 404,
        body: { error: { code: 'ConversationNotFound', message: 'Conversation not found.' } },
      };
    }
    if (call.method === 'PUT') {
      const message = messages.find((each) => each.id === decodeURIComponent(found[2] ?? ''));
      if (!message)
        return { status: 404, body: { error: { code: 'ActivityNotFoundInConversation', message: '' } } };
      message.activity = call.body;
      message.edits += 1;
      return { status: 200, body: { id: message.id } };
    }
    counter += 1;
    const message = { id: `m${counter}`, conversationId, activity: call.body, edits: 0 };
    messages.push(message);
    return { status: 201, body: { id: message.id } };
  };

  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const call = { method: request.method ?? '', path: request.url ?? '', body };
      calls.push(call);
      reply(response, handle(call));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    serviceUrl: `http://127.0.0.1:${port}`,
    calls,
    messages,
    chatOf: (userId) => messages.filter((message) => message.conversationId === chats.get(userId)),
    conversationOf,
    script: (match, ...answers) => scripts.push({ match, answers: [...answers] }),
    removeChat: (userId) => {
      conversations.delete(chats.get(userId) ?? '');
      chats.delete(userId);
    },
    close: () => close(server),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function reply(response: ServerResponse, answer: ScriptedAnswer): void {
  if (answer.hangUp) {
    response.destroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
