import type { Policy } from '../config/policy.js';
import { daysBetween, isoDay, type Day } from './day.js';
import {
  WORKLOADS,
  type Evidence,
  type Fact,
  type ReportEvidence,
  type SignInEvidence,
  type Verdict,
} from './evidence.js';
import { ACTIVITY_REPORTS, type ActivityReport } from './reports/names.js';
import { SUCCESS_RECORDED_SINCE } from './sign-ins/sign-in.js';

export type InactivityRules = Pick<Policy, 'inactivity' | 'evidence'>;

/** One source's answer. `idleDays` is a lower bound; undefined: the source proves that there never was any use. */
export type Judgement =
  | { readonly kind: 'active'; readonly lastUse: Day }
  | {
      readonly kind: 'idle';
      readonly idleDays: number | undefined;
      readonly lastUse: Day | undefined;
      readonly none: boolean;
    }
  | { readonly kind: 'unknown'; readonly why: readonly string[] };

/**
 * Is somebody inactive? Safety rules 1 and 2: one source that shows use within the threshold wins; otherwise every
 * source that the policy requires or names must be known, and all known ones agree that there was none. So a source
 * that falls away never makes anyone inactive. Use is measured from the report's refresh date, sign-in from `today`.
 */
export function personVerdict(evidence: Evidence, rules: InactivityRules, today: Day): Verdict {
  const workload = judgeWorkload(evidence.workload, rules, today);
  const signIn = judgeSignIn(evidence.signIn, rules, today);
  const reports = ACTIVITY_REPORTS.flatMap(
    (name) => judgeReport(name, evidence.reports[name], rules, today) ?? [],
  );
  if ([workload, signIn, ...reports].some(({ kind }) => kind === 'active')) {
    return { kind: 'active', lastUse: lastUseOf(evidence) };
  }
  const required = rules.evidence.require.map((source) => (source === 'signIn' ? signIn : workload));
  const why = [...required, ...reports].flatMap((judged) => (judged.kind === 'unknown' ? judged.why : []));
  if (why.length > 0) return { kind: 'unknown', why };
  return idleVerdict(signIn, [workload, ...reports]);
}

/** All judgements are idle, or unknown where the policy does not require the source. */
function idleVerdict(signIn: Judgement, usage: readonly Judgement[]): Verdict {
  const known = [signIn, ...usage].flatMap((judged) => (judged.kind === 'idle' ? [judged] : []));
  const neverSignedIn = signIn.kind === 'idle' && signIn.idleDays === undefined;
  if (
    neverSignedIn &&
    usage.every((judged) => judged.kind === 'unknown' || (judged.kind === 'idle' && judged.none))
  ) {
    return { kind: 'neverUsed' };
  }
  const bounds = known.flatMap((judged) => judged.idleDays ?? []);
  const uses = known.flatMap((judged) => judged.lastUse ?? []);
  if (bounds.length === 0) return { kind: 'unknown', why: ['no source could be read'] };
  return { kind: 'inactive', days: Math.min(...bounds), lastUse: latest(uses) };
}

function judgeWorkload(evidence: Evidence['workload'], rules: InactivityRules, today: Day): Judgement {
  if (!('facts' in evidence)) return { kind: 'unknown', why: [`usage report: ${evidence.unknown}`] };
  return judgeDated('usage report', evidence.refreshed, evidence.facts, rules, today);
}

const REPORT_WORDS = {
  email: 'email report',
  teams: 'Teams report',
  sharePoint: 'SharePoint report',
  apps: 'Apps report',
  activations: 'activations',
} as const satisfies Record<ActivityReport, string>;

/** undefined: the policy leaves the report out. */
function judgeReport(
  name: ActivityReport,
  evidence: ReportEvidence,
  rules: InactivityRules,
  today: Day,
): Judgement | undefined {
  if (evidence.kind === 'off') return undefined;
  const words = REPORT_WORDS[name];
  if (evidence.kind === 'unknown') return { kind: 'unknown', why: [`${words}: ${evidence.why}`] };
  return judgeDated(words, evidence.refreshed, { [name]: evidence.fact }, rules, today);
}

/** One report's dates, all of one refresh date. */
export function judgeDated(
  words: string,
  refreshed: Day,
  dated: Readonly<Record<string, Fact>>,
  rules: InactivityRules,
  today: Day,
): Judgement {
  const facts = Object.entries(dated).map(([service, fact]) => ({ service, fact }));
  const used = latest(facts.flatMap(({ fact }) => (fact.kind === 'on' ? [fact.day] : [])));
  if (used !== undefined && isRecentUse(used, refreshed, rules, today)) {
    return { kind: 'active', lastUse: used };
  }
  const stale = staleness(refreshed, rules, today);
  if (stale !== undefined) return { kind: 'unknown', why: [`${words}: ${stale}`] };
  const unknown = facts.flatMap(({ service, fact }) =>
    fact.kind === 'unknown' ? [`${service}: ${fact.why}`] : [],
  );
  if (unknown.length > 0) return { kind: 'unknown', why: unknown };
  return idleSince(words, refreshed, facts, used, rules);
}

function idleSince(
  words: string,
  refreshed: Day,
  facts: readonly { readonly fact: Fact }[],
  used: Day | undefined,
  rules: InactivityRules,
): Judgement {
  const reaches = facts.flatMap(({ fact }) =>
    fact.kind === 'none' && fact.since !== undefined ? [fact.since] : [],
  );
  const bounds = [...reaches, ...(used === undefined ? [] : [used])].map((day) =>
    daysBetween(day, refreshed),
  );
  const idleDays = bounds.length > 0 ? Math.min(...bounds) : undefined;
  if (idleDays !== undefined && idleDays < rules.inactivity.days) {
    return { kind: 'unknown', why: [`${words}: it reaches back only ${idleDays} days`] };
  }
  return { kind: 'idle', idleDays, lastUse: used, none: used === undefined };
}

/** Judged by the last success: attempts of others (password spray) refresh the other two dates. */
function judgeSignIn(evidence: Evidence['signIn'], rules: InactivityRules, today: Day): Judgement {
  if (!('successful' in evidence)) return { kind: 'unknown', why: [`sign-in: ${evidence.unknown}`] };
  const { successful } = evidence;
  if (successful.kind === 'unknown') return { kind: 'unknown', why: [`sign-in: ${successful.why}`] };
  if (successful.kind === 'on') return sinceDay(successful.day, successful.day, rules, today);
  if (successful.since === undefined)
    return { kind: 'idle', idleDays: undefined, lastUse: undefined, none: true };
  const before = lastAttemptBeforeRecording(evidence);
  return sinceDay(before ?? successful.since, before, rules, today);
}

function sinceDay(from: Day, lastUse: Day | undefined, rules: InactivityRules, today: Day): Judgement {
  const idleDays = daysBetween(from, today);
  if (idleDays >= rules.inactivity.days) return { kind: 'idle', idleDays, lastUse, none: false };
  if (lastUse !== undefined) return { kind: 'active', lastUse };
  return { kind: 'unknown', why: [`sign-in: recorded only since ${isoDay(from)}`] };
}

/**
 * Somebody whose last attempt of any kind is older than the recording of successes signed in last on that day at the
 * latest. Attempts since then, all without success, say nothing about the time before.
 */
function lastAttemptBeforeRecording({
  successful,
  interactive,
  nonInteractive,
}: SignInEvidence): Day | undefined {
  if (successful.kind !== 'none' || successful.since !== SUCCESS_RECORDED_SINCE) return undefined;
  const last = latest(
    [interactive, nonInteractive].flatMap((fact) => (fact.kind === 'on' ? [fact.day] : [])),
  );
  return last !== undefined && last < SUCCESS_RECORDED_SINCE ? last : undefined;
}

/** Does a use on `used` make a person active? A late report proves use as well, but only measured from today. */
export function isRecentUse(used: Day, refreshed: Day, rules: InactivityRules, today: Day): boolean {
  const from = staleness(refreshed, rules, today) === undefined ? refreshed : today;
  return daysBetween(used, from) < rules.inactivity.days;
}

/** Why a report of this refresh date proves no idleness; undefined when it is fresh. */
export function staleness(refreshed: Day, rules: InactivityRules, today: Day): string | undefined {
  const age = daysBetween(refreshed, today);
  if (age < -1) return `its refresh date ${isoDay(refreshed)} lies in the future`;
  if (age <= rules.inactivity.maxReportAgeDays) return undefined;
  return `its refresh date ${isoDay(refreshed)} is ${age} days ago, more than ${rules.inactivity.maxReportAgeDays}`;
}

/** The latest use that any source proves: successful sign-in, a workload or a further report. */
export function lastUseOf({ workload, signIn, reports }: Evidence): Day | undefined {
  const facts: readonly Fact[] = [
    ...ACTIVITY_REPORTS.flatMap((name) => {
      const report = reports[name];
      return report.kind === 'read' ? [report.fact] : [];
    }),
    ...('facts' in workload ? WORKLOADS.map((name) => workload.facts[name]) : []),
    ...('successful' in signIn ? [signIn.successful] : []),
  ];
  return latest(facts.flatMap((fact) => (fact.kind === 'on' ? [fact.day] : [])));
}

function latest(days: readonly Day[]): Day | undefined {
  return days.length > 0 ? (Math.max(...days) as Day) : undefined;
}
