import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { stringify } from 'yaml';
import { WrongUse } from './exit.js';
import { endLeftPlayground, forgetProcess, noteProcess } from './left-playground.js';

/** Somebody whom the Playground knows. */
export interface Persona {
  readonly id: string;
  readonly name: string;
  readonly userPrincipalName: string;
}

export interface PlaygroundOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly botUrl: string;
  readonly tenantId: string;
  /** Whom the newcomer plays; the Playground shows this one's chat only. */
  readonly played: Persona;
  /** Exactly five others who can be written to. */
  readonly others: readonly Persona[];
}

export interface Playground {
  readonly url: string;
  readonly serviceUrl: string;
  stop(): Promise<void>;
  /** Resolves when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
}

const START_MS = 20_000;
const MAIN = require.resolve('@microsoft/m365agentsplayground/package.json');

/**
 * Starts Microsoft's Agents Playground as a process of its own, with our personas.
 * @throws WrongUse when the port cannot be had (it would silently choose another one)
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  await assertPlaygroundPort(options.port);
  const folder = folderOf(options.dataDir);
  mkdirSync(folder, { recursive: true });
  const config = path.join(folder, '.m365agentsplayground.yml');
  writeFileSync(config, playgroundConfig(options));
  const child = spawn(process.execPath, [binary(), ...flags(options)], {
    cwd: folder,
    env: {
      ...process.env,
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C at the terminal reaches us alone, and we end it in order.
    detached: process.platform !== 'win32',
  });
  noteProcess(folder, child.pid);
  // Also when this process ends in a way that nobody foresaw; after a kill -9 the next start does it.
  const killed = (): void => void child.kill('SIGKILL');
  process.once('exit', killed);
  const log = createWriteStream(path.join(folder, 'playground.log'), { flags: 'a' });
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      process.off('exit', killed);
      forgetProcess(folder);
      resolve();
    });
  });
  const url = `http://localhost:${options.port}`;
  await listening(child, ended, url, folder);
  return { url, serviceUrl: `${url}/_connector`, ended, stop: () => stop(child, ended) };
}

/** Ends the one that an earlier start in this folder has left behind because it was killed. */
export async function endEarlierPlayground(dataDir: string): Promise<void> {
  await endLeftPlayground(folderOf(dataDir), binary());
}

/** @throws WrongUse */
export async function assertPlaygroundPort(port: number): Promise<void> {
  try {
    await assertFree(port);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const problem =
      code === 'EADDRINUSE' ? 'is in use: end the other program, or' : `cannot be used (${code}):`;
    throw new WrongUse(
      `The port ${port} of the Agents Playground ${problem} choose another with npm start -- --playground-port PORT.`,
      { cause },
    );
  }
}

function folderOf(dataDir: string): string {
  return path.join(dataDir, 'playground');
}

/** The Playground's own file format: one user who is played and five others. */
export function playgroundConfig({
  tenantId,
  played,
  others,
}: Pick<PlaygroundOptions, 'tenantId' | 'played' | 'others'>): string {
  const userOf = ({ id, name, userPrincipalName }: Persona): object => ({
    id,
    name,
    userPrincipleName: userPrincipalName,
    aadObjectId: id,
    givenName: name.split(' ')[0] ?? name,
    surname: name.split(' ').slice(1).join(' '),
    email: userPrincipalName,
  });
  return stringify({
    version: '0.1.1',
    tenantId,
    bot: { id: 'license-steward', name: 'License Steward' },
    currentUser: userOf(played),
    users: others.map(userOf),
    personalChat: { id: 'personal-chat' },
    groupChat: { id: 'group-chat', name: 'Group chat' },
    team: {
      id: 'team',
      name: 'Team',
      aadGroupId: '00000000-0000-4000-8000-000000000001',
      channels: [{ id: 'channel', name: 'General' }],
    },
  });
}

function binary(): string {
  const { bin } = require(MAIN) as { bin: Record<string, string> };
  return path.join(path.dirname(MAIN), bin['agentsplayground'] ?? '');
}

function flags(options: PlaygroundOptions): readonly string[] {
  return ['-e', options.botUrl, '-c', 'msteams', '-p', String(options.port), '--disable-telemetry'];
}

/** @throws an error with `code` EADDRINUSE and `port` */
export async function assertFree(port: number, host?: string): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen(port, host, () => resolve());
    });
  } finally {
    await new Promise<void>((resolve) => probe.close(() => resolve()));
  }
}

async function listening(
  child: ChildProcess,
  ended: Promise<void>,
  url: string,
  folder: string,
): Promise<void> {
  const began = new Promise<'began'>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('Listening on')) resolve('began');
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), START_MS);
  });
  const outcome = await Promise.race([began, late, ended.then(() => 'ended' as const)]);
  clearTimeout(timer);
  // It listens first and reads its configuration then: only an answer shows that it stays.
  if (outcome === 'began' && (await answers(url, ended))) return;
  child.kill('SIGKILL');
  throw new Error(`The Agents Playground did not start; see ${path.join(folder, 'playground.log')}.`);
}

async function answers(url: string, ended: Promise<void>): Promise<boolean> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (const end = Date.now() + START_MS; Date.now() < end && !over;) {
    const answer = await fetch(`${url}/_debug/ping`, { signal: AbortSignal.timeout(1_000) }).catch(
      () => undefined,
    );
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(timer);
}
