import type { Policy } from '../../config/policy.js';
import { isoDay, type Day } from '../day.js';
import type { StopFigures } from '../audit-result.js';
import { staleness } from '../inactivity.js';
import type { ReportName } from '../reports/names.js';
import type { SourceName } from '../run-record.js';
import type { SignInSource } from '../sign-ins/sign-in.js';
import type { ReportReading } from '../reports/reader.js';
import { SHOW_BY_HAND, showAnyway, type SettingRefused } from '../reveal/setting.js';

/** Why an audit may not go on; undefined: it may. Safety rule 1; see also against-last-run.ts. */
export type Stop = { readonly why: string; readonly figures: StopFigures } | undefined;

/** A source that lacks more than this share of the licensed people is a partial read. */
const LARGEST_GAP_PERCENT = 10;
/** In a tenant of a few people one or two who are missing are no sign of anything. */
export const SMALLEST_GAP = 3;
/** So few people may indeed all be idle. */
export const SMALLEST_BLANK = 10;

const TITLES: Readonly<Record<SourceName, string>> = {
  directory: 'The directory',
  signIns: 'The list of sign-in dates',
  activeUsers: 'The usage report',
  email: 'The email report',
  teams: 'The Teams report',
  sharePoint: 'The SharePoint report',
  apps: 'The report on Microsoft 365 Apps',
  activations: 'The report on activations',
  mailboxes: 'The report on mailboxes',
  oneDrives: 'The report on OneDrive',
  sites: 'The report on SharePoint sites',
};

/** A source as the subject of a sentence. */
export function titleOf(source: SourceName): string {
  return TITLES[source];
}

export function concealedNames(isConcealed: boolean): Stop {
  if (!isConcealed) return undefined;
  return {
    why: 'The tenant conceals names in usage reports, so use cannot be told by person. ' + SHOW_BY_HAND,
    figures: {},
  };
}

export function premiumForSignIns(hasEntraP1: boolean, policy: Pick<Policy, 'evidence'>): Stop {
  if (hasEntraP1 || !policy.evidence.require.includes('signIn')) return undefined;
  return {
    why:
      'The policy requires sign-in dates, and the tenant has no Entra ID P1, so it has none. ' +
      'Set evidence.require to [workload] to judge by the usage reports alone.',
    figures: {},
  };
}

/**
 * A report that is required must be usable and fresh as a whole.
 * @param refused nobody could look whether the tenant conceals names, so the report alone tells
 */
export function usableReport(
  reading: ReportReading<unknown>,
  policy: Pick<Policy, 'evidence' | 'inactivity' | 'reports'>,
  today: Day,
  refused: SettingRefused,
): Stop {
  if (reading.kind === 'unusable' && reading.problem === 'concealed')
    return { why: `${reading.why} ${refused === undefined ? WAIT : showAnyway(policy)}`, figures: {} };
  if (!policy.evidence.require.includes('workload')) return undefined;
  if (reading.kind === 'unusable')
    return { why: `${reading.why} ${LATER}`, figures: { problem: reading.problem } };
  const why = reportIsFresh('activeUsers', reading.refreshed, policy, today);
  if (why === undefined) return undefined;
  return {
    why,
    figures: {
      reportRefreshed: isoDay(reading.refreshed),
      maxReportAgeDays: policy.inactivity.maxReportAgeDays,
    },
  };
}

const LATER = 'Nobody was judged: run the audit again later.';
const WAIT = 'If concealment was switched off just now, run the audit again in some minutes.';

/** A report against the directory, both over the same people. */
export interface ReportCounts {
  /** People who have the service and should have a row. */
  readonly expected: number;
  /** Those of them with a readable row. */
  readonly rows: number;
  /** Those of these with any date of use; undefined: the report has no such dates. */
  readonly used: number | undefined;
}

/**
 * Why a report is unusable as a whole; undefined: it is whole. One that lacks many people is cut off or of another
 * tenant, and one in which nobody did anything for half a year is blank, not a quiet tenant.
 */
export function reportIsWhole(report: ReportName, counts: ReportCounts): string | undefined {
  const { expected, rows, used } = counts;
  if (isGap(expected, rows, LARGEST_GAP_PERCENT)) {
    return (
      `${titleOf(report)} has a readable row for only ${rows} of ${expected} licensed people, so it is incomplete or of ` +
      'another tenant.'
    );
  }
  if (used !== 0 || rows < SMALLEST_BLANK) return undefined;
  return `${titleOf(report)} has no activity date for any of ${rows} licensed people, so it is blank.`;
}

/** Why a report is too old to prove anything, or lies in the future; undefined: it is fresh. */
export function reportIsFresh(
  report: ReportName,
  refreshed: Day,
  policy: Pick<Policy, 'evidence' | 'inactivity'>,
  today: Day,
): string | undefined {
  const stale = staleness(refreshed, policy, today);
  return stale === undefined ? undefined : `${titleOf(report)} cannot be used: ${stale}.`;
}

const NOBODY = 'Nobody was judged; run the audit again later.';

/** The active-user report has to cover the directory: without it nobody can be judged. */
export function reportCoversDirectory(counts: { readonly members: number; readonly inReport: number }): Stop {
  const { members, inReport } = counts;
  const why = reportIsWhole('activeUsers', { expected: members, rows: inReport, used: undefined });
  return why === undefined ? undefined : { why: `${why} ${NOBODY}`, figures: { members, inReport } };
}

/** A blank active-user report stops the audit where the policy judges by it. */
export function reportShowsUse(
  counts: { readonly inReport: number; readonly used: number },
  policy: Pick<Policy, 'evidence'>,
): Stop {
  const { inReport, used } = counts;
  if (!policy.evidence.require.includes('workload')) return undefined;
  const why = reportIsWhole('activeUsers', { expected: inReport, rows: inReport, used });
  return why === undefined ? undefined : { why: `${why} ${NOBODY}`, figures: { inReport, used } };
}

/** Sign-in dates that lack many of the people whose dates were asked for are a partial read. */
export function signInsCoverDirectory(source: SignInSource): Stop {
  if (source.kind === 'unread' || !isGap(source.asked, source.rows, LARGEST_GAP_PERCENT)) return undefined;
  return {
    why: `Graph gave the sign-in dates of only ${source.rows} of ${source.asked} people who may be inactive. ${NOBODY}`,
    figures: { people: source.asked, signInRows: source.rows },
  };
}

/** Does more than so many percent of what was expected lack, and not just one or two? */
export function isGap(expected: number, found: number, percent: number): boolean {
  const missing = expected - found;
  return missing >= SMALLEST_GAP && missing * 100 > expected * percent;
}
