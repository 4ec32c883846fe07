import type { Policy } from '../config/policy.js';
import { decimal, type Money } from '../spend/money.js';
import type { AuditResult, DoneAudit } from './audit-result.js';
import { csv } from './csv.js';
import { isoDay } from './day.js';
import { inactiveTable, positionTable, protectedTable, unknownTable, type Table } from './file-rows.js';
import type { Finding } from './finding.js';
import { listOf, type FindingList } from './findings.js';

/** One file to be written. `mode` are the permission bits. */
export interface OutputFile {
  readonly name: string;
  readonly mode: 0o600 | 0o644;
  readonly content: Iterable<string>;
}

const SCHEMA_VERSION = 1;

/**
 * The files of one audit. A stopped one gives `summary.json` alone, which says why.
 * @param policyHash of the policy file, so that a reader can tell under which rules the lists were made
 */
export function auditFiles(result: AuditResult, policy: Policy, policyHash: string): readonly OutputFile[] {
  const summary = json('summary.json', summaryOf(result, policy, policyHash));
  if (result.kind === 'stopped') return [summary];
  const lists = byList(result.findings);
  return [
    csvFile('inactive-users.csv', inactiveTable(lists.inactive)),
    csvFile('protected-users.csv', protectedTable(lists.protected)),
    csvFile('hr-review.csv', unknownTable(lists.hr), 0o600),
    csvFile('unknown-users.csv', unknownTable(lists.unknown)),
    csvFile('guests.csv', unknownTable(lists.guests)),
    csvFile('position.csv', positionTable(result.position)),
    json('plan.json', planOf(result, policy)),
    summary,
  ];
}

function byList(findings: readonly Finding[]): Readonly<Record<FindingList, readonly Finding[]>> {
  const lists: Record<FindingList, Finding[]> = {
    inactive: [],
    protected: [],
    unknown: [],
    guests: [],
    hr: [],
  };
  for (const finding of findings) lists[listOf(finding)].push(finding);
  return lists;
}

/** What would be done about whom. People whom only HR may see are left out. */
function planOf(result: DoneAudit, policy: Policy): unknown {
  const visible = result.findings.filter((finding) => listOf(finding) !== 'hr');
  return {
    schemaVersion: SCHEMA_VERSION,
    mode: policy.mode,
    people: visible.map((finding) => ({
      userId: finding.person.id,
      userPrincipalName: finding.person.userPrincipalName,
      scenario: finding.scenario,
      verdict: finding.verdict.kind,
      recommendation: finding.recommendation,
      protections: [...new Set(finding.protections.map(({ kind }) => kind))],
      steps:
        finding.recommendation === 'ask' && finding.scenario ? policy.reclaim.steps[finding.scenario] : [],
      licenses: finding.licenses.map((license) => ({
        skuId: license.skuId,
        partNumber: license.partNumber,
        verdict: license.verdict.kind,
        ways: license.license.paths.map((path) =>
          path.kind === 'direct' ? 'direct' : `group ${path.groupId}`,
        ),
        hasMailboxPlan: license.hasMailboxPlan,
        annualCost: moneyOf(license.annualCost),
      })),
    })),
  };
}

function summaryOf(result: AuditResult, policy: Policy, policyHash: string): unknown {
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
  return {
    ...head,
    tenantId: result.tenantId,
    reportRefreshDate: result.reportRefreshed === undefined ? undefined : isoDay(result.reportRefreshed),
    signInsReadAt: result.signInsReadAt?.toISOString(),
    figures: { ...result.figures, annualCost: result.figures.annualCost.map(moneyOf) },
    caveats: result.caveats,
    sourcesMissing: ['apps', 'activations', 'mailStorage', 'oneDriveStorage'],
  };
}

function moneyOf(
  money: Money | undefined,
): { readonly amount: string; readonly currency: string } | undefined {
  return money && { amount: decimal(money), currency: money.currency };
}

function csvFile(name: string, { header, rows }: Table, mode: OutputFile['mode'] = 0o644): OutputFile {
  return { name, mode, content: { [Symbol.iterator]: () => csv(header, rows) } };
}

function json(name: string, value: unknown): OutputFile {
  return { name, mode: 0o644, content: [`${JSON.stringify(value, undefined, 2)}\n`] };
}
