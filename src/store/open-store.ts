import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { StoreChoice } from '../config/settings.js';
import type { CosmosOptions } from './cosmos-link.js';
import { openEmbeddedStore } from './embedded-store.js';
import type { Store } from './store.js';
import { StoreUnavailable } from './store.js';

/** Everything but where the store is. `credential` is needed for Cosmos DB without a key. */
export type StoreDeps = Pick<CosmosOptions, 'log' | 'newId' | 'wait' | 'credential' | 'onCharge'>;

export const EMBEDDED_FILE = 'license-steward.sqlite';

/** @throws StoreUnavailable, StoreDamaged */
export async function openStore(choice: StoreChoice, deps: StoreDeps): Promise<Store> {
  if (choice.kind === 'cosmos') {
    // Loaded only where it is used: the SDK costs a fifth of a second and 40 MB.
    const { openCosmosStore } = await import('./cosmos-store.js');
    return openCosmosStore({
      ...deps,
      endpoint: choice.endpoint,
      database: choice.database,
      key: choice.key,
    });
  }
  makeDataDir(choice.dataDir);
  return openEmbeddedStore(path.join(choice.dataDir, EMBEDDED_FILE), { newId: deps.newId });
}

/** @throws StoreUnavailable */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StoreUnavailable(
      `The folder ${dataDir} cannot be made. Set DATA_DIR to one that this user may write to.`,
      { cause },
    );
  }
}
