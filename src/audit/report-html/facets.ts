import type { Finding, Scenario } from '../finding.js';
import type { Facet, PageRow } from './data.js';
import { daysUnused } from './people.js';
import { PART_WORDS, SCENARIO_WORDS } from './words.js';
import { PARTS } from '../licenses/parts.js';
import { isIdle, reclaimableLicenses } from '../licenses/unused.js';

const AGES = [
  'Under 90 days',
  '90 to 119 days',
  '120 to 179 days',
  '180 days and more',
  'Never used',
  'In use, not needed',
] as const;
type Age = (typeof AGES)[number];

const NO_DEPARTMENT = 'No department';
const NO_SCENARIO = 'Other';

/** Values by which the people asked about can be filtered, and how each person falls under them. */
export interface Facets {
  readonly facets: readonly Facet[];
  readonly placesOf: (finding: Finding) => NonNullable<PageRow['f']>;
}

export function facetsOf(findings: readonly Finding[]): Facets {
  const present = new Set(findings.map(ageOf));
  const ages = AGES.filter((age) => present.has(age));
  const scenarios = Object.values(SCENARIO_WORDS).filter((words) =>
    findings.some((one) => why(one) === words),
  );
  const others = findings.some((one) => why(one) === NO_SCENARIO) ? [NO_SCENARIO] : [];
  const facets = [
    { id: 'age', title: 'How long unused', of: 'Time', values: ages, in: (one) => [ageOf(one)] },
    {
      id: 'scenario',
      title: 'Why they are asked about',
      of: 'Reason',
      values: [...scenarios, ...others],
      in: (one) => [why(one)],
    },
    {
      id: 'department',
      title: 'Department',
      of: 'Department',
      values: byCount(findings.map(departmentOf)),
      in: (one) => [departmentOf(one)],
    },
    {
      id: 'license',
      title: 'Unused license',
      of: 'License',
      values: byCount(findings.flatMap(licensesOf)),
      in: licensesOf,
    },
    {
      id: 'service',
      title: 'Service that they hold and do not use',
      of: 'Service',
      values: PARTS.map((part) => PART_WORDS[part]).filter((words) =>
        findings.some((one) => unusedServicesOf(one).includes(words)),
      ),
      in: unusedServicesOf,
    },
  ] as const satisfies readonly (Facet & { in: (finding: Finding) => readonly string[] })[];
  const places = facets.map(({ values }) => new Map(values.map((value, at) => [value as string, at])));
  return {
    facets: facets.map(({ id, title, of, values }) => ({ id, title, of, values })),
    placesOf: (finding) =>
      facets.map((facet, at) => facet.in(finding).flatMap((value) => places[at]?.get(value) ?? [])),
  };
}

function ageOf(finding: Finding): Age {
  const days = daysUnused(finding);
  if (days === undefined) return 'In use, not needed';
  if (days === 'never') return 'Never used';
  if (days >= 180) return '180 days and more';
  if (days >= 120) return '120 to 179 days';
  return days >= 90 ? '90 to 119 days' : 'Under 90 days';
}

function why({ scenario }: { readonly scenario: Scenario | undefined }): string {
  return scenario === undefined ? NO_SCENARIO : SCENARIO_WORDS[scenario];
}

function departmentOf({ person }: Finding): string {
  const department = person.department?.trim() ?? '';
  return department === '' ? NO_DEPARTMENT : department;
}

function licensesOf(finding: Finding): readonly string[] {
  return [...new Set(reclaimableLicenses(finding).map(({ name }) => name))];
}

/** Those that any license gives them and of which a source shows no use within the threshold (field.md F45). */
function unusedServicesOf({ licenses }: Finding): readonly string[] {
  const idle = licenses.flatMap(({ parts }) => parts.filter(({ verdict }) => isIdle(verdict)));
  return [...new Set(idle.map(({ part }) => PART_WORDS[part]))];
}

/** Most frequent first; then by name, so that the order never depends on the order of the people. */
function byCount(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1)).map(([value]) => value);
}
