import type { Day } from './day.js';

/** What a user source (HR, AD, another system) says of somebody, mapped by the policy's words. */
export type RosterStatus = 'active' | 'left' | 'onLeave' | 'unknown';

/** One person in the newest user source. */
export interface RosterFact {
  readonly status: RosterStatus;
  /** The day of the source, and its name: a file, or `directory` for Graph's own dates. */
  readonly asOf: Day;
  readonly origin: string;
  /** Leave, both days inclusive; undefined is open. */
  readonly leaveFrom: Day | undefined;
  readonly leaveUntil: Day | undefined;
}
