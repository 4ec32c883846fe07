import type { Policy } from '../../config/policy.js';
import type { Day } from '../day.js';
import type { Details, OptionalDetail } from '../findings.js';
import { reportIsFresh } from '../guards/guards.js';
import { REPORT_NAMES, type ReportName } from '../reports/names.js';
import { settingStates } from '../reveal/setting.js';
import type { Roster } from '../roster/roster.js';
import type { ReportState } from '../reports/run-reports.js';
import type { Sources } from './run-sources.js';
import { NOBODY_NEEDED, type SignInSource } from '../sign-ins/sign-in.js';
import type { SourceState } from './state.js';
import { fixFor, missingPermission, permissionsOf, taskOf } from '../tasks/tasks.js';

/** What became of every source, with what somebody can do about those that are missing. Pure. */
export function sourceStates(
  sources: Pick<Sources, 'reports' | 'signIns' | 'roster' | 'tenant' | 'settingRefused'>,
  details: Pick<Details, 'notRead'>,
  policy: Policy,
  today: Day,
): readonly SourceState[] {
  const { reports, signIns, roster, tenant, settingRefused } = sources;
  return [
    signInState(signIns.source, tenant.hasEntraP1),
    ...REPORT_NAMES.map((name) => reportState(name, reports.states[name], policy, today)),
    ...settingStates(settingRefused, policy),
    rosterState(roster, policy, today),
    { source: 'leaveDates', state: policy.evidence.leaveDates ? 'read' : 'off', ...leaveWhy(policy) },
    ...details.notRead.map(detailState),
  ];
}

function signInState(source: SignInSource, hasEntraP1: boolean): SourceState {
  if (source.kind === 'read') return { source: 'signIn', state: 'read', rows: source.rows };
  if (!hasEntraP1) {
    const fix = 'License the tenant for Entra ID P1 to have sign-in dates.';
    return { source: 'signIn', state: 'impossible', why: 'The tenant has no Entra ID P1.', fix };
  }
  if (source.why === NOBODY_NEEDED) return { source: 'signIn', state: 'notNeeded' };
  return {
    source: 'signIn',
    state: 'impossible',
    why: source.why,
    fix: fixFor(permissionsOf(taskOf('signIns'))),
  };
}

function reportState(source: ReportName, state: ReportState, policy: Policy, today: Day): SourceState {
  if (state.kind === 'off') return offState(source, policy);
  if (state.kind === 'unknown') {
    const missing = state.failure && missingPermission(state.failure);
    if (missing !== undefined) return { source, state: 'impossible', why: state.why, fix: missing.fix };
    return { source, state: 'unknown', why: state.why, fix: without(source) };
  }
  const { refreshed, rows } = state;
  const why = reportIsFresh(source, refreshed, policy, today);
  if (why !== undefined) return { source, state: 'unknown', refreshed, rows, why, fix: without(source) };
  return { source, state: 'read', refreshed, rows };
}

/** A report that the policy names and that was not asked for is of products that the tenant does not have. */
function offState(source: ReportName, policy: Policy): SourceState {
  const isNamed = policy.evidence.reports.some((name) => name === source);
  if (isNamed) return { source, state: 'notNeeded' };
  return { source, state: 'off', why: `evidence.reports leaves out ${source}.` };
}

function without(source: ReportName): string {
  return source === 'activeUsers'
    ? 'Run the audit again later.'
    : `Run the audit again later, or leave ${source} out of evidence.reports to do without it.`;
}

function rosterState(roster: Roster | undefined, policy: Policy, today: Day): SourceState {
  const fix = 'Import one with `npm run steward -- import-roster FILE`.';
  if (roster === undefined)
    return { source: 'roster', state: 'off', why: 'No user source was imported.', fix };
  const refreshed = roster.asOf;
  if (roster.isFresh(today, policy.roster.maxAgeDays)) return { source: 'roster', state: 'read', refreshed };
  const why = `It is older than roster.maxAgeDays (${policy.roster.maxAgeDays}), so that only leave in it counts.`;
  return { source: 'roster', state: 'unknown', refreshed, why, fix };
}

function leaveWhy({ evidence }: Policy): Partial<SourceState> {
  return evidence.leaveDates ? {} : { why: 'evidence.leaveDates is false.' };
}

const DETAILS = {
  eligibleRoles: 'roles',
  mailboxPurposes: 'mailboxPurposes',
  sponsors: 'sponsors',
} as const satisfies Record<OptionalDetail, SourceState['source']>;

function detailState({ what, why }: Details['notRead'][number]): SourceState {
  return { source: DETAILS[what], state: 'impossible', why };
}
