import { DAY_MS } from '../../src/config/durations.js';

/** How long a case takes without its hold. */
const CASE_DAYS = 28;
/** In which everything comes to its end once nothing goes wrong any more. */
export const CALM_DAYS = 9;

/** When things come in a life, in milliseconds from its beginning. */
export interface Calendar {
  /** Days, of any policy of the life. */
  readonly longestHold: number;
  /** Everything becomes quiet: a case that was opened first could be at its end. */
  readonly calmAfter: number;
  /** Until here everything has come to its end. */
  readonly end: number;
}

/** @param longestHold days, of any policy of the life */
export function calendarOf(longestHold: number): Calendar {
  const calmAfter = (CASE_DAYS + longestHold) * DAY_MS;
  return { longestHold, calmAfter, end: calmAfter + CALM_DAYS * DAY_MS };
}
