import { expect, test } from '@jest/globals';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';

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
