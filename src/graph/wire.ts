import { randomUUID } from 'node:crypto';
import { Client, HTTPMessageHandler, ResponseType } from '@microsoft/microsoft-graph-client';
import type { GraphRequest as ClientRequest } from '@microsoft/microsoft-graph-client';
import type { z } from 'zod';
import { addressed } from './chain/addressed.js';
import { deletesWithCare } from './chain/deletes-with-care.js';
import { readWhole } from './chain/read-whole.js';
import { retried } from './chain/retried.js';
import { withToken } from './chain/with-token.js';
import { failureOf, unexpectedAnswer, withUnknownOutcome } from './classify.js';
import type { Clock } from './clock.js';
import { GraphCall } from './graph-call.js';
import type { GraphAnswer, GraphRequest } from './graph-call.js';
import type { Log } from '../telemetry/log.js';
import { createPatience } from './patience.js';
import type { Patience, RetryLimits } from './patience.js';
import type { Operation } from './permissions.js';
import { createFamilies } from './throttle-families.js';
import { permissionsIn } from './token-permissions.js';
import type { TokenSource } from './tokens.js';

/** The line to Graph that all readers of this folder share. */
export interface Wire {
  readonly base: URL;
  readonly clock: Clock;
  readonly log: Log;
  /** How many batches may be under way at once. */
  readonly batchesAtOnce: number;
  readonly requestTimeoutMs: number;
  newPatience(): Patience;
  /** What the token says that the app may do; undefined: it does not tell. */
  granted(): Promise<ReadonlySet<string> | undefined>;
  /**
   * One request, retried within limits.
   * @returns an answer of status 2xx, or of a status in `alsoAccept`
   * @throws GraphFailure for everything else
   */
  send(request: GraphRequest): Promise<GraphAnswer>;
}

export interface WireParts {
  readonly base: URL;
  readonly token: TokenSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly limits: RetryLimits;
  readonly signInPerMinute: number;
  readonly batchesAtOnce: number;
  readonly requestTimeoutMs: number;
}

const VERSION = 'v1.0';

export function openWire(parts: WireParts): Wire {
  const { base, clock, log, random, limits } = parts;
  const families = createFamilies(clock, parts.signInPerMinute);
  const newPatience = (): Patience => createPatience({ limits, clock, random, families });
  const client = Client.initWithMiddleware({
    baseUrl: base.href,
    defaultVersion: VERSION,
    middleware: [
      addressed(base),
      deletesWithCare(base),
      retried({ newPatience, clock, log }),
      withToken(base, parts.token),
      readWhole(parts.requestTimeoutMs),
      new HTTPMessageHandler(),
    ],
  });

  const send = async (request: GraphRequest): Promise<GraphAnswer> => {
    const call = new GraphCall(request, addressOf(request, base), randomUUID());
    const started = clock.now().getTime();
    // The path is only for the client's eye; the first link puts the real address in its place.
    const api = client
      .api('/')
      .middlewareOptions([call])
      .responseType(ResponseType.RAW)
      .headers({ ...request.headers });
    try {
      await sent(api, request);
    } catch (cause) {
      const failure = call.failure ?? unexpectedAnswer(request.operation, 'the Graph client failed', cause);
      throw call.outcomeUnknown ? withUnknownOutcome(failure) : failure;
    }
    const { answer } = call;
    if (!answer) throw unexpectedAnswer(request.operation, 'the Graph client brought no answer');
    const { operation, family } = request;
    log.debug('Graph answered.', {
      operation,
      family,
      status: answer.status,
      ms: clock.now().getTime() - started,
    });
    const isGood = answer.status >= 200 && answer.status < 300;
    if (isGood || request.alsoAccept?.includes(answer.status) || request.isFinal?.(answer)) return answer;
    const { clientRequestId, outcomeUnknown } = call;
    throw failureOf(request.operation, answer, { clientRequestId, outcomeUnknown });
  };

  return {
    base,
    clock,
    log,
    batchesAtOnce: parts.batchesAtOnce,
    requestTimeoutMs: parts.requestTimeoutMs,
    newPatience,
    granted: async () => permissionsIn(await parts.token.token()),
    send,
  };
}

function sent(api: ClientRequest, { method, body }: GraphRequest): Promise<unknown> {
  switch (method) {
    case 'GET':
      return api.get();
    case 'POST':
      return api.post(body);
    case 'PATCH':
      return api.patch(body);
    case 'DELETE':
      return api.delete();
    default:
      return method satisfies never;
  }
}

function addressOf(request: GraphRequest, base: URL): URL {
  if (request.address.startsWith('/')) return new URL(addressBelow(base, request.address));
  if (!URL.canParse(request.address)) {
    throw unexpectedAnswer(request.operation, 'the link to the next page is no address');
  }
  return new URL(request.address);
}

/** The whole address of a path below the version. */
export function addressBelow(base: URL, path: string): string {
  return `${base.href.replace(/\/$/, '')}/${VERSION}${path}`;
}

/** Reads `json` by the schema of the fields we use. `within`: where in the answer it lies, for the message. */
export function parseAnswer<Schema extends z.ZodType>(
  operation: Operation,
  schema: Schema,
  json: unknown,
  within?: string,
): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String) ?? [];
  const where = [...(within === undefined ? [] : [within]), ...path].join('.');
  throw unexpectedAnswer(operation, `the answer is not as documented at "${where}": ${issue?.message ?? ''}`);
}
