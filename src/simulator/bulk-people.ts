import { bulkLicenses } from './bulk-licenses.js';
import { DEPARTMENTS, GIVEN_NAMES, PLACES, SURNAMES } from './bulk-words.js';
import {
  active,
  ago,
  beforeSuccessWasRecorded,
  failedAttemptsOnly,
  idle,
  never,
  onlyMailIsUsed,
} from './lives.js';
import type { Life, LifeContext } from './lives.js';
import { NAMED_COUNT, PERSONAS } from './named-people.js';
import { AD_DOMAIN, COMPANY, DOMAIN, groupsOf, INITIAL_DOMAIN } from './named-spec.js';
import { between, guidOfIndex, pick, randomOf } from './random.js';
import type { Random } from './random.js';
import type { SimPath, SimPerson, SimSignIn, TenantTime } from './sim-person.js';
import { bulkUsage } from './usage.js';

/** Up to this size every ordinary person's manager is one of the personas. */
const SMALL_TENANT = 1000;
const TEAM = 12;
const GUEST_SHARE = 0.03;
const SYNCED_SHARE = 0.4;

const PURPOSE = { identity: 1, work: 2, licenses: 3, life: 4, usage: 5, sponsors: 6 } as const;

export interface BulkTenant {
  readonly seed: number;
  readonly people: number;
  readonly createdAt: number;
  /** How common idle people and products that were never activated are: 1 as usual, 0 to 1 rarer. */
  readonly idleness: number;
}

/** An ordinary person, always the same for the same tenant and index. Nothing is kept in memory. */
export function bulkPerson(tenant: BulkTenant, index: number, time: TenantTime): SimPerson {
  const random = randomOf(tenant.seed, index, PURPOSE.identity);
  const guest = random() < GUEST_SHARE;
  const names = namesOf(random, index, guest);
  const age = between(random, 40, 2500);
  const { life, fresh, blocked } = lifeOf(tenant, index, time);
  const created = ago(tenant, fresh ? between(random, 3, 25) : age);
  const licenses = guest
    ? []
    : bulkLicenses(randomOf(tenant.seed, index, PURPOSE.licenses), tenant.createdAt, created);
  return {
    index,
    id: guidOfIndex(tenant.seed, index),
    ...names,
    accountEnabled: !blocked,
    userType: guest ? 'Guest' : 'Member',
    ...workOf(tenant, index, guest),
    created,
    leaves: null,
    managerId: guest ? null : managerOf(tenant, index),
    sponsorIds: guest ? sponsorsOf(tenant, index) : [],
    licenses,
    groups: [...new Set(groupsOf(licenses))],
    signIn: life.signIn,
    workload: life.workload,
    usage: bulkUsage(randomOf(tenant.seed, index, PURPOSE.usage), life, {
      createdAt: tenant.createdAt,
      licensedSince: licenses[0]?.since ?? created,
      idleness: tenant.idleness,
    }),
    inReport: random() < 0.002 ? 'absent' : random() < 0.02 ? 'upperCase' : 'listed',
    mailbox: licenses.length === 0 || guest ? null : 'user',
    mailTraits: null,
    sessionsValidFrom: null,
    ...onPremisesOf(random, names, guest, time),
  };
}

/** Only the sign-in dates of `bulkPerson`, for filters that ask for nothing else. */
export function bulkSignIn(tenant: BulkTenant, index: number, time: TenantTime): SimSignIn | null {
  return lifeOf(tenant, index, time).life.signIn;
}

/** Only the licenses of `bulkPerson`, without their right dates, for filters that ask for nothing else. */
export function bulkPaths(tenant: BulkTenant, index: number): readonly SimPath[] {
  if (randomOf(tenant.seed, index, PURPOSE.identity)() < GUEST_SHARE) return [];
  return bulkLicenses(randomOf(tenant.seed, index, PURPOSE.licenses), tenant.createdAt, 0);
}

/** Ordinary user principal names end in the index, so that they can be found without a table. */
export function bulkIndexOfUpn(upn: string): number | undefined {
  const digits = /(\d+)(?:@|_partner\.)/.exec(upn)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

type Names = Pick<SimPerson, 'userPrincipalName' | 'displayName' | 'givenName' | 'surname' | 'mail'>;

export function namesOf(random: Random, index: number, guest: boolean): Names {
  const givenName = pick(random, GIVEN_NAMES);
  const surname = pick(random, SURNAMES);
  const alias = `${givenName}.${surname}${String(index)}`.toLowerCase();
  const displayName = `${givenName} ${surname}`;
  if (!guest) {
    const upn = `${alias}@${DOMAIN}`;
    return { userPrincipalName: upn, displayName, givenName, surname, mail: upn };
  }
  const userPrincipalName = `${alias}_partner.example#EXT#@${INITIAL_DOMAIN}`;
  return { userPrincipalName, displayName, givenName, surname, mail: `${alias}@partner.example` };
}

type Work = Pick<
  SimPerson,
  | 'jobTitle'
  | 'department'
  | 'companyName'
  | 'country'
  | 'city'
  | 'usageLocation'
  | 'employeeId'
  | 'employeeType'
>;

export function workOf(tenant: BulkTenant, index: number, guest: boolean): Work {
  const random = randomOf(tenant.seed, index, PURPOSE.work);
  if (guest) {
    return {
      ...{ jobTitle: null, department: null, companyName: null, country: null, city: null },
      ...{ usageLocation: null, employeeId: null, employeeType: null },
    };
  }
  const department = DEPARTMENTS[Math.floor(random() * DEPARTMENTS.length)] ?? DEPARTMENTS[0];
  const place = PLACES[Math.floor(random() * PLACES.length)] ?? PLACES[0];
  return {
    jobTitle: department.titles[Math.floor(random() * department.titles.length)] ?? department.titles[0],
    department: department.name,
    companyName: COMPANY,
    country: place.country,
    city: place.city,
    usageLocation: random() < 0.99 ? place.code : null,
    employeeId: `E${String(100_000 + index)}`,
    employeeType: random() < 0.9 ? 'Employee' : 'Contractor',
  };
}

const ACTIVE_SHARE = 0.92;

/** About 92 of 100 are active and 4 plainly idle; the rest is one awkward kind or another. `idleness` makes both rarer. */
function lifeOf(
  tenant: BulkTenant,
  index: number,
  time: TenantTime,
): { readonly life: Life; readonly fresh: boolean; readonly blocked: boolean } {
  const random = randomOf(tenant.seed, index, PURPOSE.life);
  const draw = asUsual(random(), tenant.idleness);
  const context: LifeContext = { ...time, createdAt: tenant.createdAt, phase: random() };
  const days = between(random, 95, 420);
  const plain = { fresh: false, blocked: false };
  if (draw < ACTIVE_SHARE)
    return { ...plain, life: active(context, [1, 1, 1, 1, 2, 3, 7, 14][between(random, 0, 7)] ?? 1) };
  if (draw < 0.96) return { ...plain, life: idle(context, days) };
  if (draw < 0.968) return { ...plain, life: never() };
  if (draw < 0.976) return { life: never(), fresh: true, blocked: false };
  if (draw < 0.986) return { life: idle(context, days), fresh: false, blocked: true };
  if (draw < 0.991) return { ...plain, life: failedAttemptsOnly(context, days) };
  if (draw < 0.995) return { ...plain, life: beforeSuccessWasRecorded() };
  return { ...plain, life: onlyMailIsUsed(context, days) };
}

/** Makes of an even draw one in which everything from the active on comes `idleness` times as often. */
function asUsual(draw: number, idleness: number): number {
  const others = (1 - ACTIVE_SHARE) * idleness;
  return draw < 1 - others ? 0 : 1 - (1 - draw) / idleness;
}

function managerOf(tenant: BulkTenant, index: number): string {
  const lead = index - (index % TEAM);
  const hasLead = tenant.people > SMALL_TENANT && lead >= NAMED_COUNT && lead !== index;
  const persona = PERSONAS[1 + (index % (PERSONAS.length - 1))];
  return hasLead ? guidOfIndex(tenant.seed, lead) : (persona?.id ?? '');
}

/** Two in three guests have somebody who answers for them. */
export function sponsorsOf(tenant: BulkTenant, index: number): readonly string[] {
  const draw = randomOf(tenant.seed, index, PURPOSE.sponsors)();
  const persona = PERSONAS[Math.floor(draw * 3 * PERSONAS.length) % PERSONAS.length];
  return draw < 2 / 3 && persona ? [persona.id] : [];
}

function onPremisesOf(
  random: Random,
  names: Names,
  guest: boolean,
  { syncedAt }: TenantTime,
): Pick<SimPerson, 'onPremises' | 'onPremisesSync' | 'lastSynced'> {
  if (guest || random() >= SYNCED_SHARE) return { onPremisesSync: null, onPremises: null, lastSynced: null };
  const commonName = `${names.surname ?? ''}\\, ${names.givenName ?? ''}`;
  return {
    onPremisesSync: true,
    lastSynced: syncedAt,
    onPremises: {
      distinguishedName: `CN=${commonName},OU=Staff,DC=corp,DC=harborlight,DC=example`,
      domainName: AD_DOMAIN,
      samAccountName: (names.userPrincipalName.split('@')[0] ?? '').slice(0, 20),
    },
  };
}
