import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { doorTo, failureOf } from './opened.js';
import { pretendGraph } from './pretend-graph.js';
import type { PretendGraph, Seen } from './pretend-graph.js';
import { handClock, skippingClock, until } from './test-clocks.js';

interface Step {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface StepReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const SLOW_DOWN = { error: { code: 'TooManyRequests', message: 'Please retry again later.' } };
const GONE = { error: { code: 'Request_ResourceNotFound', message: 'Resource does not exist.' } };

function stepsOf(request: Seen): readonly Step[] {
  const body: unknown = JSON.parse(request.body);
  return (body as { readonly requests: readonly Step[] }).requests;
}

/** A Graph that answers every step by `reply`, last step first, as Graph may. */
function batching(reply: (step: Step, batch: number) => StepReply): Promise<PretendGraph> {
  return pretendGraph((request, index) => {
    const responses = stepsOf(request).map((step) => ({ id: step.id, ...reply(step, index) }));
    return { json: { responses: responses.reverse() } };
  });
}

function managerReply(step: Step): StepReply {
  const person = /^\/users\/([^/]+)\/manager/.exec(step.url)?.[1] ?? '';
  return {
    status: 200,
    body: {
      '@odata.type': '#microsoft.graph.user',
      id: `BOSS-OF-${person}`,
      displayName: 'Boss',
      userPrincipalName: 'b@x',
      accountEnabled: true,
    },
  };
}

function people(count: number): readonly UserId[] {
  return Array.from({ length: count }, (_, at) => `p${at}` as UserId);
}

describe('batched reads', () => {
  test('take only what Graph says of somebody who has none for none', async () => {
    const odd = { error: { code: 'UnknownError', message: 'Something was not found.' } };
    const graph = await batching(() => ({ status: 404, body: odd }));
    const door = doorTo(graph.origin);
    expect((await failureOf(door.managersOf(people(1)))).kind).toBe('notFound');
    expect((await failureOf(door.sponsorsOf(people(1)))).kind).toBe('notFound');
    expect(await door.mailboxPurposesOf(people(1))).toEqual(new Map());
  });

  test('go out twenty at a time and come back under their person', async () => {
    const graph = await batching(managerReply);
    const managers = await doorTo(graph.origin).managersOf(people(45));
    expect(graph.seen.map((request) => [request.url, stepsOf(request).length])).toEqual([
      ['/v1.0/$batch', 20],
      ['/v1.0/$batch', 20],
      ['/v1.0/$batch', 5],
    ]);
    expect(managers.size).toBe(45);
    expect([...managers].every(([id, manager]) => manager !== 'none' && manager.id === `boss-of-${id}`)).toBe(
      true,
    );
  });

  test('have steps that are relative, unique and of low priority', async () => {
    const graph = await batching(managerReply);
    await doorTo(graph.origin).managersOf(people(3));
    const steps = graph.seen.flatMap(stepsOf);
    expect(new Set(steps.map((step) => step.id)).size).toBe(3);
    expect(steps[0]).toMatchObject({
      method: 'GET',
      url: '/users/p0/manager?$select=id%2CdisplayName%2CuserPrincipalName%2Cmail%2CaccountEnabled',
      headers: { 'x-ms-throttle-priority': 'low' },
    });
  });

  test('of nobody ask nothing', async () => {
    const graph = await batching(managerReply);
    expect((await doorTo(graph.origin).managersOf([])).size).toBe(0);
    expect(graph.seen).toHaveLength(0);
  });

  test('ask again only for the steps that failed, after the longest wait named', async () => {
    const waits: Readonly<Record<string, string>> = { p1: '3', p4: '12', p7: '2.5' };
    const graph = await batching((step, batch) => {
      const person = /p\d+/.exec(step.url)?.[0] ?? '';
      const wait = waits[person];
      if (batch > 0 || wait === undefined) return managerReply(step);
      return { status: person === 'p7' ? 503 : 429, headers: { 'retry-after': wait }, body: SLOW_DOWN };
    });
    const clock = skippingClock();
    const managers = await doorTo(graph.origin, { clock }).managersOf(people(10));
    expect([...managers.values()].filter((manager) => manager !== 'none')).toHaveLength(10);
    expect(graph.seen.map((request) => stepsOf(request).length)).toEqual([10, 3]);
    expect(clock.sleeps).toEqual([12_000]);
  });

  test('give up when a step stays throttled, naming what was read', async () => {
    const graph = await batching((step) =>
      step.url.includes('p3') ? { status: 429, body: SLOW_DOWN } : managerReply(step),
    );
    const failure = await failureOf(
      doorTo(graph.origin, { retry: { maxAttempts: 3 } }).managersOf(people(5)),
    );
    expect(failure).toMatchObject({
      kind: 'throttled',
      details: { operation: 'users.manager', status: 429 },
    });
    expect(graph.seen.map((request) => stepsOf(request).length)).toEqual([5, 1, 1]);
  });

  test('hold back their whole family when a step is throttled', async () => {
    let throttling = true;
    const graph = await pretendGraph((request) => {
      if (request.method === 'GET') return { json: { value: [] } };
      const reply = (step: Step): StepReply =>
        throttling ? { status: 429, headers: { 'Retry-After': '20' }, body: SLOW_DOWN } : managerReply(step);
      return { json: { responses: stepsOf(request).map((step) => ({ id: step.id, ...reply(step) })) } };
    });
    const clock = handClock();
    const door = doorTo(graph.origin, { clock });
    const managers = door.managersOf(people(2));
    await until(() => clock.sleepers() === 1);
    throttling = false;
    const skus = door.skus();
    await until(() => clock.sleepers() === 2);
    expect(graph.seen).toHaveLength(1);
    clock.advance(20_000);
    expect((await managers).size).toBe(2);
    await skus;
    expect(graph.seen).toHaveLength(3);
  });

  test('fail when a step is refused, and start nothing more', async () => {
    const denied = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };
    const graph = await batching(() => ({ status: 403, body: denied }));
    const failure = await failureOf(doorTo(graph.origin, { batchesAtOnce: 2 }).managersOf(people(200)));
    expect(failure).toMatchObject({ kind: 'forbidden', details: { code: 'Authorization_RequestDenied' } });
    expect(failure.message).toContain('User.Read.All');
    expect(graph.seen.length).toBeLessThanOrEqual(3);
  });

  test.each<readonly [string, unknown]>([
    ['a step left out', { responses: [{ id: '0', status: 404, body: GONE }] }],
    [
      'a step that was not asked for',
      {
        responses: [
          { id: '0', status: 404 },
          { id: '7', status: 404 },
        ],
      },
    ],
    [
      'a step answered twice',
      {
        responses: [
          { id: '0', status: 404 },
          { id: '0', status: 404 },
        ],
      },
    ],
    ['no responses', {}],
  ])('fail on %s', async (_name, json) => {
    const graph = await pretendGraph(() => ({ json }));
    expect((await failureOf(doorTo(graph.origin).managersOf(people(2)))).kind).toBe('unexpectedAnswer');
  });

  test('have no more batches under way than allowed', async () => {
    let now = 0;
    let most = 0;
    const graph = await pretendGraph(async (request) => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      now -= 1;
      return {
        json: { responses: stepsOf(request).map((step) => ({ id: step.id, ...managerReply(step) })) },
      };
    });
    await doorTo(graph.origin, { batchesAtOnce: 3 }).managersOf(people(200));
    expect(graph.seen).toHaveLength(10);
    expect(most).toBe(3);
  });
});

describe('managers', () => {
  test('a missing one is a value, and so is one who is only an address', async () => {
    const graph = await batching((step) => {
      if (step.url.includes('p0')) return { status: 404, body: GONE };
      if (step.url.includes('p1'))
        return {
          status: 200,
          body: { '@odata.type': '#microsoft.graph.orgContact', id: 'c', displayName: 'C' },
        };
      return {
        status: 200,
        body: {
          id: 'M2',
          displayName: null,
          userPrincipalName: 'm2@x',
          mail: 'm2@mail',
          accountEnabled: false,
        },
      };
    });
    const managers = await doorTo(graph.origin).managersOf(people(3));
    expect([...managers]).toEqual([
      ['p0', 'none'],
      ['p1', 'none'],
      [
        'p2',
        { id: 'm2', displayName: 'm2@x', userPrincipalName: 'm2@x', mail: 'm2@mail', accountEnabled: false },
      ],
    ]);
  });
});

describe('mailbox purposes', () => {
  test('tell a missing mailbox from a missing person, and know that there are kinds we do not know', async () => {
    const replies: readonly StepReply[] = [
      { status: 200, body: { value: 'shared' } },
      {
        status: 404,
        body: { error: { code: 'MailboxNotEnabledForRESTAPI', message: 'REST API is not yet supported.' } },
      },
      { status: 404, body: GONE },
      { status: 200, body: { value: 'unknownFutureValue' } },
    ];
    const graph = await batching((step) => replies[Number(/p(\d+)/.exec(step.url)?.[1])] ?? { status: 500 });
    const purposes = await doorTo(graph.origin).mailboxPurposesOf(people(4));
    expect([...purposes]).toEqual([
      ['p0', 'shared'],
      ['p1', 'noMailbox'],
      ['p3', 'others'],
    ]);
    expect(graph.seen.flatMap(stepsOf)[0]?.url).toBe('/users/p0/mailboxSettings/userPurpose');
  });
});
