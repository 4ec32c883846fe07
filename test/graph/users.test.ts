import { describe, expect, test } from '@jest/globals';
import { parseDay } from '../../src/audit/day.js';
import { collect, doorTo, failureOf } from './opened.js';
import { graphError, pretendGraph } from './pretend-graph.js';
import { wireUser } from './wire-people.js';

const E5 = 'c7df2760-2c81-4ef7-b578-5b5392b571df';

describe('licensed people', () => {
  test('are asked for in the largest pages, by an advanced query, and with the fields we use', async () => {
    const graph = await pretendGraph(() => ({ json: { '@odata.count': 0, value: [] } }));
    await collect(doorTo(graph.origin).licensedPeople());
    const url = new URL(graph.seen[0]?.rawUrl ?? '', graph.origin);
    expect(url.pathname).toBe('/v1.0/users');
    expect(url.searchParams.get('$filter')).toBe('assignedLicenses/$count ne 0');
    expect(url.searchParams.get('$count')).toBe('true');
    expect(url.searchParams.get('$top')).toBe('999');
    expect(url.searchParams.get('$select')?.split(',')).not.toContain('signInActivity');
    expect(graph.seen[0]?.headers['consistencylevel']).toBe('eventual');
  });

  test('come in pieces of a page, and a row that is not as documented is named by its place in the page', async () => {
    const value = Array.from({ length: 250 }, (_, n) => wireUser(`p${n}`, {}));
    const graph = await pretendGraph(() => ({ json: { '@odata.count': 250, value } }));
    const sizes: number[] = [];
    for await (const people of doorTo(graph.origin).licensedPeople()) sizes.push(people.length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(250);
    expect(sizes.length).toBeGreaterThan(1);

    const broken = value.map((user, at) => (at === 150 ? { ...user, accountEnabled: 'yes' } : user));
    const bad = await pretendGraph(() => ({ json: { '@odata.count': 250, value: broken } }));
    const failure = await failureOf(collect(doorTo(bad.origin).licensedPeople()));
    expect(failure.kind).toBe('unexpectedAnswer');
    expect(failure.message).toContain('not as documented at "value.150.accountEnabled"');
  });

  test('are read into our words: lower-case ids, days, paths, and undefined for all that is not said', async () => {
    const user = wireUser('6EA91A8D', {
      userPrincipalName: 'Ada@contoso.example',
      displayName: 'Ada Lovelace',
      mail: 'ada@contoso.example',
      accountEnabled: false,
      assignedLicenses: [
        { skuId: E5.toUpperCase(), disabledPlans: ['11B0131D'] },
        { skuId: 'visio', disabledPlans: [] },
      ],
      licenseAssignmentStates: [
        {
          skuId: E5,
          disabledPlans: ['11B0131D'],
          assignedByGroup: null,
          state: 'Active',
          error: 'None',
          lastUpdatedDateTime: '2025-04-01T10:00:00Z',
        },
        {
          skuId: E5,
          disabledPlans: [],
          assignedByGroup: 'GROUP-1',
          state: 'ActiveWithError',
          error: 'DependencyViolation',
          lastUpdatedDateTime: null,
        },
        { skuId: 'not-held', assignedByGroup: 'GROUP-1', state: 'Error', error: 'CountViolation' },
        { skuId: 'visio', assignedByGroup: null, state: 'SomethingNew', error: null },
      ],
      department: '',
      employeeId: '0007',
      createdDateTime: '2019-01-01T23:59:59Z',
      onPremisesSyncEnabled: false,
      onPremisesDomainName: 'corp.contoso.example',
      onPremisesDistinguishedName: 'CN=Ada,OU=Math,DC=corp',
    });
    const graph = await pretendGraph(() => ({ json: { '@odata.count': 1, value: [user] } }));
    expect(await collect(doorTo(graph.origin).licensedPeople())).toEqual([
      {
        id: '6ea91a8d',
        userPrincipalName: 'Ada@contoso.example',
        displayName: 'Ada Lovelace',
        mail: 'ada@contoso.example',
        accountEnabled: false,
        kind: 'member',
        licenses: [
          {
            skuId: E5,
            disabledPlans: ['11b0131d'],
            paths: [
              {
                kind: 'direct',
                state: 'active',
                error: undefined,
                disabledPlans: ['11b0131d'],
                since: parseDay('2025-04-01'),
              },
              {
                kind: 'group',
                groupId: 'group-1',
                state: 'activeWithError',
                error: 'DependencyViolation',
                disabledPlans: [],
                since: undefined,
              },
            ],
          },
          {
            skuId: 'visio',
            disabledPlans: [],
            paths: [
              { kind: 'direct', state: 'error', error: undefined, disabledPlans: [], since: undefined },
            ],
          },
        ],
        department: undefined,
        jobTitle: undefined,
        country: undefined,
        usageLocation: 'US',
        employeeId: '0007',
        created: parseDay('2019-01-01'),
        onPremisesSync: false,
        onPremisesDomain: 'corp.contoso.example',
        onPremisesDistinguishedName: 'CN=Ada,OU=Math,DC=corp',
      },
    ]);
  });

  test('tell their language and when AD was synced to them only one at a time: a list does not ask', async () => {
    const user = wireUser('a', {
      onPremisesSyncEnabled: true,
      onPremisesLastSyncDateTime: '2026-11-23T05:30:00Z',
      preferredLanguage: 'de-DE',
    });
    const graph = await pretendGraph(({ url }) => ({
      json: url.includes('/users/a?') ? user : { '@odata.count': 1, value: [user] },
    }));
    const door = doorTo(graph.origin);
    expect(await door.person('a')).toMatchObject({
      lastSynced: new Date('2026-11-23T05:30:00Z'),
      preferredLanguage: 'de-DE',
    });
    expect(await collect(door.licensedPeople())).toMatchObject([{ id: 'a' }]);
    expect(graph.seen.map(({ url }) => url.includes('onPremisesLastSyncDateTime'))).toEqual([true, false]);
  });

  test.each([
    ['Guest', 'ann_other.example#EXT#@contoso.example', 'guest'],
    [null, 'ann_other.example#EXT#@contoso.example', 'guest'],
    [null, 'ann@contoso.example', 'member'],
    ['Member', 'ann_other.example#EXT#@contoso.example', 'member'],
  ])('of type %p named %s are %s', async (userType, userPrincipalName, kind) => {
    const graph = await pretendGraph(() => ({ json: wireUser('a', { userType, userPrincipalName }) }));
    expect(await doorTo(graph.origin).person('a')).toMatchObject({ kind });
  });

  test('whose account state is not known do not count as disabled, and a missing name is their account name', async () => {
    const graph = await pretendGraph(() => ({
      json: wireUser('a', { accountEnabled: null, displayName: null }),
    }));
    expect(await doorTo(graph.origin).person('a')).toMatchObject({
      accountEnabled: true,
      displayName: 'a@contoso.example',
    });
  });
});

describe('one person', () => {
  test('is found by a name with any signs in it', async () => {
    const graph = await pretendGraph(() => ({ json: wireUser('a') }));
    await doorTo(graph.origin).person('ann_other.example#EXT#@contoso.example');
    expect(new URL(graph.seen[0]?.rawUrl ?? '', graph.origin).pathname).toBe(
      '/v1.0/users/ann_other.example%23EXT%23%40contoso.example',
    );
  });

  test('who does not exist is undefined', async () => {
    const graph = await pretendGraph(() => graphError(404, 'Request_ResourceNotFound'));
    expect(await doorTo(graph.origin).person('nobody@contoso.example')).toBeUndefined();
  });

  test.each(['', ' ', '.', '..'])('named %p is nobody, and nothing is asked', async (key) => {
    const graph = await pretendGraph(() => ({ json: wireUser('a') }));
    expect(await doorTo(graph.origin).person(key)).toBeUndefined();
    expect(graph.seen).toHaveLength(0);
  });
});

describe('finding people', () => {
  test('escapes what was typed', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [wireUser('a'), wireUser('b')] } }));
    const found = await doorTo(graph.origin).findPeople(" O'Hara & #1 ", 1);
    expect(found.map((person) => person.id)).toEqual(['a']);
    const url = new URL(graph.seen[0]?.rawUrl ?? '', graph.origin);
    expect(url.searchParams.get('$filter')).toBe(
      "startswith(displayName,'O''Hara & #1') or startswith(userPrincipalName,'O''Hara & #1') or startswith(mail,'O''Hara & #1')",
    );
    expect(url.searchParams.get('$top')).toBe('1');
  });

  test('looks at surnames where one of those found is chosen afterwards', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [] } }));
    await doorTo(graph.origin).findPeople('lee', 3, { bySurname: true });
    const url = new URL(graph.seen[0]?.rawUrl ?? '', graph.origin);
    expect(url.searchParams.get('$filter')).toBe(
      "startswith(displayName,'lee') or startswith(userPrincipalName,'lee') or startswith(mail,'lee') or startswith(surname,'lee')",
    );
  });

  test('asks nothing for no text or no places', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [] } }));
    const door = doorTo(graph.origin);
    expect([await door.findPeople('  ', 5), await door.findPeople('Ada', 0)]).toEqual([[], []]);
    expect(graph.seen).toHaveLength(0);
  });
});
