import type { Clock } from './clock.js';
import { backoffMs, jitterMs } from './retry-after.js';
import type { Families, Family } from './throttle-families.js';

/** How long one call may go on. Waits for the family's pace (sign-ins) are not counted, they are no failure. */
export interface RetryLimits {
  readonly maxAttempts: number;
  readonly maxTotalWaitMs: number;
}

/** Eight attempts and a quarter of an hour: a report throttled for ten minutes is still read. */
export const DEFAULT_RETRY: RetryLimits = { maxAttempts: 8, maxTotalWaitMs: 15 * 60_000 };

/** What is left of one call's attempts and time. */
export interface Patience {
  /** Waits until the family may be called. false: it would take longer than this call may wait. */
  turn(family: Family): Promise<boolean>;
  /** Waits after a failed attempt, or pauses the family when Graph asked for it. false: give up. */
  again(
    family: Family,
    failed: { readonly throttled: boolean; readonly retryAfterMs: number | undefined },
  ): Promise<boolean>;
}

export function createPatience(deps: {
  readonly limits: RetryLimits;
  readonly clock: Clock;
  readonly random: () => number;
  readonly families: Families;
}): Patience {
  const { limits, clock, random, families } = deps;
  let attempts = 0;
  let waited = 0;

  const wait = async (ms: number): Promise<void> => {
    waited += ms;
    await clock.sleep(ms + jitterMs(random));
  };

  return {
    turn: async (family) => {
      for (;;) {
        const pause = families.pauseLeft(family);
        if (pause > 0) {
          if (waited + pause > limits.maxTotalWaitMs) return false;
          await wait(pause);
          continue;
        }
        const pace = families.takeTurn(family);
        if (pace === 0) return true;
        await clock.sleep(pace);
      }
    },
    again: async (family, failed) => {
      attempts += 1;
      const delay = failed.retryAfterMs ?? backoffMs(attempts);
      const familyWaits = failed.throttled || failed.retryAfterMs !== undefined;
      // All retries count against the quota, so the others of the family must hold still too, even if we give up.
      if (familyWaits) families.pause(family, new Date(clock.now().getTime() + delay));
      if (attempts >= limits.maxAttempts || waited + delay > limits.maxTotalWaitMs) return false;
      if (!familyWaits) await wait(delay);
      return true;
    },
  };
}
