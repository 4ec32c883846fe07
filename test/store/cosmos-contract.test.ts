import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { silentLog } from '../../src/telemetry/log.js';
import { openCosmosStore } from '../../src/store/cosmos-store.js';
import type { CosmosServer } from '../world/cosmos-server.js';
import { startCosmosServer } from '../world/cosmos-server.js';
import { accountUnderTest } from './cosmos-account.js';
import { countingIds } from './ids.js';
import { storeContract } from './store-contract.js';

describe('the Cosmos DB store on the test server', () => {
  let server: CosmosServer;
  beforeAll(async () => {
    server = await startCosmosServer();
  });
  afterAll(async () => {
    await server.close();
  });

  const nextDatabase = countingIds('db');
  storeContract(() =>
    openCosmosStore({
      endpoint: server.endpoint,
      key: server.key,
      database: nextDatabase(),
      log: silentLog,
      newId: randomUUID,
      wait,
      retryDelaysMs: [1, 1, 1],
      // Small pages, so that every longer query takes several.
      pageSize: 60,
    }),
  );
});

const openAccount = accountUnderTest(process.env);
if (openAccount !== undefined) {
  jest.setTimeout(120_000);
  describe('the Cosmos DB store on the account of COSMOS_TEST_ENDPOINT', () => {
    storeContract(openAccount);
  });
}
