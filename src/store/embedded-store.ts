import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EmbeddedFile } from './embedded-file.js';
import { assertSameFile, explained, isConstraint, openEmbeddedFile } from './embedded-file.js';
import type { Sql } from './embedded-query.js';
import { rowNumbersSql, rowsSql } from './embedded-query.js';
import type { Encoded, EncodedOperation } from './document-rules.js';
import { checkKey, checkQuery, checkRemove, checkReplace, encode, encodeBatch } from './document-rules.js';
import type { Container, Doc, Query, Store, Stored } from './store.js';
import { AlreadyExists, ChangedMeanwhile, StoreUnavailable } from './store.js';

/** Rows are read in portions, so that a long list neither blocks the process nor fills its memory. */
const PORTION = 200;

interface Row {
  readonly etag: string;
  readonly body: string;
}

interface Statements {
  readonly read: StatementSync;
  readonly create: StatementSync;
  readonly replace: StatementSync;
  readonly remove: StatementSync;
  readonly removeVersion: StatementSync;
}

/**
 * The store in one SQLite file, for trying out and for one machine. Several processes may open it at once (the
 * service and `steward`); a write is on the disk when its promise resolves.
 * @param options.newId gives a new unique text each time; it becomes an etag
 * @throws StoreDamaged, StoreUnavailable
 */
export function openEmbeddedStore(
  file: string,
  options: { readonly newId: () => string; readonly busyTimeoutMs?: number },
): Store {
  const opened = openEmbeddedFile(file, options.busyTimeoutMs ?? 5_000);
  const { db } = opened;
  const statements = prepareAll(db);
  const write = (container: Container, operation: EncodedOperation, partition: string): string | undefined =>
    applyOperation(statements, options.newId, container, partition, operation);

  return {
    read: async <T extends Doc>(container: Container, partition: string, id: string) => {
      checkKey(container, partition, id);
      return guarded(opened, () => {
        const row = statements.read.get(container, partition, id);
        return row === undefined
          ? undefined
          : stored<T>({ etag: String(row['etag']), body: String(row['body']) });
      });
    },
    create: async <T extends Doc>(container: Container, doc: T) => {
      const encoded = encode(container, doc);
      return guarded(opened, () => {
        const etag = write(container, { kind: 'create', encoded }, encoded.partition);
        return stored<T>({ etag: etag ?? '', body: encoded.body });
      });
    },
    replace: async <T extends Doc>(container: Container, doc: T, etag: string) => {
      checkReplace(container, doc);
      const encoded = encode(container, doc);
      return guarded(opened, () => {
        const next = write(container, { kind: 'replace', encoded, etag }, encoded.partition);
        return stored<T>({ etag: next ?? '', body: encoded.body });
      });
    },
    remove: async (container, partition, id, etag) => {
      checkRemove(container, partition, id);
      guarded(opened, () =>
        etag === undefined
          ? write(container, { kind: 'remove', id }, partition)
          : removeVersion(statements, container, partition, { id, etag }),
      );
    },
    batch: async (container, partition, operations) => {
      const encoded = encodeBatch(container, partition, operations);
      return guarded(opened, () =>
        inTransaction(db, () => encoded.map((operation) => write(container, operation, partition))),
      );
    },
    query: <T extends Doc>(query: Query) => runQuery<T>(opened, query),
    check: async () => {
      guarded(opened, () => statements.read.get('meta', 'check', 'check'));
    },
    close: async () => {
      if (db.isOpen) db.close();
    },
  };
}

function prepareAll(db: DatabaseSync): Statements {
  const key = 'container = ? AND "partition" = ? AND id = ?';
  return {
    read: db.prepare(`SELECT etag, body FROM docs WHERE ${key}`),
    create: db.prepare('INSERT INTO docs (container, "partition", id, etag, body) VALUES (?, ?, ?, ?, ?)'),
    replace: db.prepare(`UPDATE docs SET etag = ?, body = ? WHERE ${key} AND etag = ?`),
    remove: db.prepare(`DELETE FROM docs WHERE ${key}`),
    removeVersion: db.prepare(`DELETE FROM docs WHERE ${key} AND etag = ?`),
  };
}

/** @returns the new etag; undefined for a removal */
function applyOperation(
  { create, replace, remove }: Statements,
  newId: () => string,
  container: Container,
  partition: string,
  operation: EncodedOperation,
): string | undefined {
  if (operation.kind === 'remove') {
    remove.run(container, partition, operation.id);
    return undefined;
  }
  const etag = newId();
  const { id, body }: Encoded = operation.encoded;
  if (operation.kind === 'create') {
    try {
      create.run(container, partition, id, etag, body);
    } catch (error) {
      if (!isConstraint(error)) throw error;
      throw new AlreadyExists(`${container}/${id} is there already.`, { cause: error });
    }
    return etag;
  }
  const { changes } = replace.run(etag, body, container, partition, id, operation.etag);
  if (Number(changes) === 0)
    throw new ChangedMeanwhile(`${container}/${id} was changed or removed meanwhile.`);
  return etag;
}

/** @throws ChangedMeanwhile when another version is there */
function removeVersion(
  { read, removeVersion: statement }: Statements,
  container: Container,
  partition: string,
  { id, etag }: { readonly id: string; readonly etag: string },
): void {
  const { changes } = statement.run(container, partition, id, etag);
  if (Number(changes) === 0 && read.get(container, partition, id) !== undefined)
    throw new ChangedMeanwhile(`${container}/${id} was changed meanwhile.`);
}

function inTransaction<R>(db: DatabaseSync, work: () => R): R {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Looks at the file before every call, which costs microseconds: a worker must not act on what nobody else sees. */
function guarded<R>(opened: EmbeddedFile, work: () => R): R {
  const { db, file } = opened;
  if (!db.isOpen) throw new StoreUnavailable(`${file} was closed.`);
  try {
    assertSameFile(opened);
    return work();
  } catch (error) {
    throw explained(file, error);
  }
}

async function* runQuery<T extends Doc>(opened: EmbeddedFile, query: Query): AsyncGenerator<Stored<T>> {
  checkQuery(query);
  const all = (sql: Sql): ReturnType<StatementSync['all']> =>
    guarded(opened, () => opened.db.prepare(sql.text).all(...sql.values));
  const numbers = all(rowNumbersSql(query)).map((row) => Number(row['number']));
  for (let start = 0; start < numbers.length; start += PORTION) {
    const portion = numbers.slice(start, start + PORTION);
    const rows = new Map(
      all(rowsSql(query, portion)).map((row) => [
        Number(row['number']),
        { etag: String(row['etag']), body: String(row['body']) },
      ]),
    );
    for (const number of portion) {
      const row = rows.get(number);
      if (row !== undefined) yield stored<T>(row);
    }
    // Lets other work in between two portions: SQLite answers synchronously.
    await new Promise(setImmediate);
  }
}

function stored<T extends Doc>({ etag, body }: Row): Stored<T> {
  return { doc: JSON.parse(body) as T, etag };
}
