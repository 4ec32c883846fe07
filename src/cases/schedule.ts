import { Cron } from 'croner';
import type { Policy } from '../config/policy.js';
import { instant, type Instant } from './case.js';

/** The next time of the policy's audit schedule after `now`, in its own time zone. Pure. */
export function nextAudit(audit: Policy['audit'], now: Date): Instant {
  const next = new Cron(audit.schedule, { mode: '5-part', timezone: audit.timeZone, paused: true }).nextRun(
    now,
  );
  if (next === null) throw new RangeError(`audit.schedule "${audit.schedule}" never comes again`);
  return instant(next);
}

/** One row per scheduled time, so that several instances plan it once. */
export function scheduledId(due: Instant): string {
  return `audit-${due.replace(/[^0-9]/g, '')}`;
}
