import { closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { INDEXED } from './containers.js';
import { AlreadyExists, QUERY_FIELDS, StoreDamaged, StoreUnavailable } from './store.js';

/** "LSst": marks the file as ours in SQLite's header. */
const APPLICATION_ID = 0x4c537374;
const SCHEMA_VERSION = 1;

/** Up to this size the whole file is checked at every start (well under a second); larger ones as they are read. */
const CHECKED_BYTES = 64 * 1024 * 1024;

/** Primary result codes of SQLite (sqlite.org/rescode.html) that mean something to an operator. */
const BUSY = [5, 6];
const DAMAGED = [1, 11, 26];
const CONSTRAINT = 19;
const OUTSIDE: Readonly<Record<number, string>> = {
  3: 'access is denied',
  8: 'it is read-only',
  10: 'the disk reports an error',
  13: 'the disk is full',
  14: 'it cannot be opened',
};

export interface EmbeddedFile {
  readonly db: DatabaseSync;
  readonly file: string;
  /** Which file stood under that name when it was opened. */
  readonly identity: string;
}

/** Opens the file, or makes it. Only its owner may read it: it holds names and evidence. */
export function openEmbeddedFile(file: string, busyTimeoutMs: number): EmbeddedFile {
  let db: DatabaseSync | undefined;
  try {
    closeSync(openSync(file, 'a', 0o600));
    db = new DatabaseSync(file, { timeout: busyTimeoutMs });
    db.exec('PRAGMA synchronous = FULL');
    if (isNew(db, file)) createSchema(db, file);
    if (statSync(file).size <= CHECKED_BYTES) checkPages(db, file);
    // Readers and one writer beside each other, also from several processes; on one machine only, never on a share.
    db.exec('PRAGMA journal_mode = WAL');
    db.prepare('SELECT number, container, "partition", id, etag, body FROM docs LIMIT 0').all();
    return { db, file, identity: identityOf(file) };
  } catch (error) {
    db?.close();
    throw explained(file, error);
  }
}

/**
 * SQLite goes on writing into a file that was deleted or replaced, and all of it is lost with the process.
 * @throws StoreUnavailable when the name no longer leads to the file that was opened
 */
export function assertSameFile({ file, identity }: EmbeddedFile): void {
  if (identityOf(file) === identity) return;
  throw new StoreUnavailable(
    `${file} was deleted or replaced while it was in use, so nothing more is written. End every License Steward ` +
      'that uses it, put the file back from a backup (or leave it away to begin with an empty store), and start again.',
  );
}

/** Device and inode; as bigint, because Windows has numbers that do not fit. */
function identityOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? 'none' : `${stat.dev}:${stat.ino}`;
}

/** What went wrong with the file, as an error of the store with a remedy. */
export function explained(file: string, error: unknown): unknown {
  if (error instanceof StoreDamaged || error instanceof StoreUnavailable || error instanceof AlreadyExists)
    return error;
  const code = resultCode(error);
  const cause = { cause: error };
  if (code === undefined) {
    // A system error, such as ENOENT or EACCES of the folder.
    const systemCode = property(error, 'code');
    if (typeof systemCode !== 'string') return error;
    return new StoreUnavailable(`${file} cannot be used (${systemCode}).`, cause);
  }
  if (BUSY.includes(code)) {
    const remedy = 'If it stays so, end the other License Steward or SQLite tool that has it open.';
    return new StoreUnavailable(`${file} is locked by another process. ${remedy}`, cause);
  }
  if (DAMAGED.includes(code)) return damaged(file, cause);
  const why = OUTSIDE[code];
  return why === undefined ? error : new StoreUnavailable(`${file} cannot be used: ${why}.`, cause);
}

/** true: a row with that key is there already (or an event that may not be replaced). */
export function isConstraint(error: unknown): boolean {
  return resultCode(error) === CONSTRAINT;
}

function resultCode(error: unknown): number | undefined {
  const extended = property(error, 'errcode');
  return typeof extended === 'number' ? extended & 0xff : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function damaged(file: string, options?: ErrorOptions): StoreDamaged {
  return new StoreDamaged(
    `${file} is damaged or was not written by License Steward. Restore it from a backup, or move it (and the ` +
      'files beside it that end in -wal and -shm) away to begin with an empty store.',
    options,
  );
}

function pragma(db: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}

/** true: nothing is in it yet. @throws StoreDamaged when it belongs to something else */
function isNew(db: DatabaseSync, file: string): boolean {
  const application = pragma(db, 'application_id');
  const version = pragma(db, 'user_version');
  const tables = Number(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()?.['n'] ?? 0);
  if (application === 0 && version === 0 && tables === 0) return true;
  if (application !== APPLICATION_ID) {
    throw new StoreDamaged(
      `${file} is a database of another program. Set DATA_DIR to a folder of License Steward's own.`,
    );
  }
  if (version > SCHEMA_VERSION) {
    throw new StoreDamaged(
      `${file} was written by a newer License Steward (version ${version} of its format; this one knows ` +
        `${SCHEMA_VERSION}). Install the newer version again.`,
    );
  }
  return false;
}

function createSchema(db: DatabaseSync, file: string): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have been faster.
    if (isNew(db, file)) db.exec(SCHEMA);
    db.exec('COMMIT');
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function checkPages(db: DatabaseSync, file: string): void {
  const answer = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (answer !== 'ok') throw damaged(file);
}

const COLUMNS = QUERY_FIELDS.map(
  (field) => `"${field}" ANY GENERATED ALWAYS AS (body ->> '$.${field}') VIRTUAL`,
);

const INDEXES = QUERY_FIELDS.filter((field) => Object.values(INDEXED).flat().includes(field)).map(
  (field) => `CREATE INDEX "docs_by_${field}" ON docs (container, "${field}") WHERE "${field}" IS NOT NULL;`,
);

const REFUSE = `BEGIN SELECT RAISE(ABORT, 'the history is append-only'); END;`;

const SCHEMA = `
  CREATE TABLE docs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    container TEXT NOT NULL,
    "partition" TEXT NOT NULL,
    id TEXT NOT NULL,
    etag TEXT NOT NULL,
    body TEXT NOT NULL CHECK (json_valid(body)),
    ${COLUMNS.join(',\n    ')},
    UNIQUE (container, "partition", id)
  ) STRICT;
  ${INDEXES.join('\n  ')}
  CREATE TRIGGER events_stay BEFORE DELETE ON docs WHEN OLD.container = 'cases' AND OLD."kind" = 'event' ${REFUSE}
  CREATE TRIGGER events_stay_as_they_are BEFORE UPDATE ON docs WHEN OLD.container = 'cases' AND OLD."kind" = 'event' ${REFUSE}
  -- INSERT OR REPLACE removes a row without firing its delete trigger.
  CREATE TRIGGER events_are_not_overwritten BEFORE INSERT ON docs WHEN EXISTS (
    SELECT 1 FROM docs
    WHERE container = 'cases' AND container = NEW.container AND "partition" = NEW."partition" AND id = NEW.id AND "kind" = 'event'
  ) ${REFUSE}
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;
