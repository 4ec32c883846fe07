import type { Policy } from '../../config/policy.js';
import { licenseScopeHash, scopeHash } from '../../config/scope-hash.js';
import type { Finding, Scenario } from '../finding.js';
import { listOf } from '../findings.js';
import type { LastRun } from '../back-test/run-back-test.js';
import type { RunMeasures, SourceMeasure, SourceName } from '../run-record.js';

export interface MeasuredRun {
  /** In scope with a managed license. */
  readonly people: number;
  readonly findings: readonly Finding[];
  readonly sources: RunMeasures['sources'];
  /** Text of the file that scope.people names; undefined without one. */
  readonly scopePeople?: string | undefined;
}

/** What the next run is compared with; `flagged` is what a back-test at the policy's threshold gives as well. */
export function measuresOf(
  { people, findings, sources, scopePeople }: MeasuredRun,
  policy: Pick<Policy, 'scope' | 'inactivity'>,
): RunMeasures {
  return {
    scopeHash: scopeHash(policy, scopePeople),
    licenseScopeHash: licenseScopeHash(policy),
    inactivityDays: policy.inactivity.days,
    people,
    flagged: findings.filter(isFlaggedFinding).length,
    leavers: countOf(findings, 'leftCompany'),
    unusedLicenses: countOf(findings, 'unusedLicense'),
    sources,
  };
}

/**
 * What the last run left to be compared with, without the dates of sources that claim to reach beyond its own day: they
 * were wrong. undefined: nothing.
 */
export function measuresOfLast(
  last: Pick<LastRun, 'finishedAt' | 'measures'> | undefined,
): RunMeasures | undefined {
  if (last?.measures === undefined) return undefined;
  const ownDay = last.finishedAt.slice(0, 'YYYY-MM-DD'.length);
  const sources = Object.entries(last.measures.sources) as [SourceName, SourceMeasure][];
  const honest = sources.map(([name, source]) => {
    const isHonest = source.refreshed === undefined || source.refreshed <= ownDay;
    return [name, isHonest ? source : { ...source, refreshed: undefined }] as const;
  });
  return { ...last.measures, sources: Object.fromEntries(honest) };
}

/** Found idle as a person, and on the normal path: not for another reason, such as a license that nobody uses. */
function isFlaggedFinding(finding: Finding): boolean {
  const { kind } = finding.verdict;
  return (kind === 'inactive' || kind === 'neverUsed') && listOf(finding) === 'inactive';
}

/** On the normal path for this reason. */
function countOf(findings: readonly Finding[], reason: Scenario): number {
  return findings.filter((finding) => finding.scenario === reason && listOf(finding) === 'inactive').length;
}
