/**
 * The sleep of whoever is only woken by being ended, such as a sign of life or the renewal of a lease: time stands still.
 * Whoever could not be ended does not wait at all.
 */
export function untilAborted(_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal === undefined || signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
