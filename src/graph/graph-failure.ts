export type GraphFailureKind =
  /** 401, or no token could be had. */
  | 'unauthorized'
  /** 403: a permission is missing or revoked. */
  | 'forbidden'
  /** 403 of a tenant without Entra ID P1. */
  | 'noPremium'
  | 'notFound'
  /** 429 beyond the bounded retry. */
  | 'throttled'
  /** 5xx beyond the bounded retry. */
  | 'serverError'
  /** Cut connection, timeout, half an answer. */
  | 'network'
  /** The answer is not what Graph documents. */
  | 'unexpectedAnswer'
  /** A next link or download to an origin that may not be called. */
  | 'foreignOrigin'
  | 'badRequest';

/** Graph could not be used. `message` is a sentence for an operator; it holds no token and no personal data. */
export class GraphFailure extends Error {
  override readonly name = 'GraphFailure';

  constructor(
    readonly kind: GraphFailureKind,
    message: string,
    readonly details: {
      readonly operation: string;
      readonly status?: number;
      readonly code?: string;
      readonly requestId?: string;
      /** true: a write whose answer was lost; it may have been carried out. */
      readonly outcomeUnknown?: boolean;
      /** true: a read of which a part was handed out before the rest broke off; begun anew, all of it may come. */
      readonly brokenOff?: boolean;
    },
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

const PASSING: ReadonlySet<GraphFailureKind> = new Set(['throttled', 'serverError', 'network']);

/** Failures that pass by themselves: worth another try later, and no sign that something is set up wrongly. */
export function passesByItself({ kind }: GraphFailure): boolean {
  return PASSING.has(kind);
}
