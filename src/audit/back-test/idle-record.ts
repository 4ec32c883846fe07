import { daysBetween, type Day } from '../day.js';
import { ACTIVITY_REPORTS } from '../reports/names.js';
import { WORKLOADS, type Evidence, type Fact, type ReportEvidence } from '../evidence.js';
import type { Finding } from '../finding.js';
import { listOf, managedLicenses } from '../findings.js';
import { isRecentUse, staleness, type InactivityRules } from '../inactivity.js';
import type { Person, SkuId, UserId } from '../person.js';
import type { ManagedSkus } from '../scope/scope.js';

/** Evidence is kept of everybody without use for so many days, so no lower threshold can be tested. */
export const IDLE_DAYS = 30;

/** What one source proves, in as few characters as possible: there is one record for every idle person and run. */
export type IdleSource =
  /** Last used on this day; not since. */
  | Day
  /** Never used at all. */
  | 'never'
  /** No use from this day on, which is as far back as the source reaches, apart from a use on `usedOn`. */
  | { readonly noneSince: Day; readonly usedOn?: Day }
  /** Used on this day; whether later as well is not known. */
  | { readonly usedOn: Day }
  /** Not asked, because the policy's threshold did not need it; it may well show use. */
  | 'unread'
  | 'unknown';

/** Whether the normal path would take the person. People for HR alone are `protected` like others. */
export type IdleList =
  | 'normal'
  | 'protected'
  /** Nobody has looked yet: groups and mailboxes are read of candidates only. */
  | 'unknown'
  | 'guest';

/** What the further reports say together, each measured from its own end. */
export interface IdleReports {
  /** Newest use, and how many days ago it was by its report; absent: they show none. */
  readonly day?: Day;
  readonly idleDays?: number;
  /** Days without use that all of them prove; 0: one of them cannot be read; absent: there never was any. */
  readonly proves?: number;
}

/** The evidence of one person in one run, kept so that other thresholds can be tested later. No names. */
export interface IdleRecord {
  readonly userId: UserId;
  readonly workload: IdleSource;
  readonly signIn: IdleSource;
  /** undefined: the policy leaves all of them out. */
  readonly reports: IdleReports | undefined;
  /** Managed ones. */
  readonly licenses: readonly SkuId[];
  readonly list: IdleList;
}

/** A person in scope who is no finding, with what was read about them. */
export interface IdlePerson {
  readonly person: Person;
  readonly evidence: Pick<Evidence, 'workload' | 'reports'> & {
    /** `unread`: the tenant has sign-in dates, but this run did not need this person's. */
    readonly signIn: Evidence['signIn'] | 'unread';
  };
}

export interface IdleRules extends InactivityRules {
  readonly managed: ManagedSkus;
  readonly today: Day;
}

/** The record of a finding, or of a person who is active at the policy's threshold. Pure. */
export function idleRecordOf(of: Finding | IdlePerson, rules: IdleRules): IdleRecord {
  const { person, evidence } = of;
  return {
    userId: person.id,
    workload: workloadSource(evidence.workload, rules),
    signIn: evidence.signIn === 'unread' ? 'unread' : signInSource(evidence.signIn),
    reports: reportsTogether(evidence.reports, rules),
    licenses: managedLicenses(person, rules.managed).map(({ skuId }) => skuId),
    list: 'verdict' in of ? listOfFinding(of) : person.kind === 'guest' ? 'guest' : 'unknown',
  };
}

/**
 * Is a person who is active by the report to be kept as well? Those without use for `IDLE_DAYS` are, so that lower
 * thresholds can be tested, and those who had a record in the run before, so that coming back can be told from
 * leaving the scope.
 * @param lastUse newest use that any workload or report shows
 */
export function isKeptAsIdle(
  userId: UserId,
  lastUse: { readonly day: Day; readonly refreshed: Day },
  before: ReadonlySet<UserId>,
  { today, ...rules }: Pick<IdleRules, 'evidence' | 'inactivity' | 'today'>,
): boolean {
  const strict = { ...rules, inactivity: { ...rules.inactivity, days: IDLE_DAYS } };
  return before.has(userId) || !isRecentUse(lastUse.day, lastUse.refreshed, strict, today);
}

function listOfFinding(finding: Finding): IdleList {
  const list = listOf(finding);
  if (list === 'guests') return 'guest';
  if (list === 'hr' || finding.protections.length > 0) return 'protected';
  return list === 'inactive' ? 'normal' : 'unknown';
}

/** A service that is missed, or an old report, leaves use as the only thing proven. */
function workloadSource(workload: Evidence['workload'], rules: IdleRules): IdleSource {
  if (!('facts' in workload)) return 'unknown';
  const facts = WORKLOADS.map((name) => workload.facts[name]);
  const used = latest(facts.flatMap((fact) => (fact.kind === 'on' ? [fact.day] : [])));
  const isPartial =
    facts.some(({ kind }) => kind === 'unknown') ||
    staleness(workload.refreshed, rules, rules.today) !== undefined;
  if (isPartial) return used === undefined ? 'unknown' : { usedOn: used };
  const reach = latest(facts.flatMap(sinceOf));
  if (used === undefined) return reach === undefined ? 'never' : { noneSince: reach };
  return reach !== undefined && reach > used ? { noneSince: reach, usedOn: used } : used;
}

function reportsTogether(reports: Evidence['reports'], rules: IdleRules): IdleReports | undefined {
  const asked = ACTIVITY_REPORTS.map((name) => reports[name]).filter(({ kind }) => kind !== 'off');
  if (asked.length === 0) return undefined;
  const uses = asked.flatMap((report) => useIn(report, rules));
  const bounds = asked.flatMap((report) => provenDays(report, rules) ?? []);
  return {
    ...(uses.length === 0
      ? {}
      : {
          day: Math.max(...uses.map(({ day }) => day)) as Day,
          idleDays: Math.min(...uses.map(({ idleDays }) => idleDays)),
        }),
    ...(bounds.length === 0 ? {} : { proves: Math.max(0, Math.min(...bounds)) }),
  };
}

/** An old report proves use as well, measured from the day of the run. */
function useIn(
  report: ReportEvidence,
  rules: IdleRules,
): readonly { readonly day: Day; readonly idleDays: number }[] {
  if (report.kind !== 'read' || report.fact.kind !== 'on') return [];
  const isFresh = staleness(report.refreshed, rules, rules.today) === undefined;
  const { day } = report.fact;
  return [{ day, idleDays: daysBetween(day, isFresh ? report.refreshed : rules.today) }];
}

/** Days without use that a report proves; 0: none, because it cannot be read or is old; undefined: all there ever were. */
function provenDays(report: ReportEvidence, rules: IdleRules): number | undefined {
  if (report.kind !== 'read' || report.fact.kind === 'unknown') return 0;
  if (staleness(report.refreshed, rules, rules.today) !== undefined) return 0;
  const from = report.fact.kind === 'on' ? report.fact.day : report.fact.since;
  return from === undefined ? undefined : daysBetween(from, report.refreshed);
}

function signInSource(evidence: Evidence['signIn']): IdleSource {
  if (!('successful' in evidence) || evidence.successful.kind === 'unknown') return 'unknown';
  const { successful } = evidence;
  if (successful.kind === 'on') return successful.day;
  return successful.since === undefined ? 'never' : { noneSince: successful.since };
}

function sinceOf(fact: Fact): readonly Day[] {
  return fact.kind === 'none' && fact.since !== undefined ? [fact.since] : [];
}

function latest(days: readonly Day[]): Day | undefined {
  return days.length > 0 ? (Math.max(...days) as Day) : undefined;
}
