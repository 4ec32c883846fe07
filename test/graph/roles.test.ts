import { describe, expect, test } from '@jest/globals';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph, type Reply } from './pretend-graph.js';

test('role holders are people with a role, and people in groups with one', async () => {
  const assignments = [
    {
      id: '1',
      principalId: 'A',
      roleDefinitionId: 'r',
      principal: { '@odata.type': '#microsoft.graph.user', id: 'A' },
    },
    {
      id: '2',
      principalId: 'G',
      roleDefinitionId: 'r',
      principal: { '@odata.type': '#microsoft.graph.group', id: 'G' },
    },
    {
      id: '3',
      principalId: 'app',
      roleDefinitionId: 'r',
      principal: { '@odata.type': '#microsoft.graph.servicePrincipal', id: 'app' },
    },
    {
      id: '4',
      principalId: 'G',
      roleDefinitionId: 'r',
      principal: { '@odata.type': '#microsoft.graph.group', id: 'G' },
    },
    { id: '5', principalId: 'deleted', roleDefinitionId: 'r', principal: null },
  ];
  const graph = await pretendGraph((request) =>
    request.url.includes('/groups/g/')
      ? { json: { value: [{ '@odata.type': '#microsoft.graph.user', id: 'B' }] } }
      : { json: { value: request.url.includes('Eligib') ? [] : assignments } },
  );
  expect([...(await doorTo(graph.origin).roleHolders()).active].sort()).toEqual(['a', 'b', 'deleted']);
  expect(graph.seen.map((request) => request.url)).toEqual([
    '/v1.0/roleManagement/directory/roleAssignments?$expand=principal',
    '/v1.0/groups/g/transitiveMembers?$select=id&$top=999',
    '/v1.0/roleManagement/directory/roleEligibilityScheduleInstances?$expand=principal',
  ]);
});

test('role holders cannot be read in part: a group that cannot be opened fails the read', async () => {
  const assignments = [
    {
      id: '2',
      principalId: 'G',
      roleDefinitionId: 'r',
      principal: { '@odata.type': '#microsoft.graph.group' },
    },
  ];
  const graph = await pretendGraph((request) =>
    request.url.includes('/groups/')
      ? graphError(403, 'Authorization_RequestDenied')
      : { json: { value: assignments } },
  );
  const failure = await failureOf(doorTo(graph.origin).roleHolders());
  expect(failure).toMatchObject({
    kind: 'forbidden',
    details: { operation: 'groups.transitiveMembers.list' },
  });
});

const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10';
const HELPDESK = '729827e3-9c14-49f7-bb1b-9608f156bbb8';

/** One assignment as Graph sends it; the id tells the kind of its principal. */
function assignment(principalId: string, roleDefinitionId = HELPDESK) {
  const kind = principalId.startsWith('group') ? 'group' : 'user';
  return {
    id: `${principalId} ${roleDefinitionId}`,
    principalId,
    roleDefinitionId,
    directoryScopeId: '/',
    principal: { '@odata.type': `#microsoft.graph.${kind}`, id: principalId },
  };
}

/** Answers with active and eligible assignments, and with two people, one of them nested, for every group. */
function roleGraph(active: readonly unknown[], eligible: readonly unknown[] | Reply) {
  return pretendGraph((request) => {
    const group = /groups\/([^/]+)\/transitiveMembers/.exec(request.url)?.[1];
    if (group !== undefined) return { json: { value: membersOf(group) } };
    if (!request.url.includes('Eligib')) return { json: { value: active } };
    return 'length' in eligible ? { json: { value: eligible } } : eligible;
  });
}

function membersOf(group: string): readonly unknown[] {
  return [
    { '@odata.type': '#microsoft.graph.user', id: `${group}-member` },
    { '@odata.type': '#microsoft.graph.group', id: `${group}-nested` },
    { '@odata.type': '#microsoft.graph.user', id: `${group}-nested-member` },
  ];
}

describe('the kinds of role holders', () => {
  test('Global Administrators are told apart, also through a group, and are holders as well', async () => {
    const graph = await roleGraph(
      [
        assignment('ada', GLOBAL_ADMINISTRATOR.toUpperCase()),
        assignment('bob'),
        assignment('group-ga', GLOBAL_ADMINISTRATOR),
      ],
      [],
    );
    const holders = await doorTo(graph.origin).roleHolders();
    expect(holders.globalAdministrators).toEqual(
      new Set(['ada', 'group-ga-member', 'group-ga-nested-member']),
    );
    expect(holders.active).toEqual(new Set(['ada', 'bob', 'group-ga-member', 'group-ga-nested-member']));
    expect(holders.eligible).toEqual(new Set());
    expect(graph.seen.filter(({ url }) => url.includes('/groups/'))).toHaveLength(1);
  });

  test('eligible ones are no active ones, and come through groups as well', async () => {
    const graph = await roleGraph([assignment('ada')], [assignment('eve'), assignment('group-pim')]);
    const holders = await doorTo(graph.origin).roleHolders();
    expect(holders.active).toEqual(new Set(['ada']));
    expect(holders.eligible).toEqual(new Set(['eve', 'group-pim-member', 'group-pim-nested-member']));
    expect(holders.globalAdministrators).toEqual(new Set());
  });

  test.each([
    ['no permission', graphError(403, 'Authorization_RequestDenied')],
    ['no Entra ID P2', graphError(400, 'AadPremiumLicenseRequired')],
  ])('eligible ones are unknown, and active ones known: %s', async (_why, refusal) => {
    const graph = await roleGraph([assignment('ada')], refusal);
    const holders = await doorTo(graph.origin).roleHolders();
    expect(holders.active).toEqual(new Set(['ada']));
    expect(holders.eligible).toEqual({ unknown: expect.stringContaining('Microsoft Graph') });
  });

  test('eligible ones that fail for another reason fail the read', async () => {
    const graph = await roleGraph([assignment('ada')], graphError(500, 'InternalServerError'));
    const failure = await failureOf(doorTo(graph.origin, { retry: { maxAttempts: 2 } }).roleHolders());
    expect(failure.kind).toBe('serverError');
  });

  test('every page is read, of assignments and of groups', async () => {
    const graph = await pretendGraph(({ url, headers }) => {
      const base = `http://${headers.host ?? ''}`;
      const next = (link: string) => ({ '@odata.nextLink': `${base}${link}` });
      if (url.includes('/groups/')) {
        return url.includes('$skiptoken')
          ? { json: { value: [{ '@odata.type': '#microsoft.graph.user', id: 'late' }] } }
          : { json: { value: [], ...next('/v1.0/groups/group-1/transitiveMembers?$skiptoken=g2') } };
      }
      const name = url.includes('Eligib') ? 'roleEligibilityScheduleInstances' : 'roleAssignments';
      const path = `/v1.0/roleManagement/directory/${name}?$skiptoken=p2`;
      return url.includes('$skiptoken')
        ? { json: { value: [assignment(name === 'roleAssignments' ? 'group-1' : 'eve')] } }
        : { json: { value: [assignment('ada')], ...next(path) } };
    });
    const holders = await doorTo(graph.origin).roleHolders();
    expect(holders.active).toEqual(new Set(['ada', 'late']));
    expect(holders.eligible).toEqual(new Set(['ada', 'eve']));
  });
});
