import { isoTime } from './dates.js';
import type { Product } from './products.js';
import { unknownProperty } from './query.js';
import { guidFor } from './random.js';
import { isHeld, YEAR_ONE } from './sim-person.js';
import type { SimPath, SimPerson } from './sim-person.js';

/** What `/users` returns when nothing is selected. */
export const DEFAULT_USER_PROPERTIES = [
  ...['businessPhones', 'displayName', 'givenName', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation'],
  ...['preferredLanguage', 'surname', 'userPrincipalName', 'id'],
] as const;

/** Kept outside the directory: selecting one on the collection is refused. */
export const NOT_IN_COLLECTION: ReadonlySet<string> = new Set([
  ...['aboutMe', 'birthday', 'hireDate', 'interests', 'mailboxSettings', 'mySite', 'pastProjects'],
  ...['preferredName', 'responsibilities', 'schools', 'skills'],
]);

type Show = (person: SimPerson, products: ReadonlyMap<string, Product>) => unknown;

const SHOWN: Readonly<Record<string, Show>> = {
  id: (person) => person.id,
  userPrincipalName: (person) => person.userPrincipalName,
  displayName: (person) => person.displayName,
  givenName: (person) => person.givenName,
  surname: (person) => person.surname,
  mail: (person) => person.mail,
  mailNickname: (person) => person.userPrincipalName.split('@')[0],
  accountEnabled: (person) => person.accountEnabled,
  userType: (person) => person.userType,
  jobTitle: (person) => person.jobTitle,
  department: (person) => person.department,
  companyName: (person) => person.companyName,
  country: (person) => person.country,
  city: (person) => person.city,
  officeLocation: (person) => person.city,
  usageLocation: (person) => person.usageLocation,
  employeeId: (person) => person.employeeId,
  employeeType: (person) => person.employeeType,
  employeeHireDate: (person) => (person.employeeId === null ? null : isoTime(person.created)),
  employeeLeaveDateTime: (person) => (person.leaves === null ? null : isoTime(person.leaves)),
  createdDateTime: (person) => isoTime(person.created),
  onPremisesSyncEnabled: (person) => person.onPremisesSync,
  onPremisesDistinguishedName: (person) => person.onPremises?.distinguishedName ?? null,
  onPremisesDomainName: (person) => person.onPremises?.domainName ?? null,
  onPremisesSamAccountName: (person) => person.onPremises?.samAccountName ?? null,
  onPremisesLastSyncDateTime: (person) => momentOf(person.lastSynced),
  signInSessionsValidFromDateTime: (person) => momentOf(person.sessionsValidFrom ?? person.created),
  externalUserState: (person) => (person.userType === 'Guest' ? 'Accepted' : null),
  assignedLicenses,
  licenseAssignmentStates: (person) => person.licenses.map(licenseState),
  assignedPlans,
  signInActivity,
};

/** Properties that exist, but about which this tenant has nothing to say. */
const EMPTY_LISTS = [
  'businessPhones',
  'provisionedPlans',
  'proxyAddresses',
  'otherMails',
  'imAddresses',
  'identities',
];
const EMPTY_VALUES = [
  ...['ageGroup', 'authorizationInfo', 'consentProvidedForMinor', 'creationType', 'customSecurityAttributes'],
  ...['deletedDateTime', 'employeeOrgData', 'externalUserStateChangeDateTime', 'faxNumber'],
  ...[
    'isManagementRestricted',
    'isResourceAccount',
    'lastPasswordChangeDateTime',
    'legalAgeGroupClassification',
  ],
  ...['mobilePhone', 'onPremisesExtensionAttributes', 'onPremisesImmutableId'],
  ...['onPremisesProvisioningErrors', 'onPremisesSecurityIdentifier', 'onPremisesUserPrincipalName'],
  ...['passwordPolicies', 'passwordProfile', 'postalCode', 'preferredDataLocation', 'preferredLanguage'],
  ...['securityIdentifier', 'serviceProvisioningErrors', 'showInAddressList'],
  ...['state', 'streetAddress'],
];

const EMPTY: ReadonlyMap<string, () => unknown> = new Map([
  ...EMPTY_LISTS.map((name): [string, () => unknown] => [name, () => []]),
  ...EMPTY_VALUES.map((name): [string, () => unknown] => [name, () => null]),
]);

/** The names in Graph's own spelling; names are matched without regard to case, as OData does. */
const SPELLING: ReadonlyMap<string, string> = new Map(
  [...Object.keys(SHOWN), ...EMPTY.keys(), ...NOT_IN_COLLECTION].map((name) => [name.toLowerCase(), name]),
);

/** The selected names in Graph's spelling. @throws GraphRefusal for a property that a user does not have */
export function userProperties(select: readonly string[] | undefined): readonly string[] {
  if (!select || select.length === 0) return DEFAULT_USER_PROPERTIES;
  const names = select.map((name) => {
    const spelled = SPELLING.get(name.toLowerCase());
    if (spelled === undefined) throw unknownProperty(name, 'microsoft.graph.user');
    return spelled;
  });
  return names.includes('signInActivity') && !names.includes('id') ? [...names, 'id'] : names;
}

/** One user as Graph writes it. A person who never signed in has no `signInActivity` at all. */
export function wireUser(
  person: SimPerson,
  properties: readonly string[],
  products: ReadonlyMap<string, Product>,
): Record<string, unknown> {
  return userWriter(properties, products)(person);
}

/** The same for many: what each property shows is looked up once. */
export function userWriter(
  properties: readonly string[],
  products: ReadonlyMap<string, Product>,
): (person: SimPerson) => Record<string, unknown> {
  const columns = properties.map((name): readonly [string, Show] => {
    const empty = EMPTY.get(name);
    return [name, SHOWN[name] ?? (() => empty?.() ?? null)];
  });
  return (person) => {
    const user: Record<string, unknown> = {};
    for (const [name, show] of columns) {
      const value = show(person, products);
      if (name !== 'signInActivity' || value !== null) user[name] = value;
    }
    return user;
  };
}

/** Plans that are off for a SKU: those that every working path switches off. */
export function disabledPlansOf(person: SimPerson, skuId: string): readonly string[] {
  const [first, ...others] = person.licenses.filter((path) => path.skuId === skuId && isHeld(path));
  if (!first || others.length === 0 || first.disabledPlans.length === 0) return first?.disabledPlans ?? [];
  return first.disabledPlans.filter((id) => others.every((path) => path.disabledPlans.includes(id)));
}

function assignedLicenses(person: SimPerson): unknown {
  const skuIds = [...new Set(person.licenses.filter(isHeld).map((path) => path.skuId))];
  return skuIds.map((skuId) => ({ disabledPlans: disabledPlansOf(person, skuId), skuId }));
}

function licenseState(path: SimPath): unknown {
  return {
    skuId: path.skuId,
    disabledPlans: path.disabledPlans,
    assignedByGroup: path.group,
    state: path.state,
    error: path.error,
    lastUpdatedDateTime: isoTime(path.since),
  };
}

function assignedPlans(person: SimPerson, products: ReadonlyMap<string, Product>): unknown {
  const skuIds = [...new Set(person.licenses.filter(isHeld).map((path) => path.skuId))];
  return skuIds.flatMap((skuId) => {
    const since = person.licenses.find((path) => path.skuId === skuId)?.since ?? person.created;
    const off = disabledPlansOf(person, skuId);
    return (products.get(skuId)?.plans ?? []).map((plan) => ({
      assignedDateTime: isoTime(since),
      capabilityStatus: off.includes(plan.id) ? 'Deleted' : 'Enabled',
      service: plan.service,
      servicePlanId: plan.id,
    }));
  });
}

function signInActivity(person: SimPerson): unknown {
  if (!person.signIn) return null;
  const { interactive, nonInteractive, successful } = person.signIn;
  return {
    lastSignInDateTime: momentOf(interactive),
    lastSignInRequestId: requestIdOf(person, interactive, 1),
    lastNonInteractiveSignInDateTime: momentOf(nonInteractive),
    lastNonInteractiveSignInRequestId: requestIdOf(person, nonInteractive, 2),
    lastSuccessfulSignInDateTime: momentOf(successful),
    lastSuccessfulSignInRequestId: requestIdOf(person, successful, 1),
  };
}

function momentOf(moment: number | null): string | null {
  return moment === null ? null : isoTime(moment);
}

/** The id of a sign-in, in its dates and in the log. `kind` tells several of one minute apart. */
export function requestIdOf(
  person: Pick<SimPerson, 'index'>,
  moment: number | null,
  kind: number,
): string | null {
  if (moment === null) return null;
  return moment === YEAR_ONE ? '' : guidFor(person.index, Math.floor(moment / 60_000), kind);
}

/** Everything a license call answers with. */
export const LICENSE_ANSWER_PROPERTIES = [
  ...DEFAULT_USER_PROPERTIES,
  ...['accountEnabled', 'assignedLicenses', 'usageLocation', 'userType'],
] as const;
