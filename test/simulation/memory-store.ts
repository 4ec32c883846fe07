import { INDEXED } from '../../src/store/containers.js';
import {
  checkKey,
  checkQuery,
  checkRemove,
  checkReplace,
  encode,
  encodeBatch,
} from '../../src/store/document-rules.js';
import {
  AlreadyExists,
  ChangedMeanwhile,
  CONTAINERS,
  QUERY_FIELDS,
  type Condition,
  type Container,
  type Doc,
  type Operation,
  type Query,
  type QueryField,
  type Store,
  type Stored,
} from '../../src/store/store.js';
import { plain } from './plain.js';

/** One document that was written or removed, as the other side of the store sees it. */
export interface Written {
  readonly container: Container;
  /** undefined: it was not there. */
  readonly before: Doc | undefined;
  /** undefined: it was removed. */
  readonly after: Doc | undefined;
}

/** A store in memory, for many quick lives: each of its methods does all of its work at the moment of the call. */
export interface MemoryStore extends Store {
  /** Called after each write, for each of its documents. */
  onWrite: (written: Written) => void;
  /** Looks without a promise. */
  peek<T extends Doc>(container: Container, partition: string, id: string): Stored<T> | undefined;
  /** Looks without a promise: everything of a kind, in the order of its creation. */
  peekKind<T extends Doc>(container: Container, kind: string): readonly T[];
  /** Rows that have a due date. */
  due(container: 'cases' | 'commands'): Iterable<{ readonly doc: Doc }>;
  /** Writes a document anew as it is, as somebody else's write would: only its etag changes. */
  touch(container: Container, partition: string, id: string): void;
  /** Decides which rows answer a query; they are fetched afterwards, portion by portion. */
  find<T extends Doc>(query: Query): Found<T>;
}

export interface Found<T> {
  readonly size: number;
  /** Those of the rows that are there and fit still. */
  rows(from: number, to: number): readonly Stored<T>[];
}

interface Row {
  readonly number: number;
  readonly id: string;
  readonly partition: string;
  etag: string;
  doc: Doc;
}

interface Shelf {
  readonly container: Container;
  readonly rows: Map<string, Row>;
  /** By field, then by value. */
  readonly byValue: Map<QueryField, Map<string | number, Set<Row>>>;
  /** Everything that has the field. */
  readonly having: Map<QueryField, Set<Row>>;
}

/**
 * Documents that are given out are shared, not copied: whoever changed one would change the store.
 */
export function memoryStore(): MemoryStore {
  const shelves = new Map<Container, Shelf>(
    (Object.keys(CONTAINERS) as Container[]).map((container) => [container, shelf(container)]),
  );
  let count = 0;
  const newEtag = (): string => `e${(count += 1)}`;
  const of = (container: Container): Shelf => shelves.get(container) as Shelf;

  const read = <T extends Doc>(
    container: Container,
    partition: string,
    id: string,
  ): Stored<T> | undefined => {
    const row = of(container).rows.get(keyOf(partition, id));
    return row && { doc: row.doc as T, etag: row.etag };
  };

  /** @throws before anything is changed */
  function check(container: Container, partition: string, operation: Operation): void {
    if (operation.kind === 'remove') return;
    const { id } = operation.doc;
    const row = of(container).rows.get(keyOf(partition, id));
    if (operation.kind === 'create' && row !== undefined)
      throw new AlreadyExists(`${container}/${id} is there already.`);
    if (operation.kind === 'replace' && row?.etag !== operation.etag)
      throw new ChangedMeanwhile(`${container}/${id} was changed or removed meanwhile.`);
  }

  function remove(container: Container, partition: string, id: string): undefined {
    const at = of(container);
    const row = at.rows.get(keyOf(partition, id));
    if (row === undefined) return;
    at.rows.delete(keyOf(partition, id));
    unlist(at, row);
    store.onWrite({ container, before: row.doc, after: undefined });
  }

  function put(container: Container, partition: string, doc: Doc): Row {
    const at = of(container);
    const known = at.rows.get(keyOf(partition, doc.id));
    const before = known?.doc;
    const row = known ?? { number: (count += 1), id: doc.id, partition, etag: '', doc };
    row.etag = newEtag();
    row.doc = doc;
    if (known === undefined) at.rows.set(keyOf(partition, doc.id), row);
    list(at, row, before);
    store.onWrite({ container, before, after: doc });
    return row;
  }

  function write(container: Container, operation: Exclude<Operation, { kind: 'remove' }>): Stored<Doc> {
    const doc = stripped(container, operation.doc);
    const partition = partitionOf(container, doc);
    check(container, partition, { ...operation, doc });
    return { doc, etag: put(container, partition, doc).etag };
  }

  const store: MemoryStore = {
    onWrite: () => {},
    peek: read,
    peekKind: <T extends Doc>(container: Container, kind: string) =>
      [...(of(container).byValue.get('kind')?.get(kind) ?? [])].map(({ doc }) => doc as T),
    due: (container) => of(container).having.get('dueAt') ?? NONE,
    touch: (container, partition, id) => {
      const row = of(container).rows.get(keyOf(partition, id));
      if (row !== undefined) row.etag = newEtag();
    },
    find: <T extends Doc>(query: Query) => find<T>(of(query.container), query),
    read: async <T extends Doc>(container: Container, partition: string, id: string) => {
      checkKey(container, partition, id);
      return read<T>(container, partition, id);
    },
    create: async <T extends Doc>(container: Container, doc: T) =>
      write(container, { kind: 'create', doc }) as Stored<T>,
    replace: async <T extends Doc>(container: Container, doc: T, etag: string) => {
      checkReplace(container, doc);
      return write(container, { kind: 'replace', doc, etag }) as Stored<T>;
    },
    remove: async (container, partition, id, etag) => {
      checkRemove(container, partition, id);
      const row = of(container).rows.get(keyOf(partition, id));
      if (etag !== undefined && row !== undefined && row.etag !== etag)
        throw new ChangedMeanwhile(`${container}/${id} was changed meanwhile.`);
      remove(container, partition, id);
    },
    batch: async (container, partition, operations) => {
      const all = operations.map((operation) => prepared(container, partition, operation));
      // What is the same document twice, or too much at once, is refused as the real stores do.
      if (all.length > MOST || new Set(all.map(idOf)).size < all.length)
        encodeBatch(container, partition, operations);
      for (const operation of all) check(container, partition, operation);
      return all.map((operation) =>
        operation.kind === 'remove'
          ? remove(container, partition, operation.id)
          : put(container, partition, operation.doc).etag,
      );
    },
    query: async function* <T extends Doc>(query: Query) {
      const found = find<T>(of(query.container), query);
      for (let at = 0; at < found.size; at += 1) yield* found.rows(at, at + 1);
    },
    check: async () => {},
    close: async () => {},
  };
  return store;
}

/** Operations in a batch. */
const MOST = 100;
/** So many characters are below the limit in bytes whatever they are. */
const SMALL = 400_000;

/** A document as it is kept. @throws StoreMisuse as the real stores do */
function stripped(container: Container, doc: Doc): Doc {
  const size = { characters: 0 };
  const copy = plain(doc, size) as Doc;
  const isOrdinary =
    size.characters < SMALL &&
    typeof valueAt(copy, CONTAINERS[container].partitionKey) === 'string' &&
    Object.keys(copy).every((key) => key.charCodeAt(0) !== UNDERSCORE) &&
    QUERY_FIELDS.every((field) => isFindable(valueAt(copy, field))) &&
    (container !== 'cases' || (copy.kind === 'event') === copy.id.startsWith('evt-'));
  if (isOrdinary) checkKey(container, partitionOf(container, copy), copy.id);
  else encode(container, doc);
  return copy;
}

const UNDERSCORE = 95;

function isFindable(value: unknown): boolean {
  return value === undefined || typeof value === 'string' || typeof value === 'number';
}

function prepared(container: Container, partition: string, operation: Operation): Operation {
  if (operation.kind === 'remove') {
    checkRemove(container, partition, operation.id);
    return operation;
  }
  if (operation.kind === 'replace') checkReplace(container, operation.doc);
  const doc = stripped(container, operation.doc);
  if (partitionOf(container, doc) !== partition) encodeBatch(container, partition, [operation]);
  return { ...operation, doc };
}

function idOf(operation: Operation): string {
  return operation.kind === 'remove' ? operation.id : operation.doc.id;
}

function partitionOf(container: Container, doc: Doc): string {
  return valueAt(doc, CONTAINERS[container].partitionKey) as string;
}

function valueAt(doc: Doc, key: string): unknown {
  return (doc as unknown as Readonly<Record<string, unknown>>)[key];
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

function keyOf(partition: string, id: string): string {
  return `${partition}/${id}`;
}

function shelf(container: Container): Shelf {
  const indexed: readonly QueryField[] = INDEXED[container];
  const fields = LISTED.filter((field) => indexed.includes(field));
  return {
    container,
    rows: new Map(),
    byValue: new Map(fields.map((field) => [field, new Map()])),
    having: new Map(fields.map((field) => [field, new Set()])),
  };
}

function valueOf(doc: Doc, field: QueryField): string | number | undefined {
  return (doc as unknown as Readonly<Partial<Record<QueryField, string | number>>>)[field];
}

/** Puts a row where queries find it; of one that was there before only what has changed. */
function list({ byValue, having }: Shelf, row: Row, before: Doc | undefined): void {
  for (const [field, values] of byValue) {
    const value = valueOf(row.doc, field);
    const old = before && valueOf(before, field);
    if (value === old) continue;
    if (old !== undefined) leave(values, old, row);
    if (value === undefined) {
      having.get(field)?.delete(row);
      continue;
    }
    having.get(field)?.add(row);
    const rows = values.get(value);
    if (rows === undefined) values.set(value, new Set([row]));
    else rows.add(row);
  }
}

function unlist({ byValue, having }: Shelf, row: Row): void {
  for (const [field, values] of byValue) {
    const value = valueOf(row.doc, field);
    if (value === undefined) continue;
    having.get(field)?.delete(row);
    leave(values, value, row);
  }
}

function leave(values: Map<string | number, Set<Row>>, value: string | number, row: Row): void {
  const rows = values.get(value);
  rows?.delete(row);
  if (rows?.size === 0) values.delete(value);
}

function find<T extends Doc>(at: Shelf, query: Query): Found<T> {
  checkQuery(query);
  const found = matching(at, query);
  return {
    size: found.length,
    rows: (from, to) =>
      found
        .slice(from, to)
        .filter((row) => at.rows.get(keyOf(row.partition, row.id)) === row && fits(row, query))
        .map((row) => ({ doc: row.doc as T, etag: row.etag })),
  };
}

function matching(at: Shelf, query: Query): readonly Row[] {
  const { orderBy, limit } = query;
  const found = [...narrowest(at, query)].filter(
    (row) => fits(row, query) && (orderBy === undefined || valueOf(row.doc, orderBy.field) !== undefined),
  );
  found.sort((a, b) => a.number - b.number);
  if (orderBy !== undefined) {
    const sign = orderBy.direction === 'asc' ? 1 : -1;
    found.sort((a, b) => sign * compare(valueOf(a.doc, orderBy.field), valueOf(b.doc, orderBy.field)));
  }
  return limit === undefined ? found : found.slice(0, limit);
}

function narrowest(at: Shelf, { where, orderBy }: Query): Iterable<Row> {
  const sets = where.flatMap(({ field, is, value }) => {
    const values = at.byValue.get(field);
    if (values === undefined) return [];
    return [(is === '=' ? values.get(value) : at.having.get(field)) ?? NONE];
  });
  const ordered = orderBy === undefined ? undefined : at.having.get(orderBy.field);
  const [first, ...rest] = ordered === undefined ? sets : [...sets, ordered];
  if (first === undefined) return at.rows.values();
  return rest.reduce((least, set) => (set.size < least.size ? set : least), first);
}

const NONE: ReadonlySet<Row> = new Set();

function fits(row: Row, { partition, where }: Query): boolean {
  return (
    (partition === undefined || row.partition === partition) &&
    where.every((condition) => holds(valueOf(row.doc, condition.field), condition))
  );
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
