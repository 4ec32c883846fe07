import { describe, expect, test } from '@jest/globals';
import type { GroupId, UserId } from '../../src/audit/person.js';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';
import type { Reply, Seen } from './pretend-graph.js';

const ADA = 'ada' as UserId;
const GROUP = 'suite' as GroupId;
const NONE = graphError(404, 'Request_ResourceNotFound');
const DENIED = graphError(403, 'Authorization_RequestDenied');

/** Answers a change of membership, what kind the group is, and whether the person exists. */
function tenant(change: Reply, group: object | undefined, isPerson = true): (request: Seen) => Reply {
  const facts = group && { id: GROUP, displayName: 'Suite', groupTypes: [], assignedLicenses: [], ...group };
  return ({ url, body }) => {
    if (url.includes('/members/')) return change;
    if (url === '/v1.0/$batch') {
      const [step] = (JSON.parse(body) as { requests: { id: string }[] }).requests;
      const answer = facts ? { status: 200, body: facts } : { status: 404, body: NONE.json };
      return { json: { responses: [{ id: step?.id, ...answer }] } };
    }
    return isPerson ? { json: { id: 'ada' } } : NONE;
  };
}

describe('taking somebody into a group', () => {
  test('names the person by a link of the same Graph', async () => {
    const graph = await pretendGraph(() => ({ status: 204 }));
    expect(await doorTo(graph.origin).joinGroup(GROUP, ADA)).toEqual({ kind: 'accepted' });
    expect(graph.seen.map(({ method, url, body }) => [method, url, JSON.parse(body)])).toEqual([
      [
        'POST',
        '/v1.0/groups/suite/members/$ref',
        { '@odata.id': `${graph.origin}/v1.0/directoryObjects/ada` },
      ],
    ]);
  });

  test('who is in it changes nothing', async () => {
    const words =
      "One or more added object references already exist for the following modified properties: 'members'.";
    const graph = await pretendGraph(() => graphError(400, 'Request_BadRequest', words));
    expect(await doorTo(graph.origin).joinGroup(GROUP, ADA)).toEqual({ kind: 'unchanged' });
  });

  test('tells a person who is gone from a group that is gone', async () => {
    const person = await pretendGraph(tenant(NONE, {}, false));
    expect(await doorTo(person.origin).joinGroup(GROUP, ADA)).toEqual({ kind: 'personGone' });
    const group = await pretendGraph(tenant(NONE, undefined));
    expect(await doorTo(group.origin).joinGroup(GROUP, ADA)).toEqual({
      kind: 'refused',
      message: 'The group no longer exists.',
    });
  });
});

describe('taking somebody out of a group', () => {
  test('always names the membership, never the person', async () => {
    const graph = await pretendGraph(() => ({ status: 204 }));
    const door = doorTo(graph.origin);
    expect(await door.leaveGroup(GROUP, ADA)).toEqual({ kind: 'accepted' });
    expect(graph.seen.map(({ method, rawUrl }) => `${method} ${rawUrl}`)).toEqual([
      'DELETE /v1.0/groups/suite/members/ada/$ref',
    ]);
  });

  test.each(['', '..', '../../users/ada', 'ada?x', 'ada#x', 'ada/$ref/..'])(
    'is not sent for an id such as "%s"',
    async (id) => {
      const graph = await pretendGraph(() => ({ status: 204 }));
      const failure = await failureOf(doorTo(graph.origin).leaveGroup(GROUP, id as UserId));
      expect(failure.message).toContain('was not sent');
      expect(graph.seen).toEqual([]);
    },
  );

  test('who is not in it changes nothing; one who is gone is gone', async () => {
    const other = await pretendGraph(tenant(NONE, {}));
    expect(await doorTo(other.origin).leaveGroup(GROUP, ADA)).toEqual({ kind: 'unchanged' });
    const gone = await pretendGraph(tenant(NONE, {}, false));
    expect(await doorTo(gone.origin).leaveGroup(GROUP, ADA)).toEqual({ kind: 'personGone' });
  });
});

describe('a membership that Graph does not change', () => {
  const words = 'Cannot Update a mail-enabled security groups and or distribution list.';
  test.each<readonly [string, Reply, object, string]>([
    ['dynamic', DENIED, { groupTypes: ['DynamicMembership'] }, 'A rule says'],
    [
      'dynamic',
      graphError(400, 'Request_BadRequest'),
      { groupTypes: ['DynamicMembership', 'Unified'] },
      'A rule says',
    ],
    ['mail-enabled', DENIED, { mailEnabled: true }, 'belongs to Exchange'],
    [
      'mail-enabled',
      graphError(400, 'Request_BadRequest', words),
      { mailEnabled: true },
      'belongs to Exchange',
    ],
    ['synced', graphError(400, 'Request_BadRequest', 'x'), { onPremisesSyncEnabled: true }, 'mastered in AD'],
    ['role-assignable', DENIED, { isAssignableToRole: true }, 'Privileged Role Administrator'],
  ])('since the group is %s is refused for good', async (_kind, change, group, message) => {
    const graph = await pretendGraph(tenant(change, group));
    const refused = { kind: 'refused', message: expect.stringContaining(message) };
    expect(await doorTo(graph.origin).leaveGroup(GROUP, ADA)).toEqual(refused);
    expect(await doorTo(graph.origin).joinGroup(GROUP, ADA)).toEqual(refused);
  });

  test('although the group is an ordinary one is for want of the permission', async () => {
    const graph = await pretendGraph(tenant(DENIED, {}));
    const failure = await failureOf(doorTo(graph.origin).leaveGroup(GROUP, ADA));
    expect(failure.kind).toBe('forbidden');
    expect(failure.message).toContain('GroupMember.ReadWrite.All');
  });

  test('for a reason that we do not know is a failure', async () => {
    const graph = await pretendGraph(tenant(graphError(400, 'Request_BadRequest'), {}));
    expect((await failureOf(doorTo(graph.origin).joinGroup(GROUP, ADA))).kind).toBe('badRequest');
  });
});
