/** Opens the store as in production, with an identity and over https: `entra-child.ts ENDPOINT DATABASE`. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { openCosmosStore } from '../../src/store/cosmos-store.js';
import { silentLog } from '../../src/telemetry/log.js';

async function tryOut(endpoint: string, database: string): Promise<string> {
  const credential = {
    getToken: async (scope: string | string[]) => {
      process.stderr.write(`${String(scope)}\n`);
      return { token: 'an Entra token', expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
  const options = { log: silentLog, newId: randomUUID, wait, retryDelaysMs: [1] };
  const store = await openCosmosStore({ ...options, endpoint, database, credential });
  await store.create('cases', { id: 'c1', kind: 'case', caseId: 'c1' } as { id: string; kind: string });
  const read = await store.read('cases', 'c1', 'c1');
  await store.close();
  return `read ${read?.doc.kind ?? 'nothing'}`;
}

const [endpoint = '', database = ''] = process.argv.slice(2);
tryOut(endpoint, database).then(
  (result) => console.log(result),
  (error: unknown) => console.log(String(error)),
);
