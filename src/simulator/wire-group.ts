import { unknownProperty } from './query.js';
import type { SimGroup } from './sim-groups.js';

/** What Graph says of a group of each kind: how it is made decides whether Graph may change its members. */
const KINDS = {
  assigned: { groupTypes: [], mailEnabled: false, securityEnabled: true },
  dynamic: { groupTypes: ['DynamicMembership'], mailEnabled: false, securityEnabled: true },
  unified: { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false },
  distribution: { groupTypes: [], mailEnabled: true, securityEnabled: false },
  mailSecurity: { groupTypes: [], mailEnabled: true, securityEnabled: true },
  synced: { groupTypes: [], mailEnabled: false, securityEnabled: true },
  roleAssignable: { groupTypes: [], mailEnabled: false, securityEnabled: true },
} as const;

/** Returned when nothing is selected. */
const DEFAULT_PROPERTIES = [
  ...[
    'id',
    'deletedDateTime',
    'classification',
    'createdDateTime',
    'description',
    'displayName',
    'groupTypes',
  ],
  ...['mail', 'mailEnabled', 'mailNickname', 'membershipRule', 'membershipRuleProcessingState'],
  ...['onPremisesSyncEnabled', 'securityEnabled', 'isAssignableToRole', 'visibility'],
];
const ON_REQUEST = [
  'assignedLicenses',
  'licenseProcessingState',
  'hasMembersWithLicenseErrors',
  'onPremisesDomainName',
  'resourceProvisioningOptions',
];

/** The selected names in Graph's spelling. @throws GraphRefusal for a property that a group does not have */
export function groupProperties(select: readonly string[] | undefined): readonly string[] {
  if (!select || select.length === 0) return DEFAULT_PROPERTIES;
  const known = [...DEFAULT_PROPERTIES, ...ON_REQUEST];
  return select.map((name) => {
    const spelled = known.find((each) => each.toLowerCase() === name.toLowerCase());
    if (spelled === undefined) throw unknownProperty(name, 'microsoft.graph.group');
    return spelled;
  });
}

export function wireGroup(group: SimGroup, properties: readonly string[]): Record<string, unknown> {
  const all = everything(group);
  return Object.fromEntries(properties.map((name) => [name, all[name] ?? null]));
}

function everything(group: SimGroup): Readonly<Record<string, unknown>> {
  const kind = KINDS[group.kind];
  const dynamic = group.kind === 'dynamic';
  return {
    id: group.id,
    displayName: group.displayName,
    ...kind,
    mail: kind.mailEnabled ? `${nickname(group)}@harborlight.example` : null,
    mailNickname: nickname(group),
    createdDateTime: '2022-03-01T08:00:00Z',
    membershipRule: dynamic ? '(user.department -eq "Research")' : null,
    membershipRuleProcessingState: dynamic ? 'On' : null,
    onPremisesSyncEnabled: group.kind === 'synced' ? true : null,
    isAssignableToRole: group.kind === 'roleAssignable' ? true : null,
    visibility: 'Private',
    resourceProvisioningOptions: group.isTeam ? ['Team'] : [],
    assignedLicenses: group.skuId === null ? [] : [{ disabledPlans: [], skuId: group.skuId }],
    licenseProcessingState: group.skuId === null ? null : { state: 'ProcessingComplete' },
    hasMembersWithLicenseErrors: group.skuId === null ? null : false,
  };
}

function nickname(group: SimGroup): string {
  return group.displayName.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
