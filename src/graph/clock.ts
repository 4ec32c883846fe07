/** Time as the Graph door needs it. Tests pass one that they move by hand. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

/**
 * Milliseconds since it was made, for whoever paces calls: they stand still while a clock is put back, and go on with
 * it, so that nobody waits until it shows again what it showed before.
 */
export function elapsing(clock: Pick<Clock, 'now'>): () => number {
  let shown = clock.now().getTime();
  let elapsed = 0;
  return () => {
    const now = clock.now().getTime();
    elapsed += Math.max(0, now - shown);
    shown = now;
    return elapsed;
  };
}
