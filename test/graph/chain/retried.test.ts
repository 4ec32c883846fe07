import { describe, expect, test } from '@jest/globals';
import type { SkuId, UserId } from '../../../src/audit/person.js';
import { doorTo, failureOf } from '../opened.js';
import { graphError, nowhere, pretendGraph, throttled } from '../pretend-graph.js';
import type { Reply } from '../pretend-graph.js';
import { handClock, skippingClock, until } from '../test-clocks.js';

const CONCEALED: Reply = { json: { displayConcealedNames: false } };
const ADA = 'ada' as UserId;
const E5 = 'c7df2760-2c81-4ef7-b578-5b5392b571df' as SkuId;
const TAKE_BACK = { add: [], remove: [E5] };
const HALF_JSON = { headers: { 'Content-Type': 'application/json' }, text: '{"displayConcealedNames":tr' };

/** Answers with `first` in turn, then with `last` for ever. */
function turns(first: readonly Reply[], last: Reply): (request: unknown, index: number) => Reply {
  return (_request, index) => first[index] ?? last;
}

describe('a read is tried again', () => {
  test.each<readonly [string, Reply, readonly number[]]>([
    ['429 with a number', throttled('10'), [10_000]],
    ['429 with a fraction', throttled('2.128'), [2_128]],
    ['429 with a date', throttled('Sun, 22 Nov 2026 08:00:45 GMT'), [45_000]],
    ['429 with a wait longer than the client library would keep', throttled('600'), [600_000]],
    ['429 without a wait', throttled(), [1_000]],
    ['429 with nonsense', throttled('soon'), [1_000]],
    ['503 with a number', { status: 503, headers: { 'Retry-After': '5' } }, [5_000]],
    [
      '502 with a page of html',
      { status: 502, headers: { 'Content-Type': 'text/html' }, text: '<h1>502</h1>' },
      [1_000],
    ],
    ['500', graphError(500, 'InternalServerError'), [1_000]],
    ['504', { status: 504 }, [1_000]],
    ['a cut connection', { cut: true }, [1_000]],
    ['a cut body', { ...HALF_JSON, cut: true }, [1_000]],
    ['half a JSON', HALF_JSON, [1_000]],
  ])('after %s', async (_name, reply, sleeps) => {
    const graph = await pretendGraph(turns([reply], CONCEALED));
    const clock = skippingClock();
    expect(await doorTo(graph.origin, { clock }).namesConcealed()).toBe(false);
    expect(graph.seen).toHaveLength(2);
    expect(clock.sleeps).toEqual(sleeps);
  });

  test('with jitter added to what Graph asked for', async () => {
    const graph = await pretendGraph(turns([throttled('10'), { status: 503 }], CONCEALED));
    const clock = skippingClock();
    await doorTo(graph.origin, { clock, random: () => 0.25 }).namesConcealed();
    expect(clock.sleeps).toEqual([10_250, 2_250]);
  });

  test('after longer and longer waits, then no more', async () => {
    const graph = await pretendGraph(() => graphError(503, 'ServiceUnavailable'));
    const clock = skippingClock();
    const failure = await failureOf(
      doorTo(graph.origin, { clock, retry: { maxAttempts: 5 } }).namesConcealed(),
    );
    expect(failure).toMatchObject({
      kind: 'serverError',
      details: { status: 503, code: 'ServiceUnavailable' },
    });
    expect(clock.sleeps).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(graph.seen).toHaveLength(5);
  });

  test('but not beyond the time that a call may wait', async () => {
    const graph = await pretendGraph(() => throttled('400'));
    const clock = skippingClock();
    const failure = await failureOf(
      doorTo(graph.origin, { clock, retry: { maxTotalWaitMs: 900_000 } }).namesConcealed(),
    );
    expect(failure.kind).toBe('throttled');
    expect(clock.sleeps).toEqual([400_000, 400_000]);
    expect(graph.seen).toHaveLength(3);
  });

  test('and a wait that is too long fails at once instead of sleeping for nothing', async () => {
    const graph = await pretendGraph(() => throttled('86400'));
    const clock = skippingClock();
    const door = doorTo(graph.origin, { clock });
    expect((await failureOf(door.namesConcealed())).kind).toBe('throttled');
    expect((await failureOf(door.namesConcealed())).kind).toBe('throttled');
    expect(clock.sleeps).toEqual([]);
    expect(graph.seen).toHaveLength(1);
  });

  test('with the same request id and a fresh token', async () => {
    const graph = await pretendGraph(turns([{ status: 503 }], CONCEALED));
    let minted = 0;
    const token = { kind: 'fixed' as const, token: () => Promise.resolve(`t${++minted}`) };
    await doorTo(graph.origin, { token }).namesConcealed();
    expect(graph.seen.map((request) => request.headers.authorization)).toEqual(['Bearer t1', 'Bearer t2']);
    expect(graph.seen[0]?.headers['client-request-id']).toBe(graph.seen[1]?.headers['client-request-id']);
  });

  test('and a server that is not there is a network failure', async () => {
    const failure = await failureOf(doorTo(await nowhere(), { retry: { maxAttempts: 2 } }).namesConcealed());
    expect(failure.kind).toBe('network');
    expect(failure.message).toContain('ECONNREFUSED');
  });

  test('and so is one that does not answer in time', async () => {
    const graph = await pretendGraph(() => new Promise<Reply>(() => undefined));
    const door = doorTo(graph.origin, { requestTimeoutMs: 20, retry: { maxAttempts: 2 } });
    expect((await failureOf(door.namesConcealed())).message).toContain('no answer came within 0.02 s');
  });
});

describe('a license change', () => {
  const accepted: Reply = { json: { id: ADA } };

  test('is repeated after a lost answer, since it ends in the same state', async () => {
    const graph = await pretendGraph(turns([{ cut: true }, { status: 504 }], accepted));
    expect(await doorTo(graph.origin).changeLicenses(ADA, TAKE_BACK)).toEqual({ kind: 'accepted' });
    expect(new Set(graph.seen.map((request) => request.body))).toEqual(
      new Set([JSON.stringify({ addLicenses: [], removeLicenses: [E5] })]),
    );
  });

  test('is repeated when another change on the same person was under way', async () => {
    const graph = await pretendGraph(turns([graphError(409, 'Directory_ConcurrencyViolation')], accepted));
    expect(await doorTo(graph.origin).changeLicenses(ADA, TAKE_BACK)).toEqual({ kind: 'accepted' });
    const busy = await pretendGraph(() => graphError(409, 'Directory_ConcurrencyViolation'));
    expect(await failureOf(doorTo(busy.origin).changeLicenses(ADA, TAKE_BACK))).toMatchObject({
      kind: 'serverError',
      details: { code: 'Directory_ConcurrencyViolation' },
    });
  });

  test.each<readonly [string, Reply, boolean]>([
    ['a cut connection leaves open', { cut: true }, true],
    ['a gateway timeout leaves open', { status: 504 }, true],
    ['a page of html leaves open', { headers: { 'Content-Type': 'text/html' }, text: '<p>' }, true],
    ['throttling denies', throttled('1'), false],
    ['a refusal denies', graphError(403, 'Authorization_RequestDenied'), false],
  ])('%s whether it was carried out', async (_name, reply, isUnknown) => {
    const graph = await pretendGraph(() => reply);
    const failure = await failureOf(doorTo(graph.origin).changeLicenses(ADA, TAKE_BACK));
    expect(failure.details.outcomeUnknown ?? false).toBe(isUnknown);
  });

  test('stays open when a refusal follows a lost answer', async () => {
    const graph = await pretendGraph(turns([{ cut: true }], graphError(403, 'Authorization_RequestDenied')));
    const failure = await failureOf(doorTo(graph.origin).changeLicenses(ADA, TAKE_BACK));
    expect(failure).toMatchObject({ kind: 'forbidden', details: { outcomeUnknown: true } });
  });

  test('that never left this machine is known not to be carried out', async () => {
    const door = doorTo(await nowhere(), { retry: { maxAttempts: 2 } });
    expect((await failureOf(door.changeLicenses(ADA, TAKE_BACK))).details.outcomeUnknown).toBeUndefined();
  });
});

describe('throttling', () => {
  test('holds back the requests of its family and no others', async () => {
    let throttling = true;
    const graph = await pretendGraph((request) => {
      if (request.url.includes('/admin/')) return CONCEALED;
      return throttling ? throttled('30') : { json: { value: [] } };
    });
    const clock = handClock();
    const door = doorTo(graph.origin, { clock });
    const skus = door.skus();
    await until(() => clock.sleepers() === 1);
    throttling = false;

    const more = [door.findPeople('Ada', 5), door.roleHolders(), door.skus()];
    await until(() => clock.sleepers() === 4);
    expect(await door.namesConcealed()).toBe(false);
    expect(graph.seen.filter((request) => !request.url.includes('/admin/'))).toHaveLength(1);

    clock.advance(29_999);
    expect(clock.sleepers()).toBe(4);
    clock.advance(1);
    await Promise.all([skus, ...more]);
    expect(graph.seen.filter((request) => !request.url.includes('/admin/'))).toHaveLength(6);
  });

  test('sign-in reads keep their pace without being told', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [] } }));
    const clock = skippingClock();
    const people = Array.from({ length: 15 * 21 }, (_, at) => `person-${at}` as UserId);
    await doorTo(graph.origin, { clock, signInPerMinute: 10 }).signInsOf(people);
    expect(graph.seen).toHaveLength(21);
    expect(clock.sleeps).toEqual([60_000, 60_000]);
  });
});
