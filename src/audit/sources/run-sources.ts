import { DAY_MS } from '../../config/durations.js';
import type { Policy } from '../../config/policy.js';
import type { Tenant } from '../../graph/graph-door.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { dayOf, type Day } from '../day.js';
import { managedLicenses } from '../findings.js';
import {
  premiumForSignIns,
  reportCoversDirectory,
  reportShowsUse,
  signInsCoverDirectory,
  usableReport,
  type Stop,
} from '../guards/guards.js';
import type { Contents } from '../licenses/parts.js';
import { contentsOf as contentsBySku } from '../licenses/parts.js';
import type { License, Person, Sku, UserId } from '../person.js';
import { distrusted } from '../reports/trust.js';
import type { Roster } from '../roster/roster.js';
import { rosterFactFor } from '../roster/facts.js';
import type { AuditDoors } from '../run-audit.js';
import { keptSignIns } from '../sign-ins/run-kept.js';
import { readPeople, withUse, type People, type PeopleRules } from '../run-people.js';
import { readReports, withoutTables, type ReportsRead } from '../reports/run-reports.js';
import { withNamesShown } from '../reveal/run-reveal.js';
import type { SettingRefused } from '../reveal/setting.js';
import { readRoster } from '../roster/run-store.js';
import { readSignIns, unread, type SignIns } from '../sign-ins/run-sign-ins.js';
import { licenseScope } from '../scope/licenses.js';
import { managedSkus, type ManagedSkus } from '../scope/scope.js';

/** Everything that an audit reads before it knows who the candidates are. */
export interface Sources {
  readonly tenant: Tenant;
  readonly managed: ManagedSkus;
  readonly unknownSkus: readonly string[];
  readonly reports: ReportsRead;
  readonly settingRefused: SettingRefused;
  readonly contentsOf: (license: License) => Contents;
  /** The managed licenses of a person that the policy looks at. */
  readonly licensesOf: (person: Pick<Person, 'licenses'>) => readonly License[];
  readonly people: People;
  readonly signIns: SignIns;
  /** undefined: none was ever imported. */
  readonly roster: Roster | undefined;
  /** Keys of the list of people that narrows the scope; undefined: none does. */
  readonly scopePeople: string | undefined;
}

export interface SourceTerms {
  readonly startedAt: Date;
  /** Who was quiet in the last run. */
  readonly before: ReadonlySet<UserId>;
  /** Throws where a guard says stop. */
  readonly goOn: (stop: Stop) => void;
}

/** @throws GraphFailure, NamesStop, AuditInterrupted, and what `goOn` throws */
export async function readSources(doors: AuditDoors, policy: Policy, terms: SourceTerms): Promise<Sources> {
  const { graph, store } = doors;
  const { startedAt, goOn } = terms;
  const today = dayOf(startedAt);
  const roster = await readRoster(store, startedAt);
  const tenant = await graph.tenant();
  goOn(premiumForSignIns(tenant.hasEntraP1, policy));
  const skus = await graph.skus();
  const { managed, unknown } = managedSkus(skus, policy.scope.skus);
  goOn(someSkuIsManaged(managed, unknown));

  const contentsOf = contentsBySku(managed);
  const isLookedAt = licenseScope(policy.scope);
  const licensesOf = (person: Pick<Person, 'licenses'>): readonly License[] =>
    managedLicenses(person, managed).filter(isLookedAt);
  const { people, reports, settingRefused } = await readDirectory(doors, skus, goOn, {
    policy,
    managed,
    contentsOf,
    licensesOf,
    isSpecial: specialBy(roster, policy, today),
    before: terms.before,
    hasSignIns: tenant.hasEntraP1,
    today,
  });
  const signIns = await readDates(doors, policy, tenant, people);
  goOn(signInsCoverDirectory(signIns.source));
  const keys = policy.scope.peopleKeys;
  const scopePeople = keys && [...keys.keys()].sort().join('\n');
  return {
    tenant,
    managed,
    unknownSkus: unknown,
    reports,
    settingRefused,
    contentsOf,
    licensesOf,
    people,
    signIns,
    roster,
    scopePeople,
  };
}

/**
 * The directory against the reports. Their tables, which know everybody, are let go when it returns: what they say of
 * those who are held is all that anybody is judged by.
 */
async function readDirectory(
  doors: AuditDoors,
  skus: readonly Sku[],
  goOn: SourceTerms['goOn'],
  rules: Omit<PeopleRules, 'sources'>,
): Promise<Pick<Sources, 'people' | 'reports' | 'settingRefused'>> {
  const { policy, today } = rules;
  const ending = { ...doors, ending: doors.signal };
  const { settingRefused, ...read } = await withNamesShown(ending, policy, async (refused) => ({
    ...(await readReports(doors, policy, skus, today)),
    settingRefused: refused,
  }));
  goOn(usableReport(read.usage, policy, today, settingRefused));
  const pass = await readPeople(doors, { ...rules, sources: read.sources });
  if (read.usage.kind === 'read') {
    goOn(reportCoversDirectory(pass.coverage.activeUsers));
    goOn(reportShowsUse(pass.coverage.activeUsers, policy));
  }
  const reports = distrusted(read, pass.coverage);
  return { people: withUse(pass, reports, rules), reports: withoutTables(reports), settingRefused };
}

/** Whom a user source makes a finding of, whatever they use. */
function specialBy(roster: Roster | undefined, policy: Policy, today: Day): (person: Person) => boolean {
  return (person) => rosterFactFor(person, roster, policy, today)?.status === 'left';
}

/** Sign-in dates where they can change a verdict. A permission that is missing leaves them unknown, and says so. */
async function readDates(
  doors: AuditDoors,
  policy: Policy,
  tenant: Tenant,
  people: People,
): Promise<SignIns> {
  const held = new Map([...people.held].filter(([, { needsSignIn }]) => needsSignIn));
  const { store, random } = doors;
  try {
    return await readSignIns(
      {
        ...doors,
        kept: keptSignIns({ store, newId: () => random.id(), maxAgeMs: doors.keepSignInsMs ?? DAY_MS }),
      },
      {
        hasEntraP1: tenant.hasEntraP1,
        held,
        licensed: people.seen,
        olderThan: new Date(doors.clock.now().getTime() - policy.inactivity.days * DAY_MS),
      },
    );
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind !== 'forbidden') throw error;
    doors.log.warn('Sign-in dates were refused.', { operation: error.details.operation });
    return unread(error.message);
  }
}

function someSkuIsManaged(managed: ManagedSkus, unknown: readonly string[]): Stop {
  if (managed.size > 0) return undefined;
  const which =
    unknown.length > 0
      ? `The tenant has none of the SKUs in scope.skus (${unknown.join(', ')})`
      : 'The tenant has no paid SKU for users';
  return { why: `${which}, so there is nothing to audit. Check scope.skus.`, figures: {} };
}
