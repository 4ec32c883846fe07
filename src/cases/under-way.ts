/** Work that goes on at the same time. */
export interface UnderWay {
  readonly size: () => number;
  readonly add: (work: Promise<void>) => void;
  /** Waits until one of them has ended, well or badly; for ever when there is none. */
  readonly oneEnds: () => Promise<void>;
  /**
   * Waits until at most so many are under way.
   * @throws what the first of them ended with that failed since the last call
   */
  readonly until: (most: number) => Promise<void>;
}

export function underWay(): UnderWay {
  const all = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  return {
    size: () => all.size,
    add: (work) => {
      const mine = work
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => all.delete(mine));
      all.add(mine);
    },
    oneEnds: () => Promise.race(all),
    until: async (most) => {
      while (all.size > most) await Promise.race(all);
      if (failure === undefined) return;
      const { error } = failure;
      failure = undefined;
      throw error;
    },
  };
}
