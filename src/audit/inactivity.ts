import type { Policy } from '../config/policy.js';
import { daysBetween, isoDay, type Day } from './day.js';
import {
  WORKLOADS,
  type Evidence,
  type Fact,
  type SignInEvidence,
  type Verdict,
  type WorkloadEvidence,
} from './evidence.js';
import { SUCCESS_RECORDED_SINCE } from './sign-in.js';

export type InactivityRules = Pick<Policy, 'inactivity' | 'evidence'>;

/** One source's answer. `idleDays` is a lower bound; undefined: the source proves that there never was any use. */
type Judgement =
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
 * source that the policy requires must be known, and all known ones agree that there was none.
 * Workload use is measured from the report's refresh date, sign-in from `today`.
 */
export function personVerdict(evidence: Evidence, rules: InactivityRules, today: Day): Verdict {
  const workload = judgeWorkload(evidence.workload, rules, today);
  const signIn = judgeSignIn(evidence.signIn, rules, today);
  if (workload.kind === 'active' || signIn.kind === 'active') {
    return { kind: 'active', lastUse: lastUseOf(evidence) };
  }
  const why = rules.evidence.require.flatMap((source) => {
    const judged = source === 'signIn' ? signIn : workload;
    return judged.kind === 'unknown' ? judged.why : [];
  });
  if (why.length > 0) return { kind: 'unknown', why };
  return idleVerdict(signIn, workload);
}

/** Both judgements are idle, or unknown where the policy does not require the source. */
function idleVerdict(signIn: Judgement, workload: Judgement): Verdict {
  const known = [signIn, workload].flatMap((judged) => (judged.kind === 'idle' ? [judged] : []));
  const neverSignedIn = signIn.kind === 'idle' && signIn.idleDays === undefined;
  if (neverSignedIn && (workload.kind === 'unknown' || (workload.kind === 'idle' && workload.none))) {
    return { kind: 'neverUsed' };
  }
  const bounds = known.flatMap((judged) => judged.idleDays ?? []);
  const uses = known.flatMap((judged) => judged.lastUse ?? []);
  if (bounds.length === 0) return { kind: 'unknown', why: ['no source could be read'] };
  return { kind: 'inactive', days: Math.min(...bounds), lastUse: latest(uses) };
}

function judgeWorkload(evidence: Evidence['workload'], rules: InactivityRules, today: Day): Judgement {
  if (!('facts' in evidence)) return { kind: 'unknown', why: [`usage report: ${evidence.unknown}`] };
  const facts = WORKLOADS.map((workload) => ({ workload, fact: evidence.facts[workload] }));
  const used = latest(facts.flatMap(({ fact }) => (fact.kind === 'on' ? [fact.day] : [])));
  if (used !== undefined && isRecentUse(used, evidence.refreshed, rules, today)) {
    return { kind: 'active', lastUse: used };
  }
  const stale = staleness(evidence.refreshed, rules, today);
  if (stale !== undefined) return { kind: 'unknown', why: [`usage report: ${stale}`] };
  const unknown = facts.flatMap(({ workload, fact }) =>
    fact.kind === 'unknown' ? [`${workload}: ${fact.why}`] : [],
  );
  if (unknown.length > 0) return { kind: 'unknown', why: unknown };
  return idleWorkload(evidence, facts, used, rules);
}

function idleWorkload(
  evidence: WorkloadEvidence,
  facts: readonly { readonly fact: Fact }[],
  used: Day | undefined,
  rules: InactivityRules,
): Judgement {
  const reaches = facts.flatMap(({ fact }) =>
    fact.kind === 'none' && fact.since !== undefined ? [fact.since] : [],
  );
  const bounds = [...reaches, ...(used === undefined ? [] : [used])].map((day) =>
    daysBetween(day, evidence.refreshed),
  );
  const idleDays = bounds.length > 0 ? Math.min(...bounds) : undefined;
  if (idleDays !== undefined && idleDays < rules.inactivity.days) {
    return { kind: 'unknown', why: [`usage report: it reaches back only ${idleDays} days`] };
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

/** The latest use that any source proves: successful sign-in or a workload. */
export function lastUseOf({ workload, signIn }: Evidence): Day | undefined {
  const facts: readonly Fact[] = [
    ...('facts' in workload ? WORKLOADS.map((name) => workload.facts[name]) : []),
    ...('successful' in signIn ? [signIn.successful] : []),
  ];
  return latest(facts.flatMap((fact) => (fact.kind === 'on' ? [fact.day] : [])));
}

function latest(days: readonly Day[]): Day | undefined {
  return days.length > 0 ? (Math.max(...days) as Day) : undefined;
}
