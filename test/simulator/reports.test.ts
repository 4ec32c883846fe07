import { describe, expect, test } from '@jest/globals';
import { NAMED } from '../../src/simulator/named-people.js';
import { CONTRACT } from '../contract/graph-contract.js';
import { opened, reportLink, reportRows } from './opened.js';
import type { Opened, ReportRow } from './opened.js';

const ACTIVE_USERS = "getOffice365ActiveUserDetail(period='D180')";

const linkOf = (simulator: Opened) => reportLink(simulator, ACTIVE_USERS);
const rowsOf = (simulator: Opened, call = ACTIVE_USERS) => reportRows(simulator, call);

function find(rows: readonly ReportRow[], upn: string): ReportRow | undefined {
  return rows.find((row) => row['User Principal Name'] === upn);
}

describe('the active-user report', () => {
  test('is reached through a link that needs no token and ends after minutes', async () => {
    const simulator = await opened();
    const link = await linkOf(simulator);
    const answer = await fetch(link);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.subarray(3).toString('utf8').split('\r\n');
    expect(lines[0]).toBe(CONTRACT.csvReports['getOffice365ActiveUserDetail']?.columns.join(','));
    expect(lines.at(-1)).toBe('');
    expect(bytes.toString('utf8').replaceAll('\r\n', '')).not.toContain('\n');

    simulator.clock.advance(6 * 60_000);
    expect((await fetch(link)).status).toBe(403);
    expect((await fetch(`${link}x`)).status).toBe(403);
  });

  test('can be served from a second origin, and the simulator sees whether the token went there', async () => {
    const simulator = await opened({ downloadOrigin: 'other' });
    const link = await linkOf(simulator);
    expect(new URL(link).origin).toBe(simulator.downloadUrl);
    expect(simulator.downloadUrl).not.toBe(simulator.url);
    await (await fetch(link)).text();
    await (await fetch(link, { headers: { authorization: 'Bearer leaked' } })).text();
    const downloads = simulator.requests.filter((each) => each.origin === 'download');
    expect(downloads.map((each) => each.authorization)).toEqual([false, true]);
    expect((await fetch(`${simulator.downloadUrl}/v1.0/users`)).status).toBe(401);
  });

  test('says per person which services are licensed, and when each was last used', async () => {
    const simulator = await opened();
    const row = find(await rowsOf(simulator), 'dana.whitfield@harborlight.example');
    expect(row).toEqual({
      'Report Refresh Date': '2026-11-21',
      'User Principal Name': 'dana.whitfield@harborlight.example',
      'Display Name': 'Dana Whitfield',
      'Is Deleted': 'False',
      'Deleted Date': '',
      'Has Exchange License': 'True',
      'Has OneDrive License': 'True',
      'Has SharePoint License': 'True',
      'Has Skype For Business License': 'True',
      'Has Yammer License': 'False',
      'Has Teams License': 'True',
      'Exchange Last Activity Date': '2026-07-16',
      'OneDrive Last Activity Date': '2026-07-07',
      'SharePoint Last Activity Date': '2026-06-26',
      'Skype For Business Last Activity Date': '',
      'Yammer Last Activity Date': '',
      'Teams Last Activity Date': '2026-07-15',
      'Exchange License Assign Date': '2025-10-19',
      'OneDrive License Assign Date': '2025-10-19',
      'SharePoint License Assign Date': '2025-10-19',
      'Skype For Business License Assign Date': '2025-10-19',
      'Yammer License Assign Date': '',
      'Teams License Assign Date': '2025-10-19',
      'Assigned Products': 'MICROSOFT 365 E5',
    });
  });

  test('reaches back as far as its period and no further', async () => {
    const simulator = await opened();
    const month = find(
      await rowsOf(simulator, "getOffice365ActiveUserDetail(period='D30')"),
      NAMED.plainInactive.userPrincipalName,
    );
    expect(month?.['Exchange Last Activity Date']).toBe('');
    const half = find(await rowsOf(simulator), NAMED.serviceAccount.userPrincipalName);
    expect(half?.['Exchange Last Activity Date']).toBe('');
    const wrong = await simulator.get("/v1.0/reports/getOffice365ActiveUserDetail(period='D45')");
    expect(wrong.status).toBe(400);
    expect((await simulator.get("/v1.0/reports/getNothing(period='D7')")).status).toBe(400);
  });

  test('never shows use after its refresh date, and moves on with the clock', async () => {
    const simulator = await opened({ people: 200 });
    const dates = async () => {
      const rows = await rowsOf(simulator);
      const used = rows.map((row) => row['Exchange Last Activity Date'] ?? '').filter((date) => date !== '');
      return { refreshed: rows[0]?.['Report Refresh Date'], newest: used.toSorted().at(-1) };
    };
    expect(await dates()).toEqual({ refreshed: '2026-11-21', newest: '2026-11-21' });
    simulator.clock.advance(30 * 86_400_000);
    expect(await dates()).toEqual({ refreshed: '2026-12-21', newest: '2026-12-21' });
    const dana = find(await rowsOf(simulator), NAMED.plainInactive.userPrincipalName);
    expect(dana?.['Exchange Last Activity Date']).toBe('2026-07-16');
  });

  test('lacks one person, spells one in capitals, quotes names that need it and keeps one who is deleted', async () => {
    const simulator = await opened();
    const rows = await rowsOf(simulator);
    expect(find(rows, NAMED.absentFromReport.userPrincipalName)).toBeUndefined();
    expect(find(rows, NAMED.otherCaseInReport.userPrincipalName.toUpperCase())).toBeDefined();
    const punctuated = find(rows, NAMED.punctuatedName.userPrincipalName);
    expect(punctuated?.['Display Name']).toBe('O\'Dell, Kate "KO" <b>bold</b>');
    expect(find(rows, NAMED.rightToLeftName.userPrincipalName)?.['Display Name']).toBe('נועה כהן');
    expect(rows.filter((row) => row['Is Deleted'] === 'True')).toHaveLength(1);
  });

  test('hides names when the tenant says so, and shows them when it says otherwise', async () => {
    const simulator = await opened({ concealNames: true });
    expect((await simulator.get('/v1.0/admin/reportSettings')).json['displayConcealedNames']).toBe(true);
    for (const row of await rowsOf(simulator)) {
      expect(row['User Principal Name']).toMatch(/^[0-9A-F]{32}$/);
      expect(row['Display Name']).toMatch(/^[0-9A-F]{32}$/);
    }
    const shown = await simulator.send('PATCH', '/v1.0/admin/reportSettings', {
      displayConcealedNames: false,
    });
    expect(shown.status).toBe(204);
    expect(find(await rowsOf(simulator), NAMED.plainInactive.userPrincipalName)).toBeDefined();
  });

  test('goes on with the old state of the setting until the delay has passed', async () => {
    const simulator = await opened({ concealNames: true, concealDelayMs: 120_000 });
    const setting = (concealed: boolean) =>
      simulator.send('PATCH', '/v1.0/admin/reportSettings', { displayConcealedNames: concealed });
    const readable = async () =>
      find(await rowsOf(simulator), NAMED.plainInactive.userPrincipalName) !== undefined;
    await setting(false);
    expect((await simulator.get('/v1.0/admin/reportSettings')).json['displayConcealedNames']).toBe(false);
    expect(await readable()).toBe(false);
    simulator.clock.advance(119_000);
    expect(await readable()).toBe(false);
    await setting(true);
    simulator.clock.advance(1_000);
    expect(await readable()).toBe(true);
    simulator.clock.advance(119_000);
    expect(await readable()).toBe(false);
  });
});
