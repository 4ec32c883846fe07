import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';
import type { Reply } from './pretend-graph.js';

const ADA = 'ada' as UserId;
const NONE = graphError(404, 'Request_ResourceNotFound');
const HERE: Reply = { json: { id: 'ada' } };

/** A directory that has the account live, among the deleted, or nowhere. */
function directory(
  where: 'live' | 'deleted' | 'nowhere',
): (request: { method: string; url: string }) => Reply {
  return ({ method, url }) => {
    const isDeleted = url.startsWith('/v1.0/directory/deletedItems/ada');
    if ((isDeleted ? 'deleted' : 'live') !== where) return NONE;
    return method === 'DELETE' ? { status: 204 } : HERE;
  };
}

describe('deleting an account', () => {
  test('is a request for the account and nothing else', async () => {
    const graph = await pretendGraph(directory('live'));
    expect(await doorTo(graph.origin).deletePerson(ADA)).toEqual({ kind: 'accepted' });
    expect(graph.seen.map(({ method, rawUrl }) => `${method} ${rawUrl}`)).toEqual(['DELETE /v1.0/users/ada']);
  });

  test.each([
    ['deleted', { kind: 'unchanged' }],
    ['nowhere', { kind: 'personGone' }],
  ] as const)('that is %s is a value', async (where, answer) => {
    const graph = await pretendGraph(directory(where));
    expect(await doorTo(graph.origin).deletePerson(ADA)).toEqual(answer);
  });
});

describe('restoring an account', () => {
  test('takes it out of the deleted items', async () => {
    const graph = await pretendGraph(directory('deleted'));
    expect(await doorTo(graph.origin).restorePerson(ADA)).toEqual({ kind: 'accepted' });
    expect(graph.seen.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['POST', '/v1.0/directory/deletedItems/ada/restore', ''],
    ]);
  });

  test.each([
    ['live', { kind: 'unchanged' }],
    ['nowhere', { kind: 'personGone' }],
  ] as const)('that is %s is a value', async (where, answer) => {
    const graph = await pretendGraph(directory(where));
    expect(await doorTo(graph.origin).restorePerson(ADA)).toEqual(answer);
  });

  test.each([
    [400, 'Another object with the same value for property userPrincipalName already exists.'],
    [409, 'The proxyAddress SMTP:ada@contoso.example is in use.'],
  ])('whose address is taken is refused, without the address', async (status, words) => {
    const graph = await pretendGraph(() => graphError(status, 'Request_BadRequest', words));
    expect(await doorTo(graph.origin).restorePerson(ADA)).toEqual({
      kind: 'refused',
      message: expect.stringMatching(/^Another account has taken the address[^@]*$/),
    });
  });

  test('for another reason not possible is a failure', async () => {
    const graph = await pretendGraph(() => graphError(400, 'Request_BadRequest', 'No.'));
    expect((await failureOf(doorTo(graph.origin).restorePerson(ADA))).kind).toBe('badRequest');
  });
});

describe('an account is deleted', () => {
  test.each([
    ['deleted', { at: undefined }],
    ['live', undefined],
    ['nowhere', undefined],
  ] as const)('when it is %s: %p', async (where, item) => {
    const graph = await pretendGraph(directory(where));
    expect(await doorTo(graph.origin).deletedItem(ADA)).toEqual(item);
    expect(graph.seen[0]?.url).toBe('/v1.0/directory/deletedItems/ada?$select=id,deletedDateTime');
  });

  test.each([
    ['2026-11-02T08:15:30Z', new Date('2026-11-02T08:15:30Z')],
    [null, undefined],
  ])('since %p', async (deletedDateTime, at) => {
    const graph = await pretendGraph(() => ({ json: { id: 'ada', deletedDateTime } }));
    expect(await doorTo(graph.origin).deletedItem(ADA)).toEqual({ at });
  });
});
