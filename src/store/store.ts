/**
 * The store as both worlds give it: Cosmos DB (cosmos-store.ts) and SQLite (embedded-store.ts).
 * Documents are JSON with a caller-chosen `id`; every document has an etag that changes with each write;
 * a write under an old etag is refused. Unknown outcomes (lost answers) are resolved inside the store by reading back.
 */

export const CONTAINERS = {
  /** Cases, their events and side records: state and event change in one batch. */
  cases: { partitionKey: 'caseId' },
  /** Audit runs and their findings. */
  runs: { partitionKey: 'runId' },
  /** Conversation references, one per person, and messages that several cases share. */
  refs: { partitionKey: 'id' },
  /** Due rows that are not cases: what an admin or the schedule asked for, and what is to be sent to a person. */
  commands: { partitionKey: 'id' },
  /** Settings, switches, locks, one pointer per person. */
  meta: { partitionKey: 'id' },
} as const;

export type Container = keyof typeof CONTAINERS;

/** ASCII ids without `/ \ ? #`, at most 255 characters. */
export interface Doc {
  readonly id: string;
  readonly kind: string;
}

export interface Stored<T> {
  readonly doc: T;
  readonly etag: string;
}

/** The only properties that may be filtered or sorted by; both stores index them. */
export const QUERY_FIELDS = [
  'kind',
  'state',
  'dueAt',
  'userId',
  'askedOf',
  'runId',
  'caseId',
  'seq',
  'startedAt',
  'scenario',
  'department',
] as const;
export type QueryField = (typeof QUERY_FIELDS)[number];

export interface Condition {
  readonly field: QueryField;
  readonly is: '=' | '<' | '<=' | '>' | '>=';
  readonly value: string | number;
}

export interface Query {
  readonly container: Container;
  /** Partition key value; undefined reads across partitions. */
  readonly partition?: string;
  readonly where: readonly Condition[];
  readonly orderBy?: { readonly field: QueryField; readonly direction: 'asc' | 'desc' };
  readonly limit?: number;
}

export type Operation =
  | { readonly kind: 'create'; readonly doc: Doc }
  | { readonly kind: 'replace'; readonly doc: Doc; readonly etag: string }
  | { readonly kind: 'remove'; readonly id: string };

export interface Store {
  /** undefined when absent. */
  read<T extends Doc>(container: Container, partition: string, id: string): Promise<Stored<T> | undefined>;
  /** @throws AlreadyExists */
  create<T extends Doc>(container: Container, doc: T): Promise<Stored<T>>;
  /** @throws ChangedMeanwhile when the etag is old or the document is gone */
  replace<T extends Doc>(container: Container, doc: T, etag: string): Promise<Stored<T>>;
  /**
   * Removing what is absent is no error.
   * @param etag only this version; without it, whatever is there
   * @throws ChangedMeanwhile when another version is there than `etag` names
   */
  remove(container: Container, partition: string, id: string, etag?: string): Promise<void>;
  /**
   * All or nothing, within one partition; at most 100 operations and 2 MB.
   * @returns the new etags in the order of the operations (undefined for removals)
   * @throws AlreadyExists, ChangedMeanwhile
   */
  batch(
    container: Container,
    partition: string,
    operations: readonly Operation[],
  ): Promise<readonly (string | undefined)[]>;
  query<T extends Doc>(query: Query): AsyncIterable<Stored<T>>;
  /** Throws StoreUnavailable when the store cannot be read now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export class AlreadyExists extends Error {
  override readonly name = 'AlreadyExists';
}

/** Somebody else wrote first (Cosmos 412): read again and decide anew. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

/** The store cannot be used; the message says why and what to do. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The file or documents are damaged or of another version; the message says what to do. */
export class StoreDamaged extends Error {
  override readonly name = 'StoreDamaged';
}
