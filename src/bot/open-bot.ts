import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import type { UserId } from '../audit/person.js';
import { instant } from '../cases/case.js';
import type { AdminDesk } from '../cases/admin/admin-desk.js';
import type { Desk } from '../cases/answering/desk.js';
import type { Role } from '../cases/roles.js';
import type { ReadModel } from '../chat/read-model.js';
import type { TextReader } from '../chat/text-reader.js';
import type { Policy } from '../config/policy.js';
import type { BotIdentity } from '../config/settings.js';
import type { Near } from '../graph/near.js';
import type { Store } from '../store/store.js';
import type { Log } from '../telemetry/log.js';
import { openAdapter } from './adapter.js';
import { openApp } from './app.js';
import type { AppDoors } from './app-doors.js';
import { openBackground } from './background.js';
import type { ConnectorDoors } from './connector-calls.js';
import { openConversations, type Conversations } from './conversations.js';
import { visitFile } from './file-downloads.js';
import { openFileLinks } from './file-links.js';
import type { LocaleOf } from './language.js';
import type { Messenger } from './messenger.js';
import { remembered } from './remembered.js';
import { listen } from './server.js';
import { openMessenger } from './teams-messenger.js';
import { CALLS_PER_SECOND, openTurns } from './turns.js';

export interface TeamsOptions {
  readonly identity: BotIdentity;
  /** Where conversations are created; a remembered conversation has its own. */
  readonly serviceUrl: string;
  readonly store: Store;
  readonly log: Log;
  readonly clock: { now(): Date; sleep(ms: number): Promise<void> };
  /** 0 <= x < 1 */
  readonly random: () => number;
  /** In which this process shares what Teams takes from the app with others (default: half of it). */
  readonly callsPerSecond?: number | undefined;
  /** Instead of those that the identity gives; for tests of authentication. */
  readonly credentials?: ServiceClientCredentialsFactory;
}

/** The half of the bot that sends: it needs nobody to listen. */
export interface Teams {
  readonly messenger: Messenger;
  readonly serviceUrl: string;
  readonly connector: ConnectorDoors;
  readonly conversations: Conversations;
}

/** Sends are repeated for a minute at most; after that the caller's own due row tries again. */
const PATIENCE = { tries: 3, firstWait: 2_000, longestWait: 20_000 } as const;

export function openTeams(options: TeamsOptions): Teams {
  const { identity: bot, log, serviceUrl } = options;
  const connector: ConnectorDoors = {
    adapter: openAdapter(bot, options.credentials),
    bot,
    log,
    patience: { ...PATIENCE, sleep: (ms) => options.clock.sleep(ms), fraction: options.random },
    turn: openTurns({ perSecond: options.callsPerSecond ?? CALLS_PER_SECOND, clock: options.clock }),
  };
  const conversations = openConversations(options.store);
  const messenger = openMessenger({ ...connector, serviceUrl, conversations });
  return { messenger, serviceUrl, connector, conversations };
}

export interface BotOptions {
  readonly teams: Teams;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly desk: Desk;
  readonly admin: AdminDesk;
  /** The people around somebody; absent: nobody is offered before they have typed anything. */
  readonly near?: Near | undefined;
  readonly readModelFor: (asker: UserId) => ReadModel;
  /** Remembers what somebody asked, for the next question to refer to. */
  readonly keepQuestion: (asker: UserId, question: string) => Promise<void>;
  readonly store: Store;
  /** Where browsers reach this service; absent: nowhere, except for a try-out, which is reached where it listens. */
  readonly address?: string | undefined;
  /** Reads questions that the grammar does not understand; undefined: nobody does. */
  readonly textReader?: TextReader | undefined;
  readonly rolesOf: (userId: UserId) => Promise<readonly Role[]>;
  readonly policy: Policy;
  readonly clock: { now(): Date };
  readonly localeOf: LocaleOf;
  /** IANA zone in which dates are told. */
  readonly timeZone: string;
  readonly log: Log;
  /** Each part and how it is; rejects when work cannot be done. */
  readonly ready: () => Promise<Readonly<Record<string, string>>>;
  /** Milliseconds after which a click or question is acknowledged and goes on in the background. */
  readonly patienceMs?: number;
}

export interface Bot {
  readonly port: number;
  /** Resolves when nothing runs in the background. */
  settled(): Promise<void>;
  /** Stops listening, then waits for what still runs; may be called again. */
  close(): Promise<void>;
}

/**
 * Within two seconds, of which who clicked takes some to be made sure of: what takes longer than five is sent again by
 * Teams.
 */
const ACKNOWLEDGE_MS = 1_500;

/** Anybody may ask whether the service is ready, and each answer costs calls of Graph and the store. */
const READY_MS = 15_000;

/**
 * The half of the bot that listens.
 * @throws PortInUse, UnauthenticatedHost
 */
export async function openBot(options: BotOptions): Promise<Bot> {
  const { teams, log, clock, policy, timeZone, desk, admin, readModelFor, keepQuestion, rolesOf } = options;
  const { connector, conversations, messenger } = teams;
  const background = openBackground(log);
  const reached: { port?: number } = {};
  const isTryOut = connector.bot.kind === 'tryOut';
  const address = (): string | undefined =>
    options.address ??
    (isTryOut && reached.port !== undefined ? addressAt(options.host, reached.port) : undefined);
  const doors: AppDoors = {
    connector,
    conversations,
    messenger,
    desk,
    admin,
    near: options.near,
    readModelFor,
    keepQuestion,
    fileLinks: openFileLinks({ store: options.store, clock }, address),
    textReader: options.textReader,
    rolesOf,
    view: ({ locale }) => ({ policy, now: instant(clock.now()), timeZone, locale }),
    localeOf: options.localeOf,
    clock,
    background,
    patienceMs: options.patienceMs ?? ACKNOWLEDGE_MS,
  };
  const listening = await listen({
    host: options.host,
    port: options.port,
    ready: remembered(options.ready, READY_MS, clock),
    adapter: connector.adapter,
    bot: connector.bot,
    serviceUrl: teams.serviceUrl,
    turn: openApp(doors),
    file: (visit) => visitFile(visit, doors),
    log,
  });
  reached.port = listening.port;
  return {
    port: listening.port,
    settled: () => background.idle(),
    close: async () => {
      await listening.close();
      await background.idle();
    },
  };
}

function addressAt(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
