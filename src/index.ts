import { randomBytes, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { AuditProgress } from './audit/audit-result.js';
import type { Messenger } from './bot/messenger.js';
import type { Bot, Teams } from './bot/open-bot.js';
import { whoMay } from './bot/who-may.js';
import { instant } from './cases/case.js';
import { newCommand, type Command } from './cases/command.js';
import type { Random } from './cases/doors.js';
import { addCommand, type CommandDoors } from './cases/run-command.js';
import { planAudits } from './cases/run-schedule.js';
import { openDesk } from './cases/run-desk.js';
import { openReadModel } from './chat/run-read-model.js';
import { openPolicy } from './config/open-policy.js';
import { REAL, TRY_OUT } from './config/pace.js';
import { notCarriedOut } from './config/not-yet.js';
import type { Policy } from './config/policy.js';
import { environmentNamed, readSettings, type Environment, type Settings } from './config/settings.js';
import { WrongConfiguration } from './config/wrong-configuration.js';
import { systemClock } from './graph/clock.js';
import { managedIdentityTokens, signedInTokens } from './graph/managed-identity.js';
import type { GraphDoor } from './graph/graph-door.js';
import { openGraph, type GraphOptions } from './graph/open-graph.js';
import { fixedToken, type TokenSource } from './graph/tokens.js';
import { explain } from './cli/exit.js';
import { putBackNames } from './audit/run-reveal-back.js';
import { latestRun } from './audit/run-store.js';
import { errorName } from './bot/background.js';
import { checkTasks, warnOfMissing } from './audit/run-tasks.js';
import { openStore } from './store/open-store.js';
import { ChangedMeanwhile, type Store } from './store/store.js';
import { openLog, type Log } from './telemetry/log.js';
import { SIMULATOR_TOKEN } from './simulator/token.js';
import { startWorker, type Worker } from './worker.js';

const ROOT = path.join(__dirname, '..');

/** The due row of the audit at the very first start. */
export const FIRST_AUDIT = 'audit-first';

/** The Playground's connector, when nothing else is said. */
const PLAYGROUND_SERVICE_URL = 'http://localhost:56150/_connector';
const TEAMS_SERVICE_URL = 'https://smba.trafficmanager.net/teams/';

export interface Configuration {
  readonly settings: Settings;
  readonly policy: Policy;
}

/**
 * Reads settings and policy; every error of the first is said before the second is read.
 * @throws WrongConfiguration
 */
export function readConfiguration(environment: Environment, purpose: 'service' | 'command'): Configuration {
  const reading = readSettings(environment, purpose);
  if (reading.kind === 'errors') throw new WrongConfiguration('Settings', reading.errors);
  return { settings: reading.settings, policy: openPolicy(reading.settings) };
}

export interface DoorOptions {
  readonly onAuditProgress?: (progress: AuditProgress) => void;
  readonly log?: Log;
}

export interface OpenDoors {
  readonly doors: CommandDoors;
  readonly bot: { open(): Promise<Bot> };
  close(): Promise<void>;
}

async function teamsOf(
  settings: Settings,
  { store, log, random }: { readonly store: Store; readonly log: Log; readonly random: Random },
): Promise<Teams> {
  // Loaded only where it is used: its SDKs cost a second at every start.
  const { openTeams } = await import('./bot/open-bot.js');
  return openTeams({
    identity: settings.bot,
    serviceUrl:
      settings.teamsServiceUrl ??
      (settings.bot.kind === 'tryOut' ? PLAYGROUND_SERVICE_URL : TEAMS_SERVICE_URL),
    store,
    log,
    clock: systemClock,
    random: () => random.fraction(),
  });
}

/** Opens store, Graph and Teams as the settings say. Nothing listens yet. */
export async function openDoors(configuration: Configuration, options: DoorOptions = {}): Promise<OpenDoors> {
  const { settings, policy } = configuration;
  const log = options.log ?? openLog(settings.logLevel);
  const random = systemRandom();
  const store = await openStore(settings.store, {
    log,
    newId: () => random.id(),
    wait: (ms) => systemClock.sleep(ms),
  });
  const pace = settings.loopbackGraph ? TRY_OUT : REAL;
  const graphOptions = {
    baseUrl: settings.graphBaseUrl,
    token: tokensFor(settings),
    clock: systemClock,
    log,
    random: () => random.fraction(),
    signInPerMinute: settings.signInsPerMinute,
  };
  const teams = openedOnce(() => teamsOf(settings, { store, log, random }));
  const reading = openGraph({ ...graphOptions, ...pace.stepPatience });
  const writing = writerOf(settings, reading, { ...graphOptions, ...pace.stepPatience });
  const graph: GraphDoor = {
    ...reading,
    changeLicenses: (userId, change) => writing.changeLicenses(userId, change),
  };
  const doors: CommandDoors = {
    store,
    graph,
    auditGraph: openGraph(graphOptions),
    messenger: messengerOf(teams),
    policy,
    clock: systemClock,
    random,
    log,
    pace,
    leaseMs: pace.leaseMs,
    rolesOf: whoMay({ policy, graph, clock: systemClock }),
    timeZone: policy.audit.timeZone,
    onAuditProgress: options.onAuditProgress ?? (() => {}),
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    signInsPerMinute: settings.signInsPerMinute,
    keepSignInsMs: pace.keepSignInsMs,
  };
  return {
    doors,
    bot: { open: async () => openBotOf(configuration, doors, await teams()) },
    close: () => store.close(),
  };
}

/** License changes go out under an identity of their own where one is set: reading alone needs no right to write. */
function writerOf(settings: Settings, reading: GraphDoor, options: GraphOptions): GraphDoor {
  if (settings.actClientId === undefined || settings.loopbackGraph) return reading;
  return openGraph({ ...options, token: managedIdentityTokens(settings.actClientId) });
}

function tokensFor(settings: Settings): TokenSource {
  if (settings.loopbackGraph) return fixedToken(SIMULATOR_TOKEN);
  return settings.bot.kind === 'registered' ? managedIdentityTokens(settings.bot.botId) : signedInTokens();
}

function systemRandom(): Random {
  return {
    id: randomUUID,
    salt: () => randomBytes(16).toString('hex'),
    fraction: () => randomBytes(4).readUInt32BE() / 2 ** 32,
  };
}

function openedOnce<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined;
  return () => (opened ??= open());
}

/** Most commands at a terminal send nothing, so Teams is opened with the first message. */
function messengerOf(teams: () => Promise<Teams>): Messenger {
  return {
    send: async (to, card, summary) => (await teams()).messenger.send(to, card, summary),
    update: async (message, card) => (await teams()).messenger.update(message, card),
  };
}

async function openBotOf({ settings }: Configuration, doors: CommandDoors, teams: Teams): Promise<Bot> {
  const { openBot } = await import('./bot/open-bot.js');
  return openBot({
    teams,
    host: settings.host,
    port: settings.port,
    desk: openDesk(doors),
    readModelFor: () => openReadModel(doors),
    rolesOf: doors.rolesOf,
    policy: doors.policy,
    clock: doors.clock,
    timeZone: doors.timeZone,
    log: doors.log,
    ready: () => ready(doors.store, doors),
  });
}

async function ready(store: Store, doors: CommandDoors): Promise<Readonly<Record<string, string>>> {
  await store.check();
  const run = await latestRun(store);
  await doors.graph.tenant();
  return { store: 'ok', graph: 'ok', lastRun: run?.finishedAt ?? 'none yet' };
}

export interface Service {
  readonly doors: CommandDoors;
  /** Port on which the bot listens. */
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts bot and worker; the first audit is due at once when there was none yet.
 * @throws WrongConfiguration, StoreUnavailable, StoreDamaged, or PortInUse
 */
export async function startService(
  configuration: Configuration,
  options: DoorOptions = {},
): Promise<Service> {
  const opened = await openDoors(configuration, options);
  const { doors } = opened;
  let bot: Bot;
  try {
    bot = await opened.bot.open();
    await putBackNames(doors);
    await planFirstAudit(doors);
    await planAudits(doors);
  } catch (error) {
    await opened.close();
    throw error;
  }
  const worker: Worker = startWorker(doors, {
    owner: doors.random.id(),
    pollMs: configuration.settings.loopbackGraph ? TRY_OUT.pollMs : REAL.pollMs,
    leaseMs: doors.leaseMs,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
  });
  void checkTasks(doors, doors.policy).then(
    (states) => warnOfMissing(doors.log, states),
    (error: unknown) => doors.log.warn('What the app may do was not checked.', {
        error: errorName(error),
      }),
  );
  for (const key of notCarriedOut(doors.policy))
    doors.log.warn('The policy asks for something that this version does not do.', { key });
  doors.log.info('License Steward is running.', { port: bot.port, mode: doors.policy.mode });
  let stopping: Promise<void> | undefined;
  return {
    doors,
    port: bot.port,
    stop() {
      stopping ??= (async () => {
        await bot.close();
        await worker.stop();
        await opened.close();
      })();
      return stopping;
    },
  };
}

/** One row for all instances. One that failed is tried again with each start, until there is a run. */
async function planFirstAudit({ store, clock }: CommandDoors): Promise<void> {
  if ((await latestRun(store)) !== undefined) return;
  const now = instant(clock.now());
  const command = newCommand(FIRST_AUDIT, { order: 'audit' }, 'service', now, now);
  const earlier = await store.read<Command>('commands', FIRST_AUDIT, FIRST_AUDIT);
  if (earlier === undefined) return addCommand({ store }, command);
  if (earlier.doc.outcome.is === 'waiting') return;
  // The number of tries goes on, because it names the run.
  await store
    .replace('commands', { ...command, attempts: earlier.doc.attempts }, earlier.etag)
    .catch((error: unknown) => {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    });
}

/** An audit of a real tenant goes on for longer than anybody waits for a service to end. */
const GRACE_MS = 10_000;

/** Safe at every moment: what was in hand is due still, and taken up when its lease has passed. */
function breakOff(service: Service): void {
  service.doors.log.warn('Work in hand was broken off; the next service takes it up.');
  process.exit(0);
}

async function main(): Promise<void> {
  const name = process.argv.indexOf('--env');
  const environment = environmentNamed(name === -1 ? undefined : process.argv[name + 1], ROOT, process.env);
  const service = await startService(readConfiguration(environment, 'service'));
  let signals = 0;
  const stop = (): void => {
    signals += 1;
    if (signals > 1) return breakOff(service);
    setTimeout(() => breakOff(service), GRACE_MS).unref();
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.exitCode = explain(error, (text) => process.stderr.write(`${text}\n`));
    setTimeout(() => process.exit(), 100).unref();
  });
}
