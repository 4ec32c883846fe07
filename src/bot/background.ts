import type { Log } from '../telemetry/log.js';

/** Work that nobody waits for. Failures are logged; closing waits until all is done. */
export interface Background {
  run(what: string, work: Promise<unknown>): void;
  idle(): Promise<void>;
}

export function openBackground(log: Log): Background {
  const running = new Set<Promise<unknown>>();
  return {
    run: (what, work) => {
      const watched = work
        .catch((error: unknown) =>
          log.error('Work in the background failed.', { what, error: errorName(error) }),
        )
        .finally(() => running.delete(watched));
      running.add(watched);
    },
    idle: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** What kind of error it was; its text may hold personal data. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** The value if it comes within `ms`; else `late`, and the work goes on. */
export async function within<T>(ms: number, work: Promise<T>): Promise<{ readonly value: T } | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
