import { z } from 'zod';
import { EXCHANGE_PERMISSION, EXCHANGE_ROLE } from '../audit/tasks/graph-operations.js';
import type { GraphAnswer } from './graph-call.js';
import { GraphFailure } from './graph-failure.js';
import type { GraphFailureKind } from './graph-failure.js';
import { OPERATIONS, serviceOf } from './permissions.js';
import type { Operation } from './permissions.js';

/** The parts of an answer that say what went wrong; a step of a batch has them as well. */
export type FailedAnswer = Pick<GraphAnswer, 'status' | 'json'> & { readonly headers?: Headers };

const ERROR_BODY = z.object({
  error: z.object({
    code: z.string().nullish(),
    message: z.string().nullish(),
    innerError: z.object({ 'request-id': z.string().nullish() }).nullish().catch(undefined),
  }),
});

const TRANSIENT = new Set([429, 500, 502, 503, 504]);
const CONCURRENCY = 'Directory_ConcurrencyViolation';
const NO_PREMIUM = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant';

/** Graph's own code and words; both undefined when the body is not an error as Graph writes it. */
export function errorOf(json: unknown): {
  readonly code: string | undefined;
  readonly message: string | undefined;
} {
  const parsed = ERROR_BODY.safeParse(json);
  return {
    code: parsed.data?.error.code ?? undefined,
    message: parsed.data?.error.message ?? undefined,
  };
}

/** Whether the same request may succeed a little later. */
export function isTransient(answer: FailedAnswer): boolean {
  return TRANSIENT.has(answer.status) || (answer.status === 409 && errorOf(answer.json).code === CONCURRENCY);
}

/** Turns an answer that nobody can use into the failure that says what to do about it. */
export function failureOf(
  operation: Operation,
  answer: FailedAnswer,
  more: { readonly clientRequestId?: string; readonly outcomeUnknown?: boolean } = {},
): GraphFailure {
  const { code, message } = errorOf(answer.json);
  const kind = kindOf(answer.status, code);
  const requestId = requestIdOf(answer) ?? more.clientRequestId;
  return new GraphFailure(kind, sentence(kind, operation, answer.status, code, message), {
    operation,
    status: answer.status,
    ...(code === undefined ? {} : { code }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(more.outcomeUnknown ? { outcomeUnknown: true } : {}),
  });
}

/** A connection that broke before the answer was whole. */
export function networkFailure(
  operation: Operation,
  clientRequestId: string | undefined,
  what: string,
  cause?: unknown,
): GraphFailure {
  const { name, setting } = serviceOf(operation);
  return new GraphFailure(
    'network',
    `${name} could not be reached to ${OPERATIONS[operation].does}: ${what}. ` +
      `Check the network, the proxy and ${setting}.`,
    { operation, ...(clientRequestId === undefined ? {} : { requestId: clientRequestId }) },
    cause,
  );
}

/** An answer that is not what Graph documents, as from a proxy's login page or a changed service. */
export function unexpectedAnswer(operation: Operation, what: string, cause?: unknown): GraphFailure {
  const { name, setting } = serviceOf(operation);
  return new GraphFailure(
    'unexpectedAnswer',
    `${name} was asked to ${OPERATIONS[operation].does}, but ${what}. Nothing of this read is used; ` +
      `if it happens again, look for a proxy in between and check ${setting}.`,
    { operation },
    cause,
  );
}

/** The same failure, marked as a write that may have been carried out. */
export function withUnknownOutcome(failure: GraphFailure): GraphFailure {
  return new GraphFailure(
    failure.kind,
    failure.message,
    { ...failure.details, outcomeUnknown: true },
    failure.cause,
  );
}

function kindOf(status: number, code: string | undefined): GraphFailureKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return code === NO_PREMIUM ? 'noPremium' : 'forbidden';
  if (status === 404) return 'notFound';
  if (status === 429) return 'throttled';
  // Somebody else changes the same object, again and again: the service's state, not our request, is at fault.
  if (status >= 500 || code === CONCURRENCY) return 'serverError';
  return status >= 400 ? 'badRequest' : 'unexpectedAnswer';
}

function requestIdOf(answer: FailedAnswer): string | undefined {
  const inBody = ERROR_BODY.safeParse(answer.json).data?.error.innerError?.['request-id'];
  return answer.headers?.get('request-id') ?? inBody ?? undefined;
}

function sentence(
  kind: GraphFailureKind,
  operation: Operation,
  status: number,
  code: string | undefined,
  message: string | undefined,
): string {
  const { does, permissions } = OPERATIONS[operation];
  const { name, setting } = serviceOf(operation);
  const answer = code === undefined ? `${status}` : `${status} ${code}`;
  switch (kind) {
    case 'unauthorized':
      return (
        `${name} did not accept our token when asked to ${does} (${answer}). Check that the app's identity ` +
        `exists in this tenant, that its credential is valid, and that ${setting} is of the same cloud.`
      );
    case 'forbidden':
      return (
        `${name} refused to ${does} (${answer}). ${grant(permissions)}` +
        'A permission granted just now may need some minutes to take effect.'
      );
    case 'noPremium':
      return (
        `${name} refused to ${does} (${answer}): this tenant has no Entra ID P1 or P2. ` +
        `${operation === 'auditLogs.signIns.list' ? LOOK_BY_HAND : GO_WITHOUT_DATES}, or license the tenant.`
      );
    case 'notFound':
      return (
        `${name} was asked to ${does}, but there is no such object (${answer}). ` +
        `Try again later; if it happens again, check ${setting}.`
      );
    case 'throttled':
      return (
        `${name} still asks us to slow down when asked to ${does} (${answer}), after every retry allowed. ` +
        'Try again later; other apps in the tenant share this quota.'
      );
    case 'serverError':
      return `${name} failed to ${does} (${answer}), after every retry allowed. Try again later.`;
    default: {
      const words = message === undefined ? '' : ` It says: ${withoutAddresses(message)}`;
      return `${name} did not understand or allow our request to ${does} (${answer}).${words} ${AGAIN}`;
    }
  }
}

const GO_WITHOUT_DATES = 'Set evidence.require to [workload] in the policy';
const LOOK_BY_HAND =
  'Look at the last 7 days in the Microsoft Entra admin center, on the page of the person under Sign-in logs';
const AGAIN = 'Try again later; if it happens again, ask Microsoft support.';

function grant(permissions: readonly string[]): string {
  if (permissions.length === 0) return 'Look at what the app may do with `npm run steward -- permissions`. ';
  const names = permissions.join(' and ');
  const noun = permissions.length === 1 ? 'permission' : 'permissions';
  const role = permissions.includes(EXCHANGE_PERMISSION) ? ` and the Entra role ${EXCHANGE_ROLE}` : '';
  return `The app needs the application ${noun} ${names}, with admin consent${role}. `;
}

/** Graph's words for logs and cards: addresses of people left out, and not longer than a line or two. */
export function withoutAddresses(message: string): string {
  return message.replaceAll(/[^\s'"<>]+@[^\s'"<>]+/g, '(address)').slice(0, 300);
}
