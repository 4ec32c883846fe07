import { describe, expect, test } from '@jest/globals';
import type { GraphRequest } from '../../../src/graph/graph-call.js';
import { failureOf } from '../opened.js';
import { pretendGraph } from '../pretend-graph.js';
import { wireTo } from '../opened.js';

function deleting(address: string): GraphRequest {
  return {
    operation: 'groups.members.remove',
    family: 'identity',
    method: 'DELETE',
    address,
    write: 'repeatable',
  };
}

describe('a DELETE', () => {
  test.each(['/users/ada', '/groups/g/members/ada/$ref', '/groups/6d1f3c52-84ab/members/5a7c9e10-2b4d/$ref'])(
    'of an account or a membership is sent: %s',
    async (address) => {
      const graph = await pretendGraph(() => ({ status: 204 }));
      expect((await wireTo(graph.origin).send(deleting(address))).status).toBe(204);
      expect(graph.seen.map(({ method, rawUrl }) => `${method} ${rawUrl}`)).toEqual([
        `DELETE /v1.0${address}`,
      ]);
    },
  );

  test.each([
    '/groups/g/members/ada',
    '/groups/g/members/ada/',
    '/groups/g/members/ada?$ref',
    '/groups/g/members/ada#/$ref',
    '/groups/g/members/ada/%24ref',
    '/groups/g/members/ada/$ref/',
    '/groups/g/members/ada/$ref/x',
    '/groups/g/members/ada/$ref/..',
    '/groups/g/members/ada/%2e/$ref/%2e%2e',
    '/groups/g/members/ada/microsoft.graph.user/$ref',
    '/groups/g/members//$ref',
    '/groups/g/members/../$ref',
    '/groups/g/MEMBERS/ada',
    '/groups/g/owners/ada',
    '/groups/g/owners/ada/$ref',
    '/groups/g',
    '/users',
    '/users/',
    '/users/ada/manager/$ref',
    '/users/ada%2Fbob',
    '/directory/deletedItems/ada',
    '/',
  ])('of anything else never leaves: %s', async (address) => {
    const graph = await pretendGraph(() => ({ status: 204 }));
    const failure = await failureOf(wireTo(graph.origin).send(deleting(address)));
    expect(failure).toMatchObject({ kind: 'badRequest', message: expect.stringContaining('was not sent') });
    expect(failure.details.outcomeUnknown).toBeUndefined();
    expect(graph.seen).toEqual([]);
  });

  test('is judged as a whole address, too', async () => {
    const graph = await pretendGraph(() => ({ status: 204 }));
    const wire = wireTo(graph.origin);
    await failureOf(wire.send(deleting(`${graph.origin}/v1.0/groups/g/members/ada`)));
    await failureOf(wire.send(deleting(`${graph.origin}/beta/groups/g/members/ada/$ref`)));
    expect(graph.seen).toEqual([]);
  });

  test('below a path of the base address is judged by the rest', async () => {
    const graph = await pretendGraph(() => ({ status: 204 }));
    const wire = wireTo(`${graph.origin}/proxy`);
    expect((await wire.send(deleting('/groups/g/members/ada/$ref'))).status).toBe(204);
    await failureOf(wire.send(deleting('/groups/g/members/ada')));
    expect(graph.seen.map(({ rawUrl }) => rawUrl)).toEqual(['/proxy/v1.0/groups/g/members/ada/$ref']);
  });
});

describe('a batch', () => {
  const batch = (...methods: readonly string[]): GraphRequest => ({
    operation: 'batch',
    family: 'identity',
    method: 'POST',
    address: '/$batch',
    body: {
      requests: methods.map((method, at) => ({ id: String(at), method, url: '/groups/g/members/ada' })),
    },
  });

  test.each([[['DELETE']], [['GET', 'delete']], [['GET', 'PATCH', 'GET']], [['POST']]])(
    'that would change something never leaves: %j',
    async (methods) => {
      const graph = await pretendGraph(() => ({ json: { responses: [] } }));
      await failureOf(wireTo(graph.origin).send(batch(...methods)));
      expect(graph.seen).toEqual([]);
    },
  );

  test('of reads is sent', async () => {
    const graph = await pretendGraph(() => ({ json: { responses: [] } }));
    expect((await wireTo(graph.origin).send(batch('GET', 'GET'))).status).toBe(200);
  });
});
