import { createHash } from 'node:crypto';
import { dayOf, isoDay, parseDay, type Day } from '../../src/audit/day.js';
import type { Workload } from '../../src/audit/evidence.js';
import type {
  GroupId,
  License,
  LicensePath,
  MailboxPurpose,
  Person,
  Sku,
  SkuId,
  UserId,
} from '../../src/audit/person.js';
import type { SignInEvent } from '../../src/graph/graph-door.js';
import type { ReportRow } from './report-texts.js';
import { SKUS, type SkuName } from './skus.js';

/** The moment at which the small world stands still, and the day up to which its usage report reaches. */
export const NOW = new Date('2026-11-23T06:00:00.000Z');
export const TODAY = dayOf(NOW);
export const REFRESHED = '2026-11-21';

export interface Dates {
  readonly successful?: string;
  readonly interactive?: string;
  readonly nonInteractive?: string;
}

export interface LicenseSpec {
  readonly sku: SkuName;
  /** Name of the group that gives it; directly held without. */
  readonly group?: string;
  readonly off?: readonly string[];
  readonly since?: string;
}

/** A person in short; what is not said is ordinary: an active member with a directly held E3. */
export interface PersonSpec {
  readonly upn?: string;
  readonly displayName?: string;
  readonly enabled?: boolean;
  readonly kind?: 'member' | 'guest';
  readonly licenses?: readonly LicenseSpec[];
  readonly department?: string;
  readonly jobTitle?: string;
  readonly country?: string;
  readonly usageLocation?: string;
  /** `YYYY-MM-DD`, or `unknown`. */
  readonly created?: string;
  readonly domain?: string;
  readonly distinguishedName?: string;
  /** `absent`: the row has no dates. `notSelected`: there is no row. */
  readonly signIn?: Dates | 'absent' | 'notSelected';
  /** What Entra's log has of the person, newest first; nothing where nothing is said. */
  readonly signInLog?: readonly SignInEvent[];
  readonly usage?: Partial<Record<Workload, string>> | 'absent';
  /** What the further reports say; where nothing is said, the same as `usage`. */
  readonly reports?: Partial<ReportRow> | 'absent';
  readonly mailbox?: MailboxPurpose | 'unknown';
  readonly manager?: WorldPerson | 'unknown';
  readonly role?: boolean;
  readonly groups?: readonly string[];
}

export interface WorldPerson {
  readonly person: Person;
  readonly spec: PersonSpec;
}

export function aPerson(name: string, spec: PersonSpec = {}): WorldPerson {
  const upn = spec.upn ?? `${name.toLowerCase().replaceAll(' ', '.')}@harbor.example`;
  return {
    spec,
    person: {
      id: userId(name),
      userPrincipalName: upn,
      displayName: spec.displayName ?? name,
      mail: upn,
      accountEnabled: spec.enabled ?? true,
      kind: spec.kind ?? 'member',
      licenses: licensesOf(spec.licenses ?? [{ sku: 'E3' }]),
      department: spec.department,
      jobTitle: spec.jobTitle,
      country: spec.country,
      usageLocation: spec.usageLocation ?? 'US',
      employeeId: undefined,
      employeeType: undefined,
      hired: undefined,
      leaves: undefined,
      created: spec.created === 'unknown' ? undefined : day(spec.created ?? '2022-03-01'),
      onPremisesSync: spec.distinguishedName === undefined ? undefined : true,
      onPremisesDomain: spec.domain,
      onPremisesDistinguishedName: spec.distinguishedName,
      lastSynced: undefined,
    },
  };
}

/** Last sign-in and last use of mail lie so many days back (use as well, from today). */
export function idle(days: number): Pick<PersonSpec, 'signIn' | 'usage'> {
  const date = daysAgo(days);
  return { signIn: { successful: date, interactive: date }, usage: { exchange: date } };
}

/** `YYYY-MM-DD` so many days before today. */
export function daysAgo(days: number): string {
  return isoDay((TODAY - days) as Day);
}

export function day(text: string): Day {
  const parsed = parseDay(text);
  if (parsed === undefined) throw new Error(`no day: ${text}`);
  return parsed;
}

export function userId(name: string): UserId {
  return guid(`user ${name}`) as UserId;
}

export function groupId(name: string): GroupId {
  return guid(`group ${name}`) as GroupId;
}

function guid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function licensesOf(specs: readonly LicenseSpec[]): readonly License[] {
  const bySku = new Map<SkuId, License>();
  for (const spec of specs) {
    const sku: Sku = SKUS[spec.sku];
    const before = bySku.get(sku.skuId);
    const path = pathOf(spec);
    bySku.set(sku.skuId, {
      skuId: sku.skuId,
      disabledPlans: path.disabledPlans,
      paths: [...(before?.paths ?? []), path],
    });
  }
  return [...bySku.values()];
}

function pathOf(spec: LicenseSpec): LicensePath {
  const facts = {
    state: 'active',
    error: undefined,
    disabledPlans: spec.off ?? [],
    since: day(spec.since ?? '2024-01-15'),
  } as const;
  return spec.group === undefined
    ? { kind: 'direct', ...facts }
    : { kind: 'group', groupId: groupId(spec.group), ...facts };
}
