import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { GROUPS } from '../../src/simulator/sim-groups.js';
import { seatsBought, seatsInUse, timeOf } from '../../src/simulator/tenant.js';
import { allRows, opened } from './opened.js';
import type { Opened } from './opened.js';

async function memberIds(simulator: Opened, groupId: string, list = 'members'): Promise<readonly unknown[]> {
  const { rows } = await allRows(simulator, `/v1.0/groups/${groupId}/${list}?$select=id&$top=3`);
  return rows.map((row) => row['id']);
}

function removeMember(simulator: Opened, groupId: string, userId: string, end = '/$ref') {
  return simulator.send('DELETE', `/v1.0/groups/${groupId}/members/${userId}${end}`);
}

function addMember(simulator: Opened, groupId: string, userId: string) {
  const reference = { '@odata.id': `${simulator.url}/v1.0/directoryObjects/${userId}` };
  return simulator.send('POST', `/v1.0/groups/${groupId}/members/$ref`, reference);
}

interface Path {
  readonly assignedByGroup: string | null;
  readonly state: string;
  readonly error: string;
}

/** The ways by which somebody holds licenses through a group. */
async function throughGroup(simulator: Opened, id: string, group: string): Promise<readonly Path[]> {
  const { json } = await simulator.get(`/v1.0/users/${id}?$select=licenseAssignmentStates`);
  return (json['licenseAssignmentStates'] as readonly Path[]).filter(
    (path) => path.assignedByGroup === group,
  );
}

function visioSeats({ tenant, clock }: Opened): number {
  return seatsInUse(tenant, timeOf(tenant, clock.now()), 'accepted').get(SKU.VISIO.skuId) ?? 0;
}

const everybody = Object.values(NAMED).map(({ id }) => id);

describe('groups', () => {
  test('list their members page by page, each once', async () => {
    const simulator = await opened({ people: 300 });
    const ids = await memberIds(simulator, GROUPS.licensesE3.id);
    expect(ids).toEqual(expect.arrayContaining([NAMED.groupLicensed.id, NAMED.directAndGroup.id]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(20);
  });

  test('show people of nested groups only in the transitive list, beside the nested group itself', async () => {
    const simulator = await opened();
    expect(await memberIds(simulator, GROUPS.leadership.id)).toEqual([GROUPS.leadershipOffice.id]);
    expect(await memberIds(simulator, GROUPS.leadership.id, 'transitiveMembers')).toEqual([
      GROUPS.leadershipOffice.id,
      NAMED.nestedLeader.id,
    ]);
  });

  test('are checked for one person, nested ones included, twenty at a time', async () => {
    const simulator = await opened();
    const check = (groupIds: readonly string[]) =>
      simulator.send('POST', `/v1.0/users/${NAMED.nestedLeader.id}/checkMemberGroups`, { groupIds });
    const { json } = await check([GROUPS.leadership.id, GROUPS.exempt.id, GROUPS.leadershipOffice.id]);
    expect(json.value).toEqual([GROUPS.leadership.id, GROUPS.leadershipOffice.id]);
    expect((await check(Array.from({ length: 21 }, () => GROUPS.exempt.id))).status).toBe(400);
  });

  test('say of what kind they are', async () => {
    const simulator = await opened();
    const select = '$select=groupTypes,mailEnabled,onPremisesSyncEnabled,isAssignableToRole,assignedLicenses';
    const group = async (id: string) => (await simulator.get(`/v1.0/groups/${id}?${select}`)).json;
    expect(await group(GROUPS.licensesE5.id)).toMatchObject({
      groupTypes: ['DynamicMembership'],
      mailEnabled: false,
    });
    expect(await group(GROUPS.visioTeam.id)).toMatchObject({ groupTypes: ['Unified'], mailEnabled: true });
    expect(await group(GROUPS.licensesE1.id)).toMatchObject({ groupTypes: [], onPremisesSyncEnabled: true });
    expect(await group(GROUPS.helpdesk.id)).toMatchObject({ isAssignableToRole: true, assignedLicenses: [] });
    expect((await simulator.get('/v1.0/groups/00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });

  test('give back the license later than the membership', async () => {
    const simulator = await opened({ licenseDelayMs: 60_000 });
    const id = NAMED.groupLicensed.id;
    expect((await removeMember(simulator, GROUPS.licensesE3.id, id)).status).toBe(204);
    const state = async () => ({
      groups: (await simulator.get(`/v1.0/users/${id}/memberOf/microsoft.graph.group?$select=id`)).json.value,
      licenses: (await simulator.get(`/v1.0/users/${id}?$select=assignedLicenses`)).json['assignedLicenses'],
    });
    expect(await state()).toMatchObject({ groups: [], licenses: [{ disabledPlans: [] }] });
    simulator.clock.advance(60_000);
    expect(await state()).toEqual({ groups: [], licenses: [] });
    expect((await removeMember(simulator, GROUPS.licensesE3.id, id)).status).toBe(404);
  });

  test('give the license some time after the membership, and once', async () => {
    const simulator = await opened({ licenseDelayMs: 60_000 });
    const id = NAMED.plainInactive.id;
    expect((await addMember(simulator, GROUPS.visioTeam.id, id)).status).toBe(204);
    expect(await throughGroup(simulator, id, GROUPS.visioTeam.id)).toEqual([]);
    const { json } = await addMember(simulator, GROUPS.visioTeam.id, id);
    expect(json.error?.message).toMatch(/already exist/);
    simulator.clock.advance(60_000);
    expect(await throughGroup(simulator, id, GROUPS.visioTeam.id)).toMatchObject([
      { skuId: SKU.VISIO.skuId, state: 'Active', error: 'None' },
    ]);
    expect((await removeMember(simulator, GROUPS.visioTeam.id, id)).status).toBe(204);
    expect((await addMember(simulator, GROUPS.visioTeam.id, id)).status).toBe(204);
    simulator.clock.advance(60_000);
    expect(await throughGroup(simulator, id, GROUPS.visioTeam.id)).toHaveLength(1);
  });

  test('give a license that does not work where no seat is left', async () => {
    const simulator = await opened({ people: 60 });
    const product = simulator.tenant.products.get(SKU.VISIO.skuId);
    const free = seatsBought(simulator.tenant, product ?? SKU.VISIO) - visioSeats(simulator);
    const people = everybody.filter((id) => id !== NAMED.teamLicensed.id).slice(0, free + 1);
    for (const id of people) {
      expect((await addMember(simulator, GROUPS.visioTeam.id, id)).status).toBe(204);
      simulator.clock.advance(1);
    }
    const states = [];
    for (const id of people) states.push(...(await throughGroup(simulator, id, GROUPS.visioTeam.id)));
    expect(states.map(({ state }) => state)).toEqual([...Array<string>(free).fill('Active'), 'Error']);
    expect(states.at(-1)).toMatchObject({ error: 'CountViolation' });
  });

  test('keep a license on which another one stands, with an error', async () => {
    const simulator = await opened();
    const id = NAMED.groupLicensed.id;
    const phone = { addLicenses: [{ skuId: SKU.PHONE.skuId, disabledPlans: [] }], removeLicenses: [] };
    expect((await simulator.send('POST', `/v1.0/users/${id}/assignLicense`, phone)).status).toBe(200);
    expect((await removeMember(simulator, GROUPS.licensesE3.id, id)).status).toBe(204);
    expect(await throughGroup(simulator, id, GROUPS.licensesE3.id)).toMatchObject([
      { state: 'ActiveWithError', error: 'DependencyViolation' },
    ]);
  });

  test('of kinds that Graph may not change refuse both ways, whoever is or is not in them', async () => {
    const simulator = await opened();
    const closed: readonly (readonly [string, string, number])[] = [
      [GROUPS.licensesE5.id, NAMED.dynamicGroupLicensed.id, 403],
      [GROUPS.mailList.id, NAMED.teamLicensed.id, 403],
      [GROUPS.reportReaders.id, NAMED.accentedName.id, 403],
      [GROUPS.reportAdmins.id, NAMED.rightToLeftName.id, 403],
      [GROUPS.licensesE1.id, NAMED.syncedGroupLicensed.id, 400],
    ];
    for (const [group, member, status] of closed) {
      expect([group, (await removeMember(simulator, group, member)).status]).toEqual([group, status]);
      expect([group, (await addMember(simulator, group, NAMED.itManager.id)).status]).toEqual([
        group,
        status,
      ]);
    }
    expect(simulator.tenant.book.all).toEqual([]);
  });

  test('that may hold roles open to whoever may give roles', async () => {
    const simulator = await opened();
    simulator.changePermissions({ grant: ['RoleManagement.ReadWrite.Directory'] });
    const answer = await removeMember(simulator, GROUPS.reportAdmins.id, NAMED.rightToLeftName.id);
    expect(answer.status).toBe(204);
  });

  test('have owners, and people what they own', async () => {
    const simulator = await opened();
    const owned = async (id: string) =>
      (
        await simulator.get(
          `/v1.0/users/${id}/ownedObjects/microsoft.graph.group?$select=id,resourceProvisioningOptions`,
        )
      ).json.value;
    const owners = async (id: string) => {
      const { json } = await simulator.get(`/v1.0/groups/${id}/owners?$select=id`);
      return (json.value as readonly { readonly id: string }[]).map((owner) => owner.id);
    };
    expect(await owned(NAMED.teamLicensed.id)).toEqual([
      { id: GROUPS.visioTeam.id, resourceProvisioningOptions: ['Team'] },
    ]);
    expect(await owned(NAMED.plainInactive.id)).toEqual([]);
    expect(await owners(GROUPS.visioTeam.id)).toEqual([NAMED.teamLicensed.id]);
    expect(await owners(GROUPS.harborStories.id)).toEqual([NAMED.siteOwner.id, NAMED.hrPartner.id]);
    await simulator.send('DELETE', `/v1.0/users/${NAMED.siteOwner.id}`);
    expect(await owners(GROUPS.harborStories.id)).toEqual([NAMED.hrPartner.id]);
  });

  test('delete the person when somebody forgets /$ref', async () => {
    const simulator = await opened();
    const id = NAMED.groupLicensed.id;
    expect((await removeMember(simulator, GROUPS.licensesE3.id, id, '')).status).toBe(204);
    expect((await simulator.get(`/v1.0/users/${id}`)).status).toBe(404);
    const { rows } = await allRows(simulator, '/v1.0/users?$select=id');
    expect(rows).toHaveLength(99);
  });

  test('and applications hold roles as well as people', async () => {
    const simulator = await opened();
    const { json } = await simulator.get('/v1.0/roleManagement/directory/roleAssignments?$expand=principal');
    const rows = json.value as readonly { principalId: string; principal: { '@odata.type': string } }[];
    expect(rows.map((row) => [row.principalId, row.principal['@odata.type']])).toEqual([
      [NAMED.roleHolder.id, '#microsoft.graph.user'],
      [NAMED.breakGlass.id, '#microsoft.graph.user'],
      [GROUPS.helpdesk.id, '#microsoft.graph.group'],
      ['9d0f4c3e-6a1b-4b67-8d52-0f4e8a7c1b35', '#microsoft.graph.servicePrincipal'],
    ]);
    expect(await memberIds(simulator, GROUPS.helpdesk.id, 'transitiveMembers')).toEqual([
      NAMED.groupRoleHolder.id,
    ]);
  });

  test('that people and groups may activate are listed apart, where the tenant is licensed for that', async () => {
    const url = '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances?$expand=principal';
    const { json } = await (await opened()).get(url);
    const rows = json.value as readonly {
      id: string;
      principalId: string;
      memberType: string;
      principal: { '@odata.type': string };
    }[];
    expect(rows.map((row) => [row.principalId, row.principal['@odata.type'], row.memberType])).toEqual([
      [NAMED.secondActiveReport.id, '#microsoft.graph.user', 'Direct'],
      [GROUPS.helpdesk.id, '#microsoft.graph.group', 'Direct'],
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(2);
    const refused = await (await opened({ premium: false })).get(url);
    expect([refused.status, refused.json.error?.code]).toEqual([400, 'AadPremiumLicenseRequired']);
  });
});
