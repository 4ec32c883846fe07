import { SKU } from './products.js';

/** How a group's members come about, which decides whether Graph may change them. */
export type GroupKind =
  'assigned' | 'dynamic' | 'unified' | 'distribution' | 'mailSecurity' | 'synced' | 'roleAssignable';

export interface SimGroup {
  readonly id: string;
  readonly displayName: string;
  readonly kind: GroupKind;
  readonly skuId: string | null;
  /** Groups that are members of this one. */
  readonly nested: readonly string[];
  /** true: only named people are in it, so nobody else has to be looked at. */
  readonly namedOnly: boolean;
  /** Keys of named people. */
  readonly owners: readonly string[];
  readonly isTeam: boolean;
}

/** Every group of the tenant, by a name that tests can use. */
export const GROUPS = {
  licensesE3: group(1, 'SG-License-M365-E3', 'assigned', SKU.E3.skuId, false),
  licensesE5: group(2, 'SG-License-M365-E5 (dynamic)', 'dynamic', SKU.E5.skuId, false),
  licensesE1: group(3, 'GG-License-O365-E1 (AD)', 'synced', SKU.E1.skuId, false),
  visioTeam: team(4, 'Floor plan team', SKU.VISIO.skuId, ['teamLicensed']),
  mailList: group(5, 'All drivers (mail)', 'distribution', null, true),
  leadership: group(6, 'Leadership circle', 'assigned', null, true, [namedGroupId(7)]),
  leadershipOffice: group(7, 'Leadership circle office', 'assigned', null, true),
  exempt: group(8, 'License review exemptions', 'assigned', null, true),
  emergency: group(9, 'Emergency access accounts', 'assigned', null, true),
  helpdesk: group(10, 'Helpdesk administrators', 'roleAssignable', null, true),
  itAdmins: {
    ...group(11, 'IT administrators', 'assigned', null, true),
    owners: ['itManager', 'operationsHead'],
  },
  hrPartners: group(12, 'People partners', 'assigned', null, true),
  reportReaders: group(13, 'Report readers (mail)', 'mailSecurity', SKU.POWER_BI.skuId, true),
  reportAdmins: group(14, 'Report administrators', 'roleAssignable', SKU.POWER_BI.skuId, true),
  harborStories: team(15, 'Harbor stories', null, ['siteOwner', 'hrPartner']),
} as const satisfies Record<string, SimGroup>;

export type GroupKey = keyof typeof GROUPS;

const BY_ID: ReadonlyMap<string, SimGroup> = new Map(Object.values(GROUPS).map((each) => [each.id, each]));

export function groupById(id: string): SimGroup | undefined {
  return BY_ID.get(id.toLowerCase());
}

/** The group and all groups inside it. */
export function withNested(start: SimGroup): ReadonlySet<string> {
  const found = new Set<string>();
  const open: SimGroup[] = [start];
  for (let next = open.pop(); next; next = open.pop()) {
    if (found.has(next.id)) continue;
    found.add(next.id);
    open.push(...next.nested.flatMap((id) => groupById(id) ?? []));
  }
  return found;
}

function group(
  n: number,
  displayName: string,
  kind: GroupKind,
  skuId: string | null,
  namedOnly: boolean,
  nested: readonly string[] = [],
): SimGroup {
  return { id: namedGroupId(n), displayName, kind, skuId, nested, namedOnly, owners: [], isTeam: false };
}

function team(n: number, displayName: string, skuId: string | null, owners: readonly string[]): SimGroup {
  return { ...group(n, displayName, 'unified', skuId, true), owners, isTeam: true };
}

function namedGroupId(n: number): string {
  return `6d1f3c52-84ab-4e07-9b1e-${String(n).padStart(12, '0')}`;
}
