import { checkKey, checkRemove, checkReplace, encode, encodeBatch } from '../../src/store/document-rules.js';
import {
  AlreadyExists,
  ChangedMeanwhile,
  CONTAINERS,
  QUERY_FIELDS,
  type Container,
  type Doc,
  type Operation,
  type Query,
  type Store,
  type Stored,
} from '../../src/store/store.js';
import { plain, plainDocument } from './plain.js';
import { shelfOf, type Found, type Row, type Shelf } from './shelf.js';

/** One document that was written or removed, as the other side of the store sees it. */
export interface Written {
  readonly container: Container;
  /** undefined: it was not there. */
  readonly before: Doc | undefined;
  /** undefined: it was removed. */
  readonly after: Doc | undefined;
}

/** Rows that processes look for when they are due. */
export type DueKind = 'case' | 'outbox' | 'command';

/** A store in memory, for many quick lives: each of its methods does all of its work at the moment of the call. */
export interface MemoryStore extends Store {
  /** Called after each write, for each of its documents. */
  onWrite: (written: Written) => void;
  /** Looks without a promise. */
  peek<T extends Doc>(container: Container, partition: string, id: string): Stored<T> | undefined;
  /** Looks without a promise: everything of a kind, in the order of its creation. */
  peekKind<T extends Doc>(container: Container, kind: string): readonly T[];
  /** Counts the changes: while it is the same, so is everything here. */
  changes(): number;
  /** When the first row of a kind can be claimed, as an instant; undefined: there is none. */
  nextClaim(kind: DueKind): string | undefined;
  /** Writes a document anew as it is, as somebody else's write would: only its etag changes. */
  touch(container: Container, partition: string, id: string): void;
  /** Decides which rows answer a query; they are fetched afterwards, portion by portion. */
  find<T extends Doc>(query: Query): Found<T>;
}

/** An operation of which everything is known that a store can refuse whatever it holds. */
type Prepared =
  | { readonly kind: 'remove'; readonly id: string; readonly key: string }
  | {
      readonly kind: 'create' | 'replace';
      readonly etag: string | undefined;
      readonly key: string;
      readonly partition: string;
      readonly doc: Doc;
      readonly characters: number;
    };

/**
 * Documents that are given out are shared, not copied: whoever changed one would change the store.
 */
export function memoryStore(): MemoryStore {
  const shelves = Object.fromEntries(
    (Object.keys(CONTAINERS) as Container[]).map((container) => [container, shelfOf(container)]),
  ) as Record<Container, Shelf>;
  let count = 0;
  let changes = 0;
  const newEtag = (): string => `e${(count += 1)}`;

  const peek = <T extends Doc>(
    container: Container,
    partition: string,
    id: string,
  ): Stored<T> | undefined => {
    const row = shelves[container].row(keyOf(partition, id));
    return row && { doc: row.doc as T, etag: row.etag };
  };

  /** @throws before anything is changed */
  function check(shelf: Shelf, operation: Prepared): void {
    if (operation.kind === 'remove') return;
    const { container } = shelf;
    const { id } = operation.doc;
    const row = shelf.row(operation.key);
    if (operation.kind === 'create' && row !== undefined)
      throw new AlreadyExists(`${container}/${id} is there already.`);
    if (operation.kind === 'replace' && row?.etag !== operation.etag)
      throw new ChangedMeanwhile(`${container}/${id} was changed or removed meanwhile.`);
  }

  function remove(shelf: Shelf, key: string): undefined {
    const row = shelf.row(key);
    if (row === undefined) return;
    shelf.remove(row);
    changes += 1;
    store.onWrite({ container: shelf.container, before: row.doc, after: undefined });
  }

  function put(shelf: Shelf, { key, partition, doc, characters }: Exclude<Prepared, { id: string }>): string {
    const known = shelf.row(key);
    const before = known?.doc;
    const row: Row = known ?? {
      number: (count += 1),
      key,
      partition,
      etag: '',
      doc,
      characters,
      claimableAt: undefined,
      isGone: false,
    };
    row.etag = newEtag();
    row.doc = doc;
    row.characters = characters;
    shelf.put(row, before);
    changes += 1;
    store.onWrite({ container: shelf.container, before, after: doc });
    return row.etag;
  }

  function write(container: Container, operation: Exclude<Operation, { kind: 'remove' }>): Stored<Doc> {
    const shelf = shelves[container];
    const kept = keep(shelf, operation);
    check(shelf, kept);
    return { doc: kept.doc, etag: put(shelf, kept) };
  }

  const store: MemoryStore = {
    onWrite: () => {},
    peek,
    peekKind: <T extends Doc>(container: Container, kind: string) =>
      Array.from(shelves[container].ofKind(kind), ({ doc }) => doc as T),
    changes: () => changes,
    nextClaim: (kind) => shelves[kind === 'case' ? 'cases' : 'commands'].nextClaim(kind),
    touch: (container, partition, id) => {
      const row = shelves[container].row(keyOf(partition, id));
      if (row !== undefined) row.etag = newEtag();
    },
    find: <T extends Doc>(query: Query) => shelves[query.container].find<T>(query),
    read: async <T extends Doc>(container: Container, partition: string, id: string) => {
      const found = peek<T>(container, partition, id);
      // What is there has a key that was looked at.
      if (found === undefined) checkKey(container, partition, id);
      return found;
    },
    create: async <T extends Doc>(container: Container, doc: T) =>
      write(container, { kind: 'create', doc }) as Stored<T>,
    replace: async <T extends Doc>(container: Container, doc: T, etag: string) => {
      checkReplace(container, doc);
      return write(container, { kind: 'replace', doc, etag }) as Stored<T>;
    },
    remove: async (container, partition, id, etag) => {
      checkRemove(container, partition, id);
      const key = keyOf(partition, id);
      const row = shelves[container].row(key);
      if (etag !== undefined && row !== undefined && row.etag !== etag)
        throw new ChangedMeanwhile(`${container}/${id} was changed meanwhile.`);
      remove(shelves[container], key);
    },
    batch: async (container, partition, operations) => {
      const shelf = shelves[container];
      const all = operations.map((operation) => prepared(shelf, partition, operation));
      // What is the same document twice, or too much at once, is refused as the real stores do.
      if (all.length > MOST || new Set(all.map(({ key }) => key)).size < all.length)
        encodeBatch(container, partition, operations);
      for (const operation of all) check(shelf, operation);
      return all.map((operation) =>
        operation.kind === 'remove' ? remove(shelf, operation.key) : put(shelf, operation),
      );
    },
    query: async function* <T extends Doc>(query: Query) {
      const found = store.find<T>(query);
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
function keep(
  shelf: Shelf,
  operation: Exclude<Operation, { kind: 'remove' }>,
): Exclude<Prepared, { kind: 'remove' }> {
  const { container } = shelf;
  const { doc } = operation;
  const partition = valueAt(doc, CONTAINERS[container].partitionKey) as string;
  const key = keyOf(partition, doc.id);
  const known = shelf.row(key);
  const size = { characters: known?.characters ?? 0 };
  const copy = plainDocument(doc, known?.doc, size);
  if (known !== undefined && size.characters >= SMALL) {
    size.characters = 0;
    plain(copy, size);
  }
  const isOrdinary =
    size.characters < SMALL &&
    typeof partition === 'string' &&
    isOrdinarilyNamed(copy) &&
    (container !== 'cases' || (copy.kind === 'event') === copy.id.startsWith('evt-'));
  if (!isOrdinary) encode(container, doc);
  else if (known === undefined) checkKey(container, partition, copy.id);
  const etag = operation.kind === 'replace' ? operation.etag : undefined;
  return { kind: operation.kind, etag, key, partition, doc: copy, characters: size.characters };
}

const UNDERSCORE = 95;

const NAMES: ReadonlySet<string> = new Set(QUERY_FIELDS);

function isOrdinarilyNamed(doc: Doc): boolean {
  for (const key in doc) {
    if (key.charCodeAt(0) === UNDERSCORE) return false;
    if (!NAMES.has(key)) continue;
    const value = valueAt(doc, key);
    if (typeof value !== 'string' && typeof value !== 'number') return false;
  }
  return true;
}

function prepared(shelf: Shelf, partition: string, operation: Operation): Prepared {
  const { container } = shelf;
  if (operation.kind === 'remove') {
    checkRemove(container, partition, operation.id);
    return { kind: 'remove', id: operation.id, key: keyOf(partition, operation.id) };
  }
  if (operation.kind === 'replace') checkReplace(container, operation.doc);
  const kept = keep(shelf, operation);
  if (kept.partition !== partition) encodeBatch(container, partition, [operation]);
  return kept;
}

function valueAt(doc: Doc, key: string): unknown {
  return (doc as unknown as Readonly<Record<string, unknown>>)[key];
}

function keyOf(partition: string, id: string): string {
  return `${partition}/${id}`;
}
