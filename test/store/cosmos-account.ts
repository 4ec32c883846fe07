import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { CosmosClientOptions } from '@azure/cosmos';
import { CosmosClient } from '@azure/cosmos';
import { DefaultAzureCredential } from '@azure/identity';
import { CONTAINER_NAMES } from '../../src/store/containers.js';
import { openCosmosStore } from '../../src/store/cosmos-store.js';
import type { Store } from '../../src/store/store.js';
import { CONTAINERS } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';

/**
 * A real account or emulator to try the store on: COSMOS_TEST_ENDPOINT, COSMOS_TEST_KEY (else Entra) and
 * COSMOS_TEST_DATABASE, whose content is REMOVED before each test.
 * @returns how to open it, emptied; undefined when none is set
 */
export function accountUnderTest(environment: NodeJS.ProcessEnv): (() => Promise<Store>) | undefined {
  const { COSMOS_TEST_ENDPOINT: endpoint, COSMOS_TEST_KEY: key } = environment;
  const database = environment['COSMOS_TEST_DATABASE'] ?? 'license-steward-test';
  if (endpoint === undefined) return undefined;
  if (!database.endsWith('-test'))
    throw new Error('COSMOS_TEST_DATABASE is emptied, so its name must end in -test.');
  const credential = key === undefined ? new DefaultAzureCredential() : undefined;
  return async () => {
    const options = { log: silentLog, newId: randomUUID, wait, pageSize: 60 };
    const store = await openCosmosStore({ ...options, endpoint, key, credential, database });
    await empty(database, {
      endpoint,
      ...(key === undefined ? {} : { key }),
      ...(credential === undefined ? {} : { aadCredentials: credential }),
      connectionPolicy: { enableEndpointDiscovery: endpoint.startsWith('https:') },
    });
    return store;
  };
}

/** Past the store, which never removes events. */
async function empty(database: string, options: CosmosClientOptions): Promise<void> {
  const client = new CosmosClient(options);
  for (const name of CONTAINER_NAMES) {
    const container = client.database(database).container(name);
    const { resources } = await container.items.query<Record<string, string>>('SELECT * FROM c').fetchAll();
    for (const doc of resources) {
      await container.item(doc['id'] ?? '', doc[CONTAINERS[name].partitionKey] ?? '').delete();
    }
  }
  client.dispose();
}
