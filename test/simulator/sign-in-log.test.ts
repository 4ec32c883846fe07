import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { DAY_MS } from '../../src/simulator/sim-person.js';
import { allRows, opened } from './opened.js';
import type { Json, Opened } from './opened.js';

const LOG = '/v1.0/auditLogs/signIns';

function pathOf(filter: string, more = ''): string {
  return `${LOG}?$filter=${encodeURIComponent(filter)}${more}`;
}

async function logOf(simulator: Opened, id: string): Promise<readonly Json[]> {
  return (await allRows(simulator, pathOf(`userId eq '${id}'`))).rows;
}

function codeOf(row: Json): unknown {
  return (row['status'] as { readonly errorCode: number }).errorCode;
}

describe('the sign-in log', () => {
  test('of somebody who comes every day has a success a day, newest first, for 30 days', async () => {
    const simulator = await opened();
    const rows = await logOf(simulator, NAMED.itManager.id);
    const times = rows.map((row) => row['createdDateTime']);
    expect(times).toHaveLength(29);
    expect(times.slice(0, 2)).toEqual(['2026-11-22T09:50:24Z', '2026-11-21T09:50:24Z']);
    expect(times.at(-1)).toBe('2026-10-25T09:50:24Z');
    expect(new Set(rows.map(codeOf))).toEqual(new Set([0]));
    expect(new Set(rows.map((row) => row['id'])).size).toBe(29);
    expect(new Set(rows.map((row) => row['userId']))).toEqual(new Set([NAMED.itManager.id]));
    expect(rows[0]).toMatchObject({
      isInteractive: true,
      status: { failureReason: 'Other.' },
      location: { city: 'Portland', countryOrRegion: 'US' },
    });
  });

  test('begins with the sign-in that the dates of the person speak of', async () => {
    const simulator = await opened();
    const path = `/v1.0/users/${NAMED.thirdActiveReport.id}?$select=signInActivity`;
    const dates = (await simulator.get(path)).json['signInActivity'] as Json;
    const rows = await logOf(simulator, NAMED.thirdActiveReport.id);
    expect(rows.map((row) => row['createdDateTime'])).toEqual(
      ['2026-11-22', '2026-11-15', '2026-11-08', '2026-11-01', '2026-10-25'].map((day) => `${day}T08:38:24Z`),
    );
    expect([rows[0]?.['id'], rows[0]?.['createdDateTime']]).toEqual([
      dates['lastSignInRequestId'],
      dates['lastSignInDateTime'],
    ]);
  });

  test('of somebody whose password is guessed has failures only, from elsewhere', async () => {
    const simulator = await opened();
    const rows = await logOf(simulator, NAMED.failedSignInsOnly.id);
    expect(rows).toHaveLength(90);
    expect(rows.slice(0, 3).map((row) => [row['createdDateTime'], codeOf(row)])).toEqual([
      ['2026-11-22T17:31:12Z', 50053],
      ['2026-11-22T17:30:31Z', 50126],
      ['2026-11-22T17:29:35Z', 50126],
    ]);
    expect(rows.filter((row) => codeOf(row) === 0)).toEqual([]);
    expect(rows[0]).toMatchObject({ clientAppUsed: 'Authenticated SMTP', location: { city: '' } });
  });

  test.each([
    'plainInactive',
    'neverSignedIn',
    'oldInteractiveOnly',
    'yearOneSignIn',
    'unnamedService',
  ] as const)('of %s is empty: idle for long, never there, or only ever a program', async (key) => {
    const simulator = await opened();
    expect(await logOf(simulator, NAMED[key].id)).toEqual([]);
  });

  test('keeps what it had, and forgets what is older than 30 days', async () => {
    const simulator = await opened();
    const before = await logOf(simulator, NAMED.thirdActiveReport.id);
    simulator.clock.advance(14 * DAY_MS);
    const after = await logOf(simulator, NAMED.thirdActiveReport.id);
    expect(after).toHaveLength(5);
    expect(after.slice(2)).toEqual(before.slice(0, 3));
  });

  test('comes in pages of the size asked for, each entry once', async () => {
    const simulator = await opened({ throttling: 'off' });
    const filter = `userId eq '${NAMED.itManager.id}'`;
    const paged = await allRows(simulator, pathOf(filter, '&$top=10'));
    expect(paged.pages).toBe(3);
    expect(paged.rows).toEqual(await logOf(simulator, NAMED.itManager.id));
    expect((await simulator.get(`${LOG}?$top=1001`)).status).toBe(400);
  });

  test('of everybody is newest first, too', async () => {
    const simulator = await opened();
    const { json } = await simulator.get(`${LOG}?$top=200`);
    const times = (json.value as Json[]).map((row) => String(row['createdDateTime']));
    expect(times).toEqual(times.toSorted().toReversed());
    expect(json['@odata.nextLink']).toContain('$skiptoken=');
  });
});

describe('a filter of the sign-in log', () => {
  const me = `userId eq '${NAMED.itManager.id}'`;

  test.each<readonly [string, number]>([
    [`${me} and createdDateTime ge 2026-11-20T09:50:24Z`, 3],
    [`${me} and createdDateTime ge 2026-11-20T00:00:00Z and createdDateTime le 2026-11-21T23:00:00Z`, 2],
    [`userId eq '${NAMED.itManager.id.toUpperCase()}' and createdDateTime ge 2026-11-22`, 1],
    [`${me} and status/errorCode eq 50126`, 0],
    ["status/errorCode eq 50053 and startsWith(userDisplayName,'andre f')", 30],
    [`${me} or userId eq '${NAMED.thirdActiveReport.id}'`, 34],
    ["userId eq 'nobody'", 0],
    [`userId eq '${NAMED.itManager.userPrincipalName}'`, 0],
  ])('%s finds %d', async (filter, count) => {
    const simulator = await opened();
    const { json } = await simulator.get(pathOf(filter));
    expect(json.value).toHaveLength(count);
  });

  test.each([
    `${me} and createdDateTime gt 2026-11-20T00:00:00Z`,
    `${me} and createdDateTime ge '2026-11-20T00:00:00Z'`,
    'createdDateTime ge yesterday',
    'createdDateTime ge 20',
    `not (${me})`,
    `userId in ('${NAMED.itManager.id}')`,
    'status/errorCode ne 0',
    "endsWith(userPrincipalName,'example')",
    'isInteractive eq true',
    "shoeSize eq '3'",
  ])('%s is refused as Graph does', async (filter) => {
    const simulator = await opened();
    const { status, json } = await simulator.get(pathOf(filter));
    expect([status, json.error]).toMatchObject([
      400,
      { code: 'BadRequest', message: 'Invalid filter clause' },
    ]);
  });

  test.each(['$select=id', '$count=true', '$skip=5'])('%s is no option of it', async (option) => {
    const simulator = await opened();
    expect((await simulator.get(`${LOG}?${option}`)).status).toBe(400);
  });
});

describe('who may read the sign-in log', () => {
  test('is whoever may read audit logs, and nobody where the tenant has no Entra P1', async () => {
    const simulator = await opened({ permissions: ['AuditLog.Read.All'] });
    expect((await simulator.get(LOG)).status).toBe(200);
    simulator.changePermissions({ revoke: ['AuditLog.Read.All'], grant: ['User.Read.All'] });
    expect((await simulator.get(LOG)).json.error?.code).toBe('Authentication_MSGraphPermissionMissing');
    const plain = await opened({ premium: false });
    expect((await plain.get(LOG)).json.error?.code).toBe(
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    );
  });

  test('is served five times in ten seconds', async () => {
    const simulator = await opened();
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await simulator.get(`${LOG}?$top=1`)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    expect((await simulator.get('/v1.0/users?$select=id,signInActivity&$top=1')).status).toBe(200);
    simulator.clock.advance(10_000);
    expect((await simulator.get(`${LOG}?$top=1`)).status).toBe(200);
  });
});
