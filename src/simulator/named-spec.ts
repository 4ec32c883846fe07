import type { GroupKey } from './sim-groups.js';
import { GROUPS } from './sim-groups.js';
import { active, ago, idle } from './lives.js';
import type { Life, LifeContext } from './lives.js';
import type { SkuKey } from './products.js';
import { SKU } from './products.js';
import type { PlanKey } from './service-plans.js';
import { PLAN } from './service-plans.js';
import { DAY_MS } from './sim-person.js';
import type { SimMailbox, SimMailTraits, SimPath, SimPerson } from './sim-person.js';
import { namedUsage } from './named-usage.js';
import type { NamedUsage } from './named-usage.js';

export const DOMAIN = 'harborlight.example';
export const INITIAL_DOMAIN = 'harborlight.onmicrosoft.com';
export const COMPANY = 'Harborlight Freight';
export const AD_DOMAIN = 'corp.harborlight.example';

export interface NamedPath {
  readonly sku: SkuKey;
  readonly group?: GroupKey;
  readonly off?: readonly PlanKey[];
  /** How many days before the tenant was made the path came about; 400 when not said. */
  readonly daysAgo?: number;
  readonly state?: SimPath['state'];
  readonly error?: string;
}

/** A named person in short; what is not said is ordinary. */
export interface NamedSpec {
  readonly id: string;
  readonly name: string;
  readonly upn: string;
  readonly title?: string | null;
  readonly department?: string | null;
  /** Key of another named person, or none. */
  readonly manager?: string;
  readonly licenses?: readonly NamedPath[];
  readonly life?: (context: LifeContext) => Life;
  /** Age of the account in days when the tenant was made. */
  readonly age?: number;
  readonly enabled?: boolean;
  readonly guest?: boolean;
  readonly usageLocation?: string | null;
  readonly employee?: boolean;
  readonly employeeType?: string;
  /** How many days before the tenant was made the person left, as the directory has it. */
  readonly leftDaysAgo?: number;
  /** Keys of other named people. */
  readonly sponsors?: readonly string[];
  readonly usage?: NamedUsage;
  readonly mailbox?: SimMailbox | null;
  readonly mailTraits?: Partial<SimMailTraits>;
  readonly groups?: readonly GroupKey[];
  readonly role?: 'globalAdministrator';
  readonly inReport?: SimPerson['inReport'];
  readonly synced?: boolean;
  readonly distinguishedName?: string;
}

const NO_TRAITS: SimMailTraits = { litigationHold: false, retentionHold: false, hybrid: false };

/** Whom a person is tied to, resolved by the caller, who knows everybody. */
export type NamedLinks = Pick<SimPerson, 'managerId' | 'sponsorIds'>;

/** The person behind a spec, at a moment. */
export function personOf(
  spec: NamedSpec,
  index: number,
  links: NamedLinks,
  context: Omit<LifeContext, 'phase'>,
): SimPerson {
  const life = (spec.life ?? everyWorkday)({ ...context, phase: ((index * 37 + 41) % 100) / 100 });
  const licenses = (spec.licenses ?? [{ sku: 'E3' }]).map((path) => pathOf(path, context));
  const mailbox = spec.mailbox === undefined ? 'user' : spec.mailbox;
  return {
    index,
    id: spec.id,
    userPrincipalName: spec.upn,
    displayName: spec.name,
    ...namesOf(spec),
    mail: spec.guest ? homeMailOf(spec.upn) : mailbox ? spec.upn : null,
    accountEnabled: spec.enabled ?? true,
    userType: spec.guest ? 'Guest' : 'Member',
    jobTitle: spec.title ?? null,
    department: spec.department ?? null,
    companyName: spec.guest ? null : COMPANY,
    country: 'United States',
    city: 'Portland',
    usageLocation: spec.usageLocation === undefined ? 'US' : spec.usageLocation,
    employeeId: spec.employee === false || spec.guest ? null : `E${String(10_000 + index)}`,
    employeeType: spec.employeeType ?? (spec.employee === false || spec.guest ? null : 'Employee'),
    created: ago(context, spec.age ?? 900),
    leaves: spec.leftDaysAgo === undefined ? null : ago(context, spec.leftDaysAgo),
    ...links,
    licenses,
    groups: [...new Set([...groupsOf(licenses), ...(spec.groups ?? []).map((key) => GROUPS[key].id)])],
    signIn: life.signIn,
    workload: life.workload,
    usage: namedUsage(spec.usage ?? {}, index, life, context),
    inReport: spec.inReport ?? 'listed',
    mailbox,
    mailTraits: { ...NO_TRAITS, ...spec.mailTraits },
    sessionsValidFrom: null,
    ...onPremisesOf(spec, context),
  };
}

export function groupsOf(paths: readonly SimPath[]): readonly string[] {
  return paths.flatMap((path) => path.group ?? []);
}

/** A guest's address at home: `lena_partner.example#EXT#@...` -> `lena@partner.example`. */
function homeMailOf(upn: string): string {
  const [home = ''] = upn.split('#');
  const at = home.lastIndexOf('_');
  return `${home.slice(0, at)}@${home.slice(at + 1)}`;
}

function everyWorkday(context: LifeContext): Life {
  return active(context, 1);
}

function pathOf(path: NamedPath, context: { readonly createdAt: number }): SimPath {
  return {
    skuId: SKU[path.sku].skuId,
    group: path.group ? GROUPS[path.group].id : null,
    disabledPlans: (path.off ?? []).map((key) => PLAN[key].id),
    state: path.state ?? 'Active',
    error: path.error ?? 'None',
    since: Math.floor(context.createdAt / 1000) * 1000 - (path.daysAgo ?? 400) * DAY_MS,
  };
}

function namesOf(spec: NamedSpec): { givenName: string | null; surname: string | null } {
  if (spec.employee === false) return { givenName: null, surname: null };
  const [first, ...rest] = spec.name.split(' ');
  return { givenName: first ?? null, surname: rest.join(' ') || null };
}

function onPremisesOf(
  spec: NamedSpec,
  context: Omit<LifeContext, 'phase'>,
): Pick<SimPerson, 'onPremises' | 'onPremisesSync' | 'lastSynced'> {
  if (spec.distinguishedName === undefined)
    return { onPremisesSync: null, onPremises: null, lastSynced: null };
  const samAccountName = (spec.upn.split('@')[0] ?? '').slice(0, 20);
  return {
    onPremisesSync: spec.synced ?? true,
    // An account that was synced once keeps the date of the last time.
    lastSynced: spec.synced === false ? ago(context, 300) : context.syncedAt,
    onPremises: { distinguishedName: spec.distinguishedName, domainName: AD_DOMAIN, samAccountName },
  };
}

export function idleFor(days: number): (context: LifeContext) => Life {
  return (context) => idle(context, days);
}

/** Object ids of named people never change, whatever the seed. */
export function namedId(n: number): string {
  return `5a7c9e10-2b4d-4f68-8c31-${String(n).padStart(12, '0')}`;
}

/** An employee in short: address and title follow from the name and the department. */
export function employee(
  n: number,
  name: string,
  department: string,
  manager: string | undefined,
  rest: Partial<NamedSpec>,
): NamedSpec {
  const upn = `${name.toLowerCase().split(' ').join('.')}@${DOMAIN}`;
  const title = `${department} Specialist`;
  return {
    id: namedId(n),
    name,
    upn,
    title,
    department,
    ...(manager === undefined ? {} : { manager }),
    ...rest,
  };
}
