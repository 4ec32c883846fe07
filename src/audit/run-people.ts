import type { Policy } from '../config/policy.js';
import { countSeat, type SeatTally } from '../spend/position.js';
import { annualPrice } from '../spend/prices.js';
import type { Day } from './day.js';
import { servicesOf, useOf, type Use } from './evidence-of.js';
import { IDLE_DAYS, idleRecordOf, type IdleRecord } from './back-test/idle-record.js';
import { coveredTest } from './licenses/overlap.js';
import type { Contents } from './licenses/parts.js';
import type { License, Person, SkuId, UserId } from './person.js';
import { coverageCounter, type CoverageOf } from './reports/coverage.js';
import type { Reports } from './reports/run-reports.js';
import type { AuditDoors } from './run-audit.js';
import { peopleScope, type ManagedSkus } from './scope/scope.js';
import { recentUse, usageEvidence, type UsageSources } from './licenses/usage.js';

/** Somebody about whom there may be something to say. */
export interface Held {
  readonly person: Person;
  /** false: the reports show the person to be active, so sign-in dates could not change the verdict. */
  readonly needsSignIn: boolean;
}

/** What the directory pass leaves behind: people of whom nothing has to be said are counted and let go. */
export interface PeoplePass {
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
  /** Active people who were quiet for a while, or were so in the last run: other thresholds are tested with them. */
  readonly quiet: readonly IdleRecord[];
}

/** The same, with what the reports say of everybody who is held. */
export interface People extends Omit<PeoplePass, 'held'> {
  readonly held: ReadonlyMap<UserId, Held & { readonly use: Use }>;
}

export interface PeopleRules {
  readonly policy: Policy;
  readonly managed: ManagedSkus;
  readonly sources: UsageSources;
  readonly contentsOf: (license: License) => Contents;
  readonly licensesOf: (person: Pick<Person, 'licenses'>) => readonly License[];
  /** true: a user source says of the person what makes a finding of anybody, such as that they left. */
  readonly isSpecial: (person: Person) => boolean;
  /** Who was quiet in the last run. */
  readonly before: ReadonlySet<UserId>;
  /** Whether the tenant has sign-in dates at all. */
  readonly hasSignIns: boolean;
  readonly today: Day;
}

/** Counts the managed licenses of somebody who turns out to be active. */
export function countActive(tally: SeatTally, licenses: readonly License[]): void {
  for (const { skuId } of licenses) countSeat(tally, skuId, 'active');
}

/** After the pass, when it is known which reports can be trusted. Pure. */
export function withUse(
  pass: PeoplePass,
  reports: Reports,
  { licensesOf, contentsOf }: Pick<PeopleRules, 'licensesOf' | 'contentsOf'>,
): People {
  const held = new Map<UserId, Held & { readonly use: Use }>();
  for (const [id, { person, needsSignIn }] of pass.held)
    held.set(id, { person, needsSignIn, use: useOf(person, licensesOf(person), reports, contentsOf) });
  return { ...pass, held };
}

/** Reads the directory page by page. */
export async function readPeople(
  doors: Pick<AuditDoors, 'graph' | 'progress'>,
  rules: PeopleRules,
): Promise<PeoplePass> {
  const { policy, sources, licensesOf, today } = rules;
  const held = new Map<UserId, Held>();
  const tally: SeatTally = new Map();
  const departments = new Map<string, number>();
  const counts = { seen: 0, inScope: 0, outOfScope: 0, licenses: 0 };
  const coverage = coverageCounter(sources, rules.contentsOf, today);
  const isInScope = peopleScope(policy.scope);
  const recent = recentUse(sources, policy, today);
  const mayBeIdle = idleLicenseTest(rules, (slot, part) => recent.mayBeUnused(slot, part));
  const isQuiet = quietTest(rules);
  const quiet: IdleRecord[] = [];

  const take = (person: Person): void => {
    counts.seen += 1;
    const licenses = licensesOf(person);
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
    else {
      countActive(tally, licenses);
      if (isQuiet(person.id, slot)) quiet.push(quietRecord(person, licenses, rules));
    }
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
    quiet,
  };
}

/**
 * Whether an active person may hold a license that is not used: a quick test that never says no where `judgeLicense`
 * would find one.
 */
function idleLicenseTest(
  { policy, managed, contentsOf, today }: PeopleRules,
  mayBeUnused: (slot: number | undefined, part: Contents['parts'][number]) => boolean,
): (licenses: readonly License[], slot: number | undefined) => boolean {
  const costs = new Map<SkuId, number | undefined>();
  const costOf = (skuId: SkuId): number | undefined => {
    if (!costs.has(skuId))
      costs.set(skuId, annualPrice(policy.prices, managed.get(skuId)?.partNumber ?? skuId, today)?.minor);
    return costs.get(skuId);
  };
  const isAnyCovered = coveredTest(managed, costOf, { ...policy.inactivity, today });
  return (licenses, slot) => {
    for (const license of licenses) {
      const { parts, undated } = contentsOf(license);
      if (parts.length > 0 && undated.length === 0 && parts.every((part) => mayBeUnused(slot, part)))
        return true;
    }
    return isAnyCovered(licenses);
  };
}

/** The same answer as `isKeptAsIdle`, without an object for each of the many who are not. */
function quietTest({
  policy,
  sources,
  before,
  today,
}: PeopleRules): (userId: UserId, slot: number | undefined) => boolean {
  const lately = recentUse(
    sources,
    { ...policy, inactivity: { ...policy.inactivity, days: IDLE_DAYS } },
    today,
  );
  return (userId, slot) => before.has(userId) || !lately.isActive(slot);
}

function quietRecord(person: Person, licenses: readonly License[], rules: PeopleRules): IdleRecord {
  const { policy, managed, sources, today } = rules;
  const services = servicesOf(person, licenses, rules.contentsOf);
  const { workload, reports } = usageEvidence(sources, person.userPrincipalName, services);
  const signIn = rules.hasSignIns ? 'unread' : { unknown: 'the tenant has no Entra ID P1' };
  return idleRecordOf({ person, evidence: { workload, reports, signIn } }, { ...policy, managed, today });
}
