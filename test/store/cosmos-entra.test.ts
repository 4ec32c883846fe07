import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CONTAINER_NAMES, containerPlan } from '../../src/store/containers.js';
import type { CosmosFront } from '../contract/cosmos-front.js';
import { startCosmosFront } from '../contract/cosmos-front.js';

const run = promisify(execFile);

/** In a process of its own: only there can an expired certificate be accepted. */
async function openWithIdentity(
  endpoint: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const hooks = path.join(__dirname, '../world/run-typescript.mjs');
  const child = path.join(__dirname, 'entra-child.ts');
  const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' };
  return run(process.execPath, ['--import', hooks, child, endpoint, 'steward'], { env });
}

describe('the Cosmos DB store with the identity of the service', () => {
  let front: CosmosFront;
  beforeEach(async () => {
    front = await startCosmosFront('https');
  });
  afterEach(() => front.close());

  test('creates nothing: where the database is missing it names infra/', async () => {
    const { stdout } = await openWithIdentity(front.endpoint);
    expect(stdout).toMatch(/^StoreUnavailable: .*created by infra\//);
    expect(front.administration.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  test('says which role is missing when access is refused', async () => {
    front.fault('other', 'forbidden', 9);
    const { stdout } = await openWithIdentity(front.endpoint);
    expect(stdout).toMatch(/^StoreUnavailable: .*"Cosmos DB Built-in Data Contributor"/);
  });

  test('reads and writes where infra/ has made the containers', async () => {
    await deploy(front);
    const { stdout, stderr } = await openWithIdentity(front.endpoint);

    expect(stdout).toBe('read case\n');
    expect(stderr).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/\.default/);
    expect(front.seen[0]?.headers.authorization).toBe('type=aad&ver=1.0&sig=an Entra token');
  });

  test('refuses containers with another partition key', async () => {
    await deploy(front, '/somethingElse');
    expect((await openWithIdentity(front.endpoint)).stdout).toMatch(
      /^StoreDamaged: .*partition key \/somethingElse/,
    );
  });
});

/** What infra/ does, in the server behind. */
async function deploy(front: CosmosFront, casesKey?: string): Promise<void> {
  await front.administer('POST', '/dbs', { id: 'steward' });
  for (const name of CONTAINER_NAMES) {
    const plan = containerPlan(name);
    const partitionKey =
      name === 'cases' && casesKey !== undefined ? { paths: [casesKey] } : plan.partitionKey;
    await front.administer('POST', '/dbs/steward/colls', { ...plan, partitionKey });
  }
}
