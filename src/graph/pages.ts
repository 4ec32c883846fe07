import { z } from 'zod';
import { unexpectedAnswer } from './classify.js';
import { GraphFailure } from './graph-failure.js';
import { keySet, type KeySet } from './key-set.js';
import type { Operation } from './permissions.js';
import { familyOf } from './throttle-families.js';
import { arrivingRows } from './arriving-rows.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

/** A collection to be read to its end. */
export interface Listing<Row> {
  readonly operation: Operation;
  readonly path: string;
  /** Repeated with every page; Graph answers a next link without them as an expired page token. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly row: z.ZodType<Row>;
  /** The same reading for usual rows, at a tenth of the cost; undefined leaves the row to `row`. For long listings. */
  readonly plainRow?: (value: unknown) => Row | undefined;
  /**
   * true: rows are handed out while their page arrives, which takes less memory; those of the first page if their count
   * stands before them. Otherwise page by page.
   */
  readonly asTheyArrive?: boolean;
  readonly keyOf: (row: Row) => string;
  /** true: the query asked for `$count`, and the rows are checked against it. */
  readonly counted?: boolean;
  /** Told how many rows were announced, before the first page is handed out; not for rows as they arrive. */
  readonly onCount?: (count: number) => void;
  /** Told the link that follows a page before that is handed out, undefined after the last; not for rows as they arrive. */
  readonly onNext?: (next: string | undefined) => void;
  /** Only the pages from there on are read, after `read` of `total` announced rows. */
  readonly from?: { readonly next: string; readonly total: number; readonly read: number };
}

const MAX_RESTARTS = 5;
/** Graph's lists have no empty pages worth speaking of; a chain of them without end is a fault. */
const MAX_IDLE_PAGES = 50;
/** Twenty million rows at the usual page size: no tenant is that big. */
const MAX_PAGES = 20_000;
/** Who leaves during the minutes of a long pass is counted at its start and missing at its end: 1 in 1,000. */
const TOLERATED_SHARE = 1 / 1_000;

const COUNT = z.number().int().nonnegative();
const COUNTED = z.object({ '@odata.count': COUNT });
const ENVELOPE = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().min(1).nullish(),
  '@odata.count': COUNT.nullish(),
});

/**
 * Reads a collection page by page, each row once. Complete or it throws: a next link to another origin, a link that
 * comes back, a page of another shape, or fewer rows than announced.
 *
 * An expired page token restarts the whole listing, up to five times. Pages already handed out are not taken back:
 * rows whose key was handed out before are left out of later pages, so the reader sees one listing without repeats.
 * What goes on from a place is never restarted: its reader knows what the rows before it were worth.
 */
export async function* readPages<Row>(wire: Wire, listing: Listing<Row>): AsyncGenerator<readonly Row[]> {
  const handedOut = keySet();
  for (let restarts = 0; ; restarts += 1) {
    try {
      // In the first pass what was seen is what was handed out: a second set would be much memory for nothing.
      yield* onePass(wire, listing, { handedOut, seen: restarts === 0 ? handedOut : keySet() });
      return;
    } catch (error) {
      const mayRestart = listing.from === undefined && restarts < MAX_RESTARTS;
      if (!isExpiredPageToken(error) || !mayRestart) throw error;
      wire.log.warn('Page token expired, listing restarts.', {
        operation: listing.operation,
        restarts: restarts + 1,
      });
    }
  }
}

/** All rows of a collection that fits into memory. */
export async function readAll<Row>(wire: Wire, listing: Listing<Row>): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const page of readPages(wire, listing)) rows.push(...page);
  return rows;
}

async function* onePass<Row>(
  wire: Wire,
  listing: Listing<Row>,
  { handedOut, seen }: { readonly handedOut: KeySet; readonly seen: KeySet },
): AsyncGenerator<readonly Row[]> {
  const { operation, from } = listing;
  const followed = new Set<string>();
  let announced = from?.total;
  let idlePages = 0;
  for (let address: string | undefined = from?.next ?? listing.path; address !== undefined;) {
    const page: ArrivingPage<Row> = arrivingPage(wire, listing, address);
    const isFirst = followed.size === 0 && from === undefined;
    const known = seen.size;
    const freshOf = (rows: readonly Row[]): readonly Row[] => {
      if (seen !== handedOut) for (const row of rows) seen.add(listing.keyOf(row));
      return rows.filter((row) => handedOut.add(listing.keyOf(row)));
    };
    const waiting: Row[] = [];
    try {
      for await (const rows of page.rows) {
        if (!mayGoAtOnce(listing, page, isFirst)) {
          waiting.push(...rows);
          continue;
        }
        const fresh = freshOf(rows);
        if (fresh.length > 0) yield fresh;
      }
    } finally {
      page.close();
    }
    const { next, count } = await page.end();
    if (isFirst && listing.counted) {
      announced = requireCount(operation, count);
      listing.onCount?.(announced);
    }
    listing.onNext?.(next);
    // Not before the page is whole: who is noted as handed out has to be.
    const fresh = freshOf(waiting);
    if (fresh.length > 0) yield fresh;
    followed.add(address);
    idlePages = seen.size === known ? idlePages + 1 : 0;

    address = next;
    if (address !== undefined && followed.has(address)) {
      throw unexpectedAnswer(operation, 'the pages go round in a circle: the same next page was named twice');
    }
    if (idlePages >= MAX_IDLE_PAGES || followed.size >= MAX_PAGES) {
      throw unexpectedAnswer(operation, `the pages do not end: ${followed.size} were read`);
    }
  }
  if (announced !== undefined) requireAll(operation, announced, seen.size + (from?.read ?? 0));
}

/** false: the rows wait until their page is whole, or has said how many there are in all. */
function mayGoAtOnce<Row>(listing: Listing<Row>, page: ArrivingPage<Row>, isFirst: boolean): boolean {
  if (listing.asTheyArrive !== true) return false;
  return !isFirst || listing.counted !== true || page.isCounted();
}

interface ArrivingPage<Row> {
  /** A page that breaks off and is read anew repeats its rows. */
  readonly rows: AsyncIterable<readonly Row[]>;
  /** Whether the count stood before the rows that came so far. */
  isCounted(): boolean;
  /** Nobody reads on: a request that is under way ends. */
  close(): void;
  /** What stands around the rows. */
  readonly end: () => Promise<{ readonly next: string | undefined; readonly count: number | undefined }>;
}

/** A raw row is let go as soon as it is read: all rows of a thousand at once would grow old in memory. */
function arrivingPage<Row>(wire: Wire, listing: Listing<Row>, address: string): ArrivingPage<Row> {
  const { operation, headers, row } = listing;
  const plainRow = listing.plainRow ?? (() => undefined);
  const arrivals = arrivingRows((raw, at) => plainRow(raw) ?? new LeftToSchema(raw, at));
  const closing = new AbortController();
  let isCounted = false;
  const answer = wire.send({
    operation,
    family: familyOf(listing.path),
    method: 'GET',
    address,
    ...(headers ? { headers } : {}),
    eachRow: (raw, at, head) => {
      if (at === 0) isCounted = COUNTED.safeParse(head).success;
      arrivals.add(raw, at);
    },
    signal: closing.signal,
  });
  return {
    rows: readRows(arrivals.until(answer), (left) =>
      parseAnswer(operation, row, left.raw, `value.${left.at}`),
    ),
    isCounted: () => isCounted,
    close: () => closing.abort(),
    end: async () => {
      const envelope = parseAnswer(operation, ENVELOPE, (await answer).json);
      return {
        next: envelope['@odata.nextLink'] ?? undefined,
        count: envelope['@odata.count'] ?? undefined,
      };
    },
  };
}

/** A row that `plainRow` does not read. */
class LeftToSchema {
  constructor(
    readonly raw: unknown,
    readonly at: number,
  ) {}
}

async function* readRows<Row>(
  arrivals: AsyncIterable<readonly (Row | LeftToSchema)[]>,
  bySchema: (left: LeftToSchema) => Row,
): AsyncGenerator<readonly Row[]> {
  for await (const rows of arrivals)
    yield rows.map((row) => (row instanceof LeftToSchema ? bySchema(row) : row));
}

/** Graph ignores some queries that it does not support without saying so; the missing count gives it away. */
function requireCount(operation: Operation, count: number | undefined): number {
  if (count === undefined) {
    throw unexpectedAnswer(
      operation,
      'it did not say how many rows there are, so the filter was not honored',
    );
  }
  return count;
}

function requireAll(operation: Operation, announced: number, read: number): void {
  const missing = announced - read;
  if (missing > Math.floor(announced * TOLERATED_SHARE)) {
    throw unexpectedAnswer(
      operation,
      `only ${read} of ${announced} rows came: a partial read is a failed read`,
    );
  }
}

function isExpiredPageToken(error: unknown): boolean {
  return error instanceof GraphFailure && error.details.code === 'Directory_ExpiredPageToken';
}
