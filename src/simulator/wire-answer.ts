import { ExchangeRefusal } from './exchange.js';
import { GraphRefusal } from './graph-call.js';
import type { GraphAnswer } from './graph-call.js';

const JSON_TYPE =
  'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** What every answer of Graph carries. */
export interface Stamp {
  readonly requestId: string;
  readonly clientRequestId: string;
  readonly date: Date;
}

/** A finished answer: headers as sent, body as text or stream. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: GraphAnswer['body'];
}

export function wireAnswer(answer: GraphAnswer, stamp: Stamp): WireAnswer {
  const type = !answer.body ? {} : { 'Content-Type': 'json' in answer.body ? JSON_TYPE : answer.body.type };
  return {
    status: answer.status,
    headers: {
      'Cache-Control': 'no-cache',
      ...type,
      'OData-Version': '4.0',
      'request-id': stamp.requestId,
      'client-request-id': stamp.clientRequestId,
      ...answer.headers,
    },
    body: answer.body,
  };
}

/** Graph's error body; anything that is no refusal is a fault of the simulator and says so. */
export function errorAnswer(error: unknown, stamp: Stamp): WireAnswer {
  const refusal =
    error instanceof GraphRefusal
      ? error
      : new GraphRefusal(500, 'InternalServerError', `The simulator failed: ${String(error)}`);
  const innerError = {
    ...refusal.inner,
    date: stamp.date.toISOString().slice(0, 19),
    'request-id': stamp.requestId,
    'client-request-id': stamp.clientRequestId,
  };
  const json = { error: { code: refusal.code, message: refusal.message, innerError } };
  return wireAnswer({ status: refusal.status, headers: refusal.headers, body: { json } }, stamp);
}

/** Exchange's error body: what the cmdlet said stands in its details. */
export function exchangeErrorAnswer(error: unknown, stamp: Stamp): WireAnswer {
  const refusal =
    error instanceof ExchangeRefusal
      ? error
      : new ExchangeRefusal(500, 'InternalServerError', `The simulator failed: ${String(error)}`);
  const { code, said, message, status } = refusal;
  const details = said === undefined ? {} : { details: [{ code: 'Context', target: '', message: said }] };
  const json = {
    error: { code, message, ...details, innererror: { message, type: 'ODataServiceException' } },
  };
  return wireAnswer({ status, body: { json } }, stamp);
}
