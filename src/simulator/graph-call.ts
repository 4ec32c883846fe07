import type { Readable } from 'node:stream';

/** One request as Graph understands it, whether it came alone or as a step of a batch. */
export interface GraphCall {
  readonly method: string;
  readonly version: 'v1.0' | 'beta';
  /** Decoded path segments after the version. */
  readonly segments: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or undefined when there is no body. */
  readonly body: unknown;
  /** `http://127.0.0.1:1234`: where links must point. */
  readonly origin: string;
}

export interface GraphAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, plain text, or text as it is made. Absent: no body. */
  readonly body?:
    | { readonly json: unknown }
    | { readonly text: string; readonly type: string }
    | { readonly stream: Readable; readonly type: string };
}

/** An answer with an error body in Graph's shape. */
export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** Extra members of `innerError`. */
    readonly inner: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export function ok(json: unknown): GraphAnswer {
  return { status: 200, body: { json } };
}

export const NO_CONTENT: GraphAnswer = { status: 204 };

export function notFound(id: string): GraphRefusal {
  return new GraphRefusal(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

export function badRequest(message: string): GraphRefusal {
  return new GraphRefusal(400, 'Request_BadRequest', message);
}

export function unsupportedQuery(message: string): GraphRefusal {
  return new GraphRefusal(400, 'Request_UnsupportedQuery', message);
}

export function denied(): GraphRefusal {
  return new GraphRefusal(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}

export function unknownSegment(segment: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);
}
