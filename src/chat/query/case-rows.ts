import type { UserId } from '../../audit/person.js';
import type { Case, CaseLicense } from '../../cases/case.js';
import type { Query } from './query.js';
import { countryName, domainsOf, valueOf, type Known, type Row, type RowLicense } from './rows.js';

/** Whether a query is about cases that stand somewhere, of which some are about people whom no audit lists any more. */
export function asksForCases({ subject, conditions }: Query): boolean {
  return (
    subject === 'candidates' &&
    conditions.some(
      (each) => each.field === 'state' && each.is === 'in' && each.values.some((state) => state !== 'noCase'),
    )
  );
}

/**
 * Rows of people whom the latest audit does not list as idle any more: they are active again, or the license has gone. Their
 * newest case says what it was about; how it is by now nobody knows. Pure.
 * @param cases none of HR's, newest first
 */
export function rowsOfCases(cases: readonly Case[], rows: readonly Row[]): readonly Row[] {
  const known: Known = new Map();
  const met = new Set<UserId>(
    rows.flatMap(({ subject, userId }) => (subject === 'candidates' ? [userId] : [])),
  );
  return cases.flatMap((c) => {
    if (met.has(c.userId)) return [];
    met.add(c.userId);
    // A gift is about nobody who looked idle.
    return c.scenario === 'given' ? [] : [rowOf(c, c.scenario, known)];
  });
}

function rowOf(
  { userId, subject, manager, licenses }: Case,
  scenario: NonNullable<Row['scenario']>,
  known: Known,
): Row {
  const { displayName, userPrincipalName, department, country } = subject;
  return {
    userId,
    displayName,
    userPrincipalName,
    mail: undefined,
    subject: 'candidates',
    scenario,
    verdict: 'unknown',
    days: undefined,
    lastUse: undefined,
    department: valueOf(department ?? '', known),
    country: valueOf(countryName(country ?? ''), known),
    manager: valueOf(manager?.displayName ?? '', known),
    domains: domainsOf([userPrincipalName.split('@')[1]], known),
    units: [],
    licenses: licenses.map((license) => licenseOf(license, known)),
    fromCase: true,
  };
}

function licenseOf({ name, partNumber, annualCost }: CaseLicense, known: Known): RowLicense {
  return { name: valueOf(name, known), partNumber, use: 'unrecorded', days: undefined, cost: annualCost };
}
