import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { opened } from './opened.js';
import type { Json, Opened } from './opened.js';

const REPORT = "/v1.0/reports/getEmailActivityUserDetail(period='D180')";

async function control(
  simulator: Opened,
  body: unknown,
): Promise<{ readonly status: number; readonly json: Json }> {
  return simulator.send('POST', '/_simulator/permissions', body);
}

describe('permissions', () => {
  test('can be taken away and given back while the tenant runs', async () => {
    const simulator = await opened();
    expect((await simulator.get(REPORT)).status).toBe(302);
    const revoked = await control(simulator, { revoke: ['Reports.Read.All'] });
    expect(revoked.json['permissions']).not.toContain('Reports.Read.All');
    expect(revoked.json['permissions']).toContain('User.Read.All');
    expect((await simulator.get(REPORT)).json.error).toMatchObject({
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    });
    expect((await simulator.get('/v1.0/users?$top=1')).status).toBe(200);
    expect((await control(simulator, { grant: ['Reports.Read.All'] })).json['permissions']).toContain(
      'Reports.Read.All',
    );
    expect((await simulator.get(REPORT)).status).toBe(302);
  });

  test('can be changed by the program that started the tenant', async () => {
    const simulator = await opened();
    simulator.changePermissions({ revoke: ['AuditLog.Read.All', 'User.Read.All'], grant: ['User.Read.All'] });
    expect((await simulator.get('/v1.0/users?$select=signInActivity')).status).toBe(403);
    expect((await simulator.get('/v1.0/users?$select=id')).status).toBe(200);
  });

  test.each([{}, { revoke: 'Reports.Read.All' }, { revoke: [''] }, { take: ['x'] }])(
    'are not changed by %j',
    async (body) => {
      const simulator = await opened();
      const answer = await control(simulator, body);
      expect(answer.status).toBe(400);
      expect((await simulator.get(REPORT)).status).toBe(302);
    },
  );

  test('show when somebody leaves only with one of its own, in lists and of one person', async () => {
    const simulator = await opened();
    const one = `/v1.0/users/${NAMED.leftByDirectory.id}?$select=id,EmployeeLeaveDateTime`;
    expect((await simulator.get(one)).json['employeeLeaveDateTime']).toBe('2026-08-15T10:00:00Z');
    simulator.changePermissions({
      revoke: ['User-LifeCycleInfo.Read.All', 'User-LifeCycleInfo.ReadWrite.All'],
    });
    expect((await simulator.get(one)).json.error?.code).toBe('Authorization_RequestDenied');
    expect((await simulator.get('/v1.0/users?$select=id,employeeLeaveDateTime')).status).toBe(403);
    expect((await simulator.get('/v1.0/users?$select=id,employeeHireDate')).status).toBe(200);
  });
});

describe('sponsors', () => {
  test('of a guest come in order, and may be none', async () => {
    const simulator = await opened();
    const sponsors = async (id: string) =>
      (await simulator.get(`/v1.0/users/${id}/sponsors?$select=id,mail`)).json.value;
    expect(await sponsors(NAMED.sponsoredGuest.id)).toEqual([
      { id: NAMED.operationsHead.id, mail: 'imani.brandt@harborlight.example' },
      { id: NAMED.financeHead.id, mail: 'marc.delacroix@harborlight.example' },
    ]);
    expect(await sponsors(NAMED.unsponsoredGuest.id)).toEqual([]);
    expect(await sponsors(NAMED.plainInactive.id)).toEqual([]);
    expect((await simulator.get('/v1.0/users/nobody/sponsors')).status).toBe(404);
  });

  test('who are gone are not named any more, and a test may name others', async () => {
    const simulator = await opened();
    await simulator.send('POST', `/_simulator/people/${NAMED.unsponsoredGuest.id}`, {
      sponsorIds: [NAMED.freeOnly.id, NAMED.hrPartner.id],
    });
    await simulator.send('DELETE', `/v1.0/users/${NAMED.freeOnly.id}`);
    const { json } = await simulator.get(`/v1.0/users/${NAMED.unsponsoredGuest.id}/sponsors?$select=id`);
    expect(json.value).toEqual([{ id: NAMED.hrPartner.id }]);
  });
});
