import type { Policy } from '../../config/policy.js';
import { decimal, type Money } from '../../spend/money.js';
import type { DoneAudit } from '../audit-result.js';
import type { Verdict } from '../evidence.js';
import type { Finding, LicenseFinding } from '../finding.js';
import { listOf } from '../findings.js';
import { reclaimableLicenses } from '../licenses/unused.js';

/** 2: verdicts with days, parts, superfluous licenses; 1 had none of them. */
export const SCHEMA_VERSION = 2;

/** What would be done about whom. People whom only HR may see are left out. */
export function planOf(result: DoneAudit, policy: Policy): unknown {
  const visible = result.findings.filter((finding) => listOf(finding) !== 'hr');
  return {
    schemaVersion: SCHEMA_VERSION,
    mode: policy.mode,
    people: visible.map((finding) => personPlan(finding, policy)),
  };
}

function personPlan(finding: Finding, policy: Policy): unknown {
  const unused = reclaimableLicenses(finding);
  return {
    userId: finding.person.id,
    userPrincipalName: finding.person.userPrincipalName,
    scenario: finding.scenario,
    neverSignedIn: finding.neverSignedIn,
    securityAlert: finding.securityAlert,
    ...verdictFields(finding.verdict),
    recommendation: finding.recommendation,
    protections: [...new Set(finding.protections.map(({ kind }) => kind))],
    steps: finding.recommendation === 'ask' && finding.scenario ? policy.reclaim.steps[finding.scenario] : [],
    unusedLicenses: unused.map(({ partNumber }) => partNumber),
    licenses: finding.licenses.map((license) => licensePlan(license, finding.licenses)),
  };
}

function licensePlan(license: LicenseFinding, held: readonly LicenseFinding[]): unknown {
  const { coveredBy } = license;
  return {
    skuId: license.skuId,
    partNumber: license.partNumber,
    ...verdictFields(license.verdict),
    parts: license.parts.map(({ part, verdict }) => ({ part, ...verdictFields(verdict) })),
    coveredBy:
      coveredBy === undefined
        ? undefined
        : (held.find(({ skuId }) => skuId === coveredBy)?.partNumber ?? coveredBy),
    ways: license.license.paths.map((path) => (path.kind === 'direct' ? 'direct' : `group ${path.groupId}`)),
    hasMailboxPlan: license.hasMailboxPlan,
    annualCost: moneyOf(license.annualCost),
  };
}

interface VerdictFields {
  readonly verdict: Verdict['kind'];
  readonly days?: number;
  readonly why?: readonly string[];
}

function verdictFields(verdict: Verdict): VerdictFields {
  switch (verdict.kind) {
    case 'inactive':
      return { verdict: verdict.kind, days: verdict.days };
    case 'unknown':
      return { verdict: verdict.kind, why: verdict.why };
    default:
      return { verdict: verdict.kind };
  }
}

export function moneyOf(
  money: Money | undefined,
): { readonly amount: string; readonly currency: string } | undefined {
  return money && { amount: decimal(money), currency: money.currency };
}
