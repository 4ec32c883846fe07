import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import type { NamedPerson } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { CONTRACT } from '../contract/graph-contract.js';
import { opened, reportLink, reportRows } from './opened.js';
import type { Opened, ReportRow } from './opened.js';

const CALLS = {
  getOffice365ActiveUserDetail: "getOffice365ActiveUserDetail(period='D180')",
  getEmailActivityUserDetail: "getEmailActivityUserDetail(period='D180')",
  getTeamsUserActivityUserDetail: "getTeamsUserActivityUserDetail(period='D180')",
  getSharePointActivityUserDetail: "getSharePointActivityUserDetail(period='D180')",
  getM365AppUserDetail: "getM365AppUserDetail(period='D180')?$format=text/csv",
  getOffice365ActivationsUserDetail: 'getOffice365ActivationsUserDetail',
  getMailboxUsageDetail: "getMailboxUsageDetail(period='D180')",
  getOneDriveUsageAccountDetail: "getOneDriveUsageAccountDetail(period='D180')",
  getSharePointSiteUsageDetail: "getSharePointSiteUsageDetail(period='D180')",
} as const;
type Report = keyof typeof CALLS;
const REPORTS = Object.keys(CALLS) as readonly Report[];

const read = (simulator: Opened, report: Report) => reportRows(simulator, CALLS[report]);

function ownerOf(row: ReportRow): string {
  return row['User Principal Name'] ?? row['Owner Principal Name'] ?? '';
}

function of(rows: readonly ReportRow[], person: NamedPerson): readonly ReportRow[] {
  return rows.filter((row) => ownerOf(row) === person.userPrincipalName);
}

/** The last activity of everybody who has a row, by name. */
function datesOf(rows: readonly ReportRow[], column = 'Last Activity Date'): ReadonlyMap<string, string> {
  return new Map(rows.map((row) => [ownerOf(row), row[column] ?? 'no such column']));
}

describe('every usage report', () => {
  test.each(REPORTS)('%s has the columns that Microsoft documents, in their order', async (report) => {
    const simulator = await opened();
    const text = await (await fetch(await reportLink(simulator, CALLS[report]))).text();
    expect(text.split('\r\n')[0]).toBe(CONTRACT.csvReports[report]?.columns.join(','));
    const rows = await read(simulator, report);
    const width = CONTRACT.csvReports[report]?.columns.length;
    for (const row of rows) expect(Object.keys(row)).toHaveLength(width ?? 0);
    expect(new Set(rows.map((row) => row['Report Refresh Date']))).toEqual(new Set(['2026-11-21']));
    const period =
      report === 'getOffice365ActiveUserDetail' || report === 'getOffice365ActivationsUserDetail';
    if (!period) expect(new Set(rows.map((row) => row['Report Period']))).toEqual(new Set(['180']));
  });

  test.each(REPORTS)('%s names nobody while the tenant conceals names', async (report) => {
    const concealed = await (
      await fetch(await reportLink(await opened({ concealNames: true }), CALLS[report]))
    ).text();
    const shown = await (await fetch(await reportLink(await opened(), CALLS[report]))).text();
    const telling = /@|harborlight\.|sharepoint\.com|Whitfield|5a7c9e10-/i;
    expect(shown).toMatch(telling);
    expect(concealed.replaceAll('Harborlight Freight', '')).not.toMatch(telling);
    expect(concealed.split('\r\n')).toHaveLength(shown.split('\r\n').length);
  });

  test.each(REPORTS)('%s leaves out whoever the report service has lost', async (report) => {
    expect(of(await read(await opened(), report), NAMED.absentFromReport)).toEqual([]);
  });

  test.each(REPORTS.filter((report) => CONTRACT.csvReports[report]?.columns.includes('Is Deleted')))(
    '%s keeps one row of somebody who was deleted',
    async (report) => {
      const deleted = (await read(await opened(), report)).filter((row) => row['Is Deleted'] === 'True');
      expect(deleted.map(ownerOf)).toEqual(['harriet.lowe@harborlight.example']);
      expect(deleted.map((row) => row['Deleted Date'] ?? '2026-11-09')).toEqual(['2026-11-09']);
    },
  );

  test('takes the parameters that it documents and no others', async () => {
    const simulator = await opened();
    const status = async (call: string) => (await simulator.get(`/v1.0/reports/${call}`)).status;
    expect(await status("getOffice365ActivationsUserDetail(period='D180')")).toBe(400);
    expect(await status('getMailboxUsageDetail(date=2026-11-10)')).toBe(400);
    expect(await status('getEmailActivityUserDetail(date=2026-11-10)')).toBe(302);
    expect(await status('getEmailActivityUserDetail')).toBe(400);
    expect(await status("getM365AppUserDetail(period='D180')")).toBe(302);
    expect(await status("getM365AppUserDetail(period='D180')?$format=application/json")).toBe(400);
    expect(await status("getEmailActivityUserDetail(period='D180')?$format=text/csv")).toBe(400);
  });

  test('shows no activity after its refresh date, and moves on with the clock', async () => {
    const simulator = await opened({ people: 300 });
    const newest = async (report: Report) =>
      (await read(simulator, report))
        .map((row) => row['Last Activity Date'] ?? '')
        .toSorted()
        .at(-1);
    const dated = REPORTS.slice(1).filter((report) => report !== 'getOffice365ActivationsUserDetail');
    for (const report of dated) expect([report, await newest(report)]).toEqual([report, '2026-11-21']);
    simulator.clock.advance(30 * 86_400_000);
    for (const report of dated) expect([report, await newest(report)]).toEqual([report, '2026-12-21']);
  });

  test('has rows only for those who have the service', async () => {
    const simulator = await opened();
    const has = async (report: Report, person: NamedPerson) =>
      of(await read(simulator, report), person).length;
    expect(await has('getMailboxUsageDetail', NAMED.unnamedService)).toBe(0);
    expect(await has('getMailboxUsageDetail', NAMED.sharedMailbox)).toBe(1);
    expect(await has('getTeamsUserActivityUserDetail', NAMED.sharedMailbox)).toBe(0);
    expect(await has('getEmailActivityUserDetail', NAMED.freeOnly)).toBe(0);
    expect(await has('getOffice365ActivationsUserDetail', NAMED.dependentLicenses)).toBe(0);
    expect(await has('getOneDriveUsageAccountDetail', NAMED.neverSignedIn)).toBe(0);
    expect(await has('getEmailActivityUserDetail', NAMED.neverSignedIn)).toBe(1);
    expect(await has('getEmailActivityUserDetail', NAMED.formerLead)).toBe(0);
  });

  test('has no row of accounts without a license', async () => {
    const few = await opened({ people: 100 });
    const many = await opened({ people: 100, unlicensed: 40, dormantGuests: 40 });
    for (const report of REPORTS) expect(await read(many, report)).toEqual(await read(few, report));
  });
});

describe('reports about the same people', () => {
  test('agree with each other on when a service was last used', async () => {
    const simulator = await opened({ people: 1500 });
    const active = await read(simulator, 'getOffice365ActiveUserDetail');
    const pairs = [
      ['getEmailActivityUserDetail', 'Exchange Last Activity Date'],
      ['getTeamsUserActivityUserDetail', 'Teams Last Activity Date'],
      ['getSharePointActivityUserDetail', 'SharePoint Last Activity Date'],
    ] as const;
    for (const [report, column] of pairs) {
      const [there, here] = [datesOf(active, column), datesOf(await read(simulator, report))];
      const differing = [...here].filter(([upn, date]) => there.get(upn) !== date).map(([upn]) => upn);
      const expected =
        report === 'getEmailActivityUserDetail' ? [NAMED.emailReportOnly.userPrincipalName] : [];
      expect([report, differing]).toEqual([report, expected]);
      expect(here.size).toBeGreaterThan(1000);
    }
  });

  test('call nobody active whom the active-user report calls idle, but two', async () => {
    const simulator = await opened({ people: 1500 });
    const fresh = (date: string | undefined) => (date ?? '') > '2026-08-23';
    const active = await read(simulator, 'getOffice365ActiveUserDetail');
    const idle = new Set(
      active
        .filter(
          (row) => !Object.entries(row).some(([name, date]) => name.endsWith('Activity Date') && fresh(date)),
        )
        .map(ownerOf),
    );
    const contradicted = new Set<string>();
    for (const report of REPORTS.slice(1, 8)) {
      for (const row of await read(simulator, report)) {
        const date = row['Last Activity Date'] ?? row['Last Activated Date'];
        if (idle.has(ownerOf(row)) && fresh(date)) contradicted.add(ownerOf(row));
      }
    }
    expect(idle.size).toBeGreaterThan(100);
    expect([...contradicted].toSorted()).toEqual([
      NAMED.appsOnly.userPrincipalName,
      NAMED.emailReportOnly.userPrincipalName,
    ]);
  });

  test('show most active people with the desktop apps using them', async () => {
    const simulator = await opened({ people: 1500 });
    const active = datesOf(
      await read(simulator, 'getOffice365ActiveUserDetail'),
      'Exchange Last Activity Date',
    );
    const withApps = new Set(
      (await read(simulator, 'getOffice365ActivationsUserDetail'))
        .filter((row) => row['Product Type'] === 'MICROSOFT 365 APPS FOR ENTERPRISE')
        .map(ownerOf),
    );
    const rows = (await read(simulator, 'getM365AppUserDetail')).filter(
      (row) => withApps.has(ownerOf(row)) && (active.get(ownerOf(row)) ?? '') > '2026-11-01',
    );
    const using = rows.filter((row) => (row['Last Activity Date'] ?? '') > '2026-10-01').length / rows.length;
    expect(using).toBeGreaterThan(0.8);
    expect(using).toBeLessThan(0.95);
  });

  test.each(['VISIO ONLINE PLAN 2', 'PROJECT ONLINE DESKTOP CLIENT'])(
    'show about half of those with %s never having activated it',
    async (product) => {
      const rows = (await read(await opened({ people: 6000 }), 'getOffice365ActivationsUserDetail')).filter(
        (row) => row['Product Type'] === product,
      );
      const never = rows.filter((row) => row['Last Activated Date'] === '').length / rows.length;
      expect(rows.length).toBeGreaterThan(100);
      expect(never).toBeGreaterThan(0.4);
      expect(never).toBeLessThan(0.65);
    },
  );

  test('lose the row of a product with its license', async () => {
    const simulator = await opened();
    const products = async () =>
      of(await read(simulator, 'getOffice365ActivationsUserDetail'), NAMED.visioUser).map(
        (row) => row['Product Type'],
      );
    expect(await products()).toEqual(['MICROSOFT 365 APPS FOR ENTERPRISE', 'VISIO ONLINE PLAN 2']);
    await simulator.send('POST', `/v1.0/users/${NAMED.visioUser.id}/assignLicense`, {
      addLicenses: [],
      removeLicenses: [SKU.VISIO.skuId],
    });
    expect(await products()).toEqual(['MICROSOFT 365 APPS FOR ENTERPRISE']);
  });

  test('follow an activity that a test brings about, in the email report too', async () => {
    const simulator = await opened();
    await simulator.send('POST', `/_simulator/people/${NAMED.plainInactive.id}`, {
      lastActivity: '2026-11-20T08:00:00Z',
    });
    const rows = of(await read(simulator, 'getEmailActivityUserDetail'), NAMED.plainInactive);
    expect(rows.map((row) => row['Last Activity Date'])).toEqual(['2026-11-20']);
  });
});

describe('what reports say of', () => {
  test('people with Visio and Project: one never activated, one lately, one long ago', async () => {
    const rows = await read(await opened(), 'getOffice365ActivationsUserDetail');
    const activated = (person: NamedPerson, product: string) =>
      of(rows, person)
        .filter((row) => row['Product Type'] === product)
        .map((row) => [row['Last Activated Date'], row['Windows'], row['Mac']]);
    expect(activated(NAMED.neverOpenedVisio, 'VISIO ONLINE PLAN 2')).toEqual([['', '0', '0']]);
    expect(activated(NAMED.visioUser, 'VISIO ONLINE PLAN 2')).toEqual([['2026-11-03', '1', '0']]);
    expect(activated(NAMED.oldVisio, 'VISIO ONLINE PLAN 2')).toEqual([['2025-10-19', '1', '0']]);
    expect(activated(NAMED.neverOpenedProject, 'PROJECT ONLINE DESKTOP CLIENT')).toEqual([['', '0', '0']]);
    expect(activated(NAMED.neverOpenedProject, 'MICROSOFT 365 APPS FOR ENTERPRISE')).toEqual([
      ['2025-11-08', '0', '1'],
    ]);
  });

  test('apps: on which platforms they were used, and nothing of those who used none', async () => {
    const rows = await read(await opened(), 'getM365AppUserDetail');
    const where = (person: NamedPerson) =>
      of(rows, person).map((row) => [
        row['Last Activity Date'],
        ...['Windows', 'Mac', 'Mobile', 'Web', 'Word', 'Word (Windows)'].map((column) => row[column]),
      ]);
    expect(where(NAMED.appsOnly)).toEqual([['2026-11-21', 'Yes', 'No', 'No', 'Yes', 'Yes', 'Yes']]);
    expect(where(NAMED.neverOpenedProject)[0]?.slice(1)).toEqual(['No', 'Yes', 'Yes', 'Yes', 'Yes', 'No']);
    expect(where(NAMED.neverSignedIn)).toEqual([['', 'No', 'No', 'No', 'No', 'No', 'No']]);
    // Office 365 E1 has no desktop apps.
    expect(where(NAMED.licensedGuest)[0]?.slice(1, 3)).toEqual(['No', 'No']);
  });

  test('Teams: a person also by object id', async () => {
    const rows = await read(await opened(), 'getTeamsUserActivityUserDetail');
    expect(of(rows, NAMED.plainInactive)).toEqual([
      expect.objectContaining({
        'User Id': NAMED.plainInactive.id,
        'Last Activity Date': '2026-07-15',
        'Has Other Action': 'No',
        'Is Licensed': 'Yes',
      }),
    ]);
  });

  test('mailboxes and OneDrives: bytes, and activity however long ago', async () => {
    const simulator = await opened();
    const [mailbox] = of(await read(simulator, 'getMailboxUsageDetail'), NAMED.unnamedService);
    expect(mailbox).toBeUndefined();
    const [dana] = of(await read(simulator, 'getMailboxUsageDetail'), NAMED.plainInactive);
    expect(dana).toMatchObject({ 'Last Activity Date': '2026-07-16', 'Has Archive': 'False' });
    expect(Number(dana?.['Storage Used (Byte)'])).toBeGreaterThan(0);
    const [drive] = of(await read(simulator, 'getOneDriveUsageAccountDetail'), NAMED.plainInactive);
    expect(drive).toMatchObject({
      'Site URL': 'https://harborlight-my.sharepoint.com/personal/dana_whitfield_harborlight_example',
      'Owner Display Name': 'Dana Whitfield',
      'Last Activity Date': '2026-07-07',
    });
    const sizes = (await read(await opened({ people: 2000 }), 'getMailboxUsageDetail')).map((row) =>
      Number(row['Storage Used (Byte)']),
    );
    expect(sizes.every((size) => Number.isSafeInteger(size))).toBe(true);
    expect(sizes.some((size) => size === 0)).toBe(true);
    expect(sizes.some((size) => size > 50 * 1024 ** 3)).toBe(true);
  });

  test('the sites of somebody idle: used by others, left by the owner, left long before', async () => {
    const rows = of(await read(await opened(), 'getSharePointSiteUsageDetail'), NAMED.siteOwner);
    expect(rows.map((row) => row['Last Activity Date'])).toEqual(['2026-11-21', '2026-06-08', '2025-12-07']);
    expect(new Set(rows.map((row) => row['Site Id'])).size).toBe(3);
    expect(new Set(rows.map((row) => row['Site URL'])).size).toBe(3);
  });
});
