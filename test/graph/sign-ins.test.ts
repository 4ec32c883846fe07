import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { doorTo, failureOf, rowsOf } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';

const NEVER = '0001-01-01T00:00:00Z';

describe('sign-ins', () => {
  test('of all licensed people come with a row for each, year 1 and absence being no date', async () => {
    const value = [
      {
        id: 'A',
        signInActivity: {
          lastSignInDateTime: '2026-03-01T10:00:00Z',
          lastNonInteractiveSignInDateTime: NEVER,
          lastSuccessfulSignInDateTime: '2026-02-28T09:30:00Z',
          lastSignInRequestId: '',
        },
      },
      { id: 'b' },
      { id: 'c', signInActivity: null },
    ];
    const graph = await pretendGraph(() => ({ json: { '@odata.count': 3, value } }));
    const none = { successful: undefined, interactive: undefined, nonInteractive: undefined };
    expect(await rowsOf(doorTo(graph.origin).signIns())).toEqual([
      {
        userId: 'a',
        successful: new Date('2026-02-28T09:30:00Z'),
        interactive: new Date('2026-03-01T10:00:00Z'),
        nonInteractive: undefined,
      },
      { userId: 'b', ...none },
      { userId: 'c', ...none },
    ]);
    const url = new URL(graph.seen[0]?.rawUrl ?? '', graph.origin);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      $filter: 'assignedLicenses/$count ne 0',
      $count: 'true',
      $select: 'id,signInActivity',
      $top: '500',
    });
    expect(graph.seen[0]?.headers['consistencylevel']).toBe('eventual');
  });

  test('fail when a date is none', async () => {
    const value = [{ id: 'a', signInActivity: { lastSignInDateTime: 'yesterday' } }];
    const graph = await pretendGraph(() => ({ json: { '@odata.count': 1, value } }));
    expect((await failureOf(rowsOf(doorTo(graph.origin).signIns()))).kind).toBe('unexpectedAnswer');
  });

  test('of a tenant without Entra P1 fail with a kind of their own', async () => {
    const graph = await pretendGraph(() =>
      graphError(403, 'Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'Neither tenant is B2C'),
    );
    expect((await failureOf(rowsOf(doorTo(graph.origin).signIns()))).kind).toBe('noPremium');
  });

  test('without the permission name both permissions', async () => {
    const graph = await pretendGraph(() => graphError(403, 'Authentication_MSGraphPermissionMissing'));
    const { message } = await failureOf(rowsOf(doorTo(graph.origin).signIns()));
    expect(message).toContain('User.Read.All and AuditLog.Read.All');
  });

  test('of some people are asked for by fifteen, and who is gone is absent', async () => {
    const graph = await pretendGraph((request) => {
      const ids = [...request.url.matchAll(/'(p\d+)'/g)].map((match) => match[1] ?? '');
      return { json: { value: ids.filter((id) => id !== 'p3').map((id) => ({ id: id.toUpperCase() })) } };
    });
    const people = Array.from({ length: 17 }, (_, at) => `p${at}` as UserId);
    const rows = await doorTo(graph.origin).signInsOf([...people, 'p0' as UserId]);
    expect(rows.map((row) => row.userId)).toEqual(people.filter((id) => id !== 'p3'));
    expect(
      graph.seen.map((request) => new URL(request.rawUrl, graph.origin).searchParams.get('$filter')),
    ).toEqual([
      "id in ('p0','p1','p2','p3','p4','p5','p6','p7','p8','p9','p10','p11','p12','p13','p14')",
      "id in ('p15','p16')",
    ]);
  });

  test('of nobody ask nothing', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [] } }));
    expect(await doorTo(graph.origin).signInsOf([])).toEqual([]);
    expect(graph.seen).toHaveLength(0);
  });
});
