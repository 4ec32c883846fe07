import { moneyText } from '../../cards/money-text.js';
import { decimal, sumsByCurrency, type Money } from '../../spend/money.js';
import { isoDay } from '../day.js';
import type { Finding } from '../finding.js';
import { lastUseOf } from '../inactivity.js';
import type { PageCell, PageColumn, PageRow, PageTable, TableId } from './data.js';
import { daysWords, evidenceLines, PROTECTION_WORDS, scenarioWords, verdictWords } from './words.js';
import { reclaimableLicenses } from '../licenses/unused.js';

/** Whoever has never used anything comes after everybody who has. */
const NEVER = 1_000_000;

interface PersonColumn extends PageColumn {
  readonly of: (finding: Finding) => PageCell;
}

const PERSON: PersonColumn = {
  label: 'Person',
  kind: 'person',
  of: (finding) => [finding.person.displayName, finding.person.userPrincipalName, ...evidenceLines(finding)],
};
const DEPARTMENT: PersonColumn = {
  label: 'Department',
  kind: 'text',
  of: ({ person }) => person.department ?? '',
};
const SCENARIO: PersonColumn = { label: 'Why', kind: 'text', of: scenarioWords };
const DAYS: PersonColumn = { label: 'Days unused', kind: 'ranked', of: daysCell };
const LAST_USE: PersonColumn = {
  label: 'Last use',
  kind: 'text',
  of: ({ evidence }) => {
    const day = lastUseOf(evidence);
    return day === undefined ? '' : isoDay(day);
  },
};
const UNUSED: PersonColumn = {
  label: 'Unused licenses',
  kind: 'list',
  of: (finding) => reclaimableLicenses(finding).map(({ name }) => name),
};
const LICENSES: PersonColumn = {
  label: 'Licenses',
  kind: 'list',
  of: ({ licenses }) => licenses.map(({ name }) => name),
};
const COST: PersonColumn = {
  label: 'Per year',
  kind: 'ranked',
  of: (finding) => costCell(finding.licenses.map(({ annualCost }) => annualCost)),
};
const UNUSED_COST: PersonColumn = {
  ...COST,
  of: (finding) => costCell(reclaimableLicenses(finding).map(({ annualCost }) => annualCost)),
};
const VERDICT: PersonColumn = { label: 'Use', kind: 'text', of: ({ verdict }) => verdictWords(verdict) };
const WHY_UNKNOWN: PersonColumn = {
  label: 'Why unknown',
  kind: 'list',
  of: ({ verdict }) => (verdict.kind === 'unknown' ? verdict.why : []),
};
const PROTECTED_AS: PersonColumn = {
  label: 'Protected as',
  kind: 'text',
  of: ({ protections }) => [...new Set(protections.map(({ kind }) => PROTECTION_WORDS[kind]))].join(', '),
};
const RULE: PersonColumn = {
  label: 'Rule',
  kind: 'list',
  of: ({ protections }) => protections.map(({ rule }) => rule),
};

/**
 * Managers and sponsors are in the CSV files alone: some are executives, who are never in this page, and a name left
 * out here and given there would tell which of them was found inactive.
 */
const COLUMNS = {
  people: [PERSON, DEPARTMENT, SCENARIO, DAYS, LAST_USE, UNUSED, UNUSED_COST],
  guests: [PERSON, VERDICT, LAST_USE, LICENSES, COST],
  protected: [PERSON, DEPARTMENT, PROTECTED_AS, RULE, VERDICT, LICENSES, COST],
  unknown: [PERSON, DEPARTMENT, WHY_UNKNOWN, LICENSES, COST],
} as const satisfies Partial<Record<TableId, readonly PersonColumn[]>>;

export function peopleTable(
  id: keyof typeof COLUMNS,
  findings: readonly Finding[],
  facetsOf?: (finding: Finding) => NonNullable<PageRow['f']>,
): PageTable {
  const columns: readonly PersonColumn[] = COLUMNS[id];
  return {
    id,
    nouns: id === 'guests' ? ['guest', 'guests'] : ['person', 'people'],
    columns: columns.map(({ label, kind }) => ({ label, kind })),
    rows: findings.map((finding) => ({
      c: columns.map((column) => column.of(finding)),
      ...(facetsOf === undefined ? {} : { f: facetsOf(finding) }),
    })),
  };
}

/** How long nothing was used: of an active person, the license that was used last of the unused ones. */
export function daysUnused(finding: Finding): number | 'never' | undefined {
  const { verdict } = finding;
  if (verdict.kind === 'inactive') return verdict.days;
  if (verdict.kind === 'neverUsed') return 'never';
  const verdicts = reclaimableLicenses(finding).map((license) => license.verdict);
  const days = verdicts.flatMap((each) => (each.kind === 'inactive' ? [each.days] : []));
  if (days.length > 0) return Math.min(...days);
  return verdicts.some(({ kind }) => kind === 'neverUsed') ? 'never' : undefined;
}

function daysCell(finding: Finding): PageCell {
  const days = daysUnused(finding);
  if (days === undefined) return [null, ''];
  if (days === 'never') return [NEVER, 'never used'];
  return [days, finding.verdict.kind === 'inactive' ? daysWords(finding.verdict) : `${days}`];
}

/** Sorted by the amount; several currencies stand side by side. */
function costCell(costs: readonly (Money | undefined)[]): PageCell {
  const sums = sumsByCurrency(costs);
  if (sums.length === 0) return [null, 'price not entered'];
  const [first] = sums;
  const open = costs.filter((cost) => cost === undefined).length;
  const without = open > 0 ? ` and ${open} without a price` : '';
  return [
    first === undefined ? null : Number(decimal(first)),
    `${sums.map((sum) => moneyText(sum, 'en')).join(' + ')}${without}`,
  ];
}
