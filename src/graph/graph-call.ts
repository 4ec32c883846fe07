import type { GraphFailure } from './graph-failure.js';
import type { Operation } from './permissions.js';
import type { Family } from './throttle-families.js';

/**
 * @param at the row's place in its page
 * @param head what stands before the rows of the page, where they came before its end
 */
export type EachRow = (row: unknown, at: number, head: unknown) => void;

/** One request as the readers of this folder put it. */
export interface GraphRequest {
  readonly operation: Operation;
  readonly family: Family;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** A path below the version, with its encoded query (`/users?$top=999`), or a whole address that Graph gave us. */
  readonly address: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /**
   * For a page of rows: told each row as soon as it has arrived, again when a try is repeated; `json.value` is empty.
   */
  readonly eachRow?: EachRow;
  /** Aborted: nobody wants the answer any more. Ends the request, and it is not tried again. */
  readonly signal?: AbortSignal;
  /** Absent for reads. `repeatable`: sending it twice ends in the same state. `once`: never sent again when unsure. */
  readonly write?: 'repeatable' | 'once';
  /** Statuses beyond 2xx that the reader handles itself. */
  readonly alsoAccept?: readonly number[];
  /** Answers beyond 2xx that the reader knows as final, whatever their status: they are not tried again. */
  readonly isFinal?: (answer: GraphAnswer) => boolean;
}

/**
 * An answer read to its end. `json` is undefined when there was no body or none of interest; `csv` is there when a
 * table came in place of JSON.
 */
export interface GraphAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
  readonly csv?: string;
}

/**
 * What travels with a request through the middleware chain and brings the outcome back. The client finds it by its
 * constructor, hence a class; and it wraps every error so that the cause is lost, hence `failure`.
 */
export class GraphCall {
  answer: GraphAnswer | undefined;
  failure: GraphFailure | undefined;
  /** true: an attempt of this write may have been carried out although no answer came. */
  outcomeUnknown = false;

  constructor(
    readonly request: GraphRequest,
    /** The whole address; the first link of the chain checks that it is Graph's. */
    readonly url: URL,
    /** Sent as `client-request-id`, the same for all attempts: Microsoft support finds a call by it. */
    readonly clientRequestId: string,
  ) {}
}
