import { describe, expect, test } from '@jest/globals';
import type { LicenseChangeAnswer } from '../../src/graph/graph-door.js';
import type { SkuId, UserId } from '../../src/audit/person.js';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';

const ADA = 'ada' as UserId;
const E5 = 'c7df2760-2c81-4ef7-b578-5b5392b571df' as SkuId;
const E3 = '05e9a617-0261-4cee-bb44-138d3ef5d965' as SkuId;

describe('a license change', () => {
  test('is one call with both keys, whatever is empty', async () => {
    const graph = await pretendGraph(() => ({ json: { id: ADA } }));
    const door = doorTo(graph.origin);
    expect(await door.changeLicenses(ADA, { add: [], remove: [E5, E3] })).toEqual({ kind: 'accepted' });
    await door.changeLicenses(ADA, { add: [{ skuId: E5, disabledPlans: ['plan-1'] }], remove: [] });
    expect(graph.seen.map((request) => [request.method, request.url, JSON.parse(request.body)])).toEqual([
      ['POST', '/v1.0/users/ada/assignLicense', { addLicenses: [], removeLicenses: [E5, E3] }],
      [
        'POST',
        '/v1.0/users/ada/assignLicense',
        { addLicenses: [{ skuId: E5, disabledPlans: ['plan-1'] }], removeLicenses: [] },
      ],
    ]);
    expect(graph.seen[0]?.headers['content-type']).toBe('application/json');
  });

  const dependency = `License assignment failed because service plan ${E5} depends on the service plan(s) ${E3}`;
  const conflict = `License assignment failed because service plans ${E5}, ${E3} are mutually exclusive.`;
  test.each<readonly [string, LicenseChangeAnswer]>([
    [
      'User license is inherited from a group membership and it cannot be removed directly from the user.',
      { kind: 'inheritedFromGroup' },
    ],
    ['User does not have a corresponding license.', { kind: 'notHeld' }],
    ['License assignment cannot be done for user with invalid usage location.', { kind: 'noUsageLocation' }],
    [`Subscription with SKU ${E5} does not have any available licenses.`, { kind: 'noFreeSeat', skuId: E5 }],
    [
      `Subscription with SKU ${E5.toUpperCase()} DOES NOT HAVE any available licenses`,
      { kind: 'noFreeSeat', skuId: E5 },
    ],
    ['There are not enough licenses left.', { kind: 'noFreeSeat', skuId: undefined }],
    [dependency, { kind: 'dependency', message: dependency }],
    [conflict, { kind: 'conflict', message: conflict }],
  ])('refused with "%s" is a value', async (message, answer) => {
    const graph = await pretendGraph(() => graphError(400, 'Request_BadRequest', message));
    expect(await doorTo(graph.origin).changeLicenses(ADA, { add: [], remove: [E5] })).toEqual(answer);
    expect(graph.seen).toHaveLength(1);
  });

  test('of somebody who is gone is a value', async () => {
    const graph = await pretendGraph(() => graphError(404, 'Request_ResourceNotFound'));
    expect(await doorTo(graph.origin).changeLicenses(ADA, { add: [], remove: [E5] })).toEqual({
      kind: 'personGone',
    });
  });

  test('refused in words that we do not know is a failure, not a guess', async () => {
    const graph = await pretendGraph(() =>
      graphError(400, 'Request_BadRequest', 'Die Lizenz kann nicht entfernt werden.'),
    );
    const failure = await failureOf(doorTo(graph.origin).changeLicenses(ADA, { add: [], remove: [E5] }));
    expect(failure).toMatchObject({
      kind: 'badRequest',
      details: { operation: 'users.assignLicense', status: 400 },
    });
    expect(failure.message).toContain('Die Lizenz kann nicht entfernt werden.');
  });

  test('without the permission names it', async () => {
    const graph = await pretendGraph(() => graphError(403, 'Authorization_RequestDenied'));
    const { message } = await failureOf(doorTo(graph.origin).changeLicenses(ADA, { add: [], remove: [E5] }));
    expect(message).toContain('LicenseAssignment.ReadWrite.All');
  });
});
