import { describe, expect, test } from '@jest/globals';
import { entraTokens, fixedToken } from '../../src/graph/tokens.js';
import { doorTo, failureOf, TOKEN, wireTo } from './opened.js';
import { graphError, pretendGraph, throttled } from './pretend-graph.js';
import type { Reply } from './pretend-graph.js';

const CONCEALED: Reply = { json: { displayConcealedNames: true } };

describe('a request', () => {
  test('carries the token, an id of its own and the version', async () => {
    const graph = await pretendGraph(() => CONCEALED);
    const door = doorTo(graph.origin);
    expect([await door.namesConcealed(), await door.namesConcealed()]).toEqual([true, true]);
    expect(graph.seen.map((request) => `${request.method} ${request.url}`)).toEqual([
      'GET /v1.0/admin/reportSettings',
      'GET /v1.0/admin/reportSettings',
    ]);
    expect(graph.seen.map((request) => request.headers.authorization)).toEqual([
      `Bearer ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ]);
    const ids = graph.seen.map((request) => request.headers['client-request-id']);
    expect(new Set(ids).size).toBe(2);
  });

  test('is never sent over http with an Entra token, not even to this machine', () => {
    const credential = { getToken: () => Promise.resolve({ token: 'real', expiresOnTimestamp: 0 }) };
    expect(() => doorTo('http://127.0.0.1:1', { token: entraTokens(credential) })).toThrow('never sent');
  });

  test('is not sent at all when no token can be had', async () => {
    const graph = await pretendGraph(() => CONCEALED);
    const token = { ...fixedToken(''), token: () => Promise.reject(new Error('IMDS is away')) };
    const failure = await failureOf(doorTo(graph.origin, { token }).namesConcealed());
    expect(failure).toMatchObject({
      kind: 'unauthorized',
      details: { operation: 'admin.reportSettings.get' },
    });
    expect(failure.cause).toEqual(new Error('IMDS is away'));
    expect(graph.seen).toHaveLength(0);
  });

  test('that is redirected is not followed, and the other place hears nothing', async () => {
    const other = await pretendGraph(() => CONCEALED);
    const graph = await pretendGraph(() => ({
      status: 302,
      headers: { Location: `${other.origin}/v1.0/x` },
    }));
    const failure = await failureOf(doorTo(graph.origin).namesConcealed());
    expect(failure.kind).toBe('unexpectedAnswer');
    expect(other.seen).toHaveLength(0);
  });
});

describe('a failure says what to do', () => {
  test.each([
    [401, 'InvalidAuthenticationToken', 'unauthorized', /did not accept our token.*GRAPH_BASE_URL/],
    [403, 'Authorization_RequestDenied', 'forbidden', /application permission ReportSettings\.Read\.All/],
    [
      403,
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      'noPremium',
      /Entra ID P1 or P2.*\[workload\]/,
    ],
    [404, 'Request_ResourceNotFound', 'notFound', /no such object/],
    [400, 'Request_BadRequest', 'badRequest', /It says: No words/],
    [501, 'NotImplemented', 'serverError', /501 NotImplemented/],
  ] as const)('%d %s is %s', async (status, code, kind, message) => {
    const graph = await pretendGraph(() => graphError(status, code));
    const failure = await failureOf(doorTo(graph.origin).namesConcealed());
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(message);
    expect(failure.details).toEqual({
      operation: 'admin.reportSettings.get',
      status,
      code,
      requestId: 'graph-says-1',
    });
    expect(graph.seen).toHaveLength(1);
  });

  test('with the request id of the header, else of our own request', async () => {
    const named = await pretendGraph(() => ({ status: 403, headers: { 'request-id': 'from-header' } }));
    expect((await failureOf(doorTo(named.origin).namesConcealed())).details.requestId).toBe('from-header');
    const nameless = await pretendGraph(() => ({ status: 403 }));
    const failure = await failureOf(doorTo(nameless.origin).namesConcealed());
    expect(failure.details.requestId).toBe(nameless.seen[0]?.headers['client-request-id']);
  });

  test("and never repeats people's addresses or the token", async () => {
    const words = `Property 'ada@contoso.example' of bob.o'neill@contoso.example is invalid for ${'x'.repeat(1000)}`;
    const graph = await pretendGraph(() => graphError(400, 'Request_BadRequest', words));
    const { message } = await failureOf(doorTo(graph.origin).namesConcealed());
    expect(message).not.toMatch(/@/);
    expect(message).not.toContain(TOKEN);
    expect(message.length).toBeLessThan(500);
  });

  test('a page of html with status 200 is no answer, and is not asked for again', async () => {
    const html = { headers: { 'Content-Type': 'text/html' }, text: '<html>Sign in to the proxy</html>' };
    const graph = await pretendGraph(() => html);
    expect((await failureOf(doorTo(graph.origin).namesConcealed())).kind).toBe('unexpectedAnswer');
    expect(graph.seen).toHaveLength(1);
  });

  test('an answer of another shape is no answer', async () => {
    const graph = await pretendGraph(() => ({ json: { displayConcealedNames: 'false' } }));
    const failure = await failureOf(doorTo(graph.origin).namesConcealed());
    expect(failure.kind).toBe('unexpectedAnswer');
    expect(failure.message).toContain('displayConcealedNames');
  });
});

describe('a write that may not be repeated', () => {
  const revoke = {
    operation: 'users.assignLicense',
    family: 'identity',
    method: 'POST',
    address: '/users/ada/assignLicense',
    body: {},
    write: 'once',
  } as const;

  test('is sent once when its outcome is unknown', async () => {
    const graph = await pretendGraph(() => ({ status: 503 }));
    const failure = await failureOf(wireTo(graph.origin).send(revoke));
    expect(failure.details).toMatchObject({ status: 503, outcomeUnknown: true });
    expect(graph.seen).toHaveLength(1);
  });

  test('is sent again when Graph refused it unseen', async () => {
    const graph = await pretendGraph((_request, index) => (index === 0 ? throttled('1') : { status: 204 }));
    expect((await wireTo(graph.origin).send(revoke)).status).toBe(204);
    expect(graph.seen).toHaveLength(2);
  });
});
