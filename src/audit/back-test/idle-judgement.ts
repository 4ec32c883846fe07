import { daysBetween, type Day } from '../day.js';
import type { IdleRecord, IdleSource } from './idle-record.js';
import { staleness, type InactivityRules } from '../inactivity.js';

/** When the records of a run were taken, and up to which day its usage report reaches. */
export interface IdleRun {
  readonly day: Day;
  readonly reportRefreshed: Day | undefined;
}

/** `unread`: inactive as far as was read, but the sign-in dates of this person were not needed at the time. */
export type IdleJudgement = 'active' | 'inactive' | 'unread' | 'unknown';

/**
 * The kind of verdict that the run would have given at a threshold of `days`: `personVerdict` over what was kept.
 * @param days from 30 to 180: nothing else can be told
 */
export function judgeIdle(
  record: IdleRecord,
  days: number,
  run: IdleRun,
  rules: InactivityRules,
): IdleJudgement {
  const workload = judgeSource(record.workload, days, workloadsFrom(run, rules));
  const signIn = judgeSource(record.signIn, days, run.day);
  const { idleDays, proves } = record.reports ?? {};
  if ((idleDays !== undefined && idleDays < days) || workload === 'active' || signIn === 'active')
    return 'active';
  const judged = { workload, signIn };
  if (rules.evidence.require.some((source) => judged[source] === 'unknown')) return 'unknown';
  if (proves !== undefined && proves < days) return 'unknown';
  if (signIn === 'unread') return 'unread';
  // "Never" said by a report alone reaches back only as far as the report, and how far that is it does not say.
  const isProven =
    signIn === 'idle' || (workload === 'idle' && record.workload !== 'never') || proves !== undefined;
  return isProven ? 'inactive' : 'unknown';
}

/** Workload use is measured from the end of the report, of an old one from the day of the run. */
export function workloadsFrom({ day, reportRefreshed }: IdleRun, rules: InactivityRules): Day {
  const isFresh = reportRefreshed !== undefined && staleness(reportRefreshed, rules, day) === undefined;
  return isFresh ? reportRefreshed : day;
}

/** The days on which a record shows that the person used something. */
export function usesOf({ workload, signIn, reports }: IdleRecord): readonly Day[] {
  return [...usesIn(workload), ...usesIn(signIn), ...(reports?.day === undefined ? [] : [reports.day])];
}

/** The first day from which on a source proves that there was no use; undefined: it proves none. */
export function idleFrom(source: IdleSource): Day | 'ever' | undefined {
  if (source === 'never') return 'ever';
  if (typeof source === 'number') return source;
  return typeof source === 'object' && 'noneSince' in source ? source.noneSince : undefined;
}

function usesIn(source: IdleSource): readonly Day[] {
  if (typeof source === 'number') return [source];
  return typeof source === 'object' && source.usedOn !== undefined ? [source.usedOn] : [];
}

function judgeSource(source: IdleSource, days: number, from: Day): 'active' | 'idle' | 'unread' | 'unknown' {
  if (source === 'never') return 'idle';
  if (typeof source === 'string') return source;
  const used = typeof source === 'number' ? source : source.usedOn;
  if (used !== undefined && daysBetween(used, from) < days) return 'active';
  const since = idleFrom(source);
  return since === undefined || since === 'ever' || daysBetween(since, from) < days ? 'unknown' : 'idle';
}
