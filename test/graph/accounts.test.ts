import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph, throttled, tokenWith } from './pretend-graph.js';
import type { Reply } from './pretend-graph.js';

const ADA = 'ada' as UserId;
const DENIED = graphError(
  403,
  'Authorization_RequestDenied',
  'Insufficient privileges to complete the operation.',
);
const IN_AD = graphError(
  400,
  'Request_BadRequest',
  'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
);
const NONE = graphError(404, 'Request_ResourceNotFound');

/** Who holds a directory role, as Graph lists it; everything else is refused. */
function rolesOf(...holders: readonly string[]): (request: { readonly url: string }) => Reply {
  const value = holders.map((principalId) => ({
    id: `assignment-of-${principalId}`,
    principalId,
    roleDefinitionId: 'helpdesk',
    principal: { '@odata.type': '#microsoft.graph.user' },
  }));
  return ({ url }) => (url.includes('/roleAssignments') ? { json: { value } } : DENIED);
}

const EVERY_CHANGE: readonly (readonly [string, (door: GraphDoor) => Promise<unknown>])[] = [
  ['enabling or disabling an account', (door) => door.setAccountEnabled(ADA, false)],
  ['setting a usage location', (door) => door.setUsageLocation(ADA, 'PT')],
  ['ending sessions', (door) => door.revokeSessions(ADA)],
  ['deleting an account', (door) => door.deletePerson(ADA)],
];

describe('a change of an account', () => {
  test('is one request, with nothing but what is changed', async () => {
    const graph = await pretendGraph(({ method }) =>
      method === 'POST' ? { json: { value: true } } : { status: 204 },
    );
    const door = doorTo(graph.origin);
    expect(await door.setAccountEnabled(ADA, false)).toEqual({ kind: 'accepted' });
    expect(await door.setUsageLocation(ADA, 'PT')).toEqual({ kind: 'accepted' });
    expect(await door.revokeSessions(ADA)).toEqual({ kind: 'accepted' });
    expect(graph.seen.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['PATCH', '/v1.0/users/ada', '{"accountEnabled":false}'],
      ['PATCH', '/v1.0/users/ada', '{"usageLocation":"PT"}'],
      ['POST', '/v1.0/users/ada/revokeSignInSessions', ''],
    ]);
  });

  test.each(EVERY_CHANGE)('of somebody who is gone is a value: %s', async (_name, change) => {
    const graph = await pretendGraph(() => NONE);
    expect(await change(doorTo(graph.origin))).toEqual({ kind: 'personGone' });
  });

  test.each(EVERY_CHANGE)('that AD must make is refused for good: %s', async (_name, change) => {
    const graph = await pretendGraph(() => IN_AD);
    expect(await change(doorTo(graph.origin))).toEqual({
      kind: 'refused',
      message: 'The account is mastered in AD: change it there.',
    });
  });

  test('that Graph does not understand is a failure, not a guess', async () => {
    const graph = await pretendGraph(() => graphError(400, 'Request_BadRequest', 'Etwas stimmt nicht.'));
    const failure = await failureOf(doorTo(graph.origin).setAccountEnabled(ADA, true));
    expect(failure).toMatchObject({
      kind: 'badRequest',
      details: { operation: 'users.update.accountEnabled' },
    });
    expect(failure.message).toContain('Etwas stimmt nicht.');
  });

  test('is sent again when the answer was lost, since it ends in the same state', async () => {
    const graph = await pretendGraph(
      (_request, index) => [{ cut: true }, throttled('1')][index] ?? { status: 204 },
    );
    expect(await doorTo(graph.origin).setAccountEnabled(ADA, false)).toEqual({ kind: 'accepted' });
    expect(graph.seen).toHaveLength(3);
  });

  test('that ends no session although it says so is a failure', async () => {
    const graph = await pretendGraph(() => ({ json: { value: false } }));
    expect((await failureOf(doorTo(graph.origin).revokeSessions(ADA))).kind).toBe('unexpectedAnswer');
  });
});

describe('a change that is denied', () => {
  const REFUSED = { kind: 'refused', message: expect.stringContaining('directory role') };

  test.each(EVERY_CHANGE)('is about the person where the token allows it: %s', async (_name, change) => {
    const graph = await pretendGraph(() => DENIED);
    const token = fixedToken(tokenWith('User.ReadWrite.All', 'User.DeleteRestore.All'));
    expect(await change(doorTo(graph.origin, { token }))).toEqual(REFUSED);
    expect(graph.seen).toHaveLength(1);
  });

  test.each<readonly [string, number, string]>([
    ['enabling or disabling an account', 0, 'User.EnableDisableAccount.All'],
    ['setting a usage location', 1, 'User.ReadWrite.All'],
    ['ending sessions', 2, 'User.RevokeSessions.All'],
    ['deleting an account', 3, 'User.DeleteRestore.All'],
  ])('is for want of a permission where the token lacks it: %s', async (_name, at, permission) => {
    const graph = await pretendGraph(rolesOf('ada'));
    const door = doorTo(graph.origin, { token: fixedToken(tokenWith('User.Read.All')) });
    const change = EVERY_CHANGE[at]?.[1] ?? (() => Promise.resolve());
    const failure = await failureOf(change(door));
    expect(failure.kind).toBe('forbidden');
    expect(failure.message).toContain(permission);
    expect(graph.seen).toHaveLength(1);
  });

  test('is about the person where the token does not tell and they hold a role', async () => {
    const graph = await pretendGraph(rolesOf('grace', 'ada'));
    expect(await doorTo(graph.origin).setAccountEnabled(ADA, false)).toEqual(REFUSED);
  });

  test('is for want of a permission where they hold none, or nobody may say', async () => {
    const others = await pretendGraph(rolesOf('grace'));
    expect((await failureOf(doorTo(others.origin).deletePerson(ADA))).kind).toBe('forbidden');
    const silent = await pretendGraph(() => DENIED);
    const failure = await failureOf(doorTo(silent.origin).setAccountEnabled(ADA, false));
    expect(failure).toMatchObject({
      kind: 'forbidden',
      details: { operation: 'users.update.accountEnabled' },
    });
  });
});
