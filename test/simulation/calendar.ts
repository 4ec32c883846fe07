import { DAY_MS } from '../../src/config/durations.js';

/** Four weeks, the longest hold, and what faults add to it: then everything becomes quiet. */
export const CALM_AFTER_MS = 58 * DAY_MS;
/** Until here everything has come to its end. */
export const LIFE_MS = 70 * DAY_MS;
