import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { latestRun } from '../audit/run-store.js';
import type { Command } from '../cases/command.js';
import { readSwitch } from '../cases/campaign/run-switch.js';
import { FIRST_AUDIT } from '../cases/run-begin.js';
import { startService, type Service } from '../index.js';
import { readConfiguration, type Configuration } from '../open-doors.js';
import { NAMED, PERSONAS } from '../simulator/named-people.js';
import type { Simulator } from '../simulator/server.js';
import { EMBEDDED_FILE } from '../store/open-store.js';
import { openLog } from '../telemetry/log.js';
import { EXIT, explain, WrongUse } from './exit.js';
import { figuresTable } from './figures-table.js';
import { greeting, type Greeting } from './greeting.js';
import {
  assertFree,
  assertPlaygroundPort,
  endEarlierPlayground,
  startPlayground,
  type Playground,
} from './playground.js';
import { progressDisplay } from './progress.js';
import { holdDataDir, type Hold } from './try-out-note.js';
import { openTenantOf, tryOutEnvironment } from './try-out.js';

interface Options {
  readonly fresh: boolean;
  /** undefined: not said. */
  readonly people: number | undefined;
  readonly playgroundPort: number;
}

/** What runs of the try-out, in the order in which it was started. */
interface Running {
  hold?: Hold;
  tenant?: Simulator;
  playground?: Playground;
  service?: Service;
}

/** SIGHUP comes when the terminal is closed. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Stands for the tenant until it listens. */
const UNKNOWN_YET = 'http://127.0.0.1';

const running: Running = {};
let stopping: Promise<void> | undefined;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const configured = readTryOut(options);
  const { dataDir } = configured.settings;
  for (const signal of ENDING) process.on(signal, () => void stopAll());
  // A closed terminal takes no more text, which must not keep anything from being ended in order.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  running.hold = await holdDataDir(dataDir);
  await endEarlierPlayground(dataDir);
  await assertPlaygroundPort(options.playgroundPort);
  await assertFree(configured.settings.port, configured.settings.host);
  if (options.fresh) beginAnew(dataDir);

  const tenant = await openTenantOf(dataDir, options.people);
  running.tenant = tenant;
  const settings = { ...configured.settings, graphBaseUrl: tenant.url, exchangeBaseUrl: tenant.url };
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
    void stopAll();
  });
  running.hold.tell(tenant.url);
  const display = progressDisplay(process.stdout);
  say(
    existsSync(path.join(dataDir, EMBEDDED_FILE))
      ? `Going on with the data in ${dataDir} ...`
      : 'Reading the simulated tenant ...',
  );
  running.service = await startService(
    { ...configured, settings },
    {
      log: openLog(settings.logLevel),
      onAuditProgress: (progress) => display.show(progress),
    },
  );
  await firstAudit(running.service);
  display.end();
  await greet(running.service, running.playground, {
    people: tenant.tenant.facts.people,
    askedPeople: options.people,
  });
}

/**
 * Settings and policy are read before anything is touched; the address of the tenant is known later.
 * @throws WrongConfiguration
 */
function readTryOut({ playgroundPort }: Options): Configuration {
  const environment = tryOutEnvironment(process.env, {
    LOG_LEVEL: 'error',
    DATA_DIR: './data',
    TEAMS_SERVICE_URL: `http://localhost:${playgroundPort}/_connector`,
  });
  const dataDir = path.resolve(environment['DATA_DIR'] ?? '');
  const addresses = { GRAPH_BASE_URL: UNKNOWN_YET, EXCHANGE_BASE_URL: UNKNOWN_YET };
  return readConfiguration({ ...environment, DATA_DIR: dataDir, ...addresses }, 'service');
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        fresh: { type: 'boolean', default: false },
        people: { type: 'string' },
        'playground-port': { type: 'string', default: '56150' },
      },
    });
    return {
      fresh: values.fresh,
      people: values.people === undefined ? undefined : numberOf(values.people, '--people', 50, 500_000),
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

async function greet(
  { doors: { store } }: Service,
  { url }: Playground,
  people: Pick<Greeting, 'people' | 'askedPeople'>,
): Promise<void> {
  const run = await latestRun(store);
  if (run === undefined || stopping !== undefined) return;
  const campaign = await readSwitch(store);
  const figures = figuresTable(run.figures);
  say(greeting({ auditedAt: run.finishedAt, figures, playgroundUrl: url, campaign, ...people }));
}

/** Ends everything in the opposite order of the start. Ctrl-C may arrive twice. */
function stopAll(): Promise<void> {
  stopping ??= (async () => {
    running.hold?.tell(undefined);
    await running.service?.stop();
    await running.playground?.stop();
    await running.tenant?.close();
    if (running.tenant !== undefined) say('Stopped.');
    // Last, so that the next start finds the ports free.
    running.hold?.giveBack();
    process.exit(process.exitCode ?? EXIT.done);
  })();
  return stopping;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch(async (error: unknown) => {
  process.exitCode = explain(error, (text) => process.stderr.write(`${text}\n`));
  await stopAll();
});
