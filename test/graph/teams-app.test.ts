import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph, throttled } from './pretend-graph.js';
import { simulatedDoor, violationsIn } from './simulated-door.js';

const APP = 'd7c1f0a2-5b3e-4c8d-9f60-1a2b3c4d5e6f';
const OTHER_APP = '0b9a8c7d-6e5f-4a3b-8c1d-2e3f4a5b6c7d';
const ADA = 'ada' as UserId;
const GRACE = NAMED.itManager.id as UserId;
const PERMISSION = 'TeamsAppInstallation.ReadWriteSelfForUser.All';
const INSTALLED = { kind: 'installed' };

describe('installing the app', () => {
  test('is one request that names the app in the catalog', async () => {
    const graph = await pretendGraph(() => ({ status: 201 }));
    expect(await doorTo(graph.origin).installApp(ADA, APP)).toEqual(INSTALLED);
    expect(graph.seen.map(({ method, url, body }) => [method, url, body])).toEqual([
      [
        'POST',
        '/v1.0/users/ada/teamwork/installedApps',
        `{"teamsApp@odata.bind":"${graph.origin}/v1.0/appCatalogs/teamsApps/${APP}"}`,
      ],
    ]);
  });

  test('is done where the app is there already, and each app counts for itself', async () => {
    const { door, tenant } = await simulatedDoor();
    expect(await door.installApp(GRACE, APP)).toEqual(INSTALLED);
    expect(await door.installApp(GRACE, APP)).toEqual(INSTALLED);
    expect(await door.installApp(GRACE, OTHER_APP)).toEqual(INSTALLED);
    expect(tenant.exchanges.map(({ status }) => status)).toEqual([201, 409, 201]);
    expect(violationsIn(tenant)).toEqual([]);
  });

  test('is refused for good where there is no such person', async () => {
    const { door } = await simulatedDoor();
    const nobody = '5a7c9e10-2b4d-4f68-8c31-999999999999' as UserId;
    expect(await door.installApp(nobody, APP)).toEqual({
      kind: 'refused',
      code: 'Request_ResourceNotFound',
    });
  });

  test('is refused for good where a policy of Teams blocks it for the person', async () => {
    const words = 'App is blocked by app permission policy. TenantId: t, UserObjectId: u, AppId: a';
    const graph = await pretendGraph(() => graphError(403, 'Forbidden', words));
    expect(await doorTo(graph.origin).installApp(ADA, APP)).toEqual({ kind: 'refused', code: 'Forbidden' });
  });

  test('that we may not do is a failure of ours, which names the permission', async () => {
    const { door, tenant } = await simulatedDoor();
    tenant.changePermissions({
      revoke: [PERMISSION, 'TeamsAppInstallation.ReadWriteForUser.All'],
    });
    const failure = await failureOf(door.installApp(GRACE, APP));
    expect(failure.kind).toBe('forbidden');
    expect(failure.message).toContain(PERMISSION);
    const notOurs = "AAD App Id 'b' is not allowed to manage the Teams App 'a'";
    const graph = await pretendGraph(() => graphError(403, 'Forbidden', notOurs));
    expect((await failureOf(doorTo(graph.origin).installApp(ADA, APP))).kind).toBe('forbidden');
  });

  test('is tried again when it was throttled or its answer was lost, and is a failure when Graph goes on failing', async () => {
    const graph = await pretendGraph(
      (_request, index) => [throttled('1'), { cut: true }][index] ?? graphError(409, 'Conflict'),
    );
    expect(await doorTo(graph.origin).installApp(ADA, APP)).toEqual(INSTALLED);
    expect(graph.seen).toHaveLength(3);
    const failing = await pretendGraph(() => graphError(503, 'ServiceUnavailable'));
    expect((await failureOf(doorTo(failing.origin).installApp(ADA, APP))).kind).toBe('serverError');
  });

  test('for many people keeps to the limit of Teams', async () => {
    const { door, tenant } = await simulatedDoor();
    const ids: UserId[] = [];
    for await (const page of door.licensedPeople()) ids.push(...page.map(({ id }) => id));
    for (const id of ids.slice(0, 80)) await door.installApp(id, APP);
    const statuses = tenant.exchanges.flatMap(({ method, status }) => (method === 'POST' ? status : []));
    expect(statuses).toEqual(Array.from({ length: 80 }, () => 201));
  });
});
