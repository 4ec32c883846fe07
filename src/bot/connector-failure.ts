import { z } from 'zod';

/** Why Teams did not take a message. */
export interface ConnectorFailure {
  /** undefined: there was no HTTP answer. */
  readonly status: number | undefined;
  readonly code: string;
  readonly retryAfterMs: number | undefined;
}

const Code = z.string().regex(/^[\w. -]{1,80}$/);
const Body = z.object({
  code: Code.optional().catch(undefined),
  subCode: Code.optional().catch(undefined),
  error: z
    .object({ code: Code.optional().catch(undefined), subCode: Code.optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
const Headers = z.object({
  get: z.custom<(name: string) => unknown>((value) => typeof value === 'function'),
});
const Thrown = z.object({
  statusCode: z.number().optional().catch(undefined),
  code: Code.optional().catch(undefined),
  body: z.unknown().optional(),
  response: z
    .object({
      status: z.number().optional(),
      headers: z.unknown().optional(),
      parsedBody: z.unknown().optional(),
      bodyAsText: z.unknown().optional(),
    })
    .optional()
    .catch(undefined),
});

/** Reads what the connector client throws: an HTTP answer with a code in its body, or a network error. */
export function connectorFailure(error: unknown): ConnectorFailure {
  const thrown = Thrown.safeParse(error);
  if (!thrown.success) return { status: undefined, code: 'Unknown', retryAfterMs: undefined };
  const { statusCode, response, body, code } = thrown.data;
  const status = statusCode ?? response?.status;
  if (status === undefined) return { status, code: 'Network', retryAfterMs: undefined };
  const told = [response?.parsedBody, body, parsed(response?.bodyAsText)]
    .map(codeIn)
    .find((found) => found !== undefined);
  return { status, code: told ?? code ?? `Http${status}`, retryAfterMs: retryAfter(response?.headers) };
}

/** The most telling code: `MessageWritesBlocked` comes as a sub-code of a plain 403. */
function codeIn(body: unknown): string | undefined {
  const read = Body.safeParse(body);
  if (!read.success) return undefined;
  const { error, subCode, code } = read.data;
  return error?.subCode ?? subCode ?? error?.code ?? code;
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Seconds, as Teams sends it; a date is not used there. */
function retryAfter(headers: unknown): number | undefined {
  const read = Headers.safeParse(headers);
  if (!read.success) return undefined;
  const value = (headers as { get(name: string): unknown }).get('retry-after');
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

/** Facts: teams.md 1.4. Worth a second try within the same send. */
export function isPassing({ status }: ConnectorFailure): boolean {
  return status !== undefined && [412, 429, 502, 503, 504].includes(status);
}

/** The chat is no more, for example because the person removed it. */
export function isConversationGone({ status, code }: ConnectorFailure): boolean {
  return status === 404 && code !== 'ActivityNotFoundInConversation';
}

/** Trouble of the whole app, not of one person: an operator has to act, and then it works. */
const OPERATOR_CODES = [
  'BotNotRegistered',
  'BotDisabledByAdmin',
  'NotEnoughPermissions',
  'InvalidBotApiHost',
];

/** never: this person cannot be reached this way. later: another time it can work. */
export function whetherAgain(failure: ConnectorFailure): 'never' | 'later' {
  const { status, code } = failure;
  if (status === undefined || status >= 500 || isPassing(failure)) return 'later';
  if (status === 401 || status === 408 || OPERATOR_CODES.includes(code)) return 'later';
  return 'never';
}

export function needsOperator({ status, code }: ConnectorFailure): boolean {
  // A message that Teams cannot read is a mistake of the program.
  return status === 400 || status === 401 || status === 413 || OPERATOR_CODES.includes(code);
}
