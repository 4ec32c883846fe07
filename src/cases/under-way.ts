/** Work on rows that goes on at the same time. */
export interface UnderWay {
  readonly size: () => number;
  /** The row is worked on still, be it that its lease has run out. */
  readonly has: (rowId: string) => boolean;
  readonly begin: (rowId: string, work: () => Promise<void>) => void;
  /** Waits until one of them has ended, well or badly, or until the rest is over, which then is ended. */
  readonly oneEndsOr: (rest: (signal: AbortSignal) => Promise<void>) => Promise<void>;
  /**
   * Waits until at most so many are under way.
   * @throws what the first of them ended with that failed since the last call
   */
  readonly until: (most: number) => Promise<void>;
}

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
    oneEndsOr: async (rest) => {
      const over = new AbortController();
      await Promise.race([...all, rest(over.signal).catch(() => undefined)]);
      over.abort();
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
