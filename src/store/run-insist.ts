import { StoreUnavailable } from './store.js';

export interface InsistDoors {
  /** Resolves after `ms`. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** Milliseconds before each further try; together far less than a lease lasts. */
const PAUSES_MS = [1_000, 5_000] as const;

/**
 * A write of what has just happened outside of the store, and of which nothing else knows: while the store cannot be used
 * it is tried again for some seconds. `write` may have come to pass although it failed.
 * @throws StoreUnavailable when it still cannot be used; whatever else `write` throws, at once
 */
export async function insist<T>({ sleep }: InsistDoors, write: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
    await sleep(pause);
  }
  return write();
}
