import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { findOperation, OPERATIONS } from '../../src/simulator/operations.js';
import { SKU } from '../../src/simulator/products.js';
import { GROUPS } from '../../src/simulator/sim-groups.js';
import { violationsOf } from '../contract/check-exchange.js';
import { allRows, EVENTUAL, opened } from './opened.js';
import type { Opened } from './opened.js';

const ALL_PROPERTIES =
  'id,userPrincipalName,displayName,mail,accountEnabled,userType,usageLocation,assignedLicenses,licenseAssignmentStates,' +
  'assignedPlans,employeeId,employeeType,employeeHireDate,department,jobTitle,country,companyName,createdDateTime,' +
  'onPremisesSyncEnabled,onPremisesDistinguishedName,onPremisesDomainName,onPremisesSamAccountName,' +
  'onPremisesLastSyncDateTime,isResourceAccount,employeeLeaveDateTime,signInActivity,proxyAddresses,mobilePhone';
const LICENSED = '$count=true&$filter=assignedLicenses/$count ne 0';
const person = NAMED.plainInactive.id;
const group = GROUPS.licensesE3.id;
const APP = 'd7c1f0a2-5b3e-4c8d-9f60-1a2b3c4d5e6f';

const EVERY_REPORT = [
  "getOffice365ActiveUserDetail(period='D180')",
  "getEmailActivityUserDetail(period='D180')",
  "getTeamsUserActivityUserDetail(period='D90')",
  "getSharePointActivityUserDetail(period='D30')",
  "getM365AppUserDetail(period='D180')?$format=text/csv",
  'getOffice365ActivationsUserDetail',
  "getMailboxUsageDetail(period='D180')",
  "getOneDriveUsageAccountDetail(period='D180')",
  "getSharePointSiteUsageDetail(period='D7')",
];

async function readEverything(simulator: Opened): Promise<void> {
  await allRows(simulator, `/v1.0/users?$top=30&$select=${ALL_PROPERTIES}&${LICENSED}`, EVENTUAL);
  await simulator.get('/v1.0/users?$expand=manager($select=id,displayName)&$select=id');
  await simulator.get('/v1.0/users/$count', EVENTUAL);
  for (const { id } of Object.values(NAMED))
    await simulator.get(`/v1.0/users/${id}?$select=${ALL_PROPERTIES}`);
  await simulator.get(`/v1.0/users/${NAMED.itManager.userPrincipalName}`);
  await simulator.get(`/v1.0/users/${person}/manager?$select=id,displayName,mail`);
  await simulator.get(`/v1.0/users/${NAMED.noManager.id}/manager`);
  await simulator.get(
    `/v1.0/users/${NAMED.itManager.id}/directReports?$select=id,displayName,accountEnabled&$top=3`,
  );
  await simulator.get(`/v1.0/users/${NAMED.sponsoredGuest.id}/sponsors?$select=id,displayName,mail`);
  await simulator.get(`/v1.0/users/${NAMED.unsponsoredGuest.id}/sponsors`);
  await simulator.get(`/v1.0/users/${person}/mailboxSettings/userPurpose`);
  await simulator.get(`/v1.0/users/${NAMED.serviceAccount.id}/mailboxSettings/userPurpose`);
  await simulator.get(
    `/v1.0/users/${NAMED.groupLicensed.id}/memberOf/microsoft.graph.group?$select=id,assignedLicenses`,
  );
  await simulator.send('POST', `/v1.0/users/${person}/checkMemberGroups`, { groupIds: [group] });
  await simulator.get(`/v1.0/users/${NAMED.siteOwner.id}/ownedObjects/microsoft.graph.group?$select=id`);
  await simulator.get(`/v1.0/groups/${GROUPS.harborStories.id}/owners?$select=id,displayName`);
  await simulator.get('/v1.0/groups');
  await simulator.get(`/v1.0/groups/${group}`);
  await simulator.get(`/v1.0/groups/${group}/members?$select=id&$top=5`);
  await simulator.get(`/v1.0/groups/${GROUPS.leadership.id}/transitiveMembers`);
  await simulator.get('/v1.0/roleManagement/directory/roleAssignments?$expand=principal');
  await simulator.get('/v1.0/roleManagement/directory/roleAssignments?$select=principalId,roleDefinitionId');
  await simulator.get('/v1.0/roleManagement/directory/roleEligibilityScheduleInstances?$expand=principal');
  await simulator.get('/v1.0/roleManagement/directory/roleDefinitions?$select=id,displayName');
  await simulator.get('/v1.0/subscribedSkus');
  await simulator.get('/v1.0/directory/subscriptions');
  await simulator.get('/v1.0/organization?$select=id,displayName');
  await simulator.get('/v1.0/organization');
  await simulator.get('/v1.0/admin/reportSettings');
  await simulator.get('/v1.0/auditLogs/signIns?$top=500');
  await simulator.get(`/v1.0/auditLogs/signIns?$filter=userId eq '${NAMED.failedSignInsOnly.id}'`);
  for (const call of EVERY_REPORT) await simulator.get(`/v1.0/reports/${call}`);
  await simulator.get('/v1.0/reports/getOffice365ActiveUserDetail(date=2026-11-10)');
}

async function writeEverything(simulator: Opened): Promise<void> {
  await simulator.send('POST', `/v1.0/users/${person}/assignLicense`, {
    addLicenses: [{ skuId: SKU.VISIO.skuId, disabledPlans: [] }],
    removeLicenses: [SKU.E5.skuId],
  });
  await simulator.send('PATCH', `/v1.0/users/${person}`, { accountEnabled: false });
  await simulator.send('POST', `/v1.0/users/${person}/revokeSignInSessions`);
  await simulator.send('DELETE', `/v1.0/groups/${group}/members/${NAMED.groupLicensed.id}/$ref`);
  await simulator.send('POST', `/v1.0/groups/${group}/members/$ref`, {
    '@odata.id': `${simulator.url}/v1.0/directoryObjects/${person}`,
  });
  await simulator.send('PATCH', `/v1.0/users/${person}`, { usageLocation: 'PT' });
  await simulator.send('POST', `/v1.0/users/${person}/teamwork/installedApps`, {
    'teamsApp@odata.bind': `${simulator.url}/v1.0/appCatalogs/teamsApps/${APP}`,
  });
  await simulator.send('DELETE', `/v1.0/users/${NAMED.freeOnly.id}`);
  await simulator.get('/v1.0/directory/deletedItems/microsoft.graph.user');
  await simulator.get('/v1.0/directory/deletedItems/microsoft.graph.user?$select=id,deletedDateTime&$top=5');
  await simulator.get(`/v1.0/directory/deletedItems/${NAMED.freeOnly.id}`);
  await simulator.send('POST', `/v1.0/directory/deletedItems/${NAMED.freeOnly.id}/restore`);
  for (const CmdletName of ['Get-Mailbox', 'Get-MailboxStatistics']) {
    await simulator.invoke({ CmdletName, Parameters: { Identity: person } });
  }
  await simulator.invoke({ CmdletName: 'Set-Mailbox', Parameters: { Identity: person, Type: 'Shared' } });
  await simulator.send('PATCH', '/v1.0/admin/reportSettings', { displayConcealedNames: true });
  await simulator.send('POST', '/v1.0/$batch', {
    requests: [
      { id: '1', method: 'GET', url: `/users/${person}?$select=id,assignedLicenses` },
      { id: '2', method: 'GET', url: `/users/${NAMED.noManager.id}/manager` },
      { id: '3', method: 'GET', url: `/users?$select=id&${LICENSED}`, headers: EVENTUAL },
    ],
  });
}

function segmentsOf(url: string): readonly string[] {
  const [route = ''] = url.split('?');
  return route.split('/').slice(2).map(decodeURIComponent);
}

describe('what the simulated tenant answers is what Graph documents', () => {
  test('every operation it serves is walked, and no answer departs from the contract', async () => {
    const simulator = await opened({ recordExchanges: true, throttling: 'off' });
    await readEverything(simulator);
    await writeEverything(simulator);

    const { exchanges } = simulator;
    expect(
      exchanges.flatMap((each) => violationsOf(each).map((violation) => `${each.url}: ${violation}`)),
    ).toEqual([]);
    expect(exchanges.filter((each) => each.status >= 400).map((each) => each.status)).toEqual([
      404, 404, 404,
    ]);
    const walked = new Set(
      exchanges
        .filter(({ url }) => url.startsWith('/v1.0/'))
        .map(({ method, url }) => findOperation(method, segmentsOf(url))),
    );
    const missed = OPERATIONS.filter((operation) => !walked.has(operation)).map(({ path }) => path.join('/'));
    // Removing a member without `/$ref` deletes the person: the contract knows no such operation.
    expect(missed).toEqual(['groups/*/members/*']);
  });

  test('every answer carries the headers that Graph always sends', async () => {
    const simulator = await opened({ recordExchanges: true });
    const { headers } = await simulator.get('/v1.0/users?$top=1', { 'client-request-id': 'from-the-caller' });
    expect(headers.get('content-type')).toBe(
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    );
    expect(headers.get('odata-version')).toBe('4.0');
    expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('client-request-id')).toBe('from-the-caller');
    expect(headers.get('x-ms-resource-unit')).toBe('1');
    expect(headers.get('cache-control')).toBe('no-cache');
  });

  test('an unknown path, version or method is refused in words of Graph', async () => {
    const simulator = await opened();
    expect((await simulator.get('/v1.0/nonsense')).json.error).toMatchObject({
      code: 'BadRequest',
      message: "Resource not found for the segment 'nonsense'.",
    });
    expect((await simulator.get('/v1.0/users/x/nonsense')).json.error?.message).toBe(
      "Resource not found for the segment 'nonsense'.",
    );
    expect((await simulator.get('/v9/users')).json.error?.message).toBe('Invalid version: v9');
    expect((await simulator.send('POST', '/v1.0/subscribedSkus', {})).status).toBe(405);
  });

  test('without the token, or with another one, nothing is told', async () => {
    const simulator = await opened();
    const without = await fetch(`${simulator.url}/v1.0/users`);
    expect(without.status).toBe(401);
    const other = await simulator.get('/v1.0/users', { authorization: 'Bearer real-entra-token' });
    expect(other.json.error?.code).toBe('InvalidAuthenticationToken');
    expect(simulator.requests.map((each) => each.authorization)).toEqual([false, true]);
  });
});
