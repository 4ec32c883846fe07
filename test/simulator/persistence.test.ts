import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { effectsOf } from '../../src/simulator/changes.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { SKU } from '../../src/simulator/products.js';
import { startSimulator } from '../../src/simulator/server.js';
import { TenantFileError } from '../../src/simulator/tenant-files.js';
import { SIMULATOR_TOKEN } from '../../src/simulator/token.js';
import { opened, reportRows, START, testClock } from './opened.js';
import type { Opened } from './opened.js';

const ID = NAMED.plainInactive.id;
const REMOVE = { addLicenses: [], removeLicenses: [SKU.E5.skuId] };
const root = path.join(__dirname, '..', '..');

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'simulated-tenant-'));
});
afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

const changesFile = () => path.join(dataDir, 'tenant-changes.jsonl');

async function licenses(simulator: Opened): Promise<unknown> {
  return (await simulator.get(`/v1.0/users/${ID}?$select=assignedLicenses`)).json['assignedLicenses'];
}

async function people(simulator: Opened): Promise<string> {
  return JSON.stringify(
    (await simulator.get('/v1.0/users?$top=999&$select=id,displayName,createdDateTime')).json.value,
  );
}

describe('a tenant in a data directory', () => {
  test('is the same at the second start, with everything that was changed, whatever seed is asked for then', async () => {
    const first = await opened({ dataDir, people: 80 });
    const before = await people(first);
    await first.send('POST', `/v1.0/users/${ID}/assignLicense`, REMOVE);
    await first.send('PATCH', '/v1.0/admin/reportSettings', { displayConcealedNames: true });
    await first.close();

    const second = await opened({
      dataDir,
      seed: 99,
      people: 500,
      clock: testClock(new Date('2026-12-24T10:00:00Z')),
    });
    expect(await people(second)).toBe(before);
    expect(second.tenant.facts).toMatchObject({ seed: 7, people: 80, createdAt: START });
    expect(await licenses(second)).toEqual([]);
    expect((await second.get('/v1.0/admin/reportSettings')).json['displayConcealedNames']).toBe(true);
  });

  test('keeps its accounts without a license, and one from before there were any has none', async () => {
    const first = await opened({ dataDir, people: 80, unlicensed: 7, dormantGuests: 5 });
    const before = await people(first);
    await first.close();
    const second = await opened({ dataDir, unlicensed: 90 });
    expect(await people(second)).toBe(before);
    expect(second.tenant.size).toBe(92);
    await second.close();
    writeFileSync(
      path.join(dataDir, 'tenant.json'),
      '{"version":1,"seed":7,"people":80,"createdAt":"2026-11-23T10:00:00.000Z"}',
    );
    expect((await opened({ dataDir, unlicensed: 90 })).tenant.size).toBe(80);
  });

  test('goes on waiting to show names in reports after a restart', async () => {
    const clock = testClock();
    const options = { dataDir, clock, concealNames: true, concealDelayMs: 60_000 };
    const isReadable = async (simulator: Opened) =>
      (await reportRows(simulator, 'getOffice365ActivationsUserDetail')).some(
        (row) => row['Display Name'] === NAMED.visioUser.name,
      );
    const first = await opened(options);
    await first.send('PATCH', '/v1.0/admin/reportSettings', { displayConcealedNames: false });
    await first.close();
    const second = await opened(options);
    expect(await isReadable(second)).toBe(false);
    clock.advance(60_000);
    expect(await isReadable(second)).toBe(true);
  });

  test('goes on waiting for a license change that was accepted before the restart', async () => {
    const clock = testClock();
    const first = await opened({ dataDir, clock, licenseDelayMs: 60_000 });
    await first.send('POST', `/v1.0/users/${ID}/assignLicense`, REMOVE);
    await first.close();
    const second = await opened({ dataDir, clock, licenseDelayMs: 60_000 });
    expect(await licenses(second)).toHaveLength(1);
    clock.advance(60_000);
    expect(await licenses(second)).toEqual([]);
  });

  test('forgets a last line that was torn off, and writes on behind the whole ones', async () => {
    const first = await opened({ dataDir });
    await first.send('POST', `/v1.0/users/${ID}/assignLicense`, REMOVE);
    await first.close();
    const whole = readFileSync(changesFile(), 'utf8');
    appendFileSync(changesFile(), whole.slice(0, whole.length / 2));

    const second = await opened({ dataDir });
    expect(effectsOf(second.tenant.book)).toHaveLength(1);
    await second.send('POST', `/v1.0/users/${ID}/assignLicense`, {
      addLicenses: [{ skuId: SKU.VISIO.skuId, disabledPlans: [] }],
      removeLicenses: [],
    });
    await second.close();
    const third = await opened({ dataDir });
    expect(effectsOf(third.tenant.book)).toHaveLength(2);
  });

  test.each<[string, string, string]>([
    ['tenant-changes.jsonl', '{"kind":"licenses"\n{"kind":"deleted","at":1}\n', 'line 1'],
    ['tenant-changes.jsonl', '{"at":1}\n', 'line 1'],
    ['tenant.json', '{"version":1,"seed":7', 'tenant.json'],
    [
      'tenant.json',
      '{"version":99,"seed":7,"people":80,"createdAt":"2026-11-23T10:00:00.000Z"}',
      'tenant.json',
    ],
  ])('that is damaged in %s (%s) is refused with the file and the remedy', async (file, content, where) => {
    writeFileSync(path.join(dataDir, file), content);
    const start = startSimulator({ seed: 7, people: 80, now: () => START, dataDir });
    const error: unknown = await start.then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(TenantFileError);
    const message = error instanceof TenantFileError ? error.message : '';
    expect(message).toContain(dataDir);
    expect(message).toContain(where);
    expect(message).toContain('--fresh');
  });

  test('keeps every change it has answered for, when it is killed at any moment', async () => {
    const people = [
      NAMED.plainInactive,
      NAMED.itManager,
      NAMED.operationsHead,
      NAMED.servicesHead,
      NAMED.hrPartner,
    ];
    const answered: string[] = [];
    for (const [round, { id }] of people.entries()) {
      const child = await startProcess(dataDir);
      const change = fetch(`${child.url}/v1.0/users/${id}/assignLicense`, {
        method: 'POST',
        headers: { authorization: `Bearer ${SIMULATOR_TOKEN}`, 'content-type': 'application/json' },
        body: JSON.stringify(REMOVE),
      }).then(
        (answer) => answer.status === 200 && answered.push(id),
        () => undefined,
      );
      if (round % 2 === 0) await change;
      await child.kill();
      await change;
    }
    const survivor = await opened({ dataDir });
    const effects = effectsOf(survivor.tenant.book).map((effect) => effect.userId);
    expect(answered.length).toBeGreaterThanOrEqual(3);
    expect(effects).toEqual(expect.arrayContaining(answered));
    expect(new Set(effects).size).toBe(effects.length);
  });
});

describe('a simulated tenant starts', () => {
  test('on a loopback host only', async () => {
    await expect(startSimulator({ seed: 1, people: 10, now: () => START, host: '0.0.0.0' })).rejects.toThrow(
      'The simulated tenant runs on a loopback host only, not on 0.0.0.0.',
    );
  });

  test.each([9, 500_001, 10.5])('not with %s people', async (count) => {
    await expect(startSimulator({ seed: 1, people: count, now: () => START })).rejects.toThrow(RangeError);
  });

  test('not on a port that is taken', async () => {
    const first = await opened();
    const port = Number(new URL(first.url).port);
    await expect(startSimulator({ seed: 1, people: 10, now: () => START, port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

async function startProcess(data: string): Promise<{ readonly url: string; kill(): Promise<void> }> {
  const loader = path.join(root, 'test/world/run-typescript.mjs');
  const program = path.join(root, 'src/cli/simulator.ts');
  const args = ['--import', loader, program, '--data', data, '--people', '60', '--seed', '7'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /listening on (\S+)/.exec(line.toString())?.[1] ?? '';
  return {
    url,
    async kill() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
