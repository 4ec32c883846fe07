import type { Pace } from '../cases/doors.js';

/** How patient a service is: milliseconds throughout. */
export interface ServicePace extends Pace {
  /** Milliseconds between looks for due rows. */
  readonly pollMs: number;
  readonly leaseMs: number;
  /** Sign-in dates of an earlier audit that are not older are not read again. */
  readonly keepSignInsMs: number;
  /** A call ends within maxAttempts x requestTimeoutMs + maxTotalWaitMs, which is less than the lease. */
  readonly stepPatience: {
    readonly retry: { readonly maxAttempts: number; readonly maxTotalWaitMs: number };
    readonly requestTimeoutMs: number;
  };
}

/** Real license changes take minutes; a day without effect needs a person. */
export const REAL: ServicePace = {
  pollMs: 5_000,
  leaseMs: 5 * 60_000,
  keepSignInsMs: 24 * 3_600_000,
  stepPatience: { retry: { maxAttempts: 4, maxTotalWaitMs: 90_000 }, requestTimeoutMs: 30_000 },
  checkStep: 60_000,
  giveUpStep: 24 * 3_600_000,
  watch: 3_600_000,
  gather: 60_000,
  retry: 30_000,
  held: 6 * 3_600_000,
};
export const TRY_OUT: ServicePace = {
  pollMs: 300,
  leaseMs: 15_000,
  // Whoever changes the simulated tenant wants to see it at once.
  keepSignInsMs: 0,
  stepPatience: { retry: { maxAttempts: 3, maxTotalWaitMs: 3_000 }, requestTimeoutMs: 3_000 },
  checkStep: 1_000,
  giveUpStep: 120_000,
  watch: 5_000,
  gather: 4_000,
  retry: 1_000,
  held: 10_000,
};
