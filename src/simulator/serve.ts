import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { readBatch, runBatch, stepPath } from './batch.js';
import type { BatchStep } from './batch.js';
import { answerControl, CONTROL_PATH } from './control.js';
import type { FaultAnswer, Faults, StatusFault } from './faults.js';
import { answerCall } from './graph.js';
import type { Graph } from './graph.js';
import { GraphRefusal } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { EXCHANGE_PATH, invokeCommand } from './exchange.js';
import { callOf, headersOf, partsOf, readBody, send } from './http-edge.js';
import type { Sending } from './http-edge.js';
import type { Recorder, RequestRecord } from './recorder.js';
import { DOWNLOAD_PATH, downloadReport } from './reports.js';
import { SIMULATOR_TOKEN } from './token.js';
import { errorAnswer, exchangeErrorAnswer, wireAnswer } from './wire-answer.js';
import type { Stamp, WireAnswer } from './wire-answer.js';

/** What one listening server needs to answer. */
export interface Service {
  readonly graph: Graph;
  readonly faults: Faults;
  readonly recorder: Recorder;
  readonly gzip: boolean;
  readonly origins: { readonly graph: string; readonly download: string };
}

/** One request as it came in. */
interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly stamp: Stamp;
}

const WEB_PAGE = '<!doctype html><html><body><h1>Sign in to continue</h1></body></html>';

/** Answers one HTTP request, or breaks it where a scripted fault says so. */
export async function serve(
  service: Service,
  side: 'graph' | 'download',
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const incoming = await read(service, request);
    const gzip = service.gzip && /\bgzip\b/.test(incoming.headers['accept-encoding'] ?? '');
    if (side === 'graph' && incoming.path.startsWith(CONTROL_PATH)) {
      const { world, permissions } = service.graph;
      const behind = { world, permissions, faults: service.faults, recorder: service.recorder };
      const path = incoming.path.split('?')[0] ?? '';
      await send(
        response,
        wireAnswer(answerControl(behind, incoming.method, path, incoming.body), incoming.stamp),
        gzip,
      );
      return;
    }
    await serveGraph(service, incoming, response, gzip);
  } catch {
    // The caller hung up, or half an answer was sent: there is nobody left to tell.
    response.destroy();
  }
}

async function serveGraph(
  service: Service,
  incoming: Incoming,
  response: ServerResponse,
  gzip: boolean,
): Promise<void> {
  const fault = service.faults.next(incoming.method, decoded(incoming.path));
  if (fault?.kind === 'cutBefore') {
    note(service, incoming, 0, false);
    response.destroy();
    return;
  }
  if (fault?.kind === 'wait') await wait(fault.ms);
  const answer = spoiled(fault, incoming.stamp) ?? (await answerIncoming(service, incoming));
  if (fault?.kind === 'cutAfter') {
    note(service, incoming, 0, false);
    response.destroy();
    return;
  }
  note(service, incoming, answer.status, false);
  noteExchange(service, incoming, answer);
  const sending: Sending = fault?.kind === 'halfBody' || fault?.kind === 'cutMidway' ? fault.kind : 'whole';
  await send(response, answer, gzip, sending);
}

async function answerIncoming(service: Service, incoming: Incoming): Promise<WireAnswer> {
  const { stamp } = incoming;
  try {
    if (incoming.path.startsWith(DOWNLOAD_PATH)) {
      const secret = new URLSearchParams(incoming.path.split('?')[1]).get('token') ?? '';
      return wireAnswer(downloadReport(service.graph.world, secret), stamp);
    }
    checkToken(incoming);
    if (incoming.path.startsWith(EXCHANGE_PATH)) return await answerExchange(service, incoming);
    const call = callOf(
      incoming.method,
      incoming.path,
      incoming.headers,
      incoming.body,
      service.origins.graph,
    );
    const isBatch = call.segments.length === 1 && call.segments[0] === '$batch' && call.method === 'POST';
    return wireAnswer(
      isBatch ? await answerBatch(service, incoming, call) : await answerCall(service.graph, call),
      stamp,
    );
  } catch (error) {
    return errorAnswer(error, stamp);
  }
}

async function answerExchange({ graph }: Service, incoming: Incoming): Promise<WireAnswer> {
  const { method, path, headers, body, stamp } = incoming;
  const call = partsOf(method, path, headers, body);
  if (graph.latencyMs > 0) await wait(graph.latencyMs);
  try {
    return wireAnswer(invokeCommand(graph.world, call), stamp);
  } catch (error) {
    return exchangeErrorAnswer(error, stamp);
  }
}

async function answerBatch(service: Service, incoming: Incoming, call: GraphCall): Promise<GraphAnswer> {
  const steps = readBatch(call.body);
  const responses = await runBatch(steps, (step) => answerStep(service, incoming, step, call));
  return { status: 200, body: { json: { responses } } };
}

async function answerStep(
  service: Service,
  incoming: Incoming,
  step: BatchStep,
  batch: GraphCall,
): Promise<WireAnswer> {
  const headers = Object.fromEntries(
    Object.entries(step.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const path = stepPath(step, batch.version);
  const method = step.method.toUpperCase();
  const body = step.body === undefined ? '' : JSON.stringify(step.body);
  const one: Incoming = { ...incoming, method, path, headers, body };
  const fault = service.faults.next(method, decoded(path), ['status', 'wait']);
  if (fault?.kind === 'wait') await wait(fault.ms);
  const answer = spoiled(fault, incoming.stamp) ?? (await answerAlone(service, one));
  note(service, one, answer.status, true);
  noteExchange(service, one, answer);
  return answer;
}

async function answerAlone(service: Service, one: Incoming): Promise<WireAnswer> {
  try {
    const call = callOf(one.method, one.path, one.headers, one.body, service.origins.graph);
    return wireAnswer(await answerCall(service.graph, call), one.stamp);
  } catch (error) {
    return errorAnswer(error, one.stamp);
  }
}

/** The answer that a fault puts in place of the right one; undefined when the right one is still needed. */
function spoiled(fault: FaultAnswer | undefined, stamp: Stamp): WireAnswer | undefined {
  if (fault?.kind === 'html')
    return wireAnswer({ status: 200, body: { text: WEB_PAGE, type: 'text/html' } }, stamp);
  return fault?.kind === 'status' ? errorAnswer(refusalOf(fault), stamp) : undefined;
}

function refusalOf(fault: StatusFault): GraphRefusal {
  const usual = USUAL_ERRORS[fault.status] ?? ['UnknownError', 'An unknown error has occurred.'];
  const headers = fault.retryAfter === undefined ? {} : { 'Retry-After': fault.retryAfter };
  return new GraphRefusal(fault.status, fault.code ?? usual[0], fault.message ?? usual[1], headers);
}

const USUAL_ERRORS: Readonly<Record<number, readonly [string, string]>> = {
  401: ['InvalidAuthenticationToken', 'Access token has expired or is not yet valid.'],
  403: ['Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'],
  429: ['TooManyRequests', 'Please retry again later.'],
  500: ['InternalServerError', 'An internal server error occurred.'],
  503: ['ServiceUnavailable', 'The service is temporarily unavailable.'],
  504: ['GatewayTimeout', 'The gateway timed out.'],
};

function checkToken(incoming: Incoming): void {
  const given = incoming.headers['authorization'];
  if (given === `Bearer ${SIMULATOR_TOKEN}`) return;
  const message =
    given === undefined ? 'Access token is empty.' : 'Access token validation failure. Invalid token.';
  throw new GraphRefusal(401, 'InvalidAuthenticationToken', message, { 'WWW-Authenticate': 'Bearer' });
}

async function read(service: Service, request: IncomingMessage): Promise<Incoming> {
  const headers = headersOf(request);
  const requestId = service.graph.nextRequestId();
  return {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers,
    body: await readBody(request),
    stamp: {
      requestId,
      clientRequestId: headers['client-request-id'] ?? requestId,
      date: service.graph.world.now(),
    },
  };
}

function note(service: Service, incoming: Incoming, status: number, inBatch: boolean): void {
  service.recorder.request({
    method: incoming.method,
    path: incoming.path,
    origin: originOf(incoming.path),
    inBatch,
    authorization: incoming.headers['authorization'] !== undefined,
    status,
    at: incoming.stamp.date,
  });
}

function originOf(path: string): RequestRecord['origin'] {
  if (path.startsWith(DOWNLOAD_PATH)) return 'download';
  return path.startsWith(EXCHANGE_PATH) ? 'exchange' : 'graph';
}

function noteExchange(service: Service, incoming: Incoming, answer: WireAnswer): void {
  if (!service.recorder.keepsExchanges || incoming.path.startsWith(DOWNLOAD_PATH)) return;
  service.recorder.exchange({
    method: incoming.method,
    url: incoming.path,
    requestHeaders: incoming.headers,
    requestBody: incoming.body === '' ? undefined : jsonOr(incoming.body),
    status: answer.status,
    responseHeaders: answer.headers,
    responseBody: bodyOf(answer),
  });
}

function bodyOf(answer: WireAnswer): unknown {
  if (!answer.body || 'stream' in answer.body) return undefined;
  // As the caller reads it: what JSON leaves out is left out.
  return 'json' in answer.body ? jsonOr(JSON.stringify(answer.body.json)) : answer.body.text;
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
