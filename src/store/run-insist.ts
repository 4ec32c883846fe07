import { StoreUnavailable } from './store.js';

export interface InsistDoors {
  readonly clock: { now(): Date };
  /** Resolves after `ms`. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** Milliseconds before each further try. */
const PAUSES_MS = [1_000, 5_000] as const;
/** Milliseconds after which none begins: a store that fails slowly must not outlast a lease. */
const LONGEST_MS = 10_000;

/**
 * A write of what has just happened outside of the store, and of which nothing else knows: while the store cannot be used
 * it is tried again, until some seconds have passed. `write` may have come to pass although it failed.
 * @throws StoreUnavailable when it still cannot be used; whatever else `write` throws, at once
 */
export async function insist<T>({ clock, sleep }: InsistDoors, write: () => Promise<T>): Promise<T> {
  const until = clock.now().getTime() + LONGEST_MS;
  for (const pause of PAUSES_MS) {
    try {
      return await write();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || clock.now().getTime() + pause > until) throw error;
    }
    await sleep(pause);
  }
  return write();
}
