import { Duration } from 'luxon';

/** ISO 8601 in weeks, days, hours, minutes and seconds. */
export const DURATION = /^P(?=.)(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/;

/**
 * Reads an ISO 8601 duration such as `P7D`, `PT30S` or `P1DT12H`.
 * Months and years are refused: their length depends on the calendar.
 * @returns milliseconds, or undefined when the text is none
 */
export function parseDuration(text: string): number | undefined {
  if (!DURATION.test(text)) return undefined;
  // With a locale, since asking the runtime for its own loads all of its language data (8 MB).
  const duration = Duration.fromISO(text, { locale: 'en-US' });
  return duration.isValid ? duration.toMillis() : undefined;
}

export const DAY_MS = 86_400_000;
