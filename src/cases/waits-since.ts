import type { Case, Instant } from './case.js';

/** Of a case that waits for an admin or another person. */
export interface WaitsSince {
  /** Absent in cases of an earlier version. */
  readonly since?: Instant;
}

/** Another task of the same case waits since the first one. Pure. */
export function taskSince(c: Case, at: Instant): WaitsSince {
  if (c.state !== 'needsPerson') return { since: at };
  return c.since === undefined ? {} : { since: c.since };
}
