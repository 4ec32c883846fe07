import { REPORT_REACH_DAYS } from '../audit/reports/usage-index.js';
import type { Language } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';

/** For how long there was no use: `128 days`, or `180 days or more` where the usage reports reach no further back. */
export function idleLength(days: number, reader: Language): ReadyText {
  const isReach = days === REPORT_REACH_DAYS;
  return text(reader, isReach ? 'length.idleAtLeast' : 'length.idle', { count: days });
}
