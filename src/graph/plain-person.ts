import type { GroupId, License, LicensePath, Person, SkuId, UserId } from '../audit/person.js';
import { isGuest, stateOf } from './person-row.js';
import {
  plainDay,
  plainId,
  plainIds,
  plainList,
  plainly,
  plainName,
  plainRecord,
  plainText,
  Unusual,
  type PlainRecord,
} from './plain-fields.js';

/** One user of `/users` as PERSON_ROW reads it; undefined for a row that is left to PERSON_ROW. */
export function plainPerson(value: unknown): Person | undefined {
  return plainly(personOf, value);
}

function personOf(row: PlainRecord): Person {
  const userPrincipalName = plainName(row['userPrincipalName']);
  return {
    id: plainId<UserId>(row['id']),
    userPrincipalName,
    displayName: plainText(row['displayName']) ?? userPrincipalName,
    mail: plainText(row['mail']),
    accountEnabled: enabledOf(row['accountEnabled']),
    kind: isGuest({ userPrincipalName, userType: plainText(row['userType']) }) ? 'guest' : 'member',
    licenses: licensesOf(row['assignedLicenses'], row['licenseAssignmentStates']),
    department: plainText(row['department']),
    jobTitle: plainText(row['jobTitle']),
    country: plainText(row['country']),
    usageLocation: plainText(row['usageLocation']),
    employeeId: plainText(row['employeeId']),
    employeeType: plainText(row['employeeType']),
    hired: plainDay(row['employeeHireDate']),
    leaves: plainDay(row['employeeLeaveDateTime']),
    created: plainDay(row['createdDateTime']),
    onPremisesSync: syncOf(row['onPremisesSyncEnabled']),
    onPremisesDomain: plainText(row['onPremisesDomainName']),
    onPremisesDistinguishedName: plainText(row['onPremisesDistinguishedName']),
    // Not selected in lists.
    lastSynced: undefined,
  };
}

function enabledOf(value: unknown): boolean {
  if (typeof value !== 'boolean' && value !== null) throw new Unusual();
  return value !== false;
}

function syncOf(value: unknown): boolean | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== 'boolean') throw new Unusual();
  return value;
}

function licensesOf(held: unknown, states: unknown): readonly License[] {
  const ways = states === null ? [] : plainList(states).map(wayOf);
  return plainList(held).map((value): License => {
    const row = plainRecord(value);
    const skuId = plainId<SkuId>(row['skuId']);
    return { skuId, disabledPlans: plainIds(row['disabledPlans']), paths: pathsOf(ways, skuId) };
  });
}

interface Way {
  readonly skuId: SkuId;
  readonly path: LicensePath;
}

/** Most people have one way to a license; a list that grows takes room for many. */
function pathsOf(ways: readonly Way[], skuId: SkuId): readonly LicensePath[] {
  const first = ways.findIndex((way) => way.skuId === skuId);
  const one = ways[first];
  if (one === undefined) return [];
  const others = ways.slice(first + 1).filter((way) => way.skuId === skuId);
  return others.length === 0 ? [one.path] : [one.path, ...others.map(({ path }) => path)];
}

function wayOf(value: unknown): Way {
  const row = plainRecord(value);
  const skuId = plainId<SkuId>(row['skuId']);
  const written = plainText(row['error']);
  const error = written === 'None' ? undefined : written;
  const state = stateOf(plainText(row['state']));
  const disabledPlans = plainIds(row['disabledPlans']);
  const since = plainDay(row['lastUpdatedDateTime']);
  const group = row['assignedByGroup'];
  if (group === null || group === undefined)
    return { skuId, path: { kind: 'direct', state, error, disabledPlans, since } };
  const groupId = plainId<GroupId>(group);
  return { skuId, path: { kind: 'group', groupId, state, error, disabledPlans, since } };
}
