import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { EVENTUAL, opened } from './opened.js';

const get = (id: string, url = '/organization') => ({ id, method: 'GET', url });

describe('a batch', () => {
  test('answers every step, in another order than they were asked', async () => {
    const simulator = await opened();
    const requests = [
      get('1', `users/${NAMED.itManager.id}?$select=id`),
      get('2', `/users/${NAMED.noManager.id}/manager`),
      { ...get('3', '/users?$count=true&$top=1&$filter=assignedLicenses/$count ne 0'), headers: EVENTUAL },
      get('4', '/users?$count=true&$top=1&$filter=assignedLicenses/$count ne 0'),
    ];
    const { status, json } = await simulator.send('POST', '/v1.0/$batch', { requests });
    const responses = json['responses'] as readonly { id: string; status: number }[];
    expect(status).toBe(200);
    expect(responses.map((each) => `${each.id}: ${String(each.status)}`)).toEqual([
      '4: 400',
      '3: 200',
      '2: 404',
      '1: 200',
    ]);
    expect(simulator.requests.map((each) => each.inBatch)).toEqual([true, true, true, true, false]);
  });

  test('wants addresses without a version', async () => {
    const simulator = await opened();
    const { json } = await simulator.send('POST', '/v1.0/$batch', {
      requests: [get('1', '/v1.0/organization')],
    });
    expect(json['responses']).toEqual([
      expect.objectContaining({
        status: 400,
        body: { error: expect.objectContaining({ message: "Resource not found for the segment 'v1.0'." }) },
      }),
    ]);
  });

  test('lets a step wait for another, and fail with it', async () => {
    const simulator = await opened();
    const requests = [
      get('1', '/users/nobody'),
      { ...get('2'), dependsOn: ['1'] },
      get('3'),
      { ...get('4'), dependsOn: ['3'] },
    ];
    const { json } = await simulator.send('POST', '/v1.0/$batch', { requests });
    const responses = json['responses'] as readonly { id: string; status: number }[];
    expect(Object.fromEntries(responses.map((each) => [each.id, each.status]))).toEqual({
      1: 404,
      2: 424,
      3: 200,
      4: 200,
    });
  });

  test.each<[string, unknown]>([
    ['nothing', {}],
    ['no steps', { requests: [] }],
    ['21 steps', { requests: Array.from({ length: 21 }, (_each, i) => get(String(i))) }],
    ['two steps of one id', { requests: [get('a'), get('A')] }],
    [
      'a write without body and type',
      { requests: [{ id: '1', method: 'POST', url: '/users/x/revokeSignInSessions' }] },
    ],
    ['a step that waits for nobody', { requests: [{ ...get('1'), dependsOn: ['9'] }] }],
  ])('of %s is refused as a whole', async (_name, body) => {
    const simulator = await opened();
    const { status, json } = await simulator.send('POST', '/v1.0/$batch', body);
    expect([status, json.error?.code]).toEqual([400, 'BadRequest']);
  });
});
