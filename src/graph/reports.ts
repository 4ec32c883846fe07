import type { ReportName } from '../audit/reports/names.js';
import { networkFailure, unexpectedAnswer } from './classify.js';
import type { GraphAnswer } from './graph-call.js';
import { beginDownload, type Download } from './download.js';
import { GraphFailure } from './graph-failure.js';
import { foreignOrigin, mayBeDownloaded } from './origin.js';
import { withQuery } from './odata.js';
import { OPERATIONS } from './permissions.js';
import type { Operation } from './permissions.js';
import { retryAfterMs } from './retry-after.js';
import { familyOf } from './throttle-families.js';
import type { Wire } from './wire.js';

const MAX_HOPS = 3;

/** Graph's own name of each report; all but one ask for a period. */
const FUNCTIONS = {
  activeUsers: 'getOffice365ActiveUserDetail',
  email: 'getEmailActivityUserDetail',
  teams: 'getTeamsUserActivityUserDetail',
  sharePoint: 'getSharePointActivityUserDetail',
  apps: 'getM365AppUserDetail',
  activations: 'getOffice365ActivationsUserDetail',
  mailboxes: 'getMailboxUsageDetail',
  oneDrives: 'getOneDriveUsageAccountDetail',
  sites: 'getSharePointSiteUsageDetail',
} as const satisfies Record<ReportName, string>;

/** One report as it is asked for. */
interface Asked {
  readonly operation: Operation;
  readonly path: string;
}

function askedOf(name: ReportName): Asked {
  const call = FUNCTIONS[name];
  const parameter = name === 'activations' ? '' : "(period='D180')";
  const path = `/reports/${call}${parameter}`;
  // The one report that v1.0 also writes as JSON, in pages.
  const asked = name === 'apps' ? withQuery(path, { $format: 'text/csv' }) : path;
  return { operation: `reports.${call}`, path: asked };
}

/**
 * A usage report of 180 days, chunk by chunk, without its byte order mark. Graph answers with the address of a
 * download that carries its own key and is fetched without our token, or, rarely, with the report. The download is
 * begun anew as long as nothing has been handed out; after that a cut is a failure that is `brokenOff`, since chunks
 * cannot be taken back.
 */
export async function* readReport(wire: Wire, name: ReportName): AsyncGenerator<string> {
  const asked = askedOf(name);
  const patience = wire.newPatience();
  for (;;) {
    let begun = false;
    try {
      for await (const chunk of chunksOf(wire, asked)) {
        begun = true;
        yield chunk;
      }
      return;
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      if (begun) throw brokenOff(error.failure);
      const wait = { throttled: false, retryAfterMs: error.retryAfterMs };
      if (!(await patience.again(familyOf(asked.path), wait))) throw error.failure;
      wire.log.warn('Report download is tried again.', {
        operation: asked.operation,
        waitMs: error.retryAfterMs,
      });
    }
  }
}

function brokenOff({ kind, message, details, cause }: GraphFailure): GraphFailure {
  return new GraphFailure(kind, message, { ...details, brokenOff: true }, cause);
}

/** A download that may succeed when it is begun again. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(
    readonly failure: GraphFailure,
    readonly retryAfterMs?: number,
  ) {
    super(failure.message, { cause: failure });
  }
}

async function* chunksOf(wire: Wire, asked: Asked): AsyncGenerator<string> {
  const answer = await wire.send({
    operation: asked.operation,
    family: familyOf(asked.path),
    method: 'GET',
    address: asked.path,
    headers: { 'x-ms-throttle-priority': 'low' },
    alsoAccept: [302],
  });
  if (answer.csv === undefined) {
    yield* textOf(asked, await openDownload(wire, asked, answer));
    return;
  }
  if (answer.csv === '') throw new Interrupted(emptyReport(asked));
  yield answer.csv;
}

function emptyReport(asked: Asked): GraphFailure {
  return networkFailure(asked.operation, undefined, 'the report came empty');
}

async function openDownload(wire: Wire, asked: Asked, answer: GraphAnswer): Promise<Download> {
  let location = answer.headers.get('Location');
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    if (answer.status !== 302 || location === null || !URL.canParse(location)) {
      throw unexpectedAnswer(asked.operation, 'it did not say where to download the report');
    }
    const url = new URL(location);
    if (!mayBeDownloaded(url, wire.base)) throw foreignOrigin(asked.operation, url);
    const download = await downloadOf(asked, url);
    if (download.status < 300 || download.status >= 400) return checked(wire, asked, download);
    download.end();
    location = download.header('Location');
  }
  throw unexpectedAnswer(asked.operation, 'the report download was passed on again and again');
}

/** No header of ours goes along: the address itself is the key, and its host is not Graph. */
async function downloadOf(asked: Asked, url: URL): Promise<Download> {
  try {
    return await beginDownload(url);
  } catch (cause) {
    throw new Interrupted(
      networkFailure(asked.operation, undefined, 'the download could not be begun', cause),
    );
  }
}

function checked(wire: Wire, asked: Asked, download: Download): Download {
  const { status } = download;
  const isPage = /html/i.test(download.header('Content-Type'));
  if (status === 200 && !isPage) return download;
  download.end();
  if (status === 200) throw unexpectedAnswer(asked.operation, 'a web page came instead of the report');
  const failure = new GraphFailure(
    status === 429 ? 'throttled' : status >= 500 ? 'serverError' : 'unexpectedAnswer',
    `When asked to ${OPERATIONS[asked.operation].does}, the download failed (${status}), after every retry allowed. Try again later.`,
    { operation: asked.operation, status },
  );
  // Also 403 and 404: a download address lives for minutes only, and asking Graph again gives a new one.
  throw new Interrupted(failure, retryAfterMs(download.header('Retry-After'), wire.clock.now()));
}

async function* textOf(asked: Asked, download: Download): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let received = 0;
  try {
    for await (const bytes of download.body) {
      received += bytes.byteLength;
      const text = decoder.decode(bytes, { stream: true });
      if (text !== '') yield text;
    }
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (cause) {
    throw new Interrupted(networkFailure(asked.operation, undefined, 'the download was cut off', cause));
  }
  if (received === 0) throw new Interrupted(emptyReport(asked));
}
