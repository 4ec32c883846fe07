import { csvLine } from './csv-line.js';
import { dayText } from './dates.js';
import { lastBeat } from './lives.js';
import { guidFor, mix } from './random.js';
import {
  deletedDay,
  hasPlan,
  LEFT_BEHIND,
  listedPeople,
  nameInReports,
  shown,
  shownId,
  viewOf,
} from './report-view.js';
import type { ReportView } from './report-view.js';
import { ONEDRIVE_PLANS, PLAN } from './service-plans.js';
import { DAY_MS } from './sim-person.js';
import type { SimPerson } from './sim-person.js';
import type { Download, World } from './world.js';

/*
 * What is stored where. Unlike activity reports these show the last activity however long ago it was.
 */

const GB = 1024 ** 3;

const MAILBOX_HEADER = [
  ...['Report Refresh Date', 'User Principal Name', 'Display Name', 'Is Deleted', 'Deleted Date'],
  ...['Created Date', 'Last Activity Date', 'Item Count', 'Storage Used (Byte)'],
  ...['Issue Warning Quota (Byte)', 'Prohibit Send Quota (Byte)', 'Prohibit Send/Receive Quota (Byte)'],
  ...['Deleted Item Count', 'Deleted Item Size (Byte)', 'Deleted Item Quota (Byte)', 'Has Archive'],
  'Report Period',
];

const ONEDRIVE_HEADER = [
  ...['Report Refresh Date', 'Site URL', 'Owner Display Name', 'Is Deleted', 'Last Activity Date'],
  ...['File Count', 'Active File Count', 'Storage Used (Byte)', 'Storage Allocated (Byte)'],
  ...['Owner Principal Name', 'Report Period'],
];

const SITE_HEADER = [
  ...['Report Refresh Date', 'Site Id', 'Site URL', 'Owner Display Name', 'Is Deleted'],
  ...['Last Activity Date', 'File Count', 'Active File Count', 'Page View Count', 'Visited Page Count'],
  ...['Storage Used (Byte)', 'Storage Allocated (Byte)', 'Root Web Template', 'Owner Principal Name'],
  'Report Period',
];

/** getMailboxUsageDetail: whoever has a mailbox, shared ones and rooms included. */
export function* mailboxRows(world: World, download: Download): Generator<string> {
  const view = viewOf(world, download);
  yield csvLine(MAILBOX_HEADER);
  for (const person of listedPeople(view)) {
    if (person.mailbox === null) continue;
    const quota = mailboxQuota(world, person);
    const bytes = mailboxSize(world, person);
    yield csvLine([
      ...[view.refreshed, nameInReports(view, person), shown(view, person.displayName), 'False', ''],
      ...[dayText(person.created), dayOf(person.workload.exchange)],
      ...mailboxSizes(bytes, quota),
      ...[person.usage.hasArchive ? 'True' : 'False', view.period],
    ]);
  }
  const { userPrincipalName, displayName } = LEFT_BEHIND;
  yield csvLine([
    ...[view.refreshed, shown(view, userPrincipalName), shown(view, displayName), 'True', deletedDay(view)],
    ...[dayText(view.end - 900 * DAY_MS), '', ...mailboxSizes(2 * GB, 50 * GB), 'False', view.period],
  ]);
}

/** Items, bytes and quotas, and what lies deleted. */
function mailboxSizes(bytes: number, quota: number): readonly string[] {
  const items = Math.ceil(bytes / 90_000);
  return [items, bytes, quota * 0.98, quota * 0.99, quota, items / 10, bytes / 20, 30 * GB].map(whole);
}

/** What is in a mailbox, in bytes: a license lets it grow only so far. */
export function mailboxSize(world: World, person: SimPerson): number {
  return Math.min(person.usage.mailboxBytes, mailboxQuota(world, person) * 0.97);
}

function mailboxQuota(world: World, person: SimPerson): number {
  if (hasPlan(world, person, [PLAN.exchange2.id])) return 100 * GB;
  return hasPlan(world, person, [PLAN.exchangeKiosk.id]) ? 2 * GB : 50 * GB;
}

/** getOneDriveUsageAccountDetail: whoever has opened their OneDrive at least once. */
export function* oneDriveRows(world: World, download: Download): Generator<string> {
  const view = viewOf(world, download);
  const row = (upn: string, name: string, owner: string, deleted: string, rest: readonly string[]) =>
    csvLine([
      ...[view.refreshed, shown(view, oneDriveUrl(upn)), shown(view, name), deleted, ...rest, owner],
      view.period,
    ]);
  yield csvLine(ONEDRIVE_HEADER);
  for (const person of listedPeople(view)) {
    const bytes = person.usage.oneDriveBytes;
    if (bytes === null || !hasPlan(world, person, ONEDRIVE_PLANS)) continue;
    const owner = nameInReports(view, person);
    const last = person.workload.oneDrive;
    yield row(person.userPrincipalName, person.displayName, owner, 'False', driveFacts(view, bytes, last));
  }
  const { userPrincipalName, displayName } = LEFT_BEHIND;
  const owner = shown(view, userPrincipalName);
  yield row(userPrincipalName, displayName, owner, 'True', driveFacts(view, 3 * GB, null));
}

/** Last activity, files, files touched within the period, bytes and bytes allowed. */
function driveFacts(view: ReportView, bytes: number, last: number | null): readonly string[] {
  const files = Math.ceil(bytes / 700_000);
  const touched = last !== null && last >= view.since ? Math.ceil(files / 20) : 0;
  return [dayOf(last), ...[files, touched, bytes, 1024 * GB].map(whole)];
}

function oneDriveUrl(upn: string): string {
  return `https://harborlight-my.sharepoint.com/personal/${upn.toLowerCase().replaceAll(/[^a-z0-9]/g, '_')}`;
}

/** getSharePointSiteUsageDetail: a row per site of those who own any. */
export function* siteRows(world: World, download: Download): Generator<string> {
  const view = viewOf(world, download);
  yield csvLine(SITE_HEADER);
  for (const person of listedPeople(view)) {
    for (let site = 0; site < person.usage.sites; site += 1) yield siteRow(view, person, site);
  }
  const { userPrincipalName, displayName } = LEFT_BEHIND;
  const address = 'https://harborlight.sharepoint.com/sites/harriet-handover';
  yield csvLine([
    ...[view.refreshed, shownId(view, guidFor(0, 0, 950)), shown(view, address), shown(view, displayName)],
    ...['True', ...siteFacts(view, 0.2 * GB, null), 'Group', shown(view, userPrincipalName), view.period],
  ]);
}

function siteRow(view: ReportView, person: SimPerson, site: number): string {
  const { seed } = view.world.tenant.facts;
  const team = (person.department ?? 'team').toLowerCase().replaceAll(/[^a-z]+/g, '-');
  const address = `https://harborlight.sharepoint.com/sites/${team}-${String(person.index)}-${String(site + 1)}`;
  const bytes = (mix(person.index, site, 51) % 40_000) * 1_000_000;
  return csvLine([
    ...[view.refreshed, shownId(view, guidFor(seed + site, person.index, 960)), shown(view, address)],
    ...[shown(view, person.displayName), 'False'],
    ...siteFacts(view, bytes, siteActivity(view, person, site)),
    ...[site === 0 ? 'Group' : 'Team Site', nameInReports(view, person), view.period],
  ]);
}

/** The first site is used by others every day, the second by its owner, the third was left half a year before that. */
function siteActivity(view: ReportView, person: SimPerson, site: number): number | null {
  if (site === 0) return lastBeat(view.end, 1, (person.index % 100) / 100);
  const own = person.workload.sharePoint;
  return own === null || site === 1 ? own : own - 183 * DAY_MS;
}

/** Last activity, files, files touched, page views, pages visited, bytes and bytes allowed. */
function siteFacts(view: ReportView, bytes: number, last: number | null): readonly string[] {
  const [day = '', files = '0', touched = '0'] = driveFacts(view, bytes, last);
  return [day, files, touched, String(Number(touched) * 3), touched, whole(bytes), whole(25_600 * GB)];
}

function dayOf(moment: number | null): string {
  return moment === null ? '' : dayText(moment);
}

function whole(value: number): string {
  return String(Math.floor(value));
}
