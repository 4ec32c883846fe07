import { Cron } from 'croner';
import type { DoneRunDoc } from '../audit/run-record.js';
import type { Policy } from '../config/policy.js';
import { instant, type Instant } from './case.js';
import type { Command, PlannedAudit } from './command.js';

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

/** The next time of a schedule as its row says it. */
export function nextPlanned({ schedule, timeZone }: Policy['audit'], now: Date): PlannedAudit {
  return { schedule, timeZone, due: nextAudit({ schedule, timeZone }, now) };
}

export function isSameSchedule(a: Policy['audit'], b: Policy['audit']): boolean {
  return a.schedule === b.schedule && a.timeZone === b.timeZone;
}

/** Of which time of which schedule a row is; undefined for other orders, and for rows of an earlier version. */
export function plannedOf(command: Pick<Command, 'what'>): PlannedAudit | undefined {
  return command.what.order === 'audit' ? command.what.planned : undefined;
}

/**
 * Has somebody else's audit done already what was planned? It has when it ended after the planned time, under the same
 * rules. One that seems to end in the future was stored under a clock that was ahead and covers nothing.
 */
export function isCovered(
  command: Pick<Command, 'id' | 'what'>,
  latest: Pick<DoneRunDoc, 'runId' | 'finishedAt' | 'policyHash'> | undefined,
  policyHash: string,
  now: Instant,
): boolean {
  const planned = plannedOf(command);
  if (planned === undefined || latest === undefined) return false;
  const isOwn = latest.runId.replace(/-\d+$/, '') === command.id;
  const isAfter = latest.finishedAt >= planned.due && latest.finishedAt <= now;
  return isAfter && !isOwn && latest.policyHash === policyHash;
}
