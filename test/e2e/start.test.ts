import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aFolder, NOTHING_SET, steward, type Folder } from '../cli/at-the-terminal.js';
import { endOf, eventually, freePort, run, type Ended } from '../world/try-out-process.js';

jest.setTimeout(120_000);

/** `npm start`, always on the same ports, as somebody has it who never says other ones. */
interface Start {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it says when everything runs, or until it has ended. */
  greeted(): Promise<string>;
}

let folder: Folder;
let port: number;
let playgroundPort: number;
let starts: Start[];
beforeEach(async () => {
  folder = aFolder();
  [port, playgroundPort] = [await freePort(), await freePort()];
  starts = [];
});
afterEach(async () => {
  for (const { child, ended } of starts) {
    child.kill('SIGINT');
    await ended;
  }
  folder.remove();
});

const data = (): string => folder.at('data');

function start(environment: Readonly<Record<string, string>> = {}, ...args: readonly string[]): Start {
  const child = run(
    ['dist/cli/start.js', '--people', '80', '--playground-port', String(playgroundPort), ...args],
    { ...NOTHING_SET, DATA_DIR: data(), PORT: String(port), ...environment },
  );
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = endOf(child);
  const started = {
    child,
    ended,
    greeted: () =>
      eventually('The greeting', () =>
        out.includes('Ctrl-C stops everything') || child.exitCode !== null ? out + err : undefined,
      ),
  };
  starts.push(started);
  return started;
}

const playgroundAnswers = async (): Promise<boolean> =>
  (await fetch(`http://localhost:${playgroundPort}/_debug/ping`).catch(() => undefined)) !== undefined;

describe('a start that is ended', () => {
  it('by a closed terminal ends everything in order, and the next one goes on', async () => {
    const first = start();
    await first.greeted();
    first.child.kill('SIGHUP');
    expect(await first.ended).toMatchObject({ code: 0, out: expect.stringContaining('Stopped.'), err: '' });
    expect(await playgroundAnswers()).toBe(false);
    expect(readdirSync(data())).not.toContain('try-out.json');

    await steward(['pause'], { DATA_DIR: data() });
    const said = await start({}, '--people', '5000').greeted();
    expect(said).toContain('Going on with the data');
    expect(said).toContain('The campaign is paused: ');
    expect(said).toContain('This tenant was made with 80 people, so --people 5000 has no effect');
  });
});

describe('a second start on the same folder', () => {
  it('is refused before anything is touched, with --fresh as well, and the first goes on', async () => {
    const first = start();
    const second = start({ PORT: String(await freePort()) }, '--fresh');
    const both = await Promise.race([
      first.ended.then((ended) => ({ ended, winner: second })),
      second.ended.then((ended) => ({ ended, winner: first })),
    ]);
    expect(both.ended).toMatchObject({ code: 2, out: '' });
    expect(both.ended.err).toContain(`A try-out is running on ${data()} already: end it with Ctrl-C first`);
    expect(await both.winner.greeted()).toContain('Ctrl-C stops everything');
    const note = JSON.parse(readFileSync(folder.at('data', 'try-out.json'), 'utf8')) as { pid: number };
    expect(note.pid).toBe(both.winner.child.pid);

    const third = start({ PORT: String(await freePort()) }, '--fresh');
    expect(await third.ended).toMatchObject({ code: 2, out: '' });
    expect((await steward(['cases'], { DATA_DIR: data() })).out).toContain('dana.whitfield');
  });
});

describe('a start that cannot be', () => {
  it.each([
    ['PORT', 'x', 'PORT is x: use a whole number from 0 to 65535.'],
    ['PORT', '99999', 'PORT is 99999: use a whole number'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is loud'],
    ['POLICY_FILE', '/nowhere.yaml', 'POLICY_FILE is /nowhere.yaml'],
  ])('because %s is %s says so and touches nothing', async (name, value, said) => {
    const ended = await start({ [name]: value }).ended;
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining(said) });
    expect(ended.err).not.toMatch(/^ +at /m);
    expect(existsSync(data())).toBe(false);
  });

  it('because the port of the Playground is taken names --playground-port, and removes nothing', async () => {
    mkdirSync(data());
    writeFileSync(folder.at('data', 'tenant.json'), 'mine');
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, resolve));
    playgroundPort = (other.address() as AddressInfo).port;
    const ended = await start({}, '--fresh').ended;
    await new Promise((resolve) => other.close(resolve));
    expect(ended).toMatchObject({ code: 2, out: '' });
    expect(ended.err).toBe(
      `The port ${playgroundPort} of the Agents Playground is in use: end the other program, ` +
        'or choose another with npm start -- --playground-port PORT.\n',
    );
    expect(readdirSync(data())).toEqual(['tenant.json']);
  });

  it('because the port of the bot is taken names PORT', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const ended = await start().ended;
    await new Promise((resolve) => other.close(resolve));
    expect(ended).toMatchObject({ code: 2, err: expect.stringContaining('choose another with PORT') });
  });
});
