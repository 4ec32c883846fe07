/** A signal of Ctrl-C, or of whoever ends this process. */
export interface Interruptible {
  readonly signal: AbortSignal;
  /** From here on Ctrl-C ends the process at once, as usual. */
  end(): void;
}

/** Ctrl-C ends the audit between two requests, so that names that were shown are concealed again; a second one at once. */
export function interruptible(): Interruptible {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    signal: controller.signal,
    end() {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
