import { z } from 'zod';
import { unexpectedAnswer } from './classify.js';
import { GraphFailure } from './graph-failure.js';
import type { Operation } from './permissions.js';
import { familyOf } from './throttle-families.js';
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
  /** Rows handed out at a time, where a page of them at once would fill the memory; default a page. */
  readonly atOnce?: number;
  readonly keyOf: (row: Row) => string;
  /** true: the query asked for `$count`, and the rows are checked against it. */
  readonly counted?: boolean;
  /** Told how many rows were announced, before the first page is handed out. */
  readonly onCount?: (count: number) => void;
}

const MAX_RESTARTS = 5;
/** Graph's lists have no empty pages worth speaking of; a chain of them without end is a fault. */
const MAX_IDLE_PAGES = 50;
/** Twenty million rows at the usual page size: no tenant is that big. */
const MAX_PAGES = 20_000;
/** Who leaves during the minutes of a long pass is counted at its start and missing at its end: 1 in 1,000. */
const TOLERATED_SHARE = 1 / 1_000;

interface Page<Row> {
  /** The rows in pieces, each made when it is asked for. */
  readonly pieces: Iterable<readonly Row[]>;
  readonly next: string | undefined;
  readonly count: number | undefined;
}

/**
 * Reads a collection page by page, each row once. Complete or it throws: a next link to another origin, a link that
 * comes back, a page of another shape, or fewer rows than announced.
 *
 * An expired page token restarts the whole listing, up to five times. Pages already handed out are not taken back:
 * rows whose key was handed out before are left out of later pages, so the reader sees one listing without repeats.
 */
export async function* readPages<Row>(wire: Wire, listing: Listing<Row>): AsyncGenerator<readonly Row[]> {
  const handedOut = new Set<string>();
  const pageOf = pageSchema(listing.row);
  for (let restarts = 0; ; restarts += 1) {
    try {
      // In the first pass what was seen is what was handed out: a second set would be much memory for nothing.
      yield* onePass(wire, listing, pageOf, { handedOut, seen: restarts === 0 ? handedOut : new Set() });
      return;
    } catch (error) {
      if (!isExpiredPageToken(error) || restarts === MAX_RESTARTS) throw error;
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
  pageOf: z.ZodType<Page<Row>>,
  { handedOut, seen }: { readonly handedOut: Set<string>; readonly seen: Set<string> },
): AsyncGenerator<readonly Row[]> {
  const { operation } = listing;
  const followed = new Set<string>();
  let announced: number | undefined;
  let idlePages = 0;
  for (let address: string | undefined = listing.path; address !== undefined;) {
    const page: Page<Row> = await readPage(wire, listing, pageOf, address);
    if (followed.size === 0 && listing.counted) {
      announced = requireCount(operation, page.count);
      listing.onCount?.(announced);
    }
    followed.add(address);

    const known = seen.size;
    for (const rows of page.pieces) {
      const fresh = rows.filter((row) => isNew(handedOut, listing.keyOf(row)));
      if (seen !== handedOut) for (const row of rows) seen.add(listing.keyOf(row));
      if (fresh.length > 0) yield fresh;
    }
    idlePages = seen.size === known ? idlePages + 1 : 0;

    address = page.next;
    if (address !== undefined && followed.has(address)) {
      throw unexpectedAnswer(operation, 'the pages go round in a circle: the same next page was named twice');
    }
    if (idlePages >= MAX_IDLE_PAGES || followed.size >= MAX_PAGES) {
      throw unexpectedAnswer(operation, `the pages do not end: ${followed.size} were read`);
    }
  }
  if (announced !== undefined) requireAll(operation, announced, seen.size);
}

function isNew(handedOut: Set<string>, key: string): boolean {
  const before = handedOut.size;
  return handedOut.add(key).size > before;
}

async function readPage<Row>(
  wire: Wire,
  listing: Listing<Row>,
  pageOf: z.ZodType<Page<Row>>,
  address: string,
): Promise<Page<Row>> {
  const answer = await wire.send({
    operation: listing.operation,
    family: familyOf(listing.path),
    method: 'GET',
    address,
    ...(listing.headers ? { headers: listing.headers } : {}),
  });
  return plainPage(listing, answer.json) ?? parseAnswer(listing.operation, pageOf, answer.json);
}

/** The page without a schema for all of it, where its envelope is as usual. */
function plainPage<Row>(listing: Listing<Row>, json: unknown): Page<Row> | undefined {
  if (listing.plainRow === undefined || typeof json !== 'object' || json === null) return undefined;
  const envelope: Readonly<Record<string, unknown>> = { ...json };
  const { value, '@odata.nextLink': next, '@odata.count': count } = envelope;
  const hasNext = typeof next === 'string' && next !== '';
  const hasCount = typeof count === 'number' && Number.isSafeInteger(count) && count >= 0;
  if (!Array.isArray(value) || !(hasNext || isNothing(next)) || !(hasCount || isNothing(count)))
    return undefined;
  return {
    pieces: plainPieces(listing, listing.plainRow, value),
    next: hasNext ? next : undefined,
    count: hasCount ? count : undefined,
  };
}

/** Lets go of each raw row as soon as it is read. */
function* plainPieces<Row>(
  { operation, row, atOnce }: Listing<Row>,
  plainRow: (value: unknown) => Row | undefined,
  raw: unknown[],
): Generator<readonly Row[]> {
  const size = atOnce ?? Math.max(1, raw.length);
  for (let from = 0; from < raw.length; from += size) {
    const to = Math.min(from + size, raw.length);
    const rows: Row[] = [];
    for (let at = from; at < to; at += 1) {
      rows.push(plainRow(raw[at]) ?? parseAnswer(operation, row, raw[at], `value.${at}`));
      raw[at] = undefined;
    }
    yield rows;
  }
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

function pageSchema<Row>(row: z.ZodType<Row>): z.ZodType<Page<Row>> {
  return z
    .object({
      value: z.array(row),
      '@odata.nextLink': z.string().min(1).nullish(),
      '@odata.count': z.number().int().nonnegative().nullish(),
    })
    .transform((page) => ({
      pieces: [page.value],
      next: page['@odata.nextLink'] ?? undefined,
      count: page['@odata.count'] ?? undefined,
    }));
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
