import type { UserId } from '../../src/audit/person.js';
import type { StewardAdapter } from '../../src/bot/adapter.js';
import { openTeams } from '../../src/bot/open-bot.js';
import type { CaseId, Instant, PersonRef } from '../../src/cases/case.js';
import type { CommandDoors } from '../../src/cases/run-command.js';
import { begin } from '../../src/cases/run-move.js';
import { REAL } from '../../src/config/pace.js';
import type { GraphDoor } from '../../src/graph/graph-door.js';
import type { Store } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { startWorker } from '../../src/worker.js';
import { CASES, userId } from '../cards/a-case.js';
import { memoryStore } from '../simulation/memory-store.js';
import { aPerson } from './people.js';
import { actingPolicy } from './steward-world.js';
import { aTeamsConnector, type TeamsConnector } from './teams-connector.js';
import { teamsLimits, type TeamsLimits } from './teams-limits.js';
import { virtualClock, type VirtualClock } from './virtual-clock.js';
import { readersOf } from './readers.js';

/** What an answer takes, in milliseconds of virtual time: figures of an ordinary day. */
const LATENCY = { store: 5, graph: 100, teams: 200 } as const;
const START = new Date('2026-11-23T09:00:00.000Z');
const DAY_MS = 86_400_000;

export interface SendingOptions {
  readonly managers: number;
  /** Questions for each of them, five on a card. */
  readonly questionsEach?: number;
  /** `new`: nobody has ever written to the bot, so that each chat has to be opened first. */
  readonly chats: 'known' | 'new';
}

export interface SentFigures {
  readonly cards: number;
  readonly calls: number;
  /** Virtual seconds from the first call to the last. */
  readonly seconds: number;
  readonly callsPerSecond: number;
  /** Calls beyond what Teams takes. */
  readonly refused: number;
  /** Questions whose delivery is in their case. */
  readonly asked: number;
  readonly mostCardsTo: number;
}

/** A campaign's questions, sent by the real worker at the published limits of Teams, on a virtual clock. */
export async function cardsSent({
  managers,
  questionsEach = 1,
  chats,
}: SendingOptions): Promise<SentFigures> {
  const clock = virtualClock(START);
  const limits = teamsLimits(() => clock.now().getTime());
  const connector = await aTeamsConnector((call) => limits.refuse(call));
  const counts = { asked: 0 };
  const { doors, store, conversations } = doorsOf({ clock, connector, counts });
  try {
    for (let n = 0; n < managers; n += 1) {
      const manager = { id: managerId(n), displayName: `Manager ${n}` };
      for (let m = 0; m < questionsEach; m += 1) await open(doors, manager, n * questionsEach + m);
      if (chats === 'new') continue;
      const conversationId = connector.conversationOf(manager.id);
      await conversations.remember(manager.id, {
        conversationId,
        serviceUrl: connector.serviceUrl,
        tenantId: undefined,
      });
    }
    const ready = { ...doors, store: slowStore(store, clock) };
    const worker = startWorker(ready, {
      owner: 'one',
      pollMs: REAL.pollMs,
      leaseMs: REAL.leaseMs,
      sleep: (ms, signal) => clock.sleep(ms, signal),
    });
    const until = clock.now().getTime() + DAY_MS;
    while (counts.asked < managers * questionsEach && clock.now().getTime() < until) await clock.sleep(1_000);
    await worker.stop();
    return figuresOf(connector, limits, counts.asked);
  } finally {
    await store.close();
    await connector.close();
  }
}

function figuresOf(connector: TeamsConnector, { taken, refused }: TeamsLimits, asked: number): SentFigures {
  const seconds = ((taken.at(-1) ?? 0) - (taken[0] ?? 0)) / 1_000;
  const each = new Map<string, number>();
  for (const { conversationId } of connector.messages)
    each.set(conversationId, (each.get(conversationId) ?? 0) + 1);
  return {
    cards: connector.messages.length,
    calls: taken.length,
    seconds,
    callsPerSecond: (taken.length - 1) / seconds,
    refused,
    asked,
    mostCardsTo: Math.max(0, ...each.values()),
  };
}

function managerId(n: number): UserId {
  return userId(1_000_000 + n);
}

/** A case that has just been opened. */
async function open(doors: CommandDoors, manager: PersonRef, n: number): Promise<void> {
  const caseId = `case-${n}` as CaseId;
  const dueAt = START.toISOString() as Instant;
  const facts = {
    id: caseId,
    caseId,
    userId: userId(n + 1),
    manager,
    dueAt,
    openedAt: dueAt,
    version: 0,
    seq: 0,
    head: '',
  };
  const subject = { ...CASES.opened.subject, displayName: `Person ${n}` };
  await begin(doors, { ...CASES.opened, ...facts, subject, asking: { kind: 'ask', person: manager } });
}

interface World {
  readonly clock: VirtualClock;
  readonly connector: TeamsConnector;
  readonly counts: { asked: number };
}

function doorsOf({ clock, connector, counts }: World): {
  readonly doors: CommandDoors;
  readonly store: Store;
  readonly conversations: ReturnType<typeof openTeams>['conversations'];
} {
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const store = memoryStore();
  const random = {
    id: newId,
    salt: () => (ids += 1).toString(16).padStart(32, '0'),
    fraction: () => (ids * 0.618) % 1,
  };
  const teams = openTeams({
    identity: { kind: 'tryOut' },
    serviceUrl: connector.serviceUrl,
    store,
    log: silentLog,
    clock,
    random: random.fraction,
  });
  slowTeams(teams.connector.adapter, clock);
  const graph = slowGraph(clock);
  const doors: CommandDoors = {
    store,
    graph,
    auditGraph: graph,
    messenger: teams.messenger,
    policy: actingPolicy(),
    clock,
    random,
    log: {
      ...silentLog,
      info: (_text, fields) => void (counts.asked += fields?.['event'] === 'asked' ? 1 : 0),
    },
    pace: REAL,
    leaseMs: REAL.leaseMs,
    rolesOf: async () => [],
    ...readersOf(teams),
    timeZone: 'Etc/UTC',
    onAuditProgress: () => {},
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
  return { doors, store, conversations: teams.conversations };
}

/** Everybody is an ordinary manager. */
function slowGraph(clock: VirtualClock): GraphDoor {
  const { person } = aPerson('Somebody');
  const told: Pick<GraphDoor, 'person' | 'groupsContaining' | 'ownedThings'> = {
    person: async (id) => {
      await clock.sleep(LATENCY.graph);
      return { ...person, id: id as UserId };
    },
    groupsContaining: async () => {
      await clock.sleep(LATENCY.graph);
      return new Set();
    },
    ownedThings: async () => {
      await clock.sleep(LATENCY.graph);
      return [];
    },
  };
  return told as GraphDoor;
}

function slowStore(store: Store, clock: VirtualClock): Store {
  const slowly = async <T>(act: () => Promise<T>): Promise<T> => {
    await clock.sleep(LATENCY.store);
    return act();
  };
  return {
    ...store,
    read: (container, partition, id) => slowly(() => store.read(container, partition, id)),
    create: (container, doc) => slowly(() => store.create(container, doc)),
    replace: (container, doc, etag) => slowly(() => store.replace(container, doc, etag)),
    remove: (container, partition, id, etag) => slowly(() => store.remove(container, partition, id, etag)),
    batch: (container, partition, operations) => slowly(() => store.batch(container, partition, operations)),
    query: (query) => store.query(query),
  };
}

/** The call reaches Teams, and its answer us, after half of the time each. */
function slowTeams(adapter: StewardAdapter, clock: VirtualClock): void {
  const slowly = async <T>(act: () => Promise<T>): Promise<T> => {
    await clock.sleep(LATENCY.teams / 2);
    const answer = await clock.hold(act);
    await clock.sleep(LATENCY.teams / 2);
    return answer;
  };
  const create = adapter.createConversationAsync.bind(adapter);
  const go = adapter.continueConversationAsync.bind(adapter) as (
    ...args: readonly unknown[]
  ) => Promise<void>;
  adapter.createConversationAsync = (...args) => slowly(() => create(...args));
  adapter.continueConversationAsync = (...args: readonly unknown[]) => slowly(() => go(...args));
}
