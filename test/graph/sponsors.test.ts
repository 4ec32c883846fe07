import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { violationsOf } from '../contract/check-exchange.js';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph, type PretendGraph, type Reply } from './pretend-graph.js';

interface Step {
  readonly id: string;
  readonly url: string;
}

/** A Graph whose batches answer each step as told. */
function batching(answer: (guest: string) => Reply): Promise<PretendGraph> {
  return pretendGraph(({ body }) => {
    const { requests } = JSON.parse(body) as { requests: readonly Step[] };
    return {
      json: {
        responses: requests.toReversed().map(({ id, url }) => {
          const { status = 200, json } = answer(/users\/([^/]+)\/sponsors/.exec(url)?.[1] ?? '');
          return { id, status, headers: {}, body: json };
        }),
      },
    };
  });
}

function stepsOf(graph: PretendGraph): readonly (readonly Step[])[] {
  return graph.seen.map(({ body }) => (JSON.parse(body) as { requests: readonly Step[] }).requests);
}

const guests = (count: number): readonly UserId[] =>
  Array.from({ length: count }, (_, at) => `guest-${at + 1}` as UserId);

const SPONSORS = {
  '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
  value: [
    {
      '@odata.type': '#microsoft.graph.user',
      id: 'ROBIN',
      displayName: 'Robin Hale',
      mail: 'robin@harbor.example',
    },
    { '@odata.type': '#microsoft.graph.group', id: 'partners', displayName: 'Partner office', mail: null },
    { '@odata.type': '#microsoft.graph.user', id: 'nameless', displayName: null, mail: null },
  ],
};

describe('sponsors of guests', () => {
  test('are told in the order of the directory, groups among them', async () => {
    const graph = await batching(() => ({ json: SPONSORS }));
    expect(await doorTo(graph.origin).sponsorsOf(guests(1))).toEqual(
      new Map([
        [
          'guest-1',
          [
            { id: 'robin', displayName: 'Robin Hale', mail: 'robin@harbor.example' },
            { id: 'partners', displayName: 'Partner office', mail: undefined },
            { id: 'nameless', displayName: 'nameless', mail: undefined },
          ],
        ],
      ]),
    );
  });

  test('are read in batches of 20, each guest once', async () => {
    const graph = await batching(() => ({ json: { value: [] } }));
    const found = await doorTo(graph.origin).sponsorsOf([...guests(45), ...guests(2)]);
    expect(found.size).toBe(45);
    const sizes = stepsOf(graph).map((steps) => steps.length);
    expect(sizes.toSorted((one, other) => one - other)).toEqual([5, 20, 20]);
  });

  test('nobody is asked about nobody', async () => {
    const graph = await batching(() => ({ json: { value: [] } }));
    expect((await doorTo(graph.origin).sponsorsOf([])).size).toBe(0);
    expect(graph.seen).toEqual([]);
  });

  test('a guest without sponsors has none, and so has one who is gone', async () => {
    const graph = await batching((guest) =>
      guest === 'guest-1' ? { json: { value: [] } } : graphError(404, 'Request_ResourceNotFound'),
    );
    expect(await doorTo(graph.origin).sponsorsOf(guests(2))).toEqual(
      new Map([
        ['guest-1', []],
        ['guest-2', []],
      ]),
    );
  });

  test.each([
    [403, 'Authorization_RequestDenied', 'forbidden'],
    [400, 'BadRequest', 'badRequest'],
  ] as const)('one refusal (%i) refuses them all: in part is not at all', async (status, code, kind) => {
    const graph = await batching((guest) =>
      guest === 'guest-2' ? graphError(status, code) : { json: SPONSORS },
    );
    expect(await failureOf(doorTo(graph.origin).sponsorsOf(guests(3)))).toMatchObject({
      kind,
      details: { operation: 'users.sponsors' },
    });
  });

  test('an answer that is no list is not taken for "none"', async () => {
    const graph = await batching(() => ({ json: {} }));
    expect((await failureOf(doorTo(graph.origin).sponsorsOf(guests(1)))).kind).toBe('unexpectedAnswer');
  });

  test('what is asked is what Graph documents', async () => {
    const graph = await batching(() => ({ json: { value: [] } }));
    await doorTo(graph.origin).sponsorsOf(['5A7C9E10-2B4D-4F68-8C31-000000000027' as UserId]);
    const [step] = stepsOf(graph).flat();
    const url = `/v1.0${step?.url ?? ''}`;
    expect(decodeURIComponent(url)).toContain('$select=id,displayName,mail');
    const responseBody = {
      '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users(id,displayName,mail)',
      value: [{ id: '5a7c9e10-2b4d-4f68-8c31-000000000005', displayName: 'Robin', mail: null }],
    };
    expect(
      violationsOf({
        method: 'GET',
        url,
        status: 200,
        responseBody,
        responseHeaders: { 'content-type': 'application/json' },
      }),
    ).toEqual([]);
  });
});
