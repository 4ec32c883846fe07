import { instant, type Instant } from './case.js';

/** A moment later. Pure. @param ms milliseconds */
export function after(at: Instant, ms: number): Instant {
  return instant(new Date(Date.parse(at) + ms));
}
