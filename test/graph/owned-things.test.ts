import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';
import type { Reply, Seen } from './pretend-graph.js';

const ADA = 'ada' as UserId;
const USER = '#microsoft.graph.user';
const APP = '#microsoft.graph.servicePrincipal';

interface Owners {
  readonly value: readonly object[];
  readonly '@odata.nextLink'?: string;
}

function answering(
  groups: readonly object[],
  owners: Readonly<Record<string, Owners>>,
): (request: Seen) => Reply {
  return ({ url, body }) => {
    if (url.includes('/ownedObjects/')) return { json: { value: groups } };
    const { requests } = JSON.parse(body) as { readonly requests: readonly { id: string; url: string }[] };
    const responses = requests.map((step) => {
      const found = owners[/groups\/(\w+)/.exec(step.url)?.[1] ?? ''];
      return found
        ? { id: step.id, status: 200, body: found }
        : { id: step.id, status: 404, body: graphError(404, 'Request_ResourceNotFound').json };
    });
    return { json: { responses } };
  };
}

describe('what somebody owns', () => {
  test('is told with whether somebody else could look after it', async () => {
    const ada = { '@odata.type': USER, id: 'ADA' };
    const graph = await pretendGraph(
      answering(
        [
          { id: 'alone', displayName: 'Alone', resourceProvisioningOptions: ['Team'] },
          { id: 'shared', displayName: 'Shared', resourceProvisioningOptions: [] },
          { id: 'withApp', displayName: null },
          { id: 'many', displayName: 'Many' },
          { id: 'gone', displayName: 'Gone' },
        ],
        {
          alone: { value: [ada] },
          shared: { value: [ada, { '@odata.type': USER, id: 'bob' }] },
          withapp: { value: [ada, { '@odata.type': APP, id: 'robot' }] },
          many: { value: [ada], '@odata.nextLink': 'https://graph.example/next' },
        },
      ),
    );
    expect(await doorTo(graph.origin).ownedThings(ADA)).toEqual([
      { id: 'alone', displayName: 'Alone', isTeam: true, isSole: true },
      { id: 'shared', displayName: 'Shared', isTeam: false, isSole: false },
      { id: 'withapp', displayName: 'withapp', isTeam: false, isSole: true },
      { id: 'many', displayName: 'Many', isTeam: false, isSole: false },
      { id: 'gone', displayName: 'Gone', isTeam: false, isSole: false },
    ]);
    expect(graph.seen[0]?.url).toBe(
      '/v1.0/users/ada/ownedObjects/microsoft.graph.group?$select=id,displayName,resourceProvisioningOptions&$top=999',
    );
  });

  test('is nothing without a second request', async () => {
    const graph = await pretendGraph(answering([], {}));
    expect(await doorTo(graph.origin).ownedThings(ADA)).toEqual([]);
    expect(graph.seen).toHaveLength(1);
  });

  test('is a failure when the person is gone, and not nothing', async () => {
    const graph = await pretendGraph(() => graphError(404, 'Request_ResourceNotFound'));
    expect((await failureOf(doorTo(graph.origin).ownedThings(ADA))).kind).toBe('notFound');
  });
});
