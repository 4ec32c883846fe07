import { describe, expect, test } from '@jest/globals';
import type { GroupId } from '../../src/audit/person.js';
import type { GroupKind } from '../../src/graph/graph-door.js';
import { doorTo } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';
import type { Reply, Seen } from './pretend-graph.js';

interface Step {
  readonly id: string;
  readonly url: string;
}

function answering(groups: Readonly<Record<string, object>>): (request: Seen) => Reply {
  return ({ body }) => {
    const { requests } = JSON.parse(body) as { readonly requests: readonly Step[] };
    const responses = requests.map(({ id, url }) => {
      const name = /groups\/(\w+)/.exec(url)?.[1] ?? '';
      const group = groups[name];
      return group
        ? {
            id,
            status: 200,
            body: { id: name.toUpperCase(), displayName: `The ${name}`, groupTypes: [], ...group },
          }
        : { id, status: 404, body: graphError(404, 'Request_ResourceNotFound').json };
    });
    return { json: { responses } };
  };
}

describe('what a group is', () => {
  test('is read in one batch, and groups that are gone are absent', async () => {
    const graph = await pretendGraph(
      answering({ suite: { assignedLicenses: [{ skuId: 'E5', disabledPlans: [] }] }, plain: {} }),
    );
    const facts = await doorTo(graph.origin).groupFacts(['suite', 'gone', 'plain', 'suite'] as GroupId[]);
    expect([...facts]).toEqual([
      ['suite', { id: 'suite', displayName: 'The suite', kind: 'assigned', licenses: ['e5'] }],
      ['plain', { id: 'plain', displayName: 'The plain', kind: 'assigned', licenses: [] }],
    ]);
    expect(graph.seen).toHaveLength(1);
    expect(graph.seen[0]?.body).toContain(
      '/groups/suite?$select=id%2CdisplayName%2CgroupTypes%2CmailEnabled%2ConPremisesSyncEnabled%2CisAssignableToRole%2CassignedLicenses',
    );
  });

  test.each<readonly [GroupKind, object]>([
    ['assigned', { mailEnabled: false, onPremisesSyncEnabled: null, isAssignableToRole: null }],
    ['microsoft365', { groupTypes: ['Unified'], mailEnabled: true }],
    ['dynamic', { groupTypes: ['DynamicMembership'] }],
    ['dynamic', { groupTypes: ['Unified', 'DynamicMembership'], mailEnabled: true }],
    ['mailEnabled', { mailEnabled: true }],
    ['synced', { onPremisesSyncEnabled: true }],
    ['synced', { onPremisesSyncEnabled: true, mailEnabled: true }],
    ['assigned', { onPremisesSyncEnabled: false }],
    ['roleAssignable', { isAssignableToRole: true }],
    ['roleAssignable', { isAssignableToRole: true, groupTypes: ['Unified'], mailEnabled: true }],
  ])('%s: %j', async (kind, group) => {
    const graph = await pretendGraph(answering({ one: group }));
    const facts = await doorTo(graph.origin).groupFacts(['one' as GroupId]);
    expect(facts.get('one' as GroupId)?.kind).toBe(kind);
  });

  test('of no groups asks nothing', async () => {
    const graph = await pretendGraph(answering({}));
    expect((await doorTo(graph.origin).groupFacts([])).size).toBe(0);
    expect(graph.seen).toEqual([]);
  });
});
