import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { EMBEDDED_FILE, openStore } from '../../src/store/open-store.js';
import { StoreUnavailable } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { startCosmosServer } from '../world/cosmos-server.js';
import { countingIds } from './ids.js';

const deps = { log: silentLog, newId: countingIds('id'), wait: async (): Promise<void> => undefined };

describe('opening the store', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'steward-store-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('makes the data folder, for its owner only', async () => {
    const dataDir = path.join(folder, 'some', 'data');
    const store = await openStore({ kind: 'embedded', dataDir }, deps);
    await store.check();
    await store.close();

    expect(existsSync(path.join(dataDir, EMBEDDED_FILE))).toBe(true);
    expect(statSync(dataDir).mode & 0o077).toBe(0);
  });

  test('says so when the data folder cannot be made', async () => {
    const dataDir = path.join(folder, 'file');
    writeFileSync(dataDir, '');
    const opening = openStore({ kind: 'embedded', dataDir: path.join(dataDir, 'data') }, deps);
    await expect(opening).rejects.toThrow(StoreUnavailable);
    await expect(opening).rejects.toThrow(/DATA_DIR/);
  });

  test('goes to Cosmos DB when an endpoint is chosen', async () => {
    const server = await startCosmosServer();
    const { endpoint, key } = server;
    const store = await openStore({ kind: 'cosmos', endpoint, key, database: 'steward' }, deps);
    await store.create('meta', { id: 'm', kind: 'switch' });

    expect(server.front.seen.map(({ kind }) => kind)).toEqual(['create']);
    await store.close();
    await server.close();
  });
});
