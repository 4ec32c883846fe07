import { mkdtempSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import type { CosmosServer } from '../world/cosmos-server.js';
import { startCosmosServer } from '../world/cosmos-server.js';
import { countingIds } from './ids.js';

/** Opens the same empty store again for each instance of the service that a test plays. */
export type OpenInstances = (count: number) => Promise<readonly Store[]>;

/** Runs the tests once on each kind of store. */
export function onBothStores(tests: (open: OpenInstances) => void): void {
  const deps = { log: silentLog, newId: randomUUID, wait: async (): Promise<void> => undefined };
  const nextName = countingIds('store');

  describe('on the embedded store', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(path.join(tmpdir(), 'steward-store-'));
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    tests(async (count) => {
      const dataDir = path.join(folder, nextName());
      return times(count, () => openStore({ kind: 'embedded', dataDir }, deps));
    });
  });

  describe('on the Cosmos DB store', () => {
    let server: CosmosServer;
    beforeAll(async () => {
      server = await startCosmosServer();
    });
    afterAll(() => server.close());
    tests(async (count) => {
      const { endpoint, key } = server;
      const database = nextName();
      return times(count, () => openStore({ kind: 'cosmos', endpoint, key, database }, deps));
    });
  });
}

async function times<T>(count: number, make: () => Promise<T>): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: count }, make));
}
