import { describe, expect, test } from '@jest/globals';
import type { GroupId, UserId } from '../../src/audit/person.js';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';

const USER = '#microsoft.graph.user';
const GROUP = '#microsoft.graph.group';

describe('members of a group', () => {
  test('are its people, nested groups and devices left out', async () => {
    const value = [
      { '@odata.type': USER, id: 'A' },
      { '@odata.type': GROUP, id: 'inner' },
      { '@odata.type': '#microsoft.graph.device', id: 'laptop' },
      { id: 'untyped' },
    ];
    const graph = await pretendGraph(() => ({ json: { value } }));
    expect([...(await doorTo(graph.origin).membersOf('vips' as GroupId))]).toEqual(['a', 'untyped']);
    expect(graph.seen[0]?.url).toBe('/v1.0/groups/vips/transitiveMembers?$select=id&$top=999');
  });

  test('of a group that does not exist are a failure, not nobody', async () => {
    const graph = await pretendGraph(() => graphError(404, 'Request_ResourceNotFound'));
    const failure = await failureOf(doorTo(graph.origin).membersOf('gone' as GroupId));
    expect(failure).toMatchObject({ kind: 'notFound', details: { status: 404 } });
    expect(failure.message).toContain('no group gone');
  });
});

describe('groups containing a person', () => {
  test('are checked twenty at a time', async () => {
    const graph = await pretendGraph((request) => {
      const { groupIds } = JSON.parse(request.body) as { readonly groupIds: readonly string[] };
      return { json: { value: groupIds.filter((id) => id.endsWith('1')).map((id) => id.toUpperCase()) } };
    });
    const groups = Array.from({ length: 23 }, (_, at) => `g${at}` as GroupId);
    expect([...(await doorTo(graph.origin).groupsContaining('ada' as UserId, groups))]).toEqual([
      'g1',
      'g11',
      'g21',
    ]);
    expect(graph.seen.map((request) => `${request.method} ${request.url}`)).toEqual([
      'POST /v1.0/users/ada/checkMemberGroups',
      'POST /v1.0/users/ada/checkMemberGroups',
    ]);
  });

  test('without groups ask nothing', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [] } }));
    expect((await doorTo(graph.origin).groupsContaining('ada' as UserId, [])).size).toBe(0);
    expect(graph.seen).toHaveLength(0);
  });
});
