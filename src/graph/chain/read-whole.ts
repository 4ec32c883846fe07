import type { Middleware } from '@microsoft/microsoft-graph-client';
import { networkFailure, unexpectedAnswer } from '../classify.js';
import type { GraphCall, GraphRequest } from '../graph-call.js';
import { reasonOf } from '../network-error.js';
import { jsonPieces, type JsonPieces } from './json-pieces.js';
import { link } from './link.js';

/** A usage report that Graph hands over itself; usually it says where to download one. */
const TABLE = /^(text\/csv|application\/octet-stream)\b/i;

/**
 * Reads the answer to its end before anything is decided. A body that was cut off, or JSON that ends too early, is a
 * network failure that can be tried again; the client would report it as status 200.
 */
export function readWhole(timeoutMs: number): Middleware {
  return link(async (call, context, next) => {
    context.options = { ...context.options, signal: signalOf(call, timeoutMs) };
    let response: Response;
    let body: Body;
    try {
      await next();
      if (!context.response) throw new Error('The client made no response.');
      response = context.response;
      body = isTable(call, response)
        ? { csv: await response.text() }
        : await jsonBody(response, call.request.eachRow);
    } catch (cause) {
      throw networkFailure(call.request.operation, call.clientRequestId, reasonOf(cause, timeoutMs), cause);
    }
    const { status, headers } = response;
    call.answer =
      'csv' in body
        ? { status, headers, json: undefined, csv: body.csv }
        : { status, headers, json: valueOf(call, response, body) };
  });
}

function signalOf({ request: { signal } }: GraphCall, timeoutMs: number): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal === undefined ? timeout : AbortSignal.any([timeout, signal]);
}

type Body = { readonly csv: string } | { readonly isBlank: boolean; readonly json: JsonPieces };

function isTable(call: GraphCall, { status, headers }: Response): boolean {
  const isReport = call.request.operation.startsWith('reports.') && status === 200;
  return isReport && TABLE.test(headers.get('Content-Type') ?? '');
}

async function jsonBody(response: Response, eachRow: GraphRequest['eachRow']): Promise<Body> {
  const decoder = new TextDecoder();
  const json = jsonPieces(response.ok ? eachRow : undefined);
  let isBlank = true;
  const add = (text: string): void => {
    isBlank &&= text.trim() === '';
    json.add(text);
  };
  for await (const bytes of response.body ?? []) add(decoder.decode(bytes, { stream: true }));
  add(decoder.decode());
  return { isBlank, json };
}

function valueOf(
  call: GraphCall,
  response: Response,
  { isBlank, json }: Exclude<Body, { csv: string }>,
): unknown {
  const { status } = response;
  const type = response.headers.get('Content-Type') ?? '';
  if (isBlank || (status >= 300 && status < 400)) return undefined;
  try {
    return json.end();
  } catch (cause) {
    // A gateway's page behind a status that says enough.
    if (status >= 500 || status === 429 || (status >= 400 && !/json/i.test(type))) return undefined;
    if (/json/i.test(type)) {
      throw networkFailure(call.request.operation, call.clientRequestId, 'only half an answer came', cause);
    }
    if (call.request.write !== undefined) call.outcomeUnknown = true;
    throw unexpectedAnswer(
      call.request.operation,
      `an answer of type "${type.slice(0, 60)}" came instead of JSON`,
    );
  }
}
