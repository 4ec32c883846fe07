import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { opened } from './opened.js';
import type { Opened } from './opened.js';

const REMOVE = { addLicenses: [], removeLicenses: [SKU.E5.skuId] };
const CHANGE = `/v1.0/users/${NAMED.plainInactive.id}/assignLicense`;

async function effects(simulator: Opened): Promise<readonly unknown[]> {
  const answer = await fetch(`${simulator.url}/_simulator/effects`);
  return (await answer.json()) as readonly unknown[];
}

describe('scripted trouble', () => {
  test('comes as often as scripted, where it was scripted, and then no more', async () => {
    const simulator = await opened();
    simulator.faults.add({
      times: 2,
      method: 'GET',
      path: '^/v1.0/users\\?',
      answer: { kind: 'status', status: 503 },
    });
    const statuses = [];
    for (let i = 0; i < 3; i += 1) statuses.push((await simulator.get('/v1.0/users?$top=1')).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect((await simulator.get('/v1.0/organization')).status).toBe(200);
    expect(simulator.faults.open()).toEqual([]);
  });

  test('lets as many requests through first as scripted, and counts no others', async () => {
    const simulator = await opened();
    simulator.faults.add({ path: '/organization', after: 1, answer: { kind: 'status', status: 503 } });
    simulator.faults.add({ after: 3, answer: { kind: 'status', status: 500 } });
    const paths = ['organization', 'users?$top=1', 'organization', 'organization', 'organization'];
    const statuses = [];
    for (const path of paths) statuses.push((await simulator.get(`/v1.0/${path}`)).status);
    expect(statuses).toEqual([200, 200, 503, 500, 200]);
  });

  test('may carry a Retry-After of any form, or none, and any code', async () => {
    const simulator = await opened();
    const status = { kind: 'status', status: 429 } as const;
    simulator.faults.add({ answer: { ...status, retryAfter: '2.128' } });
    simulator.faults.add({ answer: { ...status, code: 'Throttled', message: 'Slow down.' } });
    const first = await simulator.get('/v1.0/organization');
    expect([first.headers.get('retry-after'), first.json.error?.code]).toEqual(['2.128', 'TooManyRequests']);
    const second = await simulator.get('/v1.0/organization');
    expect([second.headers.get('retry-after'), second.json.error]).toEqual([
      null,
      expect.objectContaining({ code: 'Throttled', message: 'Slow down.' }),
    ]);
  });

  test('may be half a page, with or without the connection breaking', async () => {
    const simulator = await opened();
    simulator.faults.add({ answer: { kind: 'halfBody' } });
    const half = await fetch(`${simulator.url}/v1.0/users`, {
      headers: { authorization: `Bearer ${simulator.token}` },
    });
    const text = await half.text();
    expect(half.status).toBe(200);
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    simulator.faults.add({ answer: { kind: 'cutMidway' } });
    await expect(simulator.get('/v1.0/users')).rejects.toThrow(/fetch failed|terminated/);
  });

  test('may be a web page in place of the answer', async () => {
    const simulator = await opened();
    simulator.faults.add({ answer: { kind: 'html' } });
    const page = await simulator.get('/v1.0/users');
    expect([page.status, page.headers.get('content-type'), page.text.startsWith('<!doctype html>')]).toEqual([
      200,
      'text/html',
      true,
    ]);
  });

  test('before the deed leaves it undone, after the deed leaves it done: only the effects tell', async () => {
    const simulator = await opened();
    simulator.faults.add({ method: 'POST', answer: { kind: 'cutBefore' } });
    await expect(simulator.send('POST', CHANGE, REMOVE)).rejects.toThrow(/fetch failed|terminated/);
    expect(await effects(simulator)).toEqual([]);
    simulator.faults.add({ method: 'POST', answer: { kind: 'cutAfter' } });
    await expect(simulator.send('POST', CHANGE, REMOVE)).rejects.toThrow(/fetch failed|terminated/);
    expect(await effects(simulator)).toEqual([
      expect.objectContaining({ userId: NAMED.plainInactive.id, remove: [SKU.E5.skuId], add: [] }),
    ]);
    expect(simulator.requests.map((each) => each.status)).toEqual([0, 0]);
  });

  test('meets single steps of a batch', async () => {
    const simulator = await opened();
    simulator.faults.add({
      path: `${NAMED.itManager.id}`,
      answer: { kind: 'status', status: 429, retryAfter: '3' },
    });
    const requests = [NAMED.itManager, NAMED.hrPartner].map(({ id }, i) => ({
      id: String(i),
      method: 'GET',
      url: `/users/${id}`,
    }));
    const { json } = await simulator.send('POST', '/v1.0/$batch', { requests });
    const responses = json['responses'] as readonly {
      id: string;
      status: number;
      headers: Record<string, string>;
    }[];
    expect(responses.map((each) => [each.id, each.status, each.headers['Retry-After']])).toEqual([
      ['1', 200, undefined],
      ['0', 429, '3'],
    ]);
  });
});

describe('the way behind the tenant, for other processes', () => {
  const post = (simulator: Opened, path: string, body: unknown) =>
    fetch(`${simulator.url}/_simulator/${path}`, { method: 'POST', body: JSON.stringify(body) });

  test('scripts trouble, lists requests and needs no token', async () => {
    const simulator = await opened();
    const rule = { times: 1, path: 'organization', answer: { kind: 'status', status: 500 } };
    expect((await post(simulator, 'faults', rule)).status).toBe(200);
    expect((await simulator.get('/v1.0/organization')).status).toBe(500);
    const listed = (await (await fetch(`${simulator.url}/_simulator/requests`)).json()) as unknown;
    expect(listed).toEqual([
      expect.objectContaining({
        method: 'GET',
        path: '/v1.0/organization',
        status: 500,
        authorization: true,
      }),
    ]);
    expect((await post(simulator, 'faults', { answer: { kind: 'magic' } })).status).toBe(400);
    await post(simulator, 'faults', rule);
    await fetch(`${simulator.url}/_simulator/faults`, { method: 'DELETE' });
    expect((await simulator.get('/v1.0/organization')).status).toBe(200);
  });

  test('changes a person as an administrator might, at once and without counting as a license change', async () => {
    const simulator = await opened({ licenseDelayMs: 60_000 });
    const id = NAMED.plainInactive.id;
    const changed = await post(simulator, `people/${NAMED.plainInactive.userPrincipalName}`, {
      jobTitle: 'Chief Technology Officer',
      lastSuccessfulSignIn: '2026-11-23T08:00:00.000Z',
      lastActivity: '2026-11-20T08:00:00.000Z',
      mailbox: 'shared',
      licenses: [{ skuId: SKU.VISIO.skuId }],
    });
    expect(changed.status).toBe(200);
    const { json } = await simulator.get(
      `/v1.0/users/${id}?$select=jobTitle,signInActivity,assignedLicenses`,
    );
    expect(json).toMatchObject({
      jobTitle: 'Chief Technology Officer',
      signInActivity: { lastSuccessfulSignInDateTime: '2026-11-23T08:00:00Z' },
      assignedLicenses: [{ skuId: SKU.VISIO.skuId }],
    });
    expect((await simulator.get(`/v1.0/users/${id}/mailboxSettings/userPurpose`)).json.value).toBe('shared');
    expect(await effects(simulator)).toEqual([]);
    expect((await post(simulator, `people/${id}`, { shoeSize: 44 })).status).toBe(400);
    expect((await post(simulator, 'people/nobody', {})).status).toBe(404);
  });
});
