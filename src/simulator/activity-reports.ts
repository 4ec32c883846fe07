import { csvLine } from './csv-line.js';
import { COMPANY } from './named-spec.js';
import { mix } from './random.js';
import {
  dayInPeriod,
  deletedDay,
  hasPlan,
  LEFT_BEHIND,
  listedPeople,
  nameInReports,
  productsOf,
  shown,
  shownId,
  viewOf,
} from './report-view.js';
import type { ReportView } from './report-view.js';
import { EXCHANGE_PLANS, SHAREPOINT_PLANS, TEAMS_PLANS } from './service-plans.js';
import type { Download, World } from './world.js';

const EMAIL_HEADER = [
  ...['Report Refresh Date', 'User Principal Name', 'Display Name', 'Is Deleted', 'Deleted Date'],
  ...['Last Activity Date', 'Send Count', 'Receive Count', 'Read Count', 'Meeting Created Count'],
  ...['Meeting Interacted Count', 'Assigned Products', 'Report Period'],
];

const TEAMS_HEADER = [
  ...['Report Refresh Date', 'Tenant Display Name', 'Shared Channel Tenant Display Names', 'User Id'],
  ...['User Principal Name', 'Last Activity Date', 'Is Deleted', 'Deleted Date', 'Assigned Products'],
  ...['Team Chat Message Count', 'Private Chat Message Count', 'Call Count', 'Meeting Count'],
  ...['Post Messages', 'Reply Messages', 'Urgent Messages', 'Meetings Organized Count'],
  ...['Meetings Attended Count', 'Ad Hoc Meetings Organized Count', 'Ad Hoc Meetings Attended Count'],
  ...['Scheduled One-time Meetings Organized Count', 'Scheduled One-time Meetings Attended Count'],
  ...['Scheduled Recurring Meetings Organized Count', 'Scheduled Recurring Meetings Attended Count'],
  ...['Audio Duration', 'Video Duration', 'Screen Share Duration'],
  ...['Audio Duration In Seconds', 'Video Duration In Seconds', 'Screen Share Duration In Seconds'],
  ...['Has Other Action', 'Is Licensed', 'Report Period'],
];

const SHAREPOINT_HEADER = [
  ...['Report Refresh Date', 'User Principal Name', 'Is Deleted', 'Deleted Date', 'Last Activity Date'],
  ...['Viewed Or Edited File Count', 'Synced File Count', 'Shared Internally File Count'],
  ...['Shared Externally File Count', 'Visited Page Count', 'Assigned Products', 'Report Period'],
];

/** getEmailActivityUserDetail, header first. */
export function* emailRows(world: World, download: Download): Generator<string> {
  const view = viewOf(world, download);
  const row = (who: Who, deleted: readonly string[], last: string, products: string) =>
    csvLine([
      ...[view.refreshed, who.name, who.displayName, ...deleted, last],
      ...counts(5, last, who.seed),
      ...[products, view.period],
    ]);
  yield csvLine(EMAIL_HEADER);
  for (const person of listedPeople(view)) {
    if (!hasPlan(world, person, EXCHANGE_PLANS)) continue;
    const who = {
      name: nameInReports(view, person),
      displayName: shown(view, person.displayName),
      seed: person.index,
    };
    const last = dayInPeriod(view, person.usage.email);
    yield row(who, NOT_DELETED, last, productsOf(world, person));
  }
  yield row(leftBehind(view), ['True', deletedDay(view)], '', '');
}

/** getTeamsUserActivityUserDetail: the one report that carries object ids. */
export function* teamsRows(world: World, download: Download): Generator<string> {
  const view = viewOf(world, download);
  const row = (id: string, who: Who, deleted: readonly string[], last: string, products: string) =>
    csvLine([
      ...[view.refreshed, COMPANY, '', shownId(view, id), who.name, last, ...deleted, products],
      ...counts(15, last, who.seed),
      ...durations(last, who.seed),
      ...['No', products === '' ? 'No' : 'Yes', view.period],
    ]);
  yield csvLine(TEAMS_HEADER);
  for (const person of listedPeople(view)) {
    if (!hasPlan(world, person, TEAMS_PLANS)) continue;
    const who = { name: nameInReports(view, person), displayName: '', seed: person.index };
    const last = dayInPeriod(view, person.workload.teams);
    yield row(person.id, who, NOT_DELETED, last, productsOf(world, person));
  }
  yield row(LEFT_BEHIND.id, leftBehind(view), ['True', deletedDay(view)], '', '');
}

/** getSharePointActivityUserDetail */
export function* sharePointRows(world: World, download: Download): Generator<string> {
  const view = viewOf(world, download);
  const row = (who: Who, deleted: readonly string[], last: string, products: string) =>
    csvLine([
      ...[view.refreshed, who.name, ...deleted, last],
      ...counts(5, last, who.seed),
      ...[products, view.period],
    ]);
  yield csvLine(SHAREPOINT_HEADER);
  for (const person of listedPeople(view)) {
    if (!hasPlan(world, person, SHAREPOINT_PLANS)) continue;
    const who = { name: nameInReports(view, person), displayName: '', seed: person.index };
    const last = dayInPeriod(view, person.workload.sharePoint);
    yield row(who, NOT_DELETED, last, productsOf(world, person));
  }
  yield row(leftBehind(view), ['True', deletedDay(view)], '', '');
}

interface Who {
  readonly name: string;
  readonly displayName: string;
  /** From what the counts are drawn. */
  readonly seed: number;
}

const NOT_DELETED: readonly string[] = ['False', ''];

function leftBehind(view: ReportView): Who {
  const { userPrincipalName, displayName } = LEFT_BEHIND;
  return { name: shown(view, userPrincipalName), displayName: shown(view, displayName), seed: 0 };
}

/** Some numbers where there was activity, zeros where there was none. */
function counts(columns: number, last: string, seed: number): readonly string[] {
  return Array.from({ length: columns }, (_, at) =>
    last === '' ? '0' : String(1 + (mix(seed, at, 31) % 90)),
  );
}

/** Audio, video and screen sharing, in ISO 8601 and then in seconds. */
function durations(last: string, seed: number): readonly string[] {
  const seconds = counts(3, last, seed).map((count) => Number(count) * 60);
  return [...seconds.map((each) => `PT${String(each / 60)}M`), ...seconds.map(String)];
}
