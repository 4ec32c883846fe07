import type { Middleware } from '@microsoft/microsoft-graph-client';
import { failureOf, isTransient, networkFailure } from '../classify.js';
import type { Clock } from '../clock.js';
import type { GraphAnswer, GraphCall } from '../graph-call.js';
import { GraphFailure } from '../graph-failure.js';
import type { Log } from '../../telemetry/log.js';
import { wasNeverSent } from '../network-error.js';
import type { Patience } from '../patience.js';
import { retryAfterMs } from '../retry-after.js';
import { link } from './link.js';

/**
 * Tries again what may succeed later, within the call's patience, and only what may be repeated: reads always, writes
 * that end in the same state, and any write that Graph refused unseen (429).
 */
export function retried(deps: {
  readonly newPatience: () => Patience;
  readonly clock: Clock;
  readonly log: Log;
}): Middleware {
  return link(async (call, _context, next) => {
    const patience = deps.newPatience();
    const { family, operation } = call.request;
    for (let attempt = 1; ; attempt += 1) {
      if (!(await patience.turn(family))) throw outOfTime(call);
      const failure = await attemptOnce(call, next);
      if (!failure) return;
      if (mayHaveBeenDone(call, failure)) call.outcomeUnknown = true;
      const answer = call.answer;
      if (call.request.signal?.aborted === true || !mayRepeat(call, answer)) throw failure;

      const waitMs = retryAfterMs(answer?.headers.get('Retry-After'), deps.clock.now());
      const throttled = answer?.status === 429;
      if (!(await patience.again(family, { throttled, retryAfterMs: waitMs }))) throw failure;
      const fields = { operation, family, attempt, kind: failure.kind, status: answer?.status, waitMs };
      deps.log.warn('Graph call is tried again.', { ...fields, requestId: failure.details.requestId });
    }
  });
}

/** undefined: there is an answer worth looking at, good or bad. */
async function attemptOnce(call: GraphCall, next: () => Promise<void>): Promise<GraphFailure | undefined> {
  call.answer = undefined;
  try {
    await next();
  } catch (error) {
    if (error instanceof GraphFailure && error.kind === 'network') return error;
    throw error;
  }
  const answer: GraphAnswer | undefined = call.answer;
  if (!answer) return networkFailure(call.request.operation, call.clientRequestId, 'no answer came');
  if (!isTransient(answer) || call.request.isFinal?.(answer)) return undefined;
  return failureOf(call.request.operation, answer, { clientRequestId: call.clientRequestId });
}

function mayRepeat(call: GraphCall, answer: GraphAnswer | undefined): boolean {
  return call.request.write !== 'once' || answer?.status === 429;
}

/** A write that reached Graph, or may have, and whose answer says nothing about it. */
function mayHaveBeenDone(call: GraphCall, failure: GraphFailure): boolean {
  if (call.request.write === undefined) return false;
  return failure.kind === 'network' ? !wasNeverSent(failure.cause) : (failure.details.status ?? 0) >= 500;
}

function outOfTime(call: GraphCall): GraphFailure {
  const answer = { status: 429, json: undefined };
  return failureOf(call.request.operation, answer, { clientRequestId: call.clientRequestId });
}
