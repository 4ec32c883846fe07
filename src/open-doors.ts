import { randomBytes, randomUUID } from 'node:crypto';
import type { AuditProgress } from './audit/audit-result.js';
import { openConversations } from './bot/conversations.js';
import { openReaders } from './bot/readers.js';
import type { Messenger } from './bot/messenger.js';
import type { Bot, Teams } from './bot/open-bot.js';
import { whoMay } from './bot/who-may.js';
import type { Random } from './cases/doors.js';
import type { CommandDoors } from './cases/run-command.js';
import { openAdminDesk } from './cases/admin/run-admin-desk.js';
import { openDesk } from './cases/answering/run-desk.js';
import { keepQuestion } from './chat/run-last-question.js';
import { openReadModel } from './chat/run-read-model.js';
import type { TextReader } from './chat/text-reader.js';
import { openPolicy } from './config/open-policy.js';
import { REAL, TRY_OUT } from './config/pace.js';
import type { Policy } from './config/policy.js';
import { readSettings, type Environment, type Settings } from './config/settings.js';
import { WrongConfiguration } from './config/wrong-configuration.js';
import { systemClock } from './graph/clock.js';
import { openExchange, type OpenExchange } from './graph/exchange/open-exchange.js';
import { managedIdentityTokens, signedInTokens } from './graph/managed-identity.js';
import { changesBy } from './graph/changes-by.js';
import type { GraphDoor } from './graph/graph-door.js';
import { openNear } from './graph/near.js';
import { openGraph, type GraphOptions } from './graph/open-graph.js';
import { EXCHANGE_SCOPE, fixedToken, OPENAI_SCOPE, type TokenSource } from './graph/tokens.js';
import { latestRun } from './audit/run-store.js';
import { openStore } from './store/open-store.js';
import type { Store } from './store/store.js';
import { openLog, type Log } from './telemetry/log.js';
import { SIMULATOR_TOKEN } from './simulator/token.js';

/** The Playground's connector, when nothing else is said. */
const PLAYGROUND_SERVICE_URL = 'http://localhost:56150/_connector';
const TEAMS_SERVICE_URL = 'https://smba.trafficmanager.net/teams/';

/** Nobody who clicks notices it, and the reads of steps that are taken side by side go out in one batch. */
const GATHER_MS = 15;

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
  /** undefined: EXCHANGE_BASE_URL is not set, and mailboxes are converted by people. */
  readonly exchange: OpenExchange | undefined;
  /** The identity that changes accounts, where it is another one than that of `doors.graph`. */
  readonly writer: GraphDoor | undefined;
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
    callsPerSecond: settings.teamsCallsPerSecond,
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
    gatherMs: GATHER_MS,
  };
  const teams = openedOnce(() => teamsOf(settings, { store, log, random }));
  const reading = openGraph({ ...graphOptions, ...pace.stepPatience });
  const writer = writerOf(settings, { ...graphOptions, ...pace.stepPatience });
  const graph = writer === undefined ? reading : changesBy(writer, reading);
  const exchange = exchangeOf(settings, graph, { ...graphOptions, ...pace.stepPatience });
  const doors: CommandDoors = {
    store,
    graph,
    exchange,
    auditGraph: openGraph(graphOptions),
    messenger: messengerOf(teams),
    teamsAppId: settings.teamsAppId,
    policy,
    clock: systemClock,
    random,
    log,
    pace,
    leaseMs: pace.leaseMs,
    rolesOf: whoMay({ policy, graph, clock: systemClock }),
    ...openReaders({
      conversations: openConversations(store),
      directory: async (userId) => (await graph.person(userId)) ?? { usageLocation: undefined },
      fallback: settings.defaultLocale,
      zones: { fallback: policy.audit.timeZone, byCountry: policy.timeZones },
    }),
    timeZone: policy.audit.timeZone,
    near: openNear({ graph, clock: systemClock, log }),
    onAuditProgress: options.onAuditProgress ?? (() => {}),
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
    signInsPerMinute: settings.signInsPerMinute,
    keepSignInsMs: pace.keepSignInsMs,
  };
  return {
    doors,
    exchange,
    writer,
    bot: { open: async () => openBotOf(configuration, doors, await teams()) },
    close: () => store.close(),
  };
}

/** Changes go out under an identity of their own where one is set: reading alone needs no right to write. */
function writerOf(settings: Settings, options: GraphOptions): GraphDoor | undefined {
  if (settings.actClientId === undefined || settings.loopbackGraph) return undefined;
  return openGraph({ ...options, token: managedIdentityTokens(settings.actClientId) });
}

/** Exchange belongs to the same tenant as Graph, simulated or real, and is changed by whoever changes accounts. */
function exchangeOf(settings: Settings, graph: GraphDoor, options: GraphOptions): OpenExchange | undefined {
  if (settings.exchangeBaseUrl === undefined) return undefined;
  let tenantId: string | undefined;
  return openExchange({
    ...options,
    baseUrl: settings.exchangeBaseUrl,
    token:
      settings.actClientId === undefined || settings.loopbackGraph
        ? tokensFor(settings, EXCHANGE_SCOPE)
        : managedIdentityTokens(settings.actClientId, EXCHANGE_SCOPE),
    tenantId: async () => (tenantId ??= (await graph.tenant()).tenantId),
  });
}

/** @param scope what the token is for; default: Graph */
function tokensFor(settings: Settings, scope?: string): TokenSource {
  return settings.loopbackGraph ? fixedToken(SIMULATOR_TOKEN) : entraTokensOf(settings.bot, scope);
}

function entraTokensOf(bot: Settings['bot'], scope?: string): TokenSource {
  return bot.kind === 'registered' ? managedIdentityTokens(bot.botId, scope) : signedInTokens(scope);
}

export function systemRandom(): Random {
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
  const readModel = openReadModel(doors);
  return openBot({
    teams,
    textReader: await textReaderOf(settings, doors, teams),
    host: settings.host,
    port: settings.port,
    desk: openDesk(doors),
    admin: openAdminDesk(doors),
    near: doors.near,
    readModelFor: () => readModel,
    keepQuestion: (asker, question) => keepQuestion(doors, asker, question),
    store: doors.store,
    address: settings.botEndpoint,
    rolesOf: doors.rolesOf,
    policy: doors.policy,
    clock: doors.clock,
    localeOf: doors.localeOf,
    timeZone: doors.timeZone,
    log: doors.log,
    ready: () => ready(doors.store, doors),
  });
}

/** Loaded only where a model is set. */
async function textReaderOf(
  { languageModel: model, bot }: Settings,
  { log }: CommandDoors,
  teams: Teams,
): Promise<TextReader | undefined> {
  if (model === undefined) return undefined;
  const { openTextReader } = await import('./bot/language-model.js');
  return openTextReader({
    model,
    tokens: model.key === undefined ? entraTokensOf(bot, OPENAI_SCOPE) : undefined,
    adapter: teams.connector.adapter,
    clock: systemClock,
    log,
  });
}

async function ready(store: Store, doors: CommandDoors): Promise<Readonly<Record<string, string>>> {
  await store.check();
  const run = await latestRun(store);
  await doors.graph.tenant();
  return { store: 'ok', graph: 'ok', lastRun: run?.finishedAt ?? 'none yet' };
}
