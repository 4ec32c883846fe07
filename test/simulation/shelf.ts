import { INDEXED } from '../../src/store/containers.js';
import { checkQuery } from '../../src/store/document-rules.js';
import type { Condition, Container, Doc, Query, QueryField, Stored } from '../../src/store/store.js';
import { heapOf, type Heap } from './heap.js';

/** One document of the store in memory. */
export interface Row {
  readonly number: number;
  readonly key: string;
  readonly partition: string;
  etag: string;
  doc: Doc;
  /** At most so many characters are in its texts. */
  characters: number;
  /** From when on it can be claimed. */
  claimableAt: string | undefined;
  isGone: boolean;
}

/** What a query found; the documents are fetched afterwards, portion by portion. */
export interface Found<T> {
  readonly size: number;
  /** Those of the rows that are there and fit still. */
  rows(from: number, to: number): readonly Stored<T>[];
}

/** The rows of one container, and where queries find them. */
export interface Shelf {
  readonly container: Container;
  row(key: string): Row | undefined;
  /** Puts a row where queries find it. @param before the document that it had, if it was there already */
  put(row: Row, before: Doc | undefined): void;
  remove(row: Row): void;
  ofKind(kind: string): Iterable<Row>;
  /** When the first row of a kind can be claimed, as an instant; undefined: there is none. */
  nextClaim(kind: string): string | undefined;
  find<T extends Doc>(query: Query): Found<T>;
}

/** Fields by which rows are found; by others they are only filtered. */
const LISTED = [
  'kind',
  'state',
  'dueAt',
  'userId',
  'askedOf',
  'runId',
] as const satisfies readonly QueryField[];

/** The rows that have a field, together and by its value. */
interface List {
  readonly field: QueryField;
  readonly having: Set<Row>;
  readonly byValue: Map<string | number, Set<Row>>;
}

const NONE: ReadonlySet<Row> = new Set();

export function shelfOf(container: Container): Shelf {
  const rows = new Map<string, Row>();
  const indexed: readonly QueryField[] = INDEXED[container];
  const lists = LISTED.filter((field) => indexed.includes(field)).map((field): List => ({
    field,
    having: new Set(),
    byValue: new Map(),
  }));
  const claims = new Map<string, Heap<Claimable>>();
  const byKind = lists.find(({ field }) => field === 'kind');
  return {
    container,
    row: (key) => rows.get(key),
    put: (row, before) => {
      if (before === undefined) rows.set(row.key, row);
      for (const list of lists) move(list, row, before && valueOf(before, list.field));
      const at = claimableAt(row.doc);
      if (at === row.claimableAt) return;
      row.claimableAt = at;
      if (at !== undefined) claimsOf(claims, row.doc.kind).push({ at, row });
    },
    remove: (row) => {
      row.isGone = true;
      rows.delete(row.key);
      for (const list of lists) {
        const value = valueOf(row.doc, list.field);
        if (value !== undefined) leave(list, value, row);
      }
    },
    ofKind: (kind) => byKind?.byValue.get(kind) ?? NONE,
    nextClaim: (kind) => nextOf(claimsOf(claims, kind)),
    find: <T extends Doc>(query: Query): Found<T> => {
      checkQuery(query);
      return foundIn<T>(matching(narrowest(lists, query) ?? rows.values(), query), query);
    },
  };
}

/** A row, and when it could be claimed when it was written. */
interface Claimable {
  readonly at: string;
  readonly row: Row;
}

function claimsOf(claims: Map<string, Heap<Claimable>>, kind: string): Heap<Claimable> {
  const known = claims.get(kind);
  if (known !== undefined) return known;
  const made = heapOf<Claimable>((a, b) => a.at < b.at);
  claims.set(kind, made);
  return made;
}

/** Rows that have changed since they were put into the heap are thrown out on the way. */
function nextOf(claims: Heap<Claimable>): string | undefined {
  for (;;) {
    const first = claims.first();
    if (first === undefined) return undefined;
    if (!first.row.isGone && first.row.claimableAt === first.at) return first.at;
    claims.pop();
  }
}

/** When a row can be claimed; texts of instants are in the order of time. */
export function claimableAt(doc: Doc): string | undefined {
  const { dueAt, lease } = doc as { readonly dueAt?: string; readonly lease?: { readonly until: string } };
  return dueAt !== undefined && lease !== undefined && lease.until > dueAt ? lease.until : dueAt;
}

function valueOf(doc: Doc, field: QueryField): string | number | undefined {
  return (doc as unknown as Readonly<Partial<Record<QueryField, string | number>>>)[field];
}

function move(list: List, row: Row, old: string | number | undefined): void {
  const value = valueOf(row.doc, list.field);
  if (value === old) return;
  if (old !== undefined) leave(list, old, row);
  if (value === undefined) return;
  list.having.add(row);
  const rows = list.byValue.get(value);
  if (rows === undefined) list.byValue.set(value, new Set([row]));
  else rows.add(row);
}

function leave({ having, byValue }: List, value: string | number, row: Row): void {
  having.delete(row);
  const rows = byValue.get(value);
  rows?.delete(row);
  if (rows?.size === 0) byValue.delete(value);
}

/** The shortest list in which everything is that a query can find; undefined: there is no list. */
function narrowest(lists: readonly List[], { where, orderBy }: Query): Iterable<Row> | undefined {
  let least: ReadonlySet<Row> | undefined;
  for (const { field, having, byValue } of lists) {
    for (const condition of where) {
      if (condition.field !== field) continue;
      const rows = condition.is === '=' ? (byValue.get(condition.value) ?? NONE) : having;
      if (least === undefined || rows.size < least.size) least = rows;
    }
    if (orderBy?.field === field && (least === undefined || having.size < least.size)) least = having;
  }
  return least;
}

function matching(rows: Iterable<Row>, query: Query): readonly Row[] {
  const { orderBy, limit } = query;
  const found: Row[] = [];
  for (const row of rows)
    if (fits(row, query) && (orderBy === undefined || valueOf(row.doc, orderBy.field) !== undefined))
      found.push(row);
  const sign = orderBy?.direction === 'desc' ? -1 : 1;
  found.sort((a, b) => {
    const order =
      orderBy === undefined
        ? 0
        : sign * compare(valueOf(a.doc, orderBy.field), valueOf(b.doc, orderBy.field));
    return order === 0 ? a.number - b.number : order;
  });
  return limit === undefined ? found : found.slice(0, limit);
}

function foundIn<T extends Doc>(found: readonly Row[], query: Query): Found<T> {
  return {
    size: found.length,
    rows: (from, to) =>
      found
        .slice(from, to)
        .filter((row) => !row.isGone && fits(row, query))
        .map((row) => ({ doc: row.doc as T, etag: row.etag })),
  };
}

function fits(row: Row, { partition, where }: Query): boolean {
  if (partition !== undefined && row.partition !== partition) return false;
  for (const condition of where) if (!holds(valueOf(row.doc, condition.field), condition)) return false;
  return true;
}

/** Texts compare with texts and numbers with numbers only. */
function holds(value: string | number | undefined, { is, value: wanted }: Condition): boolean {
  if (typeof value !== typeof wanted || value === undefined) return false;
  switch (is) {
    case '=':
      return value === wanted;
    case '<':
      return value < wanted;
    case '<=':
      return value <= wanted;
    case '>':
      return value > wanted;
    case '>=':
      return value >= wanted;
    default:
      return is satisfies never;
  }
}

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (a === undefined || b === undefined || a === b) return 0;
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : 1;
}
