import type { Policy } from '../../config/policy.js';
import type { AuditResult } from '../audit-result.js';
import { isoDay } from '../day.js';
import { moneyOf, SCHEMA_VERSION } from './plan.js';
import type { Finding, Scenario } from '../finding.js';
import { listOf } from '../findings.js';
import { missingSources, type SourceState } from '../sources/state.js';
import { reclaimableLicenses } from '../licenses/unused.js';

/** Figures, sources and caveats of one audit; of a stopped one, why it was stopped. Names nobody. */
export function summaryOf(result: AuditResult, policy: Policy, policyHash: string): unknown {
  const head = {
    schemaVersion: SCHEMA_VERSION,
    result: result.kind,
    startedAt: result.startedAt.toISOString(),
    finishedAt: result.finishedAt.toISOString(),
    mode: policy.mode,
    policyHash,
    inactivityDays: policy.inactivity.days,
    requiredEvidence: policy.evidence.require,
  };
  if (result.kind === 'stopped') return { ...head, why: result.why, figures: result.figures };
  const { sources } = result;
  return {
    ...head,
    tenantId: result.tenantId,
    reportRefreshDate: result.reportRefreshed === undefined ? undefined : isoDay(result.reportRefreshed),
    signInsReadAt: result.signInsReadAt?.toISOString(),
    figures: { ...result.figures, annualCost: result.figures.annualCost.map(moneyOf) },
    scenarios: scenarioCounts(result.findings),
    unusedLicenses: unusedCounts(result.findings),
    caveats: result.caveats,
    sources: sources.map(sourceOf),
    sourcesMissing: missingSources(sources).map(({ source }) => source),
  };
}

const SCENARIOS = [
  'leftCompany',
  'neverSignedIn',
  'inactive',
  'disabledButLicensed',
  'unusedLicense',
] as const satisfies readonly Scenario[];

/** People on the normal path per scenario; together they are the people asked about. */
export function scenarioCounts(findings: readonly Finding[]): Readonly<Record<Scenario, number>> {
  const counts = Object.fromEntries(SCENARIOS.map((scenario) => [scenario, 0])) as Record<Scenario, number>;
  for (const finding of findings) {
    if (finding.scenario !== undefined && listOf(finding) === 'inactive') counts[finding.scenario] += 1;
  }
  return counts;
}

/** Unused licenses of the people asked about, per part number. */
function unusedCounts(findings: readonly Finding[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const finding of findings.filter((one) => listOf(one) === 'inactive')) {
    for (const { partNumber } of reclaimableLicenses(finding)) {
      counts.set(partNumber, (counts.get(partNumber) ?? 0) + 1);
    }
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sourceOf({ source, state, refreshed, rows, why, fix }: SourceState): unknown {
  return {
    source,
    state,
    refreshed: refreshed === undefined ? undefined : isoDay(refreshed),
    rows,
    why,
    fix,
  };
}
