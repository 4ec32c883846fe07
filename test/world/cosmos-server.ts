import type { CosmosFront } from '../contract/cosmos-front.js';
import { startCosmosFront } from '../contract/cosmos-front.js';

/** Any base64 text is taken as the key. */
const TEST_KEY = Buffer.from('a key for tests only').toString('base64');

export interface CosmosServer {
  /** For COSMOS_ENDPOINT and COSMOS_KEY. */
  readonly endpoint: string;
  readonly key: string;
  /** Faults on demand and the requests that were seen. */
  readonly front: CosmosFront;
  close(): Promise<void>;
}

/** A Cosmos DB in memory on a free port of this machine, empty. */
export async function startCosmosServer(): Promise<CosmosServer> {
  const front = await startCosmosFront();
  return { endpoint: front.endpoint, key: TEST_KEY, front, close: () => front.close() };
}
