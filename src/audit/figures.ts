import { sumsByCurrency, type Money } from '../spend/money.js';
import type { AuditFigures } from './audit-result.js';
import type { Finding } from './finding.js';
import { listOf, type FindingList } from './findings.js';
import { reclaimableLicenses } from './licenses/unused.js';

export interface PeopleCounts {
  readonly inScope: number;
  readonly outOfScope: number;
  readonly licenses: number;
  readonly departments: ReadonlyMap<string, number>;
}

export function figuresOf(people: PeopleCounts, findings: readonly Finding[]): AuditFigures {
  const counts: Record<FindingList, number> = { inactive: 0, protected: 0, unknown: 0, guests: 0, hr: 0 };
  for (const finding of findings) counts[listOf(finding)] += 1;
  const inactive = findings.filter((finding) => listOf(finding) === 'inactive');
  return {
    people: people.inScope,
    licenses: people.licenses,
    active: people.inScope - findings.length,
    inactive: counts.inactive,
    protected: counts.protected + counts.hr,
    unknown: counts.unknown,
    guests: counts.guests,
    outOfScope: people.outOfScope,
    annualCost: costByCurrency(inactive),
    withoutPrice: inactive.filter((finding) =>
      reclaimableLicenses(finding).some(({ annualCost }) => annualCost === undefined),
    ).length,
    departments: Object.fromEntries([...people.departments].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function costByCurrency(findings: readonly Finding[]): readonly Money[] {
  return sumsByCurrency(
    findings.flatMap((finding) => reclaimableLicenses(finding).map(({ annualCost }) => annualCost)),
  );
}
