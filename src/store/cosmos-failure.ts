import { StoreMisuse } from './document-rules.js';
import { StoreDamaged, StoreUnavailable } from './store.js';

/** What an error of the SDK means for the caller. */
export type CosmosFailure =
  /** 404, 409, 412: the document is not as the write expects it, perhaps because the write itself was made before. */
  | { readonly is: 'collision'; readonly code: number }
  /** Throttled, not answered or cut off. The request may have been carried out; it is safe to send it again. */
  | { readonly is: 'again'; readonly code: number | string }
  /** It would fail the same way again. */
  | { readonly is: 'final'; readonly error: Error };

/** The container or database is missing, not the document (substatus of a 404). */
const OWNER_MISSING = 1003;

export function failureOf(error: unknown, what: string): CosmosFailure {
  if (error instanceof StoreUnavailable || error instanceof StoreDamaged) return { is: 'final', error };
  const inner = unwrapped(error);
  const code = codeOf(inner);
  switch (code) {
    case 404:
      if (isOwnerMissing(substatusOf(inner))) return { is: 'final', error: missing(what, error) };
      return { is: 'collision', code };
    case 409:
    case 412:
      return { is: 'collision', code };
    case 400:
      return {
        is: 'final',
        error: new StoreMisuse('query', `Cosmos DB does not understand: ${what}.`, { cause: error }),
      };
    case 413:
      return {
        is: 'final',
        error: new StoreMisuse('size', `Too large for Cosmos DB: ${what}.`, { cause: error }),
      };
    case 401:
    case 403:
      return { is: 'final', error: denied(code, error) };
    default:
      return { is: 'again', code };
  }
}

export function unavailable(what: string, code: number | string, cause: unknown): StoreUnavailable {
  const remedy =
    code === 429
      ? 'It is throttling (429): raise its throughput.'
      : `The last answer was ${code}: check COSMOS_ENDPOINT, the network, and the state of the account.`;
  return new StoreUnavailable(
    `Cosmos DB could not be used for: ${what}. ${remedy} It is safe to try again.`,
    { cause },
  );
}

/** A point read of a missing container says 404 as for a missing document; only the substatus differs. */
export function isOwnerMissing(substatus: number | undefined): boolean {
  return substatus === OWNER_MISSING;
}

export function missing(what: string, cause: unknown): StoreUnavailable {
  return new StoreUnavailable(
    `Cosmos DB has no database or container for: ${what}. They are created by infra/ (azure.bicep), not by the ` +
      'service. Deploy it, or correct COSMOS_ENDPOINT and COSMOS_DATABASE.',
    { cause },
  );
}

export function denied(code: number, cause: unknown): StoreUnavailable {
  return new StoreUnavailable(
    `Cosmos DB refuses access (${code}). The identity of the service needs the role "Cosmos DB Built-in Data ` +
      'Contributor" on the account, which infra/ (azure.bicep) assigns; an emulator needs its COSMOS_KEY.',
    { cause },
  );
}

export function codeOf(error: unknown): number | string {
  const code = property(error, 'code');
  if (typeof code === 'number') return code;
  if (typeof code === 'string') return /^[1-5]\d\d$/.test(code) ? Number(code) : code;
  const name = property(error, 'name');
  return typeof name === 'string' ? name : 'unknown';
}

/** The cost that a failed request had all the same. */
export function chargeOf(error: unknown): number {
  return Number(property(property(unwrapped(error), 'headers'), 'x-ms-request-charge') ?? 0);
}

function substatusOf(error: unknown): number {
  return Number(property(error, 'substatus') ?? 0);
}

/** `items.batch` wraps what went wrong in a plain Error. */
function unwrapped(error: unknown): unknown {
  const cause = property(error, 'cause');
  return error instanceof Error && property(error, 'code') === undefined && cause !== undefined
    ? cause
    : error;
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Reflect.get(value, name);
}
