import type { Policy } from '../config/policy.js';
import { isoDay, type Day } from './day.js';
import type { StopFigures } from './audit-result.js';
import { staleness } from './inactivity.js';
import type { SignInSource } from './sign-in.js';
import type { UsageReading } from './usage-report.js';

/** Why an audit may not go on; undefined: it may. Safety rule 1, as far as no earlier run is needed. */
export type Stop = { readonly why: string; readonly figures: StopFigures } | undefined;

/** A source that lacks more than this share of the licensed people is a partial read. */
const LARGEST_GAP_PERCENT = 10;
/** In a tenant of a few people one or two who are missing are no sign of anything. */
const SMALLEST_GAP = 3;
/** So few people may indeed all be idle. */
const SMALLEST_BLANK = 10;

export function concealedNames(isConcealed: boolean): Stop {
  if (!isConcealed) return undefined;
  return {
    why:
      'The tenant conceals names in usage reports, so use cannot be told by person. In the Microsoft 365 admin center, ' +
      'under Settings > Org settings > Services > Reports, clear "Display concealed user, group, and site names in all ' +
      'reports", wait some minutes and run the audit again.',
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

/** A report that is required must be usable and fresh as a whole. */
export function usableReport(
  reading: UsageReading,
  policy: Pick<Policy, 'evidence' | 'inactivity'>,
  today: Day,
): Stop {
  if (reading.kind === 'unusable' && reading.problem === 'concealed')
    return { why: `${reading.why} ${WAIT}`, figures: {} };
  if (!policy.evidence.require.includes('workload')) return undefined;
  if (reading.kind === 'unusable') return { why: reading.why, figures: { problem: reading.problem } };
  const stale = staleness(reading.usage.refreshed, policy, today);
  if (stale === undefined) return undefined;
  return {
    why: `The usage report cannot be used: ${stale}.`,
    figures: {
      reportRefreshed: isoDay(reading.usage.refreshed),
      maxReportAgeDays: policy.inactivity.maxReportAgeDays,
    },
  };
}

const WAIT = 'If concealment was switched off just now, run the audit again in some minutes.';

/** A report that lacks many of the licensed people is cut off or of another tenant. */
export function reportCoversDirectory(counts: { readonly members: number; readonly inReport: number }): Stop {
  if (!isGap(counts.members, counts.inReport)) return undefined;
  const { members, inReport } = counts;
  return {
    why:
      `The usage report has a readable row for only ${inReport} of ${members} licensed people, so it is incomplete or of ` +
      'another tenant. Nobody was judged; run the audit again later.',
    figures: { members, inReport },
  };
}

/** A report in which nobody did anything for half a year is blank, not a quiet tenant. */
export function reportShowsUse(
  counts: { readonly inReport: number; readonly used: number },
  policy: Pick<Policy, 'evidence'>,
): Stop {
  const { inReport, used } = counts;
  if (!policy.evidence.require.includes('workload') || used > 0 || inReport < SMALLEST_BLANK)
    return undefined;
  return {
    why:
      `The usage report has no activity date for any of ${inReport} licensed people, so it is blank. ` +
      'Nobody was judged; run the audit again later.',
    figures: { inReport, used },
  };
}

/** Sign-in dates that lack many of the people whose dates were asked for are a partial read. */
export function signInsCoverDirectory(source: SignInSource): Stop {
  if (source.kind === 'unread' || !isGap(source.asked, source.rows)) return undefined;
  return {
    why:
      `Graph gave the sign-in dates of only ${source.rows} of ${source.asked} people who may be inactive. ` +
      'Nobody was judged; run the audit again later.',
    figures: { people: source.asked, signInRows: source.rows },
  };
}

function isGap(expected: number, found: number): boolean {
  const missing = expected - found;
  return missing >= SMALLEST_GAP && missing * 100 > expected * LARGEST_GAP_PERCENT;
}
