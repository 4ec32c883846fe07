import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LanguageModelSettings } from '../../src/config/language-model.js';

export const OPENAI_KEY = 'openai-key-that-nobody-may-see';

/** One request as the service received it. */
export interface OpenAiRequest {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly body: Record<string, unknown>;
  readonly authorization: string | undefined;
}

/** What the next request gets: what the model says, or another answer of the service. */
export type OpenAiAnswer =
  | string
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly finish?: string;
      /** Milliseconds of real time before it answers. */
      readonly after?: number;
    };

/** The chat completions API of Azure OpenAI on this machine: it refuses what Azure refuses and records the rest. */
export interface OpenAi {
  readonly settings: LanguageModelSettings;
  readonly requests: readonly OpenAiRequest[];
  /** Requests that it refused for their address, key or form. */
  readonly refused: readonly string[];
  /** The next answers, one each; after them it says that there is no question. */
  answers(...next: readonly OpenAiAnswer[]): void;
  close(): Promise<void>;
}

const PATH = '/openai/deployments/reader/chat/completions?api-version=2024-10-21';

/** @param takes its key, or with `Bearer ` the token that it takes */
export async function anOpenAi(takes: string = OPENAI_KEY): Promise<OpenAi> {
  const requests: OpenAiRequest[] = [];
  const refused: string[] = [];
  const queue: OpenAiAnswer[] = [];
  const timers = new Set<NodeJS.Timeout>();

  const answer = (response: ServerResponse, next: OpenAiAnswer): void => {
    if (response.destroyed) return;
    if (typeof next === 'string') return end(response, 200, completion(next, 'stop'));
    for (const [name, value] of Object.entries(next.headers ?? {})) response.setHeader(name, value);
    const body = next.finish === undefined ? (next.body ?? '') : completion(next.body ?? '', next.finish);
    end(response, next.status ?? 200, body);
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await textOf(request);
    const { authorization, 'api-key': key } = request.headers;
    const isKnown = takes.startsWith('Bearer ') ? authorization === takes : key === takes;
    const wrong = request.method !== 'POST' || request.url !== PATH ? 404 : isKnown ? undefined : 401;
    if (wrong !== undefined) {
      refused.push(`${wrong} ${request.method} ${request.url}`);
      return end(
        response,
        wrong,
        JSON.stringify({ error: { code: String(wrong), message: `key ${String(key)}` } }),
      );
    }
    const body = JSON.parse(text) as Record<string, unknown>;
    requests.push({ messages: body['messages'] as OpenAiRequest['messages'], body, authorization });
    const next = queue.shift() ?? '{"kind":"none"}';
    const after = typeof next === 'string' ? 0 : (next.after ?? 0);
    if (after === 0) return answer(response, next);
    timers.add(setTimeout(() => answer(response, next), after));
  };

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    settings: {
      endpoint: `http://127.0.0.1:${port}`,
      deployment: 'reader',
      apiVersion: '2024-10-21',
      key: takes.startsWith('Bearer ') ? undefined : takes,
      timeoutMs: 2_000,
    },
    requests,
    refused,
    answers: (...next) => void queue.push(...next),
    close: async () => {
      for (const timer of timers) clearTimeout(timer);
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function completion(content: string, finish: string): string {
  const message = { role: 'assistant', content };
  return JSON.stringify({ id: 'chatcmpl-1', choices: [{ index: 0, finish_reason: finish, message }] });
}

function end(response: ServerResponse, status: number, body: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(body);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += String(part);
  return text;
}
