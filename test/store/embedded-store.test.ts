import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import { rowNumbersSql } from '../../src/store/embedded-query.js';
import type { Query, Store } from '../../src/store/store.js';
import { StoreDamaged, StoreUnavailable } from '../../src/store/store.js';
import { countingIds } from './ids.js';
import type { CaseDoc } from './store-contract.js';
import { aCase, all } from './store-contract.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steward-store-'));
  file = path.join(folder, 'license-steward.sqlite');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = (): Store => openEmbeddedStore(file, { newId: countingIds('etag'), busyTimeoutMs: 50 });
const event = { id: 'evt-000000', kind: 'event', caseId: 'c1', seq: 0 } as CaseDoc;

/** A file with some hundred documents, closed. */
async function filled(): Promise<void> {
  const store = open();
  for (let n = 0; n < 300; n += 1) await store.create('cases', aCase(`c${n}`, { note: 'x'.repeat(300) }));
  await store.close();
}

describe('the file of the embedded store', () => {
  test('keeps its documents and etags when it is closed and opened again', async () => {
    const first = open();
    const created = await first.create('cases', aCase('c1'));
    await first.close();
    const second = open();

    expect(await second.read('cases', 'c1', 'c1')).toEqual(created);
    await second.close();
  });

  test('can be read and written by its owner only', async () => {
    const store = open();
    await store.create('cases', aCase('c1'));
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(name).mode & 0o077).toBe(0);
    await store.close();
  });

  test('may be open in two places; each sees what the other has written', async () => {
    const [service, steward] = [open(), open()];
    const { etag } = await service.create('cases', aCase('c1'));
    await steward.replace('cases', aCase('c1', { state: 'decided' }), etag);

    expect((await service.read<CaseDoc>('cases', 'c1', 'c1'))?.doc.state).toBe('decided');
    await service.close();
    expect((await steward.read<CaseDoc>('cases', 'c1', 'c1'))?.doc.state).toBe('decided');
    await steward.close();
  });

  test('holds events that no tool can change or remove, and side records that can be removed', async () => {
    const store = open();
    await store.create('cases', event);
    await store.create('cases', { id: 'side-000000', kind: 'side', caseId: 'c1' } as CaseDoc);
    await store.remove('cases', 'c1', 'side-000000');
    const tool = new DatabaseSync(file);

    for (const sql of [
      `UPDATE docs SET body = '{}'`,
      `UPDATE docs SET id = 'x' WHERE "kind" = 'event'`,
      'DELETE FROM docs',
      `INSERT OR REPLACE INTO docs (container, "partition", id, etag, body) VALUES ('cases', 'c1', 'evt-000000', 'e', '{}')`,
    ]) {
      expect(() => tool.exec(sql)).toThrow(/append-only/);
    }
    expect(() => tool.exec(`INSERT INTO docs VALUES (9, 'cases', 'c', 'c', 'e', '{"half":')`)).toThrow(
      /JSON/,
    );
    tool.close();
    expect((await store.read('cases', 'c1', 'evt-000000'))?.doc).toEqual(event);
    expect(await store.read('cases', 'c1', 'side-000000')).toBeUndefined();
    await store.close();
  });

  test.each([
    ['deleted', () => rmSync(file)],
    ['moved away', () => renameSync(file, `${file}.away`)],
    [
      'replaced by another',
      () => {
        copyFileSync(file, `${file}.copy`);
        renameSync(`${file}.copy`, file);
      },
    ],
  ])('is neither read nor written any more when it was %s while open', async (_how, act) => {
    const store = open();
    const { etag } = await store.create('cases', aCase('c1'));
    await store.check();
    act();

    for (const use of [
      () => store.check(),
      () => store.read('cases', 'c1', 'c1'),
      () => store.create('cases', aCase('c2')),
      () => store.replace('cases', aCase('c1', { state: 'decided' }), etag),
      () => store.remove('meta', 'm1', 'm1'),
      () => store.batch('cases', 'c1', [{ kind: 'create', doc: event }]),
      () => all(store, { container: 'cases', where: [] }),
    ]) {
      await expect(use()).rejects.toThrow(StoreUnavailable);
    }
    await expect(store.check()).rejects.toThrow(`${file} was deleted or replaced while it was in use`);
    await store.close();
  });

  test('goes on being used when it comes back under its name', async () => {
    const store = open();
    renameSync(file, `${file}.away`);
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    renameSync(`${file}.away`, file);
    await store.create('cases', aCase('c1'));
    await store.close();
  });

  test('is refused with its name and a remedy when it is no database', () => {
    writeFileSync(file, 'Dear diary, '.repeat(1_000));
    expect(open).toThrow(StoreDamaged);
    expect(open).toThrow(file);
    expect(open).toThrow(/Restore it from a backup/);
    expect(readFileSync(file, 'utf8')).toMatch(/^Dear diary/);
  });

  test('is refused when a part of it is missing', async () => {
    await filled();
    truncateSync(file, statSync(file).size - 8_192);
    expect(open).toThrow(StoreDamaged);
  });

  test('is refused when a page in it was overwritten', async () => {
    await filled();
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 5 * 4_096, 12 * 4_096);
    writeFileSync(file, bytes);
    expect(open).toThrow(StoreDamaged);
  });

  test('is refused and left alone when it belongs to another program', () => {
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE songs (title TEXT)');
    other.close();

    expect(open).toThrow(/another program/);
    const still = new DatabaseSync(file);
    expect(still.prepare('SELECT name FROM sqlite_schema').all()).toHaveLength(1);
    still.close();
  });

  test('is refused when a newer version wrote it', async () => {
    await filled();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();

    expect(open).toThrow(StoreDamaged);
    expect(open).toThrow(/newer License Steward/);
  });

  test('is refused when its table is gone', async () => {
    await open().close();
    const db = new DatabaseSync(file);
    db.exec('DROP TABLE docs');
    db.close();

    expect(open).toThrow(StoreDamaged);
  });

  test('that another process has locked makes the store unavailable for now', async () => {
    const store = open();
    const { etag } = await store.create('cases', aCase('c1'));
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');

    await expect(store.create('cases', aCase('c2'))).rejects.toThrow(StoreUnavailable);
    await expect(store.batch('cases', 'c1', [{ kind: 'replace', doc: aCase('c1'), etag }])).rejects.toThrow(
      /locked/,
    );
    expect((await store.read('cases', 'c1', 'c1'))?.etag).toBe(etag);
    other.exec('ROLLBACK');
    other.close();
    await store.create('cases', aCase('c2'));
    await store.close();
  });

  test('in a folder that does not exist, or that is a folder itself, makes the store unavailable', () => {
    const at = (name: string) => () =>
      openEmbeddedStore(path.join(folder, name), { newId: countingIds('etag') });
    expect(at('nowhere/store.sqlite')).toThrow(StoreUnavailable);
    expect(at('nowhere/store.sqlite')).toThrow(/ENOENT/);
    expect(at('.')).toThrow(StoreUnavailable);
  });

  // root may write everywhere
  (process.getuid?.() === 0 ? test.skip : test)(
    'that may not be written to makes the store unavailable',
    async () => {
      await filled();
      chmodSync(file, 0o400);
      expect(open).toThrow(StoreUnavailable);
    },
  );

  test('cannot be used once it is closed', async () => {
    const store = open();
    await store.close();
    await expect(store.check()).rejects.toThrow(StoreUnavailable);
    await expect(store.create('cases', aCase('c1'))).rejects.toThrow(StoreUnavailable);
    await expect(all(store, { container: 'cases', where: [] })).rejects.toThrow(StoreUnavailable);
  });

  test('finds due rows by their date, not by going through all cases', async () => {
    await open().close();
    const db = new DatabaseSync(file);
    const plan = (query: Omit<Query, 'container'>): readonly unknown[] => {
      const { text, values } = rowNumbersSql({ container: 'cases', ...query });
      return db
        .prepare(`EXPLAIN QUERY PLAN ${text}`)
        .all(...values)
        .map((row) => row['detail']);
    };
    const due = { field: 'dueAt', is: '<=', value: '2026' } as const;
    const ofKind = { field: 'kind', is: '=', value: 'case' } as const;
    const byDate = { field: 'dueAt', direction: 'asc' } as const;

    expect(plan({ where: [ofKind, due], orderBy: byDate })).toEqual([
      'SEARCH docs USING INDEX docs_by_dueAt (container=? AND dueAt>? AND dueAt<?)',
    ]);
    expect(plan({ partition: 'c1', where: [ofKind] })).toContain(
      'SEARCH docs USING INDEX sqlite_autoindex_docs_1 (container=? AND partition=?)',
    );
    db.close();
  });
});

describe('killed with -9 while it writes,', () => {
  test('a process loses nothing that the store had confirmed, and leaves nothing half-written', async () => {
    const confirmed: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      confirmed.push(...(await killedAfter(name, 40)));
      // A copy as a power cut or a backup would find it; opening it recovers the log beside it.
      for (const end of ['', '-wal'])
        copyFileSync(`${file}${end}`, path.join(folder, `copy-${name}.sqlite${end}`));
      for (const found of [file, path.join(folder, `copy-${name}.sqlite`)]) {
        const store = openEmbeddedStore(found, { newId: countingIds('etag') });
        const docs = await all<CaseDoc>(store, { container: 'cases', where: [] });
        await store.close();
        const of = (kind: string): readonly string[] =>
          docs
            .filter((doc) => doc.kind === kind)
            .map(({ caseId }) => caseId)
            .toSorted();
        expect(of('case')).toEqual(expect.arrayContaining(confirmed));
        expect(of('event')).toEqual(of('case'));
        expect(of('side')).toEqual(of('case'));
      }
    }
    expect(confirmed.length).toBeGreaterThanOrEqual(120);
  });

  test('it does not keep others from going on', async () => {
    const store = openEmbeddedStore(file, { newId: countingIds('etag') });
    await killedAfter('a', 20);
    await store.create('cases', aCase('c1'));
    expect((await store.read('cases', 'a-0', 'a-0'))?.doc.kind).toBe('case');
    await store.close();
  });
});

/** What the process had confirmed when it was killed; at least `count` documents. */
async function killedAfter(name: string, count: number): Promise<readonly string[]> {
  const hooks = path.join(__dirname, '../world/run-typescript.mjs');
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--import',
      hooks,
      path.join(__dirname, 'writer-child.ts'),
      file,
      name,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > count) child.kill('SIGKILL');
  });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return output.split('\n').slice(0, -1);
}
