import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aFolder, NOTHING_SET, steward, type Folder } from '../cli/at-the-terminal.js';
import { endOf, eventually, freePort, run, type Ended } from '../world/try-out-process.js';

jest.setTimeout(60_000);

let folder: Folder;
beforeEach(() => {
  folder = aFolder();
});
afterEach(() => folder.remove());

const data = (): string => folder.at('data');
const at = (args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  steward(args, { DATA_DIR: data(), ...more });

/** Said to a person: with an exit code, without a stack, and nothing on stdout that could pass for an answer. */
function expectRefusal(ended: Ended, code: number, ...said: readonly string[]): void {
  for (const part of said) expect(ended.err).toContain(part);
  expect({ code: ended.code, out: ended.out }).toEqual({ code, out: '' });
  expect(ended.err).not.toMatch(/^ +at /m);
}

/** Names and bytes of a folder. */
function contents(path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [
        `${parentPath}/${name}`,
        readFileSync(`${parentPath}/${name}`, 'latin1'),
      ]),
  );
}

describe('the switch of the campaign', () => {
  it.each([
    ['no YAML', 'mode: [act\n  x: {'],
    ['incomplete', 'mode: act\n'],
    ['missing', undefined],
  ])('is turned while the policy file is %s', async (_how, text) => {
    const file = folder.at('policy.yaml');
    if (text !== undefined) writeFileSync(file, text);
    for (const [command, said] of [
      ['pause', 'Paused: '],
      ['resume', 'Running: '],
      ['stop', 'Stopped: '],
    ] as const) {
      const ended = await at([command], { POLICY_FILE: file });
      expect(ended).toMatchObject({ code: 0, out: expect.stringContaining(said) });
    }
  });

  it('is turned without a tenant: neither is one made, nor does a damaged one matter', async () => {
    expect((await at(['pause'])).code).toBe(0);
    expect(readdirSync(data())).not.toContain('tenant.json');
    writeFileSync(folder.at('data', 'tenant.json'), '{ "seed": 1');
    expect((await at(['stop'])).code).toBe(0);
  });

  it('is not turned under settings that name no store', async () => {
    const ended = await at(['stop'], { COSMOS_ENDPOINT: 'AccountEndpoint=x' });
    expectRefusal(ended, 2, 'COSMOS_ENDPOINT');
  });
});

describe('a policy that is wrong', () => {
  async function under(text: string): Promise<Ended> {
    writeFileSync(folder.at('policy.yaml'), text);
    return at(['audit', '--out', folder.at('out')], { POLICY_FILE: folder.at('policy.yaml') });
  }

  it('has all its errors said at once, each with key, value and remedy', async () => {
    const ended = await under(
      'mode: acting\ninactivity: { days: 200, dayz: 1 }\nprices: [{ sku: A, amount: -3, currency: usd }]\nbar: 3\n',
    );
    expectRefusal(
      ended,
      2,
      `Policy ${folder.at('policy.yaml')}:`,
      'observe',
      '180',
      'dayz',
      'bar',
      'prices[0].frequency is missing',
    );
    expect(ended.err.match(/^ {2}- /gm)?.length).toBeGreaterThanOrEqual(6);
    expect(readdirSync(folder.path)).not.toContain('out');
  });

  it.each([
    ['no YAML', 'mode: [act\n  x: {'],
    ['the same key twice', 'mode: act\nmode: observe\n'],
    ['a list', '- mode\n- act\n'],
    ['bytes of no text', '\u0000\u0001\u0002'],
  ])('is refused: %s', async (_what, text) => {
    expectRefusal(await under(text), 2, `Policy ${folder.at('policy.yaml')}:\n  - `);
  });

  it('or not there, or a folder, is told by its path', async () => {
    const absent = await at(['cases'], { POLICY_FILE: folder.at('nowhere.yaml') });
    const aDirectory = await at(['cases'], { POLICY_FILE: folder.path });
    expectRefusal(absent, 2, `POLICY_FILE is ${folder.at('nowhere.yaml')}, but there is no such file`);
    expectRefusal(aDirectory, 2, folder.path, 'is a folder');
  });
});

describe('settings that are wrong', () => {
  it('are all said at once, and secrets among them are not repeated', async () => {
    const ended = await at(['cases'], {
      PORT: '99999',
      GRAPH_BASE_URL: 'graph',
      COSMOS_ENDPOINT: 'https://x.documents.azure.com;AccountKey=abcSECRETdef',
      LOG_LEVEL: 'loud',
    });
    expectRefusal(ended, 2, 'PORT is 99999', 'GRAPH_BASE_URL is graph', 'LOG_LEVEL is loud');
    expect(ended.err).not.toContain('abcSECRETdef');
  });

  it('keep the service from starting without a bot before a real tenant', async () => {
    const ended = await endOf(run(['dist/index.js'], { ...NOTHING_SET, DATA_DIR: data() }));
    expectRefusal(ended, 2, 'BOT_ID is missing and GRAPH_BASE_URL is https://graph.microsoft.com');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('name the environment file that is missing', async () => {
    expectRefusal(await at(['cases', '--env', 'nowhere']), 2, '.env.nowhere');
  });
});

describe('a port in use', () => {
  it('ends the service with what to do, and leaves the store for the next one', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const port = String((other.address() as AddressInfo).port);
    const environment = {
      ...NOTHING_SET,
      DATA_DIR: data(),
      GRAPH_BASE_URL: 'http://127.0.0.1:1',
      PORT: port,
    };
    const ended = await endOf(run(['dist/index.js'], { ...environment, LOG_LEVEL: 'silent' }));
    await new Promise((resolve) => other.close(resolve));
    expectRefusal(
      ended,
      2,
      `The port ${port} is in use: end the other program, or choose another with PORT.`,
    );
    expect((await at(['cases'])).code).toBe(0);
  });
});

describe('a Graph that takes requests and never answers', () => {
  it('does not keep a service that is told twice to end, and the store is whole', async () => {
    const asked: Socket[] = [];
    const silent = createServer((socket) => asked.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const graph = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const port = String(await freePort());
    const environment = { ...NOTHING_SET, DATA_DIR: data(), GRAPH_BASE_URL: graph, PORT: port };
    const child = run(['dist/index.js'], { ...environment, LOG_LEVEL: 'warn' });
    const ended = endOf(child);
    await eventually('The first request', () => asked[0]);
    child.kill('SIGTERM');
    await eventually('The end of listening', async () =>
      (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined)) ? undefined : true,
    );
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({
      code: 0,
      err: expect.stringContaining('Work in hand was broken off'),
    });
    for (const socket of asked) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
    expect((await at(['verify-history'])).out).toContain('all intact');
  });
});

describe('a store that cannot be used', () => {
  const file = (): string => folder.at('data', 'license-steward.sqlite');
  beforeEach(() => mkdirSync(data()));

  /** Refused by reading and changing commands alike; what lies there stays as it is. */
  async function expectUntouched(code: number, ...said: readonly string[]): Promise<void> {
    const before = contents(data());
    expectRefusal(await at(['cases']), code, ...said);
    expectRefusal(await at(['approve', '--now']), code, ...said);
    const after = contents(data());
    for (const [name, bytes] of Object.entries(before)) expect(after[name] === bytes).toBe(true);
  }

  it('because it is damaged', async () => {
    await at(['pause']);
    truncateSync(file(), 20_000);
    await expectUntouched(1, `Store: ${file()} is damaged`, 'Restore it from a backup, or move it');
  });

  it('because it is no database at all', async () => {
    writeFileSync(file(), 'Dear diary, '.repeat(1_000));
    await expectUntouched(1, 'is damaged or was not written by License Steward');
  });

  it('because it is the database of another program', async () => {
    const db = new DatabaseSync(file());
    db.exec('CREATE TABLE recipes (name TEXT)');
    db.close();
    await expectUntouched(1, 'is a database of another program', 'Set DATA_DIR to a folder');
  });

  it('because a newer version wrote it', async () => {
    await at(['pause']);
    const db = new DatabaseSync(file());
    db.exec('PRAGMA user_version = 99');
    db.close();
    await expectUntouched(1, 'was written by a newer License Steward', 'Install the newer version again');
  });

  it('because a folder is in its place', async () => {
    mkdirSync(file());
    await expectUntouched(1, `${file()} cannot be used (EISDIR)`);
  });

  it('because another program holds it', async () => {
    await at(['pause']);
    const db = new DatabaseSync(file());
    db.exec('BEGIN EXCLUSIVE');
    const ended = await at(['resume']);
    db.exec('ROLLBACK');
    db.close();
    expectRefusal(ended, 1, 'is locked by another process', 'end the other License Steward');
    expect((await at(['resume'])).code).toBe(0);
  });

  (process.getuid?.() === 0 ? it.skip : it)('because its folder may not be written to', async () => {
    chmodSync(data(), 0o500);
    expectRefusal(await at(['cases']), 1, data());
    chmodSync(data(), 0o700);
    expect(readdirSync(data())).toEqual([]);
  });

  it('because DATA_DIR is a file', async () => {
    writeFileSync(folder.at('file'), 'mine');
    const ended = await at(['cases'], { DATA_DIR: folder.at('file') });
    expectRefusal(ended, 1, `The folder ${folder.at('file')} cannot be made. Set DATA_DIR`);
    expect(readFileSync(folder.at('file'), 'utf8')).toBe('mine');
  });
});

describe('a store file that is deleted while the service runs', () => {
  it('is noticed: the service says what to do, and writes nothing more', async () => {
    const port = String(await freePort());
    const environment = { DATA_DIR: data(), GRAPH_BASE_URL: 'http://127.0.0.1:1', PORT: port };
    const child = run(['dist/index.js'], { ...NOTHING_SET, ...environment });
    const ended = endOf(child);
    let log = '';
    child.stderr?.on('data', (chunk: Buffer) => (log += chunk.toString()));
    await eventually('The first heartbeat', () =>
      existsSync(folder.at('data', 'license-steward.sqlite')) && log.includes('License Steward is running')
        ? true
        : undefined,
    );
    rmSync(data(), { recursive: true });
    const said = `${folder.at('data', 'license-steward.sqlite')} was deleted or replaced while it was in use`;
    await eventually('The error', () => (log.includes(said) ? true : undefined));
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe('two processes on the same store', () => {
  it('wait for each other, and lose nothing', async () => {
    await at(['cases']);
    const commands = ['pause', 'stop', 'resume', 'pause', 'stop'];
    const all = await Promise.all(commands.map((command) => at([command])));
    expect(all.map(({ code, err }) => [code, err.includes('rror')])).toEqual(commands.map(() => [0, false]));
    expect((await at(['verify-history'])).code).toBe(0);
  });
});

describe('files of the simulated tenant that are damaged', () => {
  it.each([
    ['tenant.json', '{ "seed": 1', 'is damaged.'],
    ['tenant.json', '{ "version": 99 }', 'is not a simulated tenant of this version.'],
    ['tenant-changes.jsonl', 'no JSON\n{"kind":"x","at":1}\n', 'line 1 is damaged.'],
  ])('%s: %s', async (name, text, said) => {
    await at(['cases']);
    writeFileSync(folder.at('data', name), text);
    const ended = await at(['audit', '--out', folder.at('out')]);
    expectRefusal(ended, 1, `Simulated tenant: ${folder.at('data', name)}`, said, 'npm start -- --fresh');
    expect(readFileSync(folder.at('data', name), 'utf8')).toBe(text);
    expect(readdirSync(folder.path)).toEqual(['data']);
  });

  it.each(['tenant.json', 'tenant-changes.jsonl'])('%s: a folder in its place', async (name) => {
    await at(['cases']);
    rmSync(folder.at('data', name));
    mkdirSync(folder.at('data', name));
    const said = `Simulated tenant: ${folder.at('data', name)} cannot be used (EISDIR). Look at the permissions`;
    expectRefusal(await at(['audit', '--out', folder.at('out')]), 1, said);
  });

  it('by a crash in the last line are read without it', async () => {
    await at(['cases']);
    writeFileSync(folder.at('data', 'tenant-changes.jsonl'), '{"kind":"patc');
    expect((await at(['cases'])).code).toBe(0);
  });
});

describe('a folder for the files that cannot take them', () => {
  let earlier: Folder;
  beforeAll(async () => {
    earlier = aFolder();
    await steward(['audit', '--out', earlier.at('out')], { DATA_DIR: earlier.at('data') });
  });
  afterAll(() => earlier.remove());

  it('is found before the tenant is read', async () => {
    writeFileSync(folder.at('file'), 'mine');
    for (const out of [folder.at('file'), folder.at('file', 'below')]) {
      const ended = await at(['audit', '--out', out]);
      expectRefusal(ended, 2, `written to ${out}: ${folder.at('file')} is a file, not a folder.`);
      expect(ended.err).not.toContain('Reading');
    }
    expect(readFileSync(folder.at('file'), 'utf8')).toBe('mine');
  });

  it('at the end leaves the files of the earlier audit whole', async () => {
    const summary = earlier.at('out', 'summary.json');
    const before = contents(earlier.at('out'));
    const { [summary]: _gone, ...others } = before;
    rmSync(summary);
    mkdirSync(summary);
    const ended = await steward(['audit', '--out', earlier.at('out')], { DATA_DIR: earlier.at('data') });
    expectRefusal(ended, 1, 'summary.json there is a folder; move it away.');
    expect(contents(earlier.at('out'))).toEqual(others);
  });

  (process.getuid?.() === 0 ? it.skip : it)('because it may not be written to', async () => {
    mkdirSync(folder.at('out'), 0o500);
    expectRefusal(await at(['audit', '--out', folder.at('out')]), 2, 'this user may not write there');
  });
});
