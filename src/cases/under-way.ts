/** Work on rows that goes on at the same time. */
export interface UnderWay {
  readonly size: () => number;
  /** The row is worked on still, be it that its lease has run out. */
  readonly has: (rowId: string) => boolean;
  readonly begin: (rowId: string, work: () => Promise<void>) => void;
  /** Waits until one of them has ended, well or badly, or until the rest is over; the rest is ended then, or by `ending`. */
  readonly oneEndsOr: (rest: (signal: AbortSignal) => Promise<void>, ending: AbortSignal) => Promise<void>;
  /**
   * Waits until at most so many are under way.
   * @throws what the first of them ended with that failed since the last call
   */
  readonly until: (most: number) => Promise<void>;
}

/** Nobody reads it: a rest that was broken off is no failure. */
const OVER = 'nobody waits any more';

export function underWay(): UnderWay {
  const all = new Set<Promise<void>>();
  const rows = new Set<string>();
  let failure: { readonly error: unknown } | undefined;
  return {
    size: () => all.size,
    has: (rowId) => rows.has(rowId),
    begin: (rowId, work) => {
      rows.add(rowId);
      const mine = work()
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => {
          all.delete(mine);
          rows.delete(rowId);
        });
      all.add(mine);
    },
    oneEndsOr: async (rest, ending) => {
      const over = new AbortController();
      const end = (): void => over.abort(OVER);
      // Every few seconds for as long as the service runs: lighter than a signal made of two.
      ending.addEventListener('abort', end);
      if (ending.aborted) end();
      await Promise.race([...all, rest(over.signal).catch(() => undefined)]);
      ending.removeEventListener('abort', end);
      end();
    },
    until: async (most) => {
      while (all.size > most) await Promise.race(all);
      if (failure === undefined) return;
      const { error } = failure;
      failure = undefined;
      throw error;
    },
  };
}
