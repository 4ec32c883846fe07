import type { Middleware } from '@microsoft/microsoft-graph-client';
import { networkFailure, unexpectedAnswer } from '../classify.js';
import type { GraphCall } from '../graph-call.js';
import { reasonOf } from '../network-error.js';
import { link } from './link.js';

/** A usage report that Graph hands over itself; usually it says where to download one. */
const TABLE = /^(text\/csv|application\/octet-stream)\b/i;

/**
 * Reads the answer to its end before anything is decided. A body that was cut off, or JSON that ends too early, is a
 * network failure that can be tried again; the client would report it as status 200.
 */
export function readWhole(timeoutMs: number): Middleware {
  return link(async (call, context, next) => {
    context.options = { ...context.options, signal: AbortSignal.timeout(timeoutMs) };
    let response: Response;
    let text: string;
    try {
      await next();
      if (!context.response) throw new Error('The client made no response.');
      response = context.response;
      text = await response.text();
    } catch (cause) {
      throw networkFailure(call.request.operation, call.clientRequestId, reasonOf(cause, timeoutMs), cause);
    }
    const { status, headers } = response;
    const isReport = call.request.operation.startsWith('reports.') && status === 200;
    const isTable = isReport && TABLE.test(headers.get('Content-Type') ?? '');
    call.answer = isTable
      ? { status, headers, json: undefined, csv: text }
      : { status, headers, json: parse(call, response, text) };
  });
}

function parse(call: GraphCall, response: Response, text: string): unknown {
  const { status } = response;
  const type = response.headers.get('Content-Type') ?? '';
  if (text.trim() === '' || (status >= 300 && status < 400)) return undefined;
  try {
    return JSON.parse(text);
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
