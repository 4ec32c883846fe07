import { z } from 'zod';
import type { License, LicensePath, LicenseState, Person } from '../audit/person.js';
import { groupId, optionalDay, optionalInstant, optionalText, planId, skuId, userId } from './wire-fields.js';

/** What is selected of users in lists: what `Person` needs and nothing else. */
export const PERSON_SELECT =
  'id,userPrincipalName,displayName,mail,accountEnabled,userType,usageLocation,assignedLicenses,' +
  'licenseAssignmentStates,department,jobTitle,country,employeeId,employeeType,employeeHireDate,createdDateTime,' +
  'onPremisesSyncEnabled,onPremisesDomainName,onPremisesDistinguishedName';
/** What one person is asked for beyond that. */
export const ONE_PERSON_SELECT = `${PERSON_SELECT},onPremisesLastSyncDateTime,preferredLanguage`;

const STATES: ReadonlyMap<string, LicenseState> = new Map([
  ['active', 'active'],
  ['activewitherror', 'activeWithError'],
  ['disabled', 'disabled'],
  ['error', 'error'],
]);

/** A state that we do not know is read as one that no step touches. */
export function stateOf(text: string | null | undefined): LicenseState {
  return STATES.get(text?.toLowerCase() ?? '') ?? 'error';
}

const ASSIGNMENT = z.object({
  skuId,
  assignedByGroup: groupId.nullish(),
  disabledPlans: z.array(planId).nullish(),
  state: z.string().nullish().transform(stateOf),
  error: optionalText.transform((text) => (text === 'None' ? undefined : text)),
  lastUpdatedDateTime: optionalDay,
});

const ROW = z.object({
  id: userId,
  userPrincipalName: z.string().min(1),
  displayName: optionalText,
  mail: optionalText,
  // Present or the selection was not honored; null does not say that the account is disabled.
  accountEnabled: z
    .boolean()
    .nullable()
    .transform((enabled) => enabled !== false),
  userType: optionalText,
  usageLocation: optionalText,
  assignedLicenses: z.array(z.object({ skuId, disabledPlans: z.array(planId).nullish() })),
  licenseAssignmentStates: z.array(ASSIGNMENT).nullable(),
  department: optionalText,
  jobTitle: optionalText,
  country: optionalText,
  employeeId: optionalText,
  employeeType: optionalText,
  employeeHireDate: optionalDay,
  employeeLeaveDateTime: optionalDay,
  createdDateTime: optionalDay,
  onPremisesSyncEnabled: z.boolean().nullish(),
  onPremisesDomainName: optionalText,
  onPremisesDistinguishedName: optionalText,
  onPremisesLastSyncDateTime: optionalInstant,
  preferredLanguage: optionalText,
});

/** One user of `/users`, read by `PERSON_SELECT`. */
export const PERSON_ROW = ROW.transform((row): Person => ({
  id: row.id,
  userPrincipalName: row.userPrincipalName,
  displayName: row.displayName ?? row.userPrincipalName,
  mail: row.mail,
  accountEnabled: row.accountEnabled,
  kind: isGuest(row) ? 'guest' : 'member',
  licenses: row.assignedLicenses.map((held) => licenseOf(held, row.licenseAssignmentStates ?? [])),
  department: row.department,
  jobTitle: row.jobTitle,
  country: row.country,
  usageLocation: row.usageLocation,
  employeeId: row.employeeId,
  employeeType: row.employeeType,
  hired: row.employeeHireDate,
  leaves: row.employeeLeaveDateTime,
  created: row.createdDateTime,
  onPremisesSync: row.onPremisesSyncEnabled ?? undefined,
  onPremisesDomain: row.onPremisesDomainName,
  onPremisesDistinguishedName: row.onPremisesDistinguishedName,
  lastSynced: row.onPremisesLastSyncDateTime,
  ...(row.preferredLanguage === undefined ? {} : { preferredLanguage: row.preferredLanguage }),
}));

/** Accounts from before 2014 have no userType; guests among them still carry the mark in their name. */
export function isGuest(row: {
  readonly userPrincipalName: string;
  readonly userType: string | undefined;
}): boolean {
  const type = row.userType?.toLowerCase();
  return type === undefined ? row.userPrincipalName.toUpperCase().includes('#EXT#') : type === 'guest';
}

function licenseOf(
  held: z.output<typeof ROW>['assignedLicenses'][number],
  assignments: readonly z.output<typeof ASSIGNMENT>[],
): License {
  return {
    skuId: held.skuId,
    disabledPlans: held.disabledPlans ?? [],
    paths: assignments.filter((assignment) => assignment.skuId === held.skuId).map(pathOf),
  };
}

function pathOf(assignment: z.output<typeof ASSIGNMENT>): LicensePath {
  const facts = {
    state: assignment.state,
    error: assignment.error,
    disabledPlans: assignment.disabledPlans ?? [],
    since: assignment.lastUpdatedDateTime,
  };
  const group = assignment.assignedByGroup;
  return group ? { kind: 'group', groupId: group, ...facts } : { kind: 'direct', ...facts };
}
