import type { Policy } from '../config/policy.js';
import { countSeat, type SeatTally } from '../spend/position.js';
import { annualPrice } from '../spend/prices.js';
import type { Day } from './day.js';
import { managedLicenses } from './findings.js';
import { coveredLicenses } from './overlap.js';
import type { Contents } from './parts.js';
import type { License, Person, SkuId, UserId } from './person.js';
import { coverageCounter, type CoverageOf } from './report-coverage.js';
import type { AuditDoors } from './run-audit.js';
import { peopleScope, type ManagedSkus } from './scope.js';
import { recentUse, type UsageSources } from './usage.js';

/** Somebody about whom there may be something to say. */
export interface Held {
  readonly person: Person;
  /** false: the reports show the person to be active, so sign-in dates could not change the verdict. */
  readonly needsSignIn: boolean;
}

/** What the directory pass leaves behind: people of whom nothing has to be said are counted and let go. */
export interface People {
  readonly held: ReadonlyMap<UserId, Held>;
  /** Everyone in the pass, whatever they hold. */
  readonly seen: number;
  /** In scope with a managed license. */
  readonly inScope: number;
  readonly outOfScope: number;
  readonly licenses: number;
  readonly departments: ReadonlyMap<string, number>;
  readonly coverage: CoverageOf;
  readonly tally: SeatTally;
  countActive(people: Iterable<Person>): void;
}

export interface PeopleRules {
  readonly policy: Policy;
  readonly managed: ManagedSkus;
  readonly sources: UsageSources;
  readonly contentsOf: (license: License) => Contents;
  /** true: a user source says of the person what makes a finding of anybody, such as that they left. */
  readonly isSpecial: (person: Person) => boolean;
  readonly today: Day;
}

/** Reads the directory page by page. */
export async function readPeople(
  doors: Pick<AuditDoors, 'graph' | 'progress'>,
  rules: PeopleRules,
): Promise<People> {
  const { policy, managed, sources, today } = rules;
  const held = new Map<UserId, Held>();
  const tally: SeatTally = new Map();
  const departments = new Map<string, number>();
  const counts = { seen: 0, inScope: 0, outOfScope: 0, licenses: 0 };
  const coverage = coverageCounter(sources, rules.contentsOf, today);
  const isInScope = peopleScope(policy.scope);
  const recent = recentUse(sources, policy, today);
  const mayBeIdle = idleLicenseTest(rules, recent.usesPart);
  const countSeats = (person: Person): void => {
    for (const { skuId } of managedLicenses(person, managed)) countSeat(tally, skuId, 'active');
  };

  const take = (person: Person): void => {
    counts.seen += 1;
    const licenses = managedLicenses(person, managed);
    if (licenses.length === 0 || held.has(person.id)) return;
    const slot = sources.names.find(person.userPrincipalName);
    coverage.count(person, licenses, slot);
    if (!isInScope(person)) {
      counts.outOfScope += 1;
      for (const { skuId } of licenses) countSeat(tally, skuId, 'outOfScope');
      return;
    }
    counts.inScope += 1;
    counts.licenses += licenses.length;
    const department = person.department ?? '';
    departments.set(department, (departments.get(department) ?? 0) + 1);
    const isActive = recent.isActive(slot);
    const isSpecial = rules.isSpecial(person);
    if (!isActive || isSpecial || mayBeIdle(licenses, slot))
      held.set(person.id, { person, needsSignIn: !isActive || isSpecial });
    else countSeats(person);
  };

  const options = { leaveDates: policy.evidence.leaveDates };
  for await (const page of doors.graph.licensedPeople(options)) {
    for (const person of page) take(person);
    doors.progress({ phase: 'directory', done: counts.seen, total: undefined });
  }
  return {
    ...counts,
    held,
    departments,
    coverage: coverage.figures,
    tally,
    countActive: (people) => {
      for (const person of people) countSeats(person);
    },
  };
}

/**
 * Whether an active person may hold a license that is not used: a quick test that never says no where `judgeLicense`
 * would find one.
 */
function idleLicenseTest(
  { policy, managed, contentsOf, today }: PeopleRules,
  usesPart: (slot: number | undefined, part: Contents['parts'][number]) => boolean,
): (licenses: readonly License[], slot: number | undefined) => boolean {
  const costs = new Map<SkuId, number | undefined>();
  const costOf = (skuId: SkuId): number | undefined => {
    if (!costs.has(skuId))
      costs.set(skuId, annualPrice(policy.prices, managed.get(skuId)?.partNumber ?? skuId, today)?.minor);
    return costs.get(skuId);
  };
  return (licenses, slot) => {
    for (const license of licenses) {
      const { parts, undated } = contentsOf(license);
      if (parts.length > 0 && undated.length === 0 && !parts.some((part) => usesPart(slot, part)))
        return true;
    }
    if (licenses.length < 2) return false;
    const priced = licenses.map((license) => ({ license, cost: costOf(license.skuId) }));
    return coveredLicenses(priced, managed).size > 0;
  };
}
