import { dayOf, daysBetween, isoDay, type Day } from '../../audit/day.js';
import type { Finding, LicenseFinding, Scenario } from '../../audit/finding.js';
import { listOf } from '../../audit/findings.js';
import { reclaimableLicenses } from '../../audit/licenses/unused.js';
import type { UserId } from '../../audit/person.js';
import type { Money } from '../../spend/money.js';
import { fold } from './fold.js';
import { NONE, type ListedSubject, type VerdictName } from './query.js';

/** One value of a field as it is shown, and the key by which it is compared; equal values are one object. */
export interface Value {
  readonly label: string;
  readonly key: string;
}

/** A license that is asked about, or of somebody who was not judged just held. */
export interface RowLicense {
  readonly name: Value;
  readonly partNumber: string;
  /** `unrecorded`: nothing says whether it is used, as of Power BI. */
  readonly use: 'neverUsed' | 'unrecorded' | 'recorded';
  /** Whole days without proven use; undefined: nobody knows. */
  readonly days: number | undefined;
  /** Per year; undefined when no price is entered. */
  readonly cost: Money | undefined;
}

/** One person of the latest audit, or of a case, in short. Nobody whom only HR may see ever becomes a row. */
export interface Row {
  readonly userId: UserId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  /** Where it is another address. */
  readonly mail: string | undefined;
  readonly subject: ListedSubject;
  readonly scenario: Scenario | undefined;
  readonly verdict: VerdictName;
  /** Whole days without use; of an account that never was used, its age. undefined: in use, or nobody knows. */
  readonly days: number | undefined;
  /** `YYYY-MM-DD` */
  readonly lastUse: string | undefined;
  readonly department: Value;
  readonly country: Value;
  readonly manager: Value;
  /** Of the address, and of AD where it is another. */
  readonly domains: readonly Value[];
  /** Organizational units of AD, from the person up. */
  readonly units: readonly Value[];
  readonly licenses: readonly RowLicense[];
  /** The audit does not list them any more: this is what their case was about. */
  readonly fromCase?: true;
}

/** Values met so far. */
export type Known = Map<string, Value>;

export interface RowMaker {
  /** Adds the row of a finding that admins may see; nothing of any other. */
  add(finding: Finding): void;
  /** `tooMany`: of these people there are more than are kept, so that there is no row of any. */
  done(): { readonly rows: readonly Row[]; readonly tooMany: ReadonlySet<ListedSubject> };
}

interface MutableValue {
  label: string;
  key: string;
}

/**
 * Makes rows that share their values, so that many of them need little memory.
 * @param most rows of each subject
 */
export function rowMaker(finishedAt: Date, most: number): RowMaker {
  const made: Record<ListedSubject, Row[]> = { candidates: [], unknown: [], guests: [] };
  const tooMany = new Set<ListedSubject>();
  const today = dayOf(finishedAt);
  const known: Known = new Map();
  const managers = new Map<UserId, { readonly value: MutableValue; readonly address: string }>();
  const managerOf = ({ manager }: Finding): Value => {
    if (manager === 'none' || 'unknown' in manager) return valueOf('', known);
    const met = managers.get(manager.id);
    if (met !== undefined) return met.value;
    const value = { label: manager.displayName, key: fold(manager.displayName) };
    managers.set(manager.id, { value, address: manager.userPrincipalName });
    return value;
  };
  return {
    add: (finding) => {
      const subject = subjectOf(finding);
      if (subject === undefined || tooMany.has(subject)) return;
      const rows = made[subject];
      rows.push({ ...factsOf(finding, subject, today, known), manager: managerOf(finding) });
      if (rows.length <= most) return;
      tooMany.add(subject);
      rows.length = 0;
    },
    done: () => {
      tellApart([...managers.values()]);
      return { rows: [...made.candidates, ...made.unknown, ...made.guests], tooMany };
    },
  };
}

/** Two managers of one name are called by their addresses, too. */
function tellApart(managers: readonly { readonly value: MutableValue; readonly address: string }[]): void {
  const byKey = new Map<string, number>();
  for (const { value } of managers) byKey.set(value.key, (byKey.get(value.key) ?? 0) + 1);
  for (const { value, address } of managers) {
    if ((byKey.get(value.key) ?? 0) < 2) continue;
    value.label = `${value.label} (${address})`;
    value.key = fold(value.label);
  }
}

/** undefined: only HR may see the person, or somebody else than the chat tells of them. */
function subjectOf(finding: Finding): ListedSubject | undefined {
  const list = listOf(finding);
  switch (list) {
    case 'inactive':
      return finding.recommendation === 'ask' ? 'candidates' : undefined;
    case 'unknown':
      return 'unknown';
    case 'guests':
      return 'guests';
    case 'hr':
    case 'protected':
      return undefined;
    default:
      return list satisfies never;
  }
}

function factsOf(finding: Finding, subject: ListedSubject, today: Day, known: Known): Omit<Row, 'manager'> {
  const { person, verdict, scenario } = finding;
  const held = scenario === undefined ? finding.licenses : reclaimableLicenses(finding);
  const licenses = held.map((license) => licenseRow(license, finding, today, known));
  return {
    userId: person.id,
    displayName: person.displayName,
    userPrincipalName: person.userPrincipalName,
    mail: person.mail === person.userPrincipalName ? undefined : person.mail,
    subject,
    scenario,
    verdict: verdict.kind,
    days: daysOf(finding, licenses, today),
    lastUse: 'lastUse' in verdict && verdict.lastUse !== undefined ? isoDay(verdict.lastUse) : undefined,
    department: valueOf(person.department ?? '', known),
    country: valueOf(countryName(person.country ?? person.usageLocation ?? ''), known),
    domains: domainsOf([person.userPrincipalName.split('@')[1], person.onPremisesDomain], known),
    units: unitsOf(person.onPremisesDistinguishedName ?? '').map((unit) => valueOf(unit, known)),
    licenses,
  };
}

function licenseRow(license: LicenseFinding, finding: Finding, today: Day, known: Known): RowLicense {
  const { verdict, name, partNumber, annualCost } = license;
  const since = license.license.paths.flatMap((path) => path.since ?? []);
  const begun = since.length > 0 ? (Math.max(...since) as Day) : finding.person.created;
  const age = begun === undefined ? undefined : Math.max(0, daysBetween(begun, today));
  const days = verdict.kind === 'inactive' ? verdict.days : verdict.kind === 'neverUsed' ? age : undefined;
  return { name: valueOf(name, known), partNumber, use: useOf(license), days, cost: annualCost };
}

function useOf({ verdict, parts }: LicenseFinding): RowLicense['use'] {
  if (verdict.kind === 'neverUsed') return 'neverUsed';
  // Whoever is idle may have used it before, or not.
  return parts.length === 0 ? 'unrecorded' : 'recorded';
}

/** Of an active person the license that lay idle longest counts. */
function daysOf(
  { person, verdict }: Finding,
  licenses: readonly RowLicense[],
  today: Day,
): number | undefined {
  if (verdict.kind === 'inactive') return verdict.days;
  if (verdict.kind === 'neverUsed')
    return person.created === undefined ? undefined : Math.max(0, daysBetween(person.created, today));
  return verdict.kind === 'active' ? longest(licenses) : undefined;
}

export function longest(licenses: readonly Pick<RowLicense, 'days'>[]): number | undefined {
  const days = licenses.flatMap((license) => license.days ?? []);
  return days.length === 0 ? undefined : Math.max(...days);
}

/** Each once. */
export function domainsOf(names: readonly (string | undefined)[], known: Known): readonly Value[] {
  return [...new Set(names.flatMap((name) => (name ? [valueOf(name, known)] : [])))];
}

/** The one value of everything that is compared alike. */
export function valueOf(text: string, known: Known): Value {
  const key = fold(text);
  const met = known.get(key);
  if (met !== undefined) return met;
  const value = { label: key === NONE ? NONE : text.trim(), key };
  known.set(key, value);
  return value;
}

/** `Germany` for `DE`; what somebody typed stays as it is. */
export function countryName(text: string): string {
  const code = text.trim();
  if (!/^[A-Za-z]{2}$/u.test(code)) return text;
  REGIONS ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
  return REGIONS.of(code.toUpperCase()) ?? text;
}

let REGIONS: Intl.DisplayNames | undefined;

/** The names of the organizational units in a distinguished name, such as `Sales` and `Berlin`. */
function unitsOf(distinguishedName: string): readonly string[] {
  return [...distinguishedName.matchAll(/(?:^|,)\s*ou\s*=\s*((?:\\.|[^,\\])*)/giu)].map(([, name = '']) =>
    name.replaceAll(/\\(.)/gu, '$1').trim(),
  );
}
