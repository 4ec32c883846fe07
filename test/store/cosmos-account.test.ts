import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { CosmosClient } from '@azure/cosmos';
import { DefaultAzureCredential } from '@azure/identity';
import { beforeAll, describe, jest, test } from '@jest/globals';
import { CONTAINER_NAMES } from '../../src/store/containers.js';
import { openCosmosStore } from '../../src/store/cosmos-store.js';
import { CONTAINERS } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { storeContract } from './store-contract.js';

/**
 * The same promises on a real account or emulator, to be run by hand:
 * COSMOS_TEST_ENDPOINT (and COSMOS_TEST_KEY, else Entra) and COSMOS_TEST_DATABASE, whose content is REMOVED.
 */
const { COSMOS_TEST_ENDPOINT: endpoint, COSMOS_TEST_KEY: key } = process.env;
const database = process.env['COSMOS_TEST_DATABASE'] ?? 'license-steward-test';

if (endpoint === undefined) {
  describe('the Cosmos DB store on a real account', () => {
    test.skip('is tried when COSMOS_TEST_ENDPOINT is set', () => undefined);
  });
} else {
  jest.setTimeout(120_000);
  describe('the Cosmos DB store on a real account', () => {
    const credential = key === undefined ? new DefaultAzureCredential() : undefined;
    beforeAll(() => {
      if (!database.endsWith('-test'))
        throw new Error('COSMOS_TEST_DATABASE is emptied, so its name must end in -test.');
    });
    storeContract(async () => {
      const options = { log: silentLog, newId: randomUUID, wait, pageSize: 60 };
      const store = await openCosmosStore({ ...options, endpoint, key, credential, database });
      await empty(endpoint);
      return store;
    });

    async function empty(url: string): Promise<void> {
      const client = new CosmosClient({
        endpoint: url,
        ...(key === undefined ? {} : { key }),
        ...(credential === undefined ? {} : { aadCredentials: credential }),
        connectionPolicy: { enableEndpointDiscovery: url.startsWith('https:') },
      });
      for (const name of CONTAINER_NAMES) {
        const container = client.database(database).container(name);
        const { resources } = await container.items
          .query<Record<string, string>>('SELECT * FROM c')
          .fetchAll();
        for (const doc of resources) {
          await container.item(doc['id'] ?? '', doc[CONTAINERS[name].partitionKey] ?? '').delete();
        }
      }
      client.dispose();
    }
  });
}
