import type { CosmosLink } from './cosmos-link.js';
import { reading } from './cosmos-link.js';
import { chargeOf, failureOf, unavailable } from './cosmos-failure.js';

/** What reading back shows about a write whose fate is in doubt. */
export type Fate<R> =
  /** The document carries our stamp: an earlier try was carried out although its answer was lost. */
  | { readonly is: 'made'; readonly result: R }
  /** Somebody else's document or version is there, or none where one has to be. */
  | { readonly is: 'refused'; readonly error: Error }
  /** Nothing stands in the way (any more): try again. */
  | { readonly is: 'open' };

export interface Write<R> {
  readonly what: string;
  send(signal: AbortSignal): Promise<R>;
  /** `collision` is the error that `send` ended with; undefined when its answer was lost. */
  fate(signal: AbortSignal, collision: unknown): Promise<Fate<R>>;
}

/**
 * Makes a write exactly once. Every try carries the same stamp inside the documents and the same etags, so sending
 * it again after a lost answer is safe: if the first try was carried out after all, the second collides with it,
 * and reading back shows our own stamp. The SDK repeats writes by itself too, so every collision is looked at.
 */
export async function writing<R>(link: CosmosLink, write: Write<R>): Promise<R> {
  let last: { readonly code: number | string; readonly cause: unknown } = { code: 'none', cause: undefined };
  for (const delay of [0, ...link.retryDelaysMs]) {
    if (delay > 0) await link.options.wait(delay);
    try {
      return await write.send(AbortSignal.timeout(link.deadlineMs));
    } catch (error) {
      link.spent(write.what, chargeOf(error));
      const failure = failureOf(error, write.what);
      if (failure.is === 'final') throw failure.error;
      last = { code: failure.code, cause: error };
      if (failure.is === 'collision') {
        const fate = await reading(link, `read back after ${write.what}`, (signal) =>
          write.fate(signal, error),
        );
        if (fate.is === 'made') return fate.result;
        if (fate.is === 'refused') throw fate.error;
      }
      link.options.log.warn('Cosmos DB did not take a write at once', {
        operation: write.what,
        code: failure.code,
      });
    }
  }
  const fate = await lookOnce(link, write);
  if (fate?.is === 'made') return fate.result;
  throw unavailable(write.what, last.code, last.cause);
}

/** undefined: not even that could be read. */
async function lookOnce<R>(link: CosmosLink, write: Write<R>): Promise<Fate<R> | undefined> {
  try {
    return await write.fate(AbortSignal.timeout(link.deadlineMs), undefined);
  } catch {
    return undefined;
  }
}
