import type { AddressInfo } from 'node:net';
import type { Activity, TurnContext } from 'botbuilder';
import restify from 'restify';
import { isLoopbackHost } from '../config/addresses.js';
import type { Log } from '../telemetry/log.js';
import { NotAuthenticated, type StewardAdapter } from './adapter.js';
import { admit, type AdmissionRules } from './admission.js';
import { errorName } from './background.js';
import type { FileVisit } from './file-downloads.js';
import type { FileReply } from './file-pages.js';
import { bodyOf } from './request-body.js';

export interface ServerOptions extends AdmissionRules {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly adapter: StewardAdapter;
  readonly turn: (context: TurnContext) => Promise<void>;
  readonly file: (visit: FileVisit) => Promise<FileReply>;
  /** Each part and how it is; rejects when work cannot be done. */
  readonly ready: () => Promise<Readonly<Record<string, string>>>;
  readonly log: Log;
}

export interface Listening {
  readonly port: number;
  /** Ends open requests first; may be called again. */
  close(): Promise<void>;
}

export class PortInUse extends Error {
  override readonly name = 'PortInUse';

  constructor(
    readonly port: number,
    cause: unknown,
  ) {
    super(`Port ${port} is in use by another program: end that one, or set PORT to a free port.`, { cause });
  }
}

/** Requests could not be authenticated, and others than this machine could send them. */
export class UnauthenticatedHost extends Error {
  override readonly name = 'UnauthenticatedHost';

  constructor(readonly host: string) {
    super(`Without BOT_ID requests cannot be authenticated, so HOST must be 127.0.0.1, not ${host}.`);
  }
}

/** Teams sends an activity at once; whoever takes longer ties up a connection. */
const REQUEST_MS = 30_000;
/** A Teams activity is far below; a CSV arrives as a link. */
const MOST_BYTES = 256 * 1024;

/**
 * Serves `POST /api/messages`, `GET /healthz` and `GET /readyz`, and files to browsers at `/files/TOKEN`.
 * @throws PortInUse, UnauthenticatedHost
 */
export async function listen(options: ServerOptions): Promise<Listening> {
  if (options.bot.kind === 'tryOut' && !isLoopbackHost(options.host))
    throw new UnauthenticatedHost(options.host);
  const server = restify.createServer({ name: 'license-steward' });
  server.post('/api/messages', async (request, response) => receive(options, request, response));
  server.get('/healthz', async (_request, response) => reply(response, 200, { status: 'alive' }));
  server.get('/readyz', async (_request, response) => answerReady(options, response));
  server.get('/files/:token', async (request, response) => answerFile(options, request, response, false));
  server.post('/files/:token', async (request, response) => answerFile(options, request, response, true));
  await started(server, options);
  let closing: Promise<void> | undefined;
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => (closing ??= stopped(server)),
  };
}

function started(server: restify.Server, { host, port, log }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    // restify repeats the socket's errors on itself, where without a listener they would end the process.
    server.on('error', (error: NodeJS.ErrnoException) => {
      log.error('The server failed.', { code: error.code });
      reject(error.code === 'EADDRINUSE' ? new PortInUse(port, error) : error);
    });
    server.server.requestTimeout = REQUEST_MS;
    server.server.listen(port, host, resolve);
  });
}

/** A request that does not end by then is cut off when the server stops. */
const GRACE_MS = 5_000;

function stopped(server: restify.Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.server.closeAllConnections(), GRACE_MS);
    server.server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.server.closeIdleConnections();
  });
}

/** What is wrong stands in the log: errors of doors may name what strangers need not know. */
async function answerReady({ ready, log }: ServerOptions, response: restify.Response): Promise<void> {
  try {
    reply(response, 200, { status: 'ready', ...(await ready()) });
  } catch (error) {
    log.warn('Not ready.', { error: errorName(error) });
    reply(response, 503, { status: 'not ready', error: errorName(error) });
  }
}

/** The address is a secret: it is not logged. */
async function answerFile(
  { file }: ServerOptions,
  request: restify.Request,
  response: restify.Response,
  takes: boolean,
): Promise<void> {
  const { token } = request.params as { readonly token: string };
  const { status, headers, body } = await file({
    token,
    takes,
    languages: request.headers['accept-language'],
    isGone: () => response.destroyed,
  });
  response.writeHead(status, { ...headers, 'Content-Length': String(Buffer.byteLength(body)) });
  response.end(body);
}

async function receive(
  options: ServerOptions,
  request: restify.Request,
  response: restify.Response,
): Promise<void> {
  const { adapter, turn, log } = options;
  const body = await bodyOf(request, MOST_BYTES);
  if (body.kind === 'refused') {
    log.warn('A request was refused.', { status: body.status });
    return reply(response, body.status, undefined);
  }
  const activity = parsed(body.text);
  const admission = admit(activity, options);
  if (admission.kind === 'refused') {
    log.warn('An activity was refused.', { why: admission.why, status: admission.status });
    return reply(response, admission.status, undefined);
  }
  try {
    const answer = await adapter.receive(request.headers.authorization ?? '', activity as Activity, turn);
    reply(response, answer?.status ?? 200, answer?.body);
  } catch (error) {
    const refused = error instanceof NotAuthenticated;
    log[refused ? 'warn' : 'error']('A request could not be taken.', { error: errorName(error) });
    reply(response, refused ? 401 : 500, undefined);
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Written plainly: what an error says must not reach a stranger, and restify's formatters add to bodies. */
function reply(response: restify.Response, status: number, body: unknown): void {
  if (body === undefined) {
    response.writeHead(status, { 'Content-Length': '0' });
    response.end();
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
  });
  response.end(text);
}
