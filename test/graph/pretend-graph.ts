import { afterEach } from '@jest/globals';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it arrived; `url` is decoded, so that tests can be read. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly rawUrl: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string | Uint8Array;
  /** Ends the connection instead of answering, or after what is given above. */
  readonly cut?: boolean;
}

export interface PretendGraph {
  readonly origin: string;
  readonly seen: readonly Seen[];
}

type Answering = (request: Seen, index: number) => Reply | Promise<Reply>;

const running: Server[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A small server on loopback that answers as told, for what the simulated tenant is too well-behaved to do. */
export async function pretendGraph(answering: Answering): Promise<PretendGraph> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, seen, answering);
  });
  running.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, seen };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  seen: Seen[],
  answering: Answering,
): Promise<void> {
  const rawUrl = request.url ?? '';
  const arrived: Seen = {
    method: request.method ?? '',
    url: decodeURIComponent(rawUrl),
    rawUrl,
    headers: request.headers,
    body: await text(request),
  };
  seen.push(arrived);
  const reply = await answering(arrived, seen.length - 1);
  const body = reply.json === undefined ? (reply.text ?? '') : JSON.stringify(reply.json);
  if (reply.cut && body === '') {
    request.socket.destroy();
    return;
  }
  const type = reply.json === undefined ? 'text/plain' : 'application/json';
  response.writeHead(reply.status ?? 200, { 'Content-Type': type, ...reply.headers });
  if (reply.cut) response.write(body, () => request.socket.destroy());
  else response.end(body);
}

/** An address on loopback where nobody listens. */
export async function nowhere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** An error body as Graph writes it. */
export function graphError(status: number, code: string, message = 'No words.', headers = {}): Reply {
  return {
    status,
    headers,
    json: { error: { code, message, innerError: { 'request-id': 'graph-says-1' } } },
  };
}

export function throttled(retryAfter?: string): Reply {
  const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
  return graphError(429, 'TooManyRequests', 'Please retry again later.', headers);
}

/** An access token that says what was granted, as those of Entra do. */
export function tokenWith(...permissions: readonly string[]): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ roles: permissions })}.unsigned`;
}
