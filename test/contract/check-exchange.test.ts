import { describe, expect, test } from '@jest/globals';
import { violationsOf } from './check-exchange.js';
import type { CheckedExchange } from './check-exchange.js';

const ID = '5a7c9e10-2b4d-4f68-8c31-000000000005';
const GOOD_LIST: CheckedExchange = {
  method: 'GET',
  url: '/v1.0/users?$select=id,displayName&$top=5',
  status: 200,
  responseBody: { '@odata.context': 'x', value: [{ id: ID, displayName: 'Dana' }] },
};
const GOOD_CHANGE: CheckedExchange = {
  method: 'POST',
  url: `/v1.0/users/${ID}/assignLicense`,
  requestBody: { addLicenses: [], removeLicenses: [ID] },
  status: 200,
  responseBody: { id: ID },
};

describe('the contract checker', () => {
  test('lets pass what Graph documents', () => {
    expect(violationsOf(GOOD_LIST)).toEqual([]);
    expect(violationsOf(GOOD_CHANGE)).toEqual([]);
    expect(
      violationsOf({ method: 'DELETE', url: `/v1.0/groups/${ID}/members/${ID}/$ref`, status: 204 }),
    ).toEqual([]);
  });

  test.each<[string, Partial<CheckedExchange>, string]>([
    [
      'an unknown $select',
      { url: '/v1.0/users?$select=shoeSize' },
      'users.list: $select of shoeSize, which does not exist',
    ],
    [
      'an undocumented option',
      { url: '/v1.0/users?$skip=5' },
      'users.list: query option $skip is not documented',
    ],
    [
      'an option that Graph does not know',
      { url: '/v1.0/users?page=2' },
      'users.list: query option page is not documented',
    ],
    [
      'an expanded plain property',
      { url: '/v1.0/users?$expand=department' },
      'users.list: $expand of department, which is no navigation property',
    ],
    [
      'an unknown response key',
      { responseBody: { value: [{ shoeSize: 3 }] } },
      'users.list: value[].shoeSize does not exist',
    ],
    [
      'a key that was not selected',
      { responseBody: { value: [{ id: ID, mail: 'a@b.example' }] } },
      'users.list: value.mail was not selected',
    ],
    [
      'a value of another type',
      { responseBody: { value: [{ id: 5 }] } },
      'users.list: value[].id is no Edm.String',
    ],
    [
      'a wrong date inside',
      {
        url: '/v1.0/users',
        responseBody: { value: [{ signInActivity: { lastSignInDateTime: '2026-11-01' } }] },
      },
      'users.list: value[].signInActivity.lastSignInDateTime is no Edm.DateTimeOffset',
    ],
    [
      'a wrong license inside',
      {
        url: '/v1.0/users',
        responseBody: { value: [{ assignedLicenses: [{ skuId: 'E5', disabledPlans: [] }] }] },
      },
      'users.list: value[].assignedLicenses[].skuId is no Edm.Guid',
    ],
    ['a list that is none', { responseBody: { users: [] } }, 'users.list: the answer has no value array'],
    ['an undocumented status', { status: 202 }, 'users.list: status 202 is not documented'],
    [
      'an error without Graph’s body',
      { status: 503, responseBody: '<html>' },
      'users.list: error is no object',
    ],
    ['a body on a GET', { requestBody: { a: 1 } }, 'users.list: a body where none is documented'],
  ])('finds %s', (_name, change, violation) => {
    expect(violationsOf({ ...GOOD_LIST, ...change })).toContain(violation);
  });

  test.each<[string, unknown, string]>([
    ['a missing key', { removeLicenses: [] }, 'users.assignLicense: body.addLicenses is missing'],
    [
      'a wrong key',
      { addLicenses: [], removeLicenses: [], licenses: [] },
      'users.assignLicense: body.licenses does not exist',
    ],
    [
      'a wrong key inside',
      { addLicenses: [{ skuId: ID, plans: [] }], removeLicenses: [] },
      'users.assignLicense: body.addLicenses[].plans does not exist',
    ],
    [
      'a SKU by its name',
      { addLicenses: [], removeLicenses: ['SPE_E5'] },
      'users.assignLicense: body.removeLicenses[] is no Edm.Guid',
    ],
  ])('finds %s in a license change', (_name, requestBody, violation) => {
    expect(violationsOf({ ...GOOD_CHANGE, requestBody })).toContain(violation);
  });

  test('finds a property that may not be changed', () => {
    const patch = { method: 'PATCH', url: `/v1.0/users/${ID}`, requestBody: { jobTitle: 'x' }, status: 204 };
    expect(violationsOf(patch)).toEqual(['users.update: body.jobTitle is not allowed here']);
  });

  test('knows no way to remove a member without /$ref', () => {
    const url = `/v1.0/groups/${ID}/members/${ID}`;
    expect(violationsOf({ method: 'DELETE', url, status: 204 })).toEqual([
      `DELETE ${url}: no such operation`,
    ]);
  });

  test('looks into the steps of a batch', () => {
    const steps = [
      { id: '1', method: 'GET', url: '/users?$select=shoeSize' },
      { id: '2', method: 'GET', url: '/organization' },
    ];
    const responses = [{ id: '1', status: 200, headers: {}, body: { value: [] } }];
    expect(
      violationsOf({
        method: 'POST',
        url: '/v1.0/$batch',
        requestBody: { requests: steps },
        status: 200,
        responseBody: { responses },
      }),
    ).toEqual([
      'batch: users.list: $select of shoeSize, which does not exist',
      'batch: step 2 has no answer',
    ]);
  });

  test('does not judge the options of a link that Graph made', () => {
    expect(violationsOf({ ...GOOD_LIST, url: '/v1.0/users?$skiptoken=abc&made=up' })).toEqual([]);
  });
});
