import { DAY_MS } from '../../config/durations.js';
import { inWorkingHours } from '../asking/reminders.js';
import { instant, type Instant } from '../case.js';
import type { Telling } from './telling.js';

/**
 * When everybody of HR is told anew of a case that waits: as long after they were told as a manager may take to answer,
 * in working hours. Times under a day are those of a try-out, which tells them once. Pure.
 * @param answerDue milliseconds
 */
export function remindHrAt(
  telling: Telling | undefined,
  answerDue: number,
  zone: string,
): Instant | undefined {
  if (telling === undefined || answerDue < DAY_MS) return undefined;
  return instant(new Date(inWorkingHours(Date.parse(telling.since) + answerDue, zone)));
}
