import { Readable } from 'node:stream';
import { activeUserRows } from './active-user-report.js';
import { emailRows, sharePointRows, teamsRows } from './activity-reports.js';
import { activationRows, appRows } from './app-reports.js';
import { badRequest, GraphRefusal, unknownSegment } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { checkOptions } from './query.js';
import { guidFor } from './random.js';
import { mailboxRows, oneDriveRows, siteRows } from './storage-reports.js';
import type { Download, World } from './world.js';

interface Report {
  readonly rows: (world: World, download: Download) => Iterable<string>;
  /** `periodOrDate`: one day may be asked for in place of a period; `none`: nothing is asked for. */
  readonly parameter: 'periodOrDate' | 'period' | 'none';
}

/** Every usage report that this tenant can write, by its function name in Graph. */
const REPORTS: Readonly<Record<string, Report>> = {
  getOffice365ActiveUserDetail: { rows: activeUserRows, parameter: 'periodOrDate' },
  getEmailActivityUserDetail: { rows: emailRows, parameter: 'periodOrDate' },
  getTeamsUserActivityUserDetail: { rows: teamsRows, parameter: 'periodOrDate' },
  getSharePointActivityUserDetail: { rows: sharePointRows, parameter: 'periodOrDate' },
  getM365AppUserDetail: { rows: appRows, parameter: 'periodOrDate' },
  getOffice365ActivationsUserDetail: { rows: activationRows, parameter: 'none' },
  getMailboxUsageDetail: { rows: mailboxRows, parameter: 'period' },
  getOneDriveUsageAccountDetail: { rows: oneDriveRows, parameter: 'periodOrDate' },
  getSharePointSiteUsageDetail: { rows: siteRows, parameter: 'periodOrDate' },
};

/** The one report here that v1.0 also writes as JSON. */
const WITH_FORMAT = 'getM365AppUserDetail';

const PERIODS: Readonly<Record<string, number>> = { D7: 7, D30: 30, D90: 90, D180: 180 };
const LONGEST_DAYS = 180;
const LINK_LIFE_MS = 5 * 60_000;
const OLDEST_DATE_DAYS = 30;
const CHUNK = 64 * 1024;
const BOM = '\uFEFF';

export const DOWNLOAD_PATH = '/data/download/';

/** `getOffice365ActiveUserDetail(period='D180')` -> its name; undefined when this is no report. */
export function reportName(segment: string): string | undefined {
  const name = /^(\w+)(?:\(.*\))?$/.exec(segment)?.[1];
  return name !== undefined && name in REPORTS ? name : undefined;
}

/** GET /reports/{function}: a redirect to a link that needs no token and soon ends. */
export function getReport(world: World, call: GraphCall): GraphAnswer {
  const segment = call.segments[1] ?? '';
  const report = reportName(segment);
  if (report === undefined) throw unknownSegment(segment);
  checkFormat(report, call);
  const days = daysOf(world, report, segment);
  const secret = guidFor(world.tenant.facts.seed, world.downloads.size, 500).replaceAll('-', '');
  world.downloads.set(secret, { report, days, expiresAt: world.now().getTime() + LINK_LIFE_MS });
  const location = `${world.downloadOrigin()}${DOWNLOAD_PATH}${report}?token=${secret}`;
  return { status: 302, headers: { Location: location }, body: { text: '', type: 'text/plain' } };
}

/** What a download link leads to: the CSV with a byte order mark, made as it is read. */
export function downloadReport(world: World, secret: string): GraphAnswer {
  const download = world.downloads.get(secret);
  if (!download || download.expiresAt < world.now().getTime()) {
    return { status: 403, body: { text: 'The link has expired.', type: 'text/plain' } };
  }
  const rows = REPORTS[download.report]?.rows(world, download) ?? [];
  return { status: 200, body: { stream: Readable.from(chunks(rows)), type: 'application/octet-stream' } };
}

function checkFormat(report: string, call: GraphCall): void {
  checkOptions(call, report === WITH_FORMAT ? ['$format', '$top'] : []);
  const format = call.query.get('$format') ?? 'text/csv';
  if (format !== 'text/csv')
    throw badRequest(`The simulated tenant writes reports as text/csv, not as ${format}.`);
}

function daysOf(world: World, report: string, segment: string): number {
  const parameter = REPORTS[report]?.parameter;
  if (parameter === 'none') {
    if (segment === report || segment === `${report}()`) return LONGEST_DAYS;
    throw unknownSegment(segment);
  }
  const period = /\(period='(\w+)'\)$/.exec(segment)?.[1];
  const days = period === undefined ? undefined : PERIODS[period];
  if (days !== undefined) return days;
  const date = /\(date=(\d{4}-\d{2}-\d{2})\)$/.exec(segment)?.[1];
  const age =
    date === undefined || parameter === 'period'
      ? NaN
      : (world.now().getTime() - Date.parse(date)) / 86_400_000;
  if (age >= 0 && age <= OLDEST_DATE_DAYS) return 1;
  throw new GraphRefusal(
    400,
    'InvalidArgument',
    `Invalid parameter in '${segment}'. The supported periods are D7|D30|D90|D180.`,
  );
}

/** Rows gathered into pieces that are worth sending. */
function* chunks(rows: Iterable<string>): Generator<Buffer> {
  let text = BOM;
  for (const row of rows) {
    text += row;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text, 'utf8');
    text = '';
  }
  if (text !== '') yield Buffer.from(text, 'utf8');
}
