/** Turns of the event loop after which nobody has anything left to do. */
const QUIET_TURNS = 6;

/** A clock for many waiters: it stands still while anybody works or waits for an answer, then jumps to the next alarm. */
export interface VirtualClock {
  now(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Time stands still until this is done, which happens outside of this program. */
  hold<T>(work: () => Promise<T>): Promise<T>;
}

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

export function virtualClock(start: Date): VirtualClock {
  const alarms: Alarm[] = [];
  let now = start.getTime();
  let held = 0;
  let quiet = 0;
  let isTicking = false;

  const tick = (): void => {
    quiet = held === 0 ? quiet + 1 : 0;
    if (quiet > QUIET_TURNS && alarms.length > 0) {
      const next = alarms.reduce((first, each) => (each.at < first.at ? each : first));
      alarms.splice(alarms.indexOf(next), 1);
      now = Math.max(now, next.at);
      quiet = 0;
      next.ring();
    }
    isTicking = alarms.length > 0 || held > 0;
    if (isTicking) setImmediate(tick);
  };
  const wake = (): void => {
    if (isTicking) return;
    isTicking = true;
    setImmediate(tick);
  };

  return {
    now: () => new Date(now),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason as Error);
          return;
        }
        const alarm = { at: now + ms, ring: resolve };
        alarms.push(alarm);
        signal?.addEventListener('abort', () => {
          const place = alarms.indexOf(alarm);
          if (place === -1) return;
          alarms.splice(place, 1);
          reject(signal.reason as Error);
        });
        wake();
      }),
    hold: async (work) => {
      held += 1;
      try {
        return await work();
      } finally {
        held -= 1;
        wake();
      }
    },
  };
}
