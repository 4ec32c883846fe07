import { isIndexed } from './containers.js';
import type { Container, Doc, Operation, Query } from './store.js';
import { CONTAINERS, QUERY_FIELDS } from './store.js';

/** Cosmos DB takes 2 MiB per document and per batch; some room is left for what it adds itself. */
const MAX_BYTES = 2_000_000;
const MAX_OPERATIONS = 100;
const MAX_ID = 255;

/** Cosmos DB's own properties, and the stamp by which our store finds its writes again. */
export const RESERVED: readonly string[] = [
  '_rid',
  '_self',
  '_etag',
  '_attachments',
  '_ts',
  '_lsn',
  '_write',
];

/** What a caller may not do on either store: a mistake in the program, not a state of the world. */
export class StoreMisuse extends Error {
  override readonly name = 'StoreMisuse';

  constructor(
    readonly rule: 'id' | 'partition' | 'field' | 'size' | 'batch' | 'query' | 'historyIsAppendOnly',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A document as it is written: checked, without undefined properties. */
export interface Encoded {
  readonly id: string;
  readonly partition: string;
  readonly body: string;
}

export function checkKey(container: Container, partition: string, id: string): void {
  checkId('id', id);
  checkId('partition', partition);
  if (CONTAINERS[container].partitionKey === 'id' && partition !== id) {
    throw new StoreMisuse(
      'partition',
      `In ${container} the partition is the id, but ${partition} is not ${id}.`,
    );
  }
}

/** @throws StoreMisuse when one of the stores could not hold the document */
export function encode(container: Container, doc: Doc): Encoded {
  const partition = partitionOf(container, doc);
  checkKey(container, partition, doc.id);
  if (container === 'cases' && (doc.kind === 'event') !== isEventId(doc.id)) {
    throw new StoreMisuse(
      'id',
      `${doc.id} is of kind ${doc.kind}: events, and only they, have ids that begin with evt-.`,
    );
  }
  const properties: Readonly<Record<string, unknown>> = { ...doc };
  for (const name of RESERVED) {
    if (name in properties)
      throw new StoreMisuse('field', `${container}/${doc.id} uses the reserved property ${name}.`);
  }
  for (const field of QUERY_FIELDS) {
    const value = properties[field];
    if (value !== undefined && typeof value !== 'string' && typeof value !== 'number') {
      throw new StoreMisuse(
        'field',
        `${container}/${doc.id}: ${field} has to be a text or a number to be found by it.`,
      );
    }
  }
  const body = JSON.stringify(doc);
  checkSize(`${container}/${doc.id}`, Buffer.byteLength(body));
  return { id: doc.id, partition, body };
}

/** A replaced event would break its chain; only its side record may go. */
export function checkReplace(container: Container, doc: Doc): void {
  if (container === 'cases' && (doc.kind === 'event' || isEventId(doc.id))) throw appendOnly(doc.id);
}

export function checkRemove(container: Container, partition: string, id: string): void {
  checkKey(container, partition, id);
  if (container === 'cases' && isEventId(id)) throw appendOnly(id);
}

export type EncodedOperation =
  | { readonly kind: 'create'; readonly encoded: Encoded }
  | { readonly kind: 'replace'; readonly encoded: Encoded; readonly etag: string }
  | { readonly kind: 'remove'; readonly id: string };

export function encodeBatch(
  container: Container,
  partition: string,
  operations: readonly Operation[],
): readonly EncodedOperation[] {
  if (operations.length > MAX_OPERATIONS) {
    throw new StoreMisuse('batch', `A batch takes ${MAX_OPERATIONS} operations, not ${operations.length}.`);
  }
  const encoded = operations.map((operation) => encodeOperation(container, partition, operation));
  const ids = new Set(encoded.map(idOf));
  if (ids.size < encoded.length) throw new StoreMisuse('batch', 'A batch names one document twice.');
  checkSize(
    `A batch in ${container}`,
    encoded.reduce((sum, one) => sum + (one.kind === 'remove' ? 0 : Buffer.byteLength(one.encoded.body)), 0),
  );
  return encoded;
}

export function idOf(operation: EncodedOperation): string {
  return operation.kind === 'remove' ? operation.id : operation.encoded.id;
}

/** Both stores refuse what only one of them could answer. */
export function checkQuery({ container, where, orderBy, limit, partition }: Query): void {
  const fields = [
    ...where.map((condition) => condition.field),
    ...(orderBy === undefined ? [] : [orderBy.field]),
  ];
  for (const field of fields) {
    if (!isIndexed(container, field))
      throw new StoreMisuse('query', `${container} has no index for ${field}.`);
  }
  if (limit !== undefined && (!Number.isSafeInteger(limit) || limit < 0)) {
    throw new StoreMisuse('query', `${limit} is no limit.`);
  }
  if (partition !== undefined) checkId('partition', partition);
}

function encodeOperation(container: Container, partition: string, operation: Operation): EncodedOperation {
  if (operation.kind === 'remove') {
    checkRemove(container, partition, operation.id);
    return operation;
  }
  if (operation.kind === 'replace') checkReplace(container, operation.doc);
  const encoded = encode(container, operation.doc);
  if (encoded.partition !== partition) {
    throw new StoreMisuse(
      'partition',
      `${container}/${encoded.id} belongs to another partition than its batch.`,
    );
  }
  return operation.kind === 'create'
    ? { kind: 'create', encoded }
    : { kind: 'replace', encoded, etag: operation.etag };
}

function partitionOf(container: Container, doc: Doc): string {
  const key = CONTAINERS[container].partitionKey;
  const value = new Map<string, unknown>(Object.entries(doc)).get(key);
  if (typeof value !== 'string') throw new StoreMisuse('partition', `${container}/${doc.id} has no ${key}.`);
  return value;
}

function checkId(rule: 'id' | 'partition', value: string): void {
  // Printable ASCII without the characters that Cosmos DB refuses; no blank at an end, which URLs would lose.
  const fits = /^[!-~]([ -~]*[!-~])?$/.test(value) && !/[/\\?#]/.test(value) && value.length <= MAX_ID;
  if (!fits)
    throw new StoreMisuse(rule, `${JSON.stringify(value)} cannot be used as an ${rule} in the store.`);
}

function checkSize(what: string, bytes: number): void {
  if (bytes > MAX_BYTES)
    throw new StoreMisuse('size', `${what} has ${bytes} bytes; the store takes ${MAX_BYTES}.`);
}

function isEventId(id: string): boolean {
  return id.startsWith('evt-');
}

function appendOnly(id: string): StoreMisuse {
  return new StoreMisuse('historyIsAppendOnly', `${id} is history: it is never changed or removed.`);
}
