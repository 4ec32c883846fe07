import type { ServiceClientCredentialsFactory } from 'botframework-connector';
import type { CaseView } from '../cards/case-view.js';
import type { Desk } from '../cases/desk.js';
import type { ReadModel } from '../chat/read-model.js';
import type { Policy } from '../config/policy.js';
import type { BotIdentity } from '../config/settings.js';
import type { GraphDoor } from '../graph/graph-door.js';
import type { Store } from '../store/store.js';
import type { Log } from '../telemetry/log.js';
import { openAdapter } from './adapter.js';
import { openApp } from './app.js';
import { openBackground } from './background.js';
import type { Patience } from './connector-calls.js';
import { openConversations } from './conversations.js';
import type { Messenger } from './messenger.js';
import { listen, type Listening, type Readiness } from './server.js';
import { openMessenger } from './teams-messenger.js';
import { openWhoMay, type WhoMay } from './who-may.js';

export interface BotOptions {
  readonly bot: BotIdentity;
  /** TEAMS_SERVICE_URL; undefined: the public one of Teams. */
  readonly serviceUrl: string | undefined;
  readonly store: Store;
  readonly roles: Policy['roles'];
  readonly groupsContaining: GraphDoor['groupsContaining'];
  readonly clock: { now(): Date };
  readonly log: Log;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: { fraction(): number };
  /** Milliseconds after which a click or question is acknowledged and goes on in the background. */
  readonly patienceMs?: number;
  /** Instead of those that the identity gives; for tests of authentication. */
  readonly credentials?: ServiceClientCredentialsFactory;
}

/** What answers people; it needs the messenger and the roles, so it is given when the bot begins to listen. */
export interface BotWork {
  readonly host: string;
  readonly port: number;
  readonly desk: Desk;
  readonly readModel: ReadModel;
  /** How cases are shown now. */
  readonly view: () => CaseView;
  readonly ready: () => Promise<Readiness>;
}

export interface Bot {
  readonly messenger: Messenger;
  readonly whoMay: WhoMay;
  /** @throws PortInUse, UnauthenticatedHost */
  listen(work: BotWork): Promise<Listening>;
  /** Stops listening, then waits for what still runs; may be called again. */
  close(): Promise<void>;
}

const TEAMS_SERVICE_URL = 'https://smba.trafficmanager.net/teams';
/** Sends are repeated within a minute at most; after that the caller's own due row tries again. */
const PATIENCE = { tries: 3, firstWait: 2_000, longestWait: 20_000 } as const;
const ACKNOWLEDGE_MS = 2_000;

/** The bot in its two halves: what sends (at once), and what listens (when desk and read model are there). */
export function openBot(options: BotOptions): Bot {
  const { bot, log, store, clock } = options;
  const serviceUrl = options.serviceUrl ?? TEAMS_SERVICE_URL;
  const adapter = openAdapter(bot, options.credentials);
  const patience: Patience = { ...PATIENCE, sleep: options.sleep, fraction: () => options.random.fraction() };
  const connector = { adapter, bot, log, patience };
  const conversations = openConversations(store);
  const messenger = openMessenger({ ...connector, serviceUrl, conversations });
  const whoMay = openWhoMay(options);
  const background = openBackground(log);
  const open: Listening[] = [];
  return {
    messenger,
    whoMay,
    listen: async ({ host, port, ready, desk, readModel, view }) => {
      const turn = openApp({
        connector,
        conversations,
        messenger,
        whoMay,
        desk,
        readModel,
        view,
        clock,
        background,
        patienceMs: options.patienceMs ?? ACKNOWLEDGE_MS,
      });
      const listening = await listen({ host, port, ready, adapter, turn, log, bot, serviceUrl });
      open.push(listening);
      return listening;
    },
    close: async () => {
      await Promise.all(open.map((each) => each.close()));
      await background.idle();
    },
  };
}
