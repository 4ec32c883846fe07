import { existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { latestRun } from '../audit/run-store.js';
import type { Command } from '../cases/command.js';
import { FIRST_AUDIT, readConfiguration, startService, type Service } from '../index.js';
import { NAMED, PERSONAS } from '../simulator/named-people.js';
import type { Simulator } from '../simulator/server.js';
import { EMBEDDED_FILE } from '../store/open-store.js';
import { openLog } from '../telemetry/log.js';
import { EXIT, explain, WrongUse } from './exit.js';
import { figuresTable } from './figures-table.js';
import { assertFree, startPlayground, type Playground } from './playground.js';
import { progressDisplay } from './progress.js';
import {
  forgetRunning,
  noteRunning,
  openTenantOf,
  runningTenant,
  TRY_OUT_PEOPLE,
  TRY_OUT_POLICY,
} from './try-out.js';

interface Options {
  readonly fresh: boolean;
  readonly people: number;
  readonly playgroundPort: number;
}

/** What runs of the try-out, in the order in which it was started. */
interface Running {
  tenant?: Simulator;
  playground?: Playground;
  service?: Service;
}

const running: Running = {};
let stopping: Promise<void> | undefined;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const dataDir = path.resolve(process.env['DATA_DIR'] ?? './data');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopAll(dataDir));
  await assertAlone(dataDir, options);
  if (options.fresh) beginAnew(dataDir);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });

  const tenant = await openTenantOf(dataDir, options.people);
  running.tenant = tenant;
  const environment = {
    LOG_LEVEL: 'error',
    POLICY_FILE: TRY_OUT_POLICY,
    TEAMS_SERVICE_URL: `http://localhost:${options.playgroundPort}/_connector`,
    ...process.env,
    DATA_DIR: dataDir,
    GRAPH_BASE_URL: tenant.url,
  };
  const configuration = readConfiguration(environment, 'service');
  const { settings } = configuration;
  running.playground = await startPlayground({
    dataDir,
    port: options.playgroundPort,
    botUrl: `http://localhost:${settings.port}/api/messages`,
    tenantId: tenant.tenant.id,
    played: NAMED.itManager,
    others: [...PERSONAS.filter(({ id }) => id !== NAMED.itManager.id), NAMED.activeReport],
  });
  void running.playground.ended.then(() => {
    if (stopping !== undefined) return;
    process.exitCode = EXIT.failed;
    say(`The Agents Playground ended by itself; see ${path.join(dataDir, 'playground', 'playground.log')}.`);
    void stopAll(dataDir);
  });
  noteRunning(dataDir, { graphUrl: tenant.url, pid: process.pid });
  const display = progressDisplay(process.stdout);
  say(
    existsSync(path.join(dataDir, EMBEDDED_FILE))
      ? `Going on with the data in ${dataDir} ...`
      : 'Reading the simulated tenant ...',
  );
  running.service = await startService(configuration, {
    log: openLog(settings.logLevel),
    onAuditProgress: (progress) => display.show(progress),
  });
  await firstAudit(running.service);
  display.end();
  await greet(running.service, running.playground);
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        fresh: { type: 'boolean', default: false },
        people: { type: 'string', default: String(TRY_OUT_PEOPLE) },
        'playground-port': { type: 'string', default: '56150' },
      },
    });
    return {
      fresh: values.fresh,
      people: numberOf(values.people, '--people', 50, 500_000),
      playgroundPort: numberOf(values['playground-port'], '--playground-port', 1, 65_535),
    };
  } catch (cause) {
    if (cause instanceof WrongUse) throw cause;
    throw new WrongUse(
      `${(cause as Error).message}\nUsage: npm start [-- --fresh] [--people N] [--playground-port PORT]`,
    );
  }
}

function numberOf(text: string, name: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new WrongUse(`${name} is ${text}: use a number from ${least} to ${most}.`);
}

/** Everything that can be in the way is looked for before anything is touched. */
async function assertAlone(dataDir: string, options: Options): Promise<void> {
  if ((await runningTenant(dataDir)) !== undefined) {
    throw new WrongUse(
      `A try-out is running on ${dataDir} already: end it with Ctrl-C first, or choose another DATA_DIR.`,
    );
  }
  await assertFree(options.playgroundPort);
  await assertFree(Number(process.env['PORT'] || 3978), '127.0.0.1');
}

/** Removes what the try-out keeps, and nothing else that may lie in the folder. */
function beginAnew(dataDir: string): void {
  const kept = [
    EMBEDDED_FILE,
    `${EMBEDDED_FILE}-wal`,
    `${EMBEDDED_FILE}-shm`,
    'tenant.json',
    'tenant-changes.jsonl',
    'playground',
  ];
  for (const name of kept) rmSync(path.join(dataDir, name), { recursive: true, force: true });
}

/** Waits for the audit that is due at the first start; at later ones there is nothing to wait for. */
async function firstAudit(service: Service): Promise<void> {
  const { store } = service.doors;
  for (;;) {
    const stored = await store.read<Command>('commands', FIRST_AUDIT, FIRST_AUDIT);
    const outcome = stored?.doc.outcome;
    if (outcome === undefined || outcome.is === 'done' || stopping !== undefined) return;
    if (outcome.is === 'failed' || outcome.is === 'stopped')
      throw new Error(`The first audit ended: ${outcome.says}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function greet(service: Service, playground: Playground): Promise<void> {
  const run = await latestRun(service.doors.store);
  if (run === undefined || stopping !== undefined) return;
  say(
    [
      '',
      `Audit of ${run.finishedAt.slice(0, 16).replace('T', ' ')} UTC:`,
      figuresTable(run.figures),
      '',
      `Open ${playground.url}`,
      `You are ${NAMED.itManager.name}, IT manager and admin of a pretended company. A card about one of your reports arrives by itself:`,
      'try Reclaim, and watch the card. Then ask in the chat: help, or who is inactive but licensed.',
      '',
      'In a second terminal:',
      '  npm run steward -- cases',
      '  npm run steward -- history dana.whitfield',
      '  npm run steward -- undo dana.whitfield',
      '',
      'Ctrl-C stops everything; the next npm start goes on where this one ended; npm start -- --fresh begins anew.',
    ].join('\n'),
  );
}

/** Ends everything in the opposite order of the start. Ctrl-C may arrive twice. */
function stopAll(dataDir: string): Promise<void> {
  stopping ??= (async () => {
    if (running.tenant !== undefined) forgetRunning(dataDir);
    await running.service?.stop();
    await running.playground?.stop();
    await running.tenant?.close();
    if (running.tenant !== undefined) say('Stopped.');
    process.exit(process.exitCode ?? EXIT.done);
  })();
  return stopping;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch(async (error: unknown) => {
  process.exitCode = explain(error, (text) => process.stderr.write(`${text}\n`));
  await stopAll(path.resolve(process.env['DATA_DIR'] ?? './data'));
});
