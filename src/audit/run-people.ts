import type { Policy } from '../config/policy.js';
import { countSeat, type SeatTally } from '../spend/position.js';
import type { Day } from './day.js';
import type { Evidence } from './evidence.js';
import { managedLicenses } from './findings.js';
import { isRecentUse } from './inactivity.js';
import type { Person, UserId } from './person.js';
import type { AuditDoors } from './run-audit.js';
import { peopleScope, type ManagedSkus } from './scope.js';
import type { UsageReading } from './usage-report.js';

/** Somebody whom the usage report does not show to be active. */
export interface Held {
  readonly person: Person;
  readonly workload: Evidence['workload'];
}

/** What the directory pass leaves behind: people who are active by the report are counted and let go. */
export interface People {
  readonly held: ReadonlyMap<UserId, Held>;
  /** Everyone in the pass, whatever they hold. */
  readonly seen: number;
  /** In scope with a managed license. */
  readonly inScope: number;
  readonly outOfScope: number;
  readonly licenses: number;
  readonly departments: ReadonlyMap<string, number>;
  /**
   * Members with a managed license whose accounts are old enough for the report, how many of them it has, and how many
   * of those it shows to have used anything.
   */
  readonly coverage: { readonly members: number; readonly inReport: number; readonly used: number };
  readonly tally: SeatTally;
  countActive(people: Iterable<Person>): void;
}

export interface PeopleRules {
  readonly policy: Policy;
  readonly managed: ManagedSkus;
  readonly usage: UsageReading;
  readonly today: Day;
}

/** Reports run up to three days late; younger accounts may be missing in a good one. */
const REPORT_LAG_DAYS = 3;

/** Reads the directory page by page. */
export async function readPeople(
  doors: Pick<AuditDoors, 'graph' | 'progress'>,
  rules: PeopleRules,
): Promise<People> {
  const held = new Map<UserId, Held>();
  const tally: SeatTally = new Map();
  const departments = new Map<string, number>();
  const counts = { seen: 0, inScope: 0, outOfScope: 0, licenses: 0, members: 0, inReport: 0, used: 0 };
  const isInScope = peopleScope(rules.policy.scope);
  const countActive = (person: Person): void => {
    for (const { skuId } of managedLicenses(person, rules.managed)) countSeat(tally, skuId, 'active');
  };

  const take = (person: Person): void => {
    counts.seen += 1;
    const licenses = managedLicenses(person, rules.managed);
    if (licenses.length === 0 || held.has(person.id)) return;
    countCoverage(counts, person, rules);
    if (!isInScope(person)) {
      counts.outOfScope += 1;
      for (const { skuId } of licenses) countSeat(tally, skuId, 'outOfScope');
      return;
    }
    counts.inScope += 1;
    counts.licenses += licenses.length;
    const department = person.department ?? '';
    departments.set(department, (departments.get(department) ?? 0) + 1);
    if (isActiveByReport(person, rules)) countActive(person);
    else held.set(person.id, { person, workload: workloadOf(person, rules.usage) });
  };

  for await (const page of doors.graph.licensedPeople()) {
    for (const person of page) take(person);
    doors.progress({ phase: 'directory', done: counts.seen, total: undefined });
  }
  return {
    ...counts,
    held,
    departments,
    coverage: { members: counts.members, inReport: counts.inReport, used: counts.used },
    tally,
    countActive: (people) => {
      for (const person of people) countActive(person);
    },
  };
}

function countCoverage(
  counts: { members: number; inReport: number; used: number },
  person: Person,
  { usage, today }: PeopleRules,
): void {
  const reportDay = usage.kind === 'usage' ? usage.usage.refreshed : today;
  const isYoung = person.created !== undefined && person.created > reportDay - REPORT_LAG_DAYS;
  if (person.kind === 'guest' || isYoung || usage.kind !== 'usage') return;
  counts.members += 1;
  if (usage.usage.stateOf(person.userPrincipalName) !== 'usable') return;
  counts.inReport += 1;
  if (usage.usage.lastUse(person.userPrincipalName) !== undefined) counts.used += 1;
}

/** The same answer as `personVerdict` gives by the report alone, without building evidence for everybody. */
function isActiveByReport({ userPrincipalName }: Person, { usage, policy, today }: PeopleRules): boolean {
  if (usage.kind !== 'usage') return false;
  const lastUse = usage.usage.lastUse(userPrincipalName);
  return lastUse !== undefined && isRecentUse(lastUse, usage.usage.refreshed, policy, today);
}

function workloadOf({ userPrincipalName }: Person, usage: UsageReading): Evidence['workload'] {
  return usage.kind === 'usage' ? usage.usage.evidenceOf(userPrincipalName) : { unknown: usage.why };
}
