import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { allRows, EVENTUAL, opened } from './opened.js';
import type { Opened } from './opened.js';

const ADVANCED_HINT =
  "Operator '$count' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information";

async function names(simulator: Opened, filter: string, advanced = false): Promise<readonly unknown[]> {
  const query = `$select=displayName&$filter=${encodeURIComponent(filter)}${advanced ? '&$count=true' : ''}`;
  const { rows } = await allRows(simulator, `/v1.0/users?${query}`, advanced ? EVENTUAL : {});
  return rows.map((row) => row['displayName']);
}

describe('pages of users', () => {
  test('yield everyone exactly once, whatever the page size', async () => {
    const simulator = await opened({ people: 150 });
    for (const top of [1, 7, 100, 999]) {
      const { rows, pages } = await allRows(simulator, `/v1.0/users?$select=id&$top=${String(top)}`);
      expect(rows).toHaveLength(150);
      expect(new Set(rows.map((row) => row['id'])).size).toBe(150);
      expect(pages).toBe(Math.ceil(150 / top));
    }
  });

  test('hold 100 people when no size is asked for, and the link leads back to the same origin', async () => {
    const simulator = await opened({ people: 150 });
    const { json } = await simulator.get('/v1.0/users');
    expect(json.value).toHaveLength(100);
    expect(json['@odata.nextLink']).toMatch(new RegExp(`^${simulator.url}/v1\\.0/users\\?\\$skiptoken=`));
  });

  test('with sign-in dates end at 500, silently or with an error as the tenant is set', async () => {
    const silent = await opened({ people: 600 });
    const { json } = await silent.get('/v1.0/users?$select=id,signInActivity&$top=999');
    expect(json.value).toHaveLength(500);
    const strict = await opened({ people: 600, capSignInPages: false });
    expect((await strict.get('/v1.0/users?$select=id,signInActivity&$top=999')).status).toBe(400);
  });

  test('need the header of the first page on every page', async () => {
    const simulator = await opened();
    const first = await simulator.get('/v1.0/users?$count=true&$top=5&$select=id', EVENTUAL);
    const link = String(first.json['@odata.nextLink']);
    expect((await simulator.get(link)).json.error).toMatchObject({
      code: 'Directory_ExpiredPageToken',
      message: 'The specified page token value has expired and can no longer be included in your request.',
    });
    const second = await simulator.get(link, EVENTUAL);
    expect(second.status).toBe(200);
    expect(second.json).not.toHaveProperty(['@odata.count']);
    expect(first.json['@odata.count']).toBe(100);
  });

  test('expire when they are read too slowly', async () => {
    const simulator = await opened();
    const { json } = await simulator.get('/v1.0/users?$top=5');
    simulator.clock.advance(16 * 60_000);
    const late = await simulator.get(String(json['@odata.nextLink']));
    expect(late.json.error?.code).toBe('Directory_ExpiredPageToken');
  });

  test.each(['0', '1000', 'x'])('of size %s are refused', async (top) => {
    const simulator = await opened();
    expect((await simulator.get(`/v1.0/users?$top=${top}`)).json.error).toEqual(
      expect.objectContaining({
        code: 'Request_UnsupportedQuery',
        message: `Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`,
      }),
    );
  });

  test('never skip', async () => {
    const simulator = await opened();
    expect((await simulator.get('/v1.0/users?$skip=5')).status).toBe(400);
  });
});

describe('what is selected', () => {
  test('is all that comes back; without a selection come eleven properties', async () => {
    const simulator = await opened();
    const chosen = await simulator.get(
      `/v1.0/users/${NAMED.plainInactive.id}?$select=displayName,accountEnabled`,
    );
    const { '@odata.context': _context, ...rest } = chosen.json;
    expect(rest).toEqual({ displayName: 'Dana Whitfield', accountEnabled: true });
    const plain = await simulator.get(`/v1.0/users/${NAMED.plainInactive.id}`);
    expect(Object.keys(plain.json).filter((name) => !name.startsWith('@'))).toHaveLength(11);
  });

  test('must exist, and must be kept in the directory', async () => {
    const simulator = await opened();
    expect((await simulator.get('/v1.0/users?$select=shoeSize')).json.error?.message).toBe(
      "Parsing OData Select and Expand failed: Could not find a property named 'shoeSize' on type 'microsoft.graph.user'.",
    );
    const foreign = await simulator.get('/v1.0/users?$select=id,mailboxSettings');
    expect(foreign.status).toBe(501);
    expect(foreign.json.error).toMatchObject({
      code: 'NotImplemented',
      message: 'This operation target is not yet supported.',
    });
  });

  test('as sign-in dates is told by object id only, and not at all of those who never signed in', async () => {
    const simulator = await opened();
    const byName = await simulator.get(
      `/v1.0/users/${NAMED.itManager.userPrincipalName}?$select=signInActivity`,
    );
    expect(byName.json.error?.message).toBe(
      'Get By Key only supports UserId and the key has to be a valid Guid',
    );
    const never = await simulator.get(`/v1.0/users/${NAMED.neverSignedIn.id}?$select=id,signInActivity`);
    expect(never.json).not.toHaveProperty('signInActivity');
    const yearOne = await simulator.get(`/v1.0/users/${NAMED.yearOneSignIn.id}?$select=signInActivity`);
    expect(yearOne.json['signInActivity']).toMatchObject({
      lastSuccessfulSignInDateTime: '0001-01-01T00:00:00Z',
      lastSuccessfulSignInRequestId: '',
    });
  });

  test('as sign-in dates needs the permission and Entra P1', async () => {
    const unpermitted = await opened({ permissions: ['User.Read.All'] });
    expect((await unpermitted.get('/v1.0/users?$select=signInActivity')).json.error).toMatchObject({
      code: 'Authentication_MSGraphPermissionMissing',
    });
    expect((await unpermitted.get('/v1.0/subscribedSkus')).json.error).toMatchObject({
      code: 'Authorization_RequestDenied',
      message: 'Insufficient privileges to complete the operation.',
    });
    const poor = await opened({ premium: false });
    expect((await poor.get('/v1.0/users?$select=signInActivity')).json.error).toMatchObject({
      code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
      message: "Neither tenant is B2C or tenant doesn't have premium license",
    });
    const plans = (await poor.get('/v1.0/subscribedSkus')).text;
    expect(plans).not.toContain('41781fb2-bc02-4b7c-bd55-b576c07bb09d');
    expect(plans).not.toContain('eec0eb4f-6444-4f95-aba0-50c24d67f998');
  });
});

describe('filters', () => {
  test('that count licenses need the advanced query, and then find everyone with one', async () => {
    const simulator = await opened();
    const filter = 'assignedLicenses/$count ne 0';
    const plain = await simulator.get(`/v1.0/users?$filter=${encodeURIComponent(filter)}`);
    expect(plain.json.error).toMatchObject({ code: 'Request_UnsupportedQuery', message: ADVANCED_HINT });
    const licensed = await names(simulator, filter, true);
    expect(licensed).toContain('Dana Whitfield');
    expect(licensed).not.toContain('Stefan Huber');
  });

  test.each<[string, readonly string[]]>([
    [`id in ('${NAMED.plainInactive.id}','${NAMED.neverSignedIn.id}')`, ['Dana Whitfield', 'Leila Haddad']],
    ["startswith(displayName,'dana') or startswith(mail,'jonas')", ['Dana Whitfield', 'Jonas Ekberg']],
    ["userPrincipalName eq 'DANA.WHITFIELD@harborlight.example'", ['Dana Whitfield']],
    ["userPrincipalName eq 'kate.o''dell@harborlight.example'", ['O\'Dell, Kate "KO" <b>bold</b>']],
    ["(accountEnabled eq false) and startswith(displayName,'V')", ['Victor Osei']],
    ["userType eq 'Guest' and startswith(displayName,'Lena')", ['Lena Fischer (partner)']],
    [`assignedLicenses/any(x:x/skuId eq ${SKU.PHONE.skuId})`, ['Lars Nygaard']],
    ["jobTitle eq 'Chief Financial Officer'", ['Eleanor Voss']],
  ])('%s', async (filter, expected) => {
    const simulator = await opened({ people: 60 });
    expect(await names(simulator, filter)).toEqual(expected);
  });

  test('on sign-in dates leave out those who have none, and stand alone', async () => {
    const simulator = await opened({ people: 60 });
    const field = 'signInActivity/lastSuccessfulSignInDateTime';
    const before = await names(simulator, `${field} le 2026-08-01T00:00:00Z`);
    const after = await names(simulator, `${field} ge 2026-08-01T00:00:01Z`);
    expect(before).toContain('Dana Whitfield');
    expect(after).toContain('Robin Hale');
    expect([...before, ...after]).not.toContain('Leila Haddad');
    const mixed = await simulator.get(
      `/v1.0/users?$filter=${field} le 2026-08-01T00:00:00Z and accountEnabled eq true`,
    );
    expect(mixed.json.error?.code).toBe('Request_UnsupportedQuery');
  });

  test.each([
    ['onPremisesDomainName', "onPremisesDomainName eq 'corp.harborlight.example'"],
    ['licenseAssignmentStates', "licenseAssignmentStates eq 'x'"],
    ['id', "startswith(id,'5a')"],
  ])('on %s are refused', async (property, filter) => {
    const simulator = await opened();
    expect((await simulator.get(`/v1.0/users?$filter=${filter}`)).json.error).toMatchObject({
      code: 'Request_UnsupportedQuery',
      message: `Unsupported or invalid query filter clause specified for property '${property}' of resource 'User'.`,
    });
  });

  test('take 15 ids and not 16', async () => {
    const simulator = await opened();
    const ids = (n: number) => Array.from({ length: n }, () => `'${NAMED.itManager.id}'`).join(',');
    expect(await names(simulator, `id in (${ids(15)})`)).toEqual(['Robin Hale']);
    const many = await simulator.get(`/v1.0/users?$filter=id in (${ids(16)})`);
    expect(many.json.error?.message).toMatch(/^Too many child clauses .* 16\. Max allowed: 15\.$/);
  });

  test('that are no filters are refused', async () => {
    const simulator = await opened();
    for (const filter of [
      "displayName eq 'open",
      'displayName',
      'and',
      'displayName like 3',
      "(mail eq 'a'",
    ]) {
      expect((await simulator.get(`/v1.0/users?$filter=${encodeURIComponent(filter)}`)).status).toBe(400);
    }
  });

  test('that need the header do not get by without it', async () => {
    const simulator = await opened();
    expect((await simulator.get('/v1.0/users/$count')).json.error).toMatchObject({
      code: 'Request_BadRequest',
      message: '$count is not currently supported.',
    });
    expect((await simulator.get('/v1.0/users/$count', EVENTUAL)).text).toBe('100');
    expect((await simulator.get('/v1.0/users?$count=true')).json).not.toHaveProperty(['@odata.count']);
    expect((await simulator.get('/v1.0/users?$search="displayName:dana"')).json.error?.message).toBe(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
    const expanded = await simulator.get('/v1.0/users?$count=true&$expand=manager', EVENTUAL);
    expect(expanded.status).toBe(400);
  });
});

describe('one person', () => {
  test('is found by id and by user principal name in any case, and otherwise not', async () => {
    const simulator = await opened({ people: 300 });
    const { rows } = await allRows(simulator, '/v1.0/users?$select=id,userPrincipalName&$top=999');
    expect(rows).toHaveLength(300);
    for (const { id, userPrincipalName } of rows) {
      const byId = await simulator.get(`/v1.0/users/${String(id).toUpperCase()}?$select=id`);
      const byName = await simulator.get(
        `/v1.0/users/${encodeURIComponent(String(userPrincipalName).toUpperCase())}?$select=id`,
      );
      expect([byId.json['id'], byName.json['id']]).toEqual([id, id]);
    }
    const nobody = await simulator.get('/v1.0/users/nobody1234@harborlight.example');
    expect(nobody.json.error).toMatchObject({
      code: 'Request_ResourceNotFound',
      message:
        "Resource 'nobody1234@harborlight.example' does not exist or one of its queried reference-property objects are not present.",
    });
  });

  test('has a manager or none', async () => {
    const simulator = await opened();
    const { json } = await simulator.get(`/v1.0/users/${NAMED.plainInactive.id}/manager?$select=id`);
    expect(json['id']).toBe(NAMED.itManager.id);
    expect((await simulator.get(`/v1.0/users/${NAMED.noManager.id}/manager`)).status).toBe(404);
  });

  test('has a mailbox of some kind or none', async () => {
    const simulator = await opened();
    const purpose = async (id: string) =>
      (await simulator.get(`/v1.0/users/${id}/mailboxSettings/userPurpose`)).json;
    expect((await purpose(NAMED.plainInactive.id)).value).toBe('user');
    expect((await purpose(NAMED.sharedMailbox.id)).value).toBe('shared');
    expect((await purpose(NAMED.roomMailbox.id)).value).toBe('room');
    expect((await purpose(NAMED.equipmentMailbox.id)).value).toBe('equipment');
    expect((await purpose(NAMED.serviceAccount.id)).error).toMatchObject({
      code: 'MailboxNotEnabledForRESTAPI',
      message: 'REST API is not yet supported for this mailbox.',
    });
  });

  test('is blocked at once; a synced one is let in again by the next sync, an administrator never blocked', async () => {
    const simulator = await opened();
    const block = (id: string) => simulator.send('PATCH', `/v1.0/users/${id}`, { accountEnabled: false });
    const enabled = async (id: string) =>
      (await simulator.get(`/v1.0/users/${id}?$select=accountEnabled`)).json['accountEnabled'];
    expect((await block(NAMED.plainInactive.id)).status).toBe(204);
    expect((await block(NAMED.syncedFromAd.id)).status).toBe(204);
    expect((await block(NAMED.roleHolder.id)).json.error?.code).toBe('Authorization_RequestDenied');
    expect([await enabled(NAMED.plainInactive.id), await enabled(NAMED.syncedFromAd.id)]).toEqual([
      false,
      false,
    ]);
    simulator.clock.advance(31 * 60_000);
    expect([await enabled(NAMED.plainInactive.id), await enabled(NAMED.syncedFromAd.id)]).toEqual([
      false,
      true,
    ]);
    const both = { accountEnabled: true, jobTitle: 'x' };
    expect((await simulator.send('PATCH', `/v1.0/users/${NAMED.plainInactive.id}`, both)).status).toBe(400);
    expect(await enabled(NAMED.plainInactive.id)).toBe(false);
    const title = await simulator.send('PATCH', `/v1.0/users/${NAMED.syncedFromAd.id}`, { jobTitle: 'x' });
    expect(title.json.error?.message).toBe(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  });
});
