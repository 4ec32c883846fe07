import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { doorTo } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';
import { simulatedDoor, violationsIn } from './simulated-door.js';

const MANAGER = 'manager' as UserId;

describe('direct reports', () => {
  test('are members whose account is enabled, with what the directory shows to everybody', async () => {
    const graph = await pretendGraph(() => ({
      json: {
        value: [
          {
            '@odata.type': '#microsoft.graph.user',
            id: 'ANN',
            displayName: 'Ann Lee',
            userPrincipalName: 'ann@harbor.example',
            mail: null,
            accountEnabled: true,
            userType: 'Member',
          },
          { id: 'nameless', userPrincipalName: 'x@harbor.example', accountEnabled: null, userType: null },
          { id: 'off', userPrincipalName: 'off@harbor.example', accountEnabled: false, userType: 'Member' },
          { id: 'guest', userPrincipalName: 'g@harbor.example', accountEnabled: true, userType: 'Guest' },
          { '@odata.type': '#microsoft.graph.orgContact', id: 'contact', displayName: 'A contact' },
        ],
      },
    }));
    expect(await doorTo(graph.origin).directReports(MANAGER)).toEqual([
      { id: 'ann', displayName: 'Ann Lee', userPrincipalName: 'ann@harbor.example', mail: undefined },
      {
        id: 'nameless',
        displayName: 'x@harbor.example',
        userPrincipalName: 'x@harbor.example',
        mail: undefined,
      },
    ]);
    const url = new URL(graph.seen[0]?.rawUrl ?? '', graph.origin);
    expect(url.pathname).toBe('/v1.0/users/manager/directReports');
    expect(url.searchParams.get('$top')).toBe('100');
  });

  test('of somebody who is gone are nobody', async () => {
    const graph = await pretendGraph(() => graphError(404, 'Request_ResourceNotFound'));
    expect(await doorTo(graph.origin).directReports(MANAGER)).toEqual([]);
  });

  test('of a simulated tenant are read as Graph documents it', async () => {
    const { door, tenant } = await simulatedDoor({ people: 60 });
    const reports = await door.directReports(NAMED.itManager.id as UserId);
    expect(reports.map(({ id }) => id)).toContain(NAMED.plainInactive.id);
    expect(reports.map(({ id }) => id)).not.toContain(NAMED.itManager.id);
    expect(await door.directReports(NAMED.plainInactive.id as UserId)).toEqual([]);
    expect(await door.directReports('ffffffff-0000-4000-8000-000000000000' as UserId)).toEqual([]);
    expect(violationsIn(tenant)).toEqual([]);
  });
});
