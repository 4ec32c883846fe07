import { AWKWARD_PEOPLE } from './awkward-people.js';
import { active, never } from './lives.js';
import type { LifeContext } from './lives.js';
import { DOMAIN, idleFor, namedId, personOf } from './named-spec.js';
import type { NamedSpec } from './named-spec.js';
import { REPORT_PEOPLE } from './report-people.js';
import type { SimPerson } from './sim-person.js';

/**
 * The people of the try-out. The first five are the personas that a newcomer can play; they are active and, in a small
 * tenant, the managers of everybody else. The first is the IT manager, to whom four idle and three active people report.
 */
const CAST = {
  itManager: {
    id: '0c9b5a1e-3f64-4d27-8a4b-61f0d2e7b913',
    name: 'Robin Hale',
    upn: `robin.hale@${DOMAIN}`,
    title: 'IT Manager',
    department: 'Information Technology',
    manager: 'operationsHead',
    licenses: [{ sku: 'E5' }],
    groups: ['itAdmins'],
  },
  operationsHead: {
    id: '47e2d8b0-9a15-4c3f-b6d7-2b8c0f5e1a64',
    name: 'Imani Brandt',
    upn: `imani.brandt@${DOMAIN}`,
    title: 'Head of Operations',
    department: 'Operations',
    manager: 'servicesHead',
    licenses: [{ sku: 'E5' }],
  },
  servicesHead: {
    id: '8f31c6d4-5e02-4b79-9c1a-d47a3e90b258',
    name: 'Tomas Lindqvist',
    upn: `tomas.lindqvist@${DOMAIN}`,
    title: 'Head of Company Services',
    department: 'Company Services',
    licenses: [{ sku: 'E5' }],
  },
  hrPartner: {
    id: 'b52a7f09-1d8c-4e46-a3f5-903c6b1d7e82',
    name: 'Priya Raman',
    upn: `priya.raman@${DOMAIN}`,
    title: 'People Partner',
    department: 'Human Resources',
    manager: 'servicesHead',
    licenses: [{ sku: 'E5' }],
    groups: ['hrPartners'],
  },
  financeHead: {
    id: 'e6d04b93-72af-4185-8e2c-5fa91c3b60d7',
    name: 'Marc Delacroix',
    upn: `marc.delacroix@${DOMAIN}`,
    title: 'Head of Finance',
    department: 'Finance',
    manager: 'servicesHead',
    licenses: [{ sku: 'E5' }],
  },
  /** Idle for 130 days, one direct E5 with plans switched off: undo must switch the same plans off again. */
  plainInactive: {
    id: namedId(5),
    name: 'Dana Whitfield',
    upn: `dana.whitfield@${DOMAIN}`,
    title: 'Systems Engineer',
    department: 'Information Technology',
    manager: 'itManager',
    licenses: [{ sku: 'E5', off: ['yammer', 'powerBiPro', 'windowsEnterprise'] }],
    life: idleFor(130),
  },
  /** Two licenses, which go in one call. */
  inactiveWithVisio: {
    id: namedId(6),
    name: 'Jonas Ekberg',
    upn: `jonas.ekberg@${DOMAIN}`,
    title: 'Network Planner',
    department: 'Information Technology',
    manager: 'itManager',
    licenses: [{ sku: 'E3' }, { sku: 'VISIO' }],
    life: idleFor(162),
  },
  /** `signInActivity` is absent, which means never only because others have values. */
  neverSignedIn: {
    id: namedId(7),
    name: 'Leila Haddad',
    upn: `leila.haddad@${DOMAIN}`,
    title: 'Service Desk Analyst',
    department: 'Information Technology',
    manager: 'itManager',
    licenses: [{ sku: 'E3', daysAgo: 200 }],
    life: never,
    age: 200,
  },
  /** The account is blocked, the license still paid for. */
  disabledLicensed: {
    id: namedId(8),
    name: 'Victor Osei',
    upn: `victor.osei@${DOMAIN}`,
    title: 'Support Engineer',
    department: 'Information Technology',
    manager: 'itManager',
    life: idleFor(118),
    enabled: false,
  },
  activeReport: {
    id: namedId(9),
    name: 'Hanna Novak',
    upn: `hanna.novak@${DOMAIN}`,
    title: 'Database Administrator',
    department: 'Information Technology',
    manager: 'itManager',
  },
  secondActiveReport: {
    id: namedId(10),
    name: 'Owen Castellan',
    upn: `owen.castellan@${DOMAIN}`,
    title: 'Security Analyst',
    department: 'Information Technology',
    manager: 'itManager',
    licenses: [{ sku: 'E5' }],
  },
  thirdActiveReport: {
    id: namedId(11),
    name: 'Mei Tanaka',
    upn: `mei.tanaka@${DOMAIN}`,
    title: 'Cloud Engineer',
    department: 'Information Technology',
    manager: 'itManager',
    licenses: [{ sku: 'E3' }, { sku: 'POWER_BI_FREE' }],
    life: (context: LifeContext) => active(context, 7),
  },
} as const satisfies Record<string, NamedSpec>;

/** The order gives people their indices: whoever is new goes to the end. */
const SPECS = { ...CAST, ...AWKWARD_PEOPLE, ...REPORT_PEOPLE } as const;

export type NamedKey = keyof typeof SPECS;

/** Who a named person is, for tests and for the try-out. */
export interface NamedPerson {
  readonly id: string;
  readonly name: string;
  readonly userPrincipalName: string;
}

const ENTRIES: readonly (readonly [string, NamedSpec])[] = Object.entries(SPECS);
const ID_BY_KEY: ReadonlyMap<string, string> = new Map(ENTRIES.map(([key, spec]) => [key, spec.id]));
const INDEX_BY_ID: ReadonlyMap<string, number> = new Map(ENTRIES.map(([, spec], index) => [spec.id, index]));
const INDEX_BY_UPN: ReadonlyMap<string, number> = new Map(
  ENTRIES.map(([, spec], index) => [spec.upn.toLowerCase(), index]),
);

/** Every named person by key: `NAMED.plainInactive.id`. A tenant of n people has the first n of them. */
export const NAMED: Readonly<Record<NamedKey, NamedPerson>> = Object.fromEntries(
  ENTRIES.map(([key, spec]) => [key, { id: spec.id, name: spec.name, userPrincipalName: spec.upn }]),
) as Record<NamedKey, NamedPerson>;

/** The people whom a newcomer can play, the IT manager first. */
export const PERSONAS: readonly NamedPerson[] = [
  NAMED.itManager,
  NAMED.operationsHead,
  NAMED.servicesHead,
  NAMED.hrPartner,
  NAMED.financeHead,
];

export const NAMED_COUNT = ENTRIES.length;

/** Object ids of named people who hold a directory role themselves. */
export const GLOBAL_ADMINISTRATORS: readonly string[] = ENTRIES.flatMap(([, spec]) =>
  spec.role ? spec.id : [],
);

export function namedPerson(index: number, context: Omit<LifeContext, 'phase'>): SimPerson | undefined {
  const spec = ENTRIES[index]?.[1];
  if (!spec) return undefined;
  const managerId = spec.manager === undefined ? null : (ID_BY_KEY.get(spec.manager) ?? null);
  const sponsorIds = (spec.sponsors ?? []).flatMap((key) => ID_BY_KEY.get(key) ?? []);
  return personOf(spec, index, { managerId, sponsorIds }, context);
}

export function namedIndexOfId(id: string): number | undefined {
  return INDEX_BY_ID.get(id);
}

export function namedIndexOfUpn(upn: string): number | undefined {
  return INDEX_BY_UPN.get(upn);
}
