import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { opened } from './opened.js';
import type { Reply } from './opened.js';

async function until429(ask: () => Promise<Reply>): Promise<{ served: number; refused: Reply }> {
  for (let served = 0; served < 5000; served += 1) {
    const reply = await ask();
    if (reply.status === 429) return { served, refused: reply };
  }
  throw new Error('nothing was ever refused');
}

describe('the published limits', () => {
  test('allow ten reads of sign-in dates a minute, and say when to come back', async () => {
    const simulator = await opened();
    const ask = () => simulator.get('/v1.0/users?$select=id,signInActivity&$top=1');
    const { served, refused } = await until429(ask);
    expect(served).toBe(10);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(refused.headers.get('x-ms-throttle-scope')).toMatch(/^Tenant_Application\//);
    expect(refused.json.error).toMatchObject({
      code: 'TooManyRequests',
      message: 'Please retry again later.',
      innerError: { code: '429', message: 'Please retry after', status: '429' },
    });

    simulator.clock.advance(59_000);
    expect((await ask()).headers.get('retry-after')).toBe('1');
    simulator.clock.advance(1_000);
    expect((await ask()).status).toBe(200);
  });

  test('count a filter on sign-in dates and a single read as well, but no other reads', async () => {
    const simulator = await opened();
    for (let i = 0; i < 5; i += 1) {
      await simulator.get(`/v1.0/users/${NAMED.itManager.id}?$select=signInActivity`);
      await simulator.get(
        '/v1.0/users?$filter=signInActivity/lastSignInDateTime le 2026-01-01T00:00:00Z&$top=1',
      );
    }
    expect((await simulator.get('/v1.0/users?$select=id,signInActivity')).status).toBe(429);
    expect((await simulator.get('/v1.0/users?$select=id')).status).toBe(200);
  });

  test('allow fourteen reads of one report in ten minutes', async () => {
    const simulator = await opened();
    const ask = () => simulator.get("/v1.0/reports/getOffice365ActiveUserDetail(period='D7')");
    const { served, refused } = await until429(ask);
    expect(served).toBe(14);
    expect(refused.headers.get('retry-after')).toBe('600');
  });

  test('count resource units by the table: a small tenant has 3,500 in ten seconds', async () => {
    const simulator = await opened({ people: 20 });
    const ask = () => simulator.get('/v1.0/groups/6d1f3c52-84ab-4e07-9b1e-000000000006/transitiveMembers');
    const { served, refused } = await until429(ask);
    expect(served).toBe(700);
    expect(refused.headers.get('retry-after')).toBe('1');
    simulator.clock.advance(1_000);
    expect((await ask()).status).toBe(200);
  });

  test('count writes: 3,000 at once, then 20 a second', async () => {
    const simulator = await opened({ people: 600 });
    const step = (id: string) => ({
      id,
      method: 'POST',
      url: `/users/${NAMED.itManager.id}/revokeSignInSessions`,
      headers: { 'Content-Type': 'application/json' },
      body: {},
    });
    const batch = async (): Promise<readonly number[]> => {
      const requests = Array.from({ length: 20 }, (_each, i) => step(String(i)));
      const { json } = await simulator.send('POST', '/v1.0/$batch', { requests });
      return (json['responses'] as { readonly status: number }[]).map(({ status }) => status);
    };
    const first: number[] = [];
    for (let i = 0; i < 151; i += 1) first.push(...(await batch()));
    expect(first.filter((status) => status === 200)).toHaveLength(3000);
    expect(first.filter((status) => status === 429)).toHaveLength(20);
    simulator.clock.advance(1_000);
    expect(new Set(await batch())).toEqual(new Set([200]));
  });

  test('allow four calls on one mailbox at a time', async () => {
    const simulator = await opened({ latencyMs: 500 });
    const ask = () => simulator.get(`/v1.0/users/${NAMED.plainInactive.id}/mailboxSettings/userPurpose`);
    const statuses = (await Promise.all(Array.from({ length: 6 }, ask))).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 200, 200, 200, 429, 429]);
    expect((await ask()).status).toBe(200);
  });

  test('can be switched off', async () => {
    const simulator = await opened({ throttling: 'off' });
    for (let i = 0; i < 12; i += 1) {
      expect((await simulator.get('/v1.0/users?$select=id,signInActivity&$top=1')).status).toBe(200);
    }
  });

  test('hold for the steps of a batch, each alone', async () => {
    const simulator = await opened();
    const requests = Array.from({ length: 12 }, (_each, i) => ({
      id: String(i),
      method: 'GET',
      url: `/users/${NAMED.itManager.id}?$select=signInActivity`,
    }));
    const { status, json } = await simulator.send('POST', '/v1.0/$batch', { requests });
    const responses = json['responses'] as readonly { status: number; headers: Record<string, string> }[];
    expect(status).toBe(200);
    expect(responses.filter((each) => each.status === 200)).toHaveLength(10);
    const refused = responses.filter((each) => each.status === 429);
    expect(refused.map((each) => each.headers['Retry-After'])).toEqual(['60', '60']);
  });
});

describe('what a call costs', () => {
  test.each([
    ['/v1.0/users', '2'],
    ['/v1.0/users?$select=id', '1'],
    ['/v1.0/users?$select=id&$expand=manager', '2'],
    ['/v1.0/users?$top=5', '1'],
    ['/v1.0/subscribedSkus', '3'],
    [`/v1.0/groups/6d1f3c52-84ab-4e07-9b1e-000000000001/members`, '3'],
    [`/v1.0/groups/6d1f3c52-84ab-4e07-9b1e-000000000001/transitiveMembers?$select=id`, '4'],
  ])('%s: %s units', async (path, units) => {
    const simulator = await opened();
    expect((await simulator.get(path)).headers.get('x-ms-resource-unit')).toBe(units);
  });

  test('is charged for refusals, too', async () => {
    const simulator = await opened();
    const answer = await simulator.send('POST', `/v1.0/users/${NAMED.plainInactive.id}/assignLicense`, {
      addLicenses: [],
      removeLicenses: [SKU.VISIO.skuId],
    });
    expect([answer.status, answer.headers.get('x-ms-resource-unit')]).toEqual([400, '1']);
  });
});
