import { describe, expect, test } from '@jest/globals';
import type { UserId } from '../../src/audit/person.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';
import { simulatedDoor, violationsIn } from './simulated-door.js';

/** The clock of these tests stands at 2026-11-22T08:00:00Z. */
const ADA = 'ada' as UserId;
const LAST_WEEK = new Date('2026-11-15T08:00:00.000Z');
const LAST_MONTH = new Date('2026-10-23T08:00:00.000Z');
const NOTHING = {
  at: undefined,
  app: undefined,
  outcome: undefined,
  clientApp: undefined,
  isInteractive: undefined,
  city: undefined,
  country: undefined,
};

function row(id: string, createdDateTime: string, more: Readonly<Record<string, unknown>> = {}) {
  return { id, userId: 'ADA', createdDateTime, ...more };
}

function queryOf(rawUrl: string | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(new URL(rawUrl ?? '', 'http://graph').searchParams);
}

describe('the sign-in log of one person', () => {
  test('has what Graph tells of each sign-in, and undefined for what it does not', async () => {
    const value = [
      row('1', '2026-11-20T19:15:41.6195833Z', {
        appDisplayName: 'Graph explorer',
        clientAppUsed: 'Browser',
        isInteractive: true,
        status: { errorCode: 0, failureReason: 'Other.', additionalDetails: null },
        location: { city: 'Redmond', state: 'Washington', countryOrRegion: 'US' },
      }),
      row('2', '2026-11-19T08:00:00Z', {
        appDisplayName: '',
        isInteractive: false,
        status: { errorCode: 50126, failureReason: 'Invalid username or password.' },
        location: { city: '', countryOrRegion: 'BR' },
      }),
      row('3', '2026-11-18T08:00:00Z', { status: { errorCode: 50053, failureReason: null }, location: null }),
      { id: '4', userId: 'ada', status: null },
    ];
    const graph = await pretendGraph(() => ({ json: { value } }));
    const log = await doorTo(graph.origin).signInLogOf(ADA, LAST_WEEK, 50);
    expect(log.hasMore).toBe(false);
    expect(log.events).toEqual([
      {
        at: new Date('2026-11-20T19:15:41.619Z'),
        app: 'Graph explorer',
        outcome: { kind: 'success' },
        clientApp: 'Browser',
        isInteractive: true,
        city: 'Redmond',
        country: 'US',
      },
      {
        ...NOTHING,
        at: new Date('2026-11-19T08:00:00Z'),
        outcome: { kind: 'failure', code: 50126, reason: 'Invalid username or password.' },
        isInteractive: false,
        country: 'BR',
      },
      {
        ...NOTHING,
        at: new Date('2026-11-18T08:00:00Z'),
        outcome: { kind: 'failure', code: 50053, reason: undefined },
      },
      NOTHING,
    ]);
    expect(graph.seen.map(({ rawUrl }) => queryOf(rawUrl))).toEqual([
      { $filter: "userId eq 'ada' and createdDateTime ge 2026-11-15T08:00:00.000Z", $top: '51' },
    ]);
  });

  test('is asked for in pieces of ten days, and an entry on a border counts once', async () => {
    const answers = [
      [row('1', '2026-11-13T00:00:00Z'), row('2', '2026-11-12T08:00:00Z')],
      [row('2', '2026-11-12T08:00:00Z'), row('3', '2026-11-05T00:00:00Z')],
      [row('4', '2026-10-24T00:00:00Z')],
    ];
    const graph = await pretendGraph((_request, at) => ({ json: { value: answers[at] ?? [] } }));
    const log = await doorTo(graph.origin).signInLogOf(ADA, LAST_MONTH, 4);
    expect(log.events.map(({ at }) => at?.toISOString().slice(0, 10))).toEqual([
      '2026-11-13',
      '2026-11-12',
      '2026-11-05',
      '2026-10-24',
    ]);
    expect(log.hasMore).toBe(false);
    expect(graph.seen.map(({ rawUrl }) => queryOf(rawUrl)['$filter'])).toEqual([
      "userId eq 'ada' and createdDateTime ge 2026-11-12T08:00:00.000Z",
      "userId eq 'ada' and createdDateTime ge 2026-11-02T08:00:00.000Z and createdDateTime le 2026-11-12T08:00:00.000Z",
      "userId eq 'ada' and createdDateTime ge 2026-10-23T08:00:00.000Z and createdDateTime le 2026-11-02T08:00:00.000Z",
    ]);
  });

  test('ends with the newest that are wanted, says that there are more, and asks for no more', async () => {
    const value = [row('1', '2026-11-19T00:00:00Z'), row('2', '2026-11-21T00:00:00Z')];
    const next = 'https://graph.microsoft.com/v1.0/auditLogs/signIns?$skiptoken=x';
    const graph = await pretendGraph(() => ({ json: { value, '@odata.nextLink': next } }));
    const log = await doorTo(graph.origin).signInLogOf(ADA, LAST_MONTH, 1);
    expect(log.events.map(({ at }) => at)).toEqual([new Date('2026-11-21T00:00:00Z')]);
    expect(log.hasMore).toBe(true);
    expect(graph.seen).toHaveLength(1);
    expect(queryOf(graph.seen[0]?.rawUrl)['$top']).toBe('2');
  });

  test('is asked for in pages of 1,000 at most', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [] } }));
    expect(await doorTo(graph.origin).signInLogOf(ADA, LAST_WEEK, 5_000)).toEqual({
      events: [],
      hasMore: false,
    });
    expect(queryOf(graph.seen[0]?.rawUrl)['$top']).toBe('1000');
  });

  test('goes on over pages that have nothing of the person', async () => {
    const pretend = await pretendGraph(({ rawUrl }, at) => ({
      json:
        at < 3
          ? { value: [], '@odata.nextLink': `${pretend.origin}${rawUrl.split('&$skip')[0]}&$skiptoken=${at}` }
          : { value: [row('1', '2026-11-19T00:00:00Z')] },
    }));
    const { events } = await doorTo(pretend.origin).signInLogOf(ADA, LAST_WEEK, 50);
    expect(events).toHaveLength(1);
    expect(pretend.seen).toHaveLength(4);
  });

  test('never shows somebody else’s sign-ins, nor older ones than asked for', async () => {
    const foreign = await pretendGraph(() => ({
      json: { value: [{ ...row('1', '2026-11-19T00:00:00Z'), userId: 'bo' }] },
    }));
    const failure = await failureOf(doorTo(foreign.origin).signInLogOf(ADA, LAST_WEEK, 50));
    expect(failure.kind).toBe('unexpectedAnswer');
    expect(failure.message).toContain('it told of somebody else');
    const old = await pretendGraph(() => ({ json: { value: [row('1', '2026-11-15T07:59:59Z')] } }));
    expect((await doorTo(old.origin).signInLogOf(ADA, LAST_WEEK, 50)).events).toEqual([]);
  });

  test('fails when a date is none', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [row('1', 'yesterday')] } }));
    const failure = await failureOf(doorTo(graph.origin).signInLogOf(ADA, LAST_WEEK, 50));
    expect(failure.kind).toBe('unexpectedAnswer');
  });

  test.each([
    [
      'Authentication_MSGraphPermissionMissing',
      'forbidden',
      'application permission AuditLog.Read.All, with admin',
    ],
    [
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      'noPremium',
      'no Entra ID P1 or P2. Look at the last 7 days in the Microsoft Entra admin center',
    ],
  ])('that is refused with %s is %s, with what to do', async (code, kind, words) => {
    const graph = await pretendGraph(() => graphError(403, code));
    const failure = await failureOf(doorTo(graph.origin).signInLogOf(ADA, LAST_WEEK, 50));
    expect([failure.kind, failure.message]).toEqual([kind, expect.stringContaining(words)]);
    expect(failure.message).not.toContain('evidence.require');
  });
});

describe('the log of a simulated tenant', () => {
  const daily = NAMED.itManager.id as UserId;

  test('is read as Graph documents, and within its limit of five in ten seconds', async () => {
    const { door, tenant, clock } = await simulatedDoor();
    const since = new Date(clock.now().getTime() - 30 * 86_400_000);
    const started = clock.now().getTime();
    const whole = await door.signInLogOf(daily, since, 200);
    expect([whole.events.length, whole.hasMore]).toEqual([30, false]);
    const guessed = await door.signInLogOf(NAMED.failedSignInsOnly.id as UserId, since, 20);
    expect([guessed.events.length, guessed.hasMore]).toEqual([20, true]);
    expect(guessed.events.every(({ outcome }) => outcome?.kind === 'failure')).toBe(true);
    expect((await door.signInLogOf(daily, since, 12)).events).toEqual(whole.events.slice(0, 12));
    // 3 + 1 + 2 requests.
    expect(tenant.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(clock.now().getTime() - started).toBeGreaterThanOrEqual(10_000);
    expect(violationsIn(tenant)).toEqual([]);
  });
});
