import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe } from '@jest/globals';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import { countingIds } from './ids.js';
import { storeContract } from './store-contract.js';

const folder = mkdtempSync(path.join(tmpdir(), 'steward-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the embedded store', () => {
  const nextFile = countingIds('store');
  storeContract(async () =>
    openEmbeddedStore(path.join(folder, `${nextFile()}.sqlite`), { newId: countingIds('etag') }),
  );
});
