import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CardJson, Delivery, Messenger } from '../../src/bot/messenger.js';
import type { UserId } from '../../src/audit/person.js';
import { instant, type Case, type MessageRef } from '../../src/cases/case.js';
import { newCommand, type CommandOrder } from '../../src/cases/command.js';
import type { Desk } from '../../src/cases/answering/desk.js';
import { addCommand } from '../../src/cases/run-add-command.js';
import type { CommandDoors } from '../../src/cases/run-command.js';
import { openDesk } from '../../src/cases/answering/run-desk.js';
import { newestCase } from './newest-case.js';
import { readPolicy, type Policy } from '../../src/config/policy.js';
import type { Locale } from '../../src/i18n/locale.js';
import { openGraph } from '../../src/graph/open-graph.js';
import { fixedToken } from '../../src/graph/tokens.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { startSimulator, type Simulator } from '../../src/simulator/server.js';
import { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import { workOnce } from '../../src/worker.js';
import { untilAborted } from './until-aborted.js';

export const START = new Date('2026-11-23T09:00:00.000Z');

const LEASE_MS = 15_000;

const ACTING = {
  mode: 'act',
  roles: `{ admins: ['${NAMED.itManager.id}'], hr: ['${NAMED.hrPartner.id}'] }`,
  reclaim: '{ mailbox: waive }',
  timetable:
    '{ reminders: [], afterDecision: PT5S, removeLicenses: PT8S, convertMailbox: PT7S, disableSignIn: PT6S, deliverWithin: PT5M, review: PT0S }',
  approvals: '{ firstRun: none, bulkOver: 1000 }',
  limits: '{ casesPerRun: { percent: 100 }, stepsPerDay: { percent: 100 }, perDepartment: { percent: 100 } }',
  prices: '[{ sku: SPE_E5, amount: 57, currency: USD, frequency: monthly }]',
} as const;

/** A policy that acts within seconds, as the try-out's; `more` are further lines of YAML, or other ones for a key. */
export function actingPolicy(more = ''): Policy {
  const lines = Object.entries(ACTING)
    .filter(([key]) => !more.split('\n').some((line) => line.startsWith(`${key}:`)))
    .map(([key, value]) => `${key}: ${value}`);
  const reading = readPolicy([...lines, more].join('\n'), { loopbackGraph: true });
  if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
  return reading.policy;
}

/** A clock that stands still; sleeping moves it. */
export interface ManualClock {
  now(): Date;
  sleep(ms: number): Promise<void>;
  advance(ms: number): void;
}

export function manualClock(start = START): ManualClock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    sleep: async (ms) => {
      now += ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface SentCard {
  readonly to: UserId;
  readonly card: CardJson;
  readonly message: MessageRef;
}

/** Teams in memory: remembers every card; `refuse` says what becomes of the next ones. */
export interface PretendTeams extends Messenger {
  readonly sent: SentCard[];
  readonly edits: { readonly message: MessageRef; readonly card: CardJson }[];
  /** Languages of people; of everybody else it is English. */
  readonly locales: Map<string, Locale>;
  /** Time zones of people; of everybody else it is UTC. */
  readonly zones: Map<string, string>;
  refuse: ((to: UserId) => Extract<Delivery, { kind: 'failed' }> | undefined) | undefined;
}

export function pretendTeams(): PretendTeams {
  const teams: PretendTeams = {
    sent: [],
    edits: [],
    locales: new Map(),
    zones: new Map(),
    refuse: undefined,
    async send(to, card) {
      const refused = teams.refuse?.(to);
      if (refused !== undefined) return refused;
      const message = {
        conversationId: `chat-of-${to}`,
        activityId: `message-${teams.sent.length + 1}`,
        serviceUrl: 'http://127.0.0.1/teams',
      };
      teams.sent.push({ to, card, message });
      return { kind: 'delivered', message };
    },
    async update(message, card) {
      teams.edits.push({ message, card });
      return { kind: 'delivered', message };
    },
  };
  return teams;
}

/** Everything that a test does with cases, whatever tenant they are about. */
export interface CaseVerbs {
  readonly clock: ManualClock;
  readonly store: Store;
  readonly teams: PretendTeams;
  readonly doors: CommandDoors;
  readonly desk: Desk;
  /** Runs an audit, opens its cases and asks the managers. */
  audit(): Promise<void>;
  order(what: CommandOrder): Promise<string>;
  /** Does what is due until nothing is, letting the clock run up to `ms` further. */
  work(ms?: number): Promise<void>;
  caseOf(userId: string): Promise<Case>;
  /** Lets time pass in which nobody answers about somebody, until the case is for the admins. */
  silence(userId: string): Promise<Case>;
}

export interface StewardWorld extends CaseVerbs {
  readonly tenant: Simulator;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly policy?: Policy;
  readonly people?: number;
  /** Another store than SQLite in a folder of its own; the world closes it. */
  readonly store?: Store;
  readonly licenseDelayMs?: number;
}

/** A whole tenant on a clock moved by hand: the simulated Graph over HTTP, a real store, and Teams in memory. */
export async function aSteward(options: WorldOptions = {}): Promise<StewardWorld> {
  const folder = mkdtempSync(path.join(tmpdir(), 'steward-'));
  const clock = manualClock();
  const tenant = await startSimulator({
    seed: 7,
    people: options.people ?? 60,
    now: () => clock.now(),
    licenseDelayMs: options.licenseDelayMs ?? 2_000,
    throttling: 'off',
  });
  let ids = 0;
  const newId = (): string => `id-${(ids += 1)}`;
  const store =
    options.store ??
    (await openStore(
      { kind: 'embedded', dataDir: folder },
      { log: silentLog, newId, wait: (ms) => clock.sleep(ms) },
    ));
  const teams = pretendTeams();
  const admins: readonly string[] = [NAMED.itManager.id];
  const graph = openGraph({
    baseUrl: tenant.url,
    token: fixedToken(tenant.token),
    clock,
    signInPerMinute: 1_000,
    random: () => 0.5,
  });
  const doors: CommandDoors = {
    store,
    graph,
    auditGraph: graph,
    messenger: teams,
    policy: options.policy ?? actingPolicy(),
    clock,
    random: { id: newId, salt: () => (ids += 1).toString(16).padStart(32, '0'), fraction: () => 0.5 },
    log: silentLog,
    pace: { checkStep: 1_000, giveUpStep: 60_000, watch: 600_000, gather: 0, retry: 1_000, held: 10_000 },
    leaseMs: LEASE_MS,
    rolesOf: async (userId) => (admins.includes(userId) ? ['admin'] : []),
    localeOf: async (userId) => teams.locales.get(userId ?? '') ?? 'en',
    timeZoneOf: async (userId) => teams.zones.get(userId) ?? 'Etc/UTC',
    timeZone: 'Etc/UTC',
    onAuditProgress: () => {},
    sleep: (ms) => clock.sleep(ms),
  };
  return inMotion(doors, { clock, tenant, teams, folder });
}

/** The verbs of a world, over any doors: for tests that put something between the program and its doors. */
export function inMotion(
  doors: CommandDoors,
  parts: { clock: ManualClock; tenant: Simulator; teams: PretendTeams; folder: string },
): StewardWorld {
  const { tenant, folder } = parts;
  return {
    ...verbsOver(doors, parts),
    tenant,
    async close() {
      await doors.store.close();
      await tenant.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function verbsOver(
  doors: CommandDoors,
  { clock, teams }: { readonly clock: ManualClock; readonly teams: PretendTeams },
): CaseVerbs {
  const options = { owner: 'worker-1', pollMs: 300, leaseMs: LEASE_MS, sleep: untilAborted };
  const world: CaseVerbs = {
    clock,
    teams,
    doors,
    store: doors.store,
    desk: openDesk(doors),
    async work(ms = 0) {
      const end = clock.now().getTime() + ms;
      for (;;) {
        if (await workOnce(doors, options)) continue;
        if (clock.now().getTime() >= end) return;
        clock.advance(500);
      }
    },
    async order(what) {
      const id = doors.random.id();
      const now = instant(clock.now());
      await addCommand(doors, newCommand(id, what, 'test', now, now));
      await world.work();
      const stored = await doors.store.read<ReturnType<typeof newCommand>>('commands', id, id);
      const outcome = stored?.doc.outcome;
      if (outcome === undefined || outcome.is === 'waiting')
        throw new Error('The command was not carried out.');
      return `${outcome.is}: ${outcome.says}`;
    },
    async audit() {
      const answer = await world.order({ order: 'audit' });
      if (!answer.startsWith('done')) throw new Error(answer);
    },
    async caseOf(userId) {
      const c = await newestCase(doors, userId as UserId);
      if (c === undefined) throw new Error('There is no case about this person.');
      return c;
    },
    async silence(userId) {
      for (let hops = 0; hops < 8; hops += 1) {
        const c = await world.caseOf(userId);
        if (c.state === 'adminReview') return c;
        clock.advance(8 * 86_400_000);
        await world.work(60_000);
      }
      throw new Error('The case never came to the admins.');
    },
  };
  return world;
}
