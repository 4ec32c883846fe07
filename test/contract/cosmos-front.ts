import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createHttpServer } from '@vercel/cosmosdb-server';
import { runBatch } from './cosmos-batch.js';

/** A request as the store sent it. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly kind: 'read' | 'create' | 'replace' | 'remove' | 'batch' | 'query' | 'other';
}

export interface InnerAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Fault =
  /** 429 with x-ms-retry-after-ms; nothing was done. */
  | 'throttled'
  /** 503; nothing was done. */
  | 'unavailable'
  /** The connection breaks before anything was done. */
  | 'cutBefore'
  /** The connection breaks after the request was carried out. */
  | 'cutAfter'
  /** 500 after the request was carried out. */
  | 'failedAfter'
  /** Carried out, but no answer ever comes. */
  | 'silentAfter'
  /** 403, as for an identity without a role. */
  | 'forbidden'
  /** 404 because the container is missing, not the document. */
  | 'noContainer';

export interface CosmosFront {
  readonly endpoint: string;
  /** Requests for documents in their order. */
  readonly seen: SeenRequest[];
  /** The others, such as `POST /dbs`. */
  readonly administration: string[];
  /** The next `times` requests of that kind go wrong in that way. */
  fault(kind: SeenRequest['kind'] | 'any', fault: Fault, times?: number): void;
  /** Runs once before the next request of that kind is carried out, for what somebody else does meanwhile. */
  before(kind: SeenRequest['kind'], act: () => Promise<unknown>): void;
  clearFaults(): void;
  /** Past all faults and records, as somebody with more rights would. */
  administer(method: string, path: string, body: object): Promise<InnerAnswer>;
  close(): Promise<void>;
}

interface Script {
  readonly kind: SeenRequest['kind'] | 'any';
  readonly fault: Fault;
  left: number;
}

/**
 * Stands before `@vercel/cosmosdb-server` and adds what that server lacks: atomic batches, and failures on demand.
 * Everything goes through one at a time, so that a batch is not mixed with other writes.
 */
export async function startCosmosFront(protocol: 'http' | 'https' = 'http'): Promise<CosmosFront> {
  const inner = createHttpServer({ keepAlive: true });
  const innerPort = await listen(inner);
  const seen: SeenRequest[] = [];
  const administration: string[] = [];
  const scripts: Script[] = [];
  const meanwhile: { readonly kind: SeenRequest['kind']; readonly act: () => Promise<unknown> }[] = [];
  const hanging = new Set<ServerResponse>();
  let queue: Promise<unknown> = Promise.resolve();

  const carryOut = async (seenNow: SeenRequest): Promise<InnerAnswer> => {
    const turn = queue.then(() => {
      const send = (
        method: string,
        path: string,
        headers: IncomingHttpHeaders,
        body: string,
      ): Promise<InnerAnswer> => forward(innerPort, method, path, headers, body);
      return seenNow.kind === 'batch'
        ? runBatch(seenNow, send)
        : send(seenNow.method, seenNow.path, seenNow.headers, seenNow.body);
    });
    queue = turn.catch(() => undefined);
    return turn;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const now = await see(request);
    if (now.kind === 'other') administration.push(`${now.method} ${now.path}`);
    else seen.push(now);
    const script = scripts.find((one) => one.left > 0 && (one.kind === 'any' || one.kind === now.kind));
    if (script !== undefined) script.left -= 1;
    const act = meanwhile.findIndex(({ kind }) => kind === now.kind);
    if (act >= 0) await meanwhile.splice(act, 1)[0]?.act();
    const fault = script?.fault;
    if (fault === 'cutBefore') return void request.socket.destroy();
    const refused = refusal(fault);
    const result = refused ?? (await carryOut(now));
    if (fault === 'cutAfter') return void request.socket.destroy();
    if (fault === 'silentAfter') return void hanging.add(response);
    const shown = fault === 'failedAfter' ? failure(500, 'InternalServerError') : result;
    // The account tells where it wants to be asked: here, not behind.
    const body = now.path === '/' ? shown.body.replaceAll(`:${innerPort}/`, `:${port}/`) : shown.body;
    // Two calls: where restify is loaded, in the same process, its writeHead gives nothing back.
    response.writeHead(shown.status, sendable(shown.headers));
    response.end(body);
  };

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch(() => request.socket.destroy());
  };
  const server =
    protocol === 'http' ? createServer(listener) : createTlsServer(bundledCertificate(), listener);
  // Idle connections stay open, so that no test meets one that is just being closed.
  server.keepAliveTimeout = 60_000;
  const port = await listen(server);
  return {
    endpoint: `${protocol}://127.0.0.1:${port}`,
    seen,
    administration,
    fault: (kind, fault, times = 1) => void scripts.push({ kind, fault, left: times }),
    before: (kind, act) => void meanwhile.push({ kind, act }),
    clearFaults: () => {
      scripts.length = 0;
      meanwhile.length = 0;
    },
    administer: (method, url, body) => forward(innerPort, method, url, {}, JSON.stringify(body)),
    close: async () => {
      for (const response of hanging) response.socket?.destroy();
      await Promise.all([close(server), close(inner)]);
    },
  };
}

/** Of the test server: long expired, so the client has to be told to accept it. */
function bundledCertificate(): { readonly cert: Buffer; readonly key: Buffer } {
  const folder = dirname(require.resolve('@vercel/cosmosdb-server/package.json'));
  return { cert: readFileSync(join(folder, 'cert.pem')), key: readFileSync(join(folder, 'key.pem')) };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

async function see(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = 'GET', url: path = '/', headers } = request;
  return {
    method,
    path,
    headers,
    body: Buffer.concat(chunks).toString(),
    kind: kindOf(method, path, headers),
  };
}

function kindOf(method: string, path: string, headers: IncomingHttpHeaders): SeenRequest['kind'] {
  if (!/\/docs(\/|$)/.test(path)) return 'other';
  if (headers['x-ms-cosmos-is-query-plan-request'] !== undefined) return 'other';
  if (headers['x-ms-cosmos-batch-atomic'] !== undefined) return 'batch';
  if (headers['x-ms-documentdb-isquery'] !== undefined) return 'query';
  const kinds: Readonly<Record<string, SeenRequest['kind']>> = {
    GET: 'read',
    POST: 'create',
    PUT: 'replace',
    DELETE: 'remove',
  };
  return kinds[method] ?? 'other';
}

function refusal(fault: Fault | undefined): InnerAnswer | undefined {
  switch (fault) {
    case 'throttled':
      return failure(429, 'TooManyRequests', { 'x-ms-retry-after-ms': '5', 'x-ms-substatus': '3200' });
    case 'unavailable':
      return failure(503, 'ServiceUnavailable');
    case 'forbidden':
      return failure(403, 'Forbidden', { 'x-ms-substatus': '5300' });
    case 'noContainer':
      return failure(404, 'NotFound', { 'x-ms-substatus': '1003' });
    default:
      return undefined;
  }
}

function failure(status: number, code: string, headers: IncomingHttpHeaders = {}): InnerAnswer {
  const body = JSON.stringify({ code, message: code });
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-ms-request-charge': '1', ...headers },
    body,
  };
}

async function forward(
  port: number,
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: string,
): Promise<InnerAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: { ...sendable(headers), 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Without what concerns one connection only. */
function sendable(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const {
    connection: _c,
    'content-length': _l,
    'transfer-encoding': _t,
    'accept-encoding': _a,
    ...rest
  } = headers;
  return rest;
}
