import type { UserId } from '../../src/audit/person.js';
import { whoMay } from '../../src/bot/who-may.js';
import type { Desk } from '../../src/cases/answering/desk.js';
import type { CommandDoors } from '../../src/cases/run-command.js';
import { openDesk } from '../../src/cases/answering/run-desk.js';
import { beginWork } from '../../src/cases/run-begin.js';
import { REAL } from '../../src/config/pace.js';
import type { Policy } from '../../src/config/policy.js';
import { StoreUnavailable, type Doc, type Query } from '../../src/store/store.js';
import type { Log } from '../../src/telemetry/log.js';
import { startWorker, type Worker } from '../../src/worker.js';
import type { LogLine } from './watch.js';
import { fateOf, isEffect, type Fate } from './fate.js';
import type { DueKind } from './memory-store.js';
import { POLL_MS, pollers, type Pollers } from './pollers.js';
import { graphOf } from './tenant-graph.js';
import { exchangeOf } from './tenant-mailboxes.js';
import {
  exchangeThrough,
  graphThrough,
  messengerThrough,
  storeThrough,
  type Call,
  type Pass,
} from './through.js';
import type { World } from './world.js';

/** One process of the service, from its start to its end. */
export interface Instance {
  /** Counted over the whole life of the world. */
  readonly number: number;
  readonly name: string;
  readonly policy: Policy;
  readonly doors: CommandDoors;
  readonly desk: Desk;
  readonly pollers: Pollers;
  /** By how much its clock is ahead. */
  offset: number;
  isAlive(): boolean;
  /** When it was gone, by the clock of the world; undefined: it is there. */
  endedAt: number | undefined;
  /** Ends it where it stands: none of its calls is made any more, and none returns. */
  kill(): void;
  /** Ends it as a deployment does: work in hand is carried to its end. */
  stop(): Promise<void>;
  /** Something that happens at its n-th call from now on. */
  ahead(calls: number, what: Ahead): void;
}

export type Ahead =
  | { readonly kind: 'moment'; readonly what: () => void }
  /** `effectsOnly`: not at this call but at the next one that changes the tenant or sends a message. */
  | { readonly kind: 'crash'; readonly when: 'before' | 'after'; readonly effectsOnly: boolean }
  /** The next call to the store is refused. */
  | { readonly kind: 'unavailable' };

/** Starts a process. `onEnd` is called once, when it is gone. */
export function startInstance(world: World, number: number, onEnd: () => void): Instance {
  const { time } = world;
  const policy = world.policy;
  const name = `process-${number}`;
  let alive = true;
  let worker: Worker | undefined;
  const waiting: { left: number; readonly what: Ahead }[] = [];

  const instance: Instance = {
    number,
    name,
    policy,
    offset: 0,
    isAlive: () => alive,
    endedAt: undefined,
    kill: () => {
      if (!alive) return;
      alive = false;
      instance.endedAt = time.now();
      world.running.splice(world.running.indexOf(instance), 1);
      onEnd();
    },
    stop: async () => {
      await worker?.stop();
      instance.kill();
    },
    ahead: (calls, what) => waiting.push({ left: calls, what }),
    pollers: pollers(world, () => instance),
    doors: doorsOf(world, () => instance, pass),
    get desk() {
      return desk;
    },
  };
  const desk = openDesk(instance.doors);
  world.running.push(instance);
  void boot();
  return instance;

  async function boot(): Promise<void> {
    const { doors } = instance;
    try {
      await beginWork(doors);
    } catch (error) {
      world.story.tell(time.now(), name, () => `does not start: ${String(error)}`);
      instance.kill();
      return;
    }
    worker = startWorker(doors, {
      owner: name,
      pollMs: POLL_MS,
      leaseMs: doors.leaseMs,
      sleep: (ms, signal) => instance.pollers.sleep(ms, signal),
    });
  }

  /** What was to come at this call, in the order in which it was planned. */
  function comes(call: Call): readonly Ahead[] {
    if (waiting.length === 0) return [];
    for (const each of waiting) each.left -= 1;
    const isOutside = isEffect(call) || call.method === 'send';
    const due = waiting.filter(
      ({ left, what }) => left < 0 && (isOutside || what.kind !== 'crash' || !what.effectsOnly),
    );
    for (const each of due) waiting.splice(waiting.indexOf(each), 1);
    return due.map(({ what }) => what);
  }

  // Not async: a promise that is returned from such a function costs three turns more, for each of the calls.
  function pass<T>(call: Call, make: () => Promise<T>): Promise<T> {
    if (!alive) return never();
    const looksFor = dueLook(call);
    if (looksFor !== undefined && !instance.pollers.isDue(looksFor)) {
      instance.pollers.looked(looksFor);
      return Promise.resolve([] as T);
    }
    const events = comes(call);
    for (const event of events) if (event.kind === 'moment') event.what();
    if (!alive) return never();
    const crash = events.find((event) => event.kind === 'crash');
    const isRefused = call.door === 'store' && events.some(({ kind }) => kind === 'unavailable');
    world.story.note(time.now(), call.method);
    return new Promise<T>((resolve, reject) => {
      if (crash?.when === 'before') return crashAt(call, isEffect(call) ? make : undefined);
      world.watch.issued(instance, call);
      const fate = isRefused ? REFUSED : fateOf(world, call, instance);
      const settled = fate.happens === 'now' ? started(make) : undefined;
      settled?.catch(() => {});
      if (fate.happens === 'late') time.after(fate.delay + 3_000, () => void started(make).catch(() => {}));
      if (crash !== undefined) return crashAt(call, undefined);
      const answer = (): void => {
        if (!alive) return;
        if (fate.instead === undefined) settled?.then(resolve, reject);
        else if ('error' in fate.instead) reject(fate.instead.error);
        else resolve(fate.instead.answer as T);
        heard(call);
        world.watch.answered(instance, call, fate.instead !== undefined);
      };
      time.after(fate.delay, answer);
    });
  }

  /** Sleeps are told apart by what was looked for before. */
  function heard(call: Call): void {
    const looksFor = dueLook(call);
    if (looksFor !== undefined) instance.pollers.looked(looksFor);
  }

  /** The call happens at this very moment; what it does to the world is this process's doing. */
  function started<T>(make: () => Promise<T>): Promise<T> {
    const before = world.actor;
    world.actor = instance;
    try {
      return make();
    } finally {
      world.actor = before;
    }
  }

  /** Killed; a request that is under way may be carried out all the same. */
  function crashAt(call: Call, underWay: (() => Promise<unknown>) | undefined): void {
    world.story.tell(time.now(), name, () => `is killed at ${call.door}.${call.method}`);
    if (underWay !== undefined && world.faults.strikes('crashInFlight', 0.3)) {
      world.watch.issued(instance, call);
      const wait = world.chances.latency.whole(0, 5_000);
      time.after(wait, () => void started(underWay).catch(() => {}));
    }
    instance.kill();
    if (isEffect(call) && world.faults.strikes('outage', 0.3)) outage(world, call);
  }
}

/** Nobody is there to go on with what was begun; the tenant does not wait. */
function outage(world: World, call: Call): void {
  const { time, chances, running } = world;
  for (const other of [...running]) other.kill();
  // Whoever was to start after an earlier outage still does, and not before.
  world.downUntil = Math.max(world.downUntil, time.now() + chances.world.whole(3_600_000, 30 * 3_600_000));
  world.story.tell(time.now(), 'operator', () => `down until ${new Date(world.downUntil).toISOString()}`);
  world.watch.wentDown(call.args[0] as UserId);
}

const REFUSED: Fate = {
  happens: 'never',
  delay: 50,
  instead: { error: new StoreUnavailable('The store cannot be used now.') },
};

/** What a look for due rows looks for; others than those for cases say which kind. */
function dueLook({ method, args }: Call): DueKind | undefined {
  if (method !== 'query') return undefined;
  const { container, orderBy, where } = args[0] as Query;
  if (orderBy?.field !== 'dueAt') return undefined;
  if (container === 'cases') return 'case';
  return where.find(({ field }) => field === 'kind')?.value as DueKind | undefined;
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => {});
}

function doorsOf(world: World, self: () => Instance, pass: Pass): CommandDoors {
  const { time, chances, policy } = world;
  const clock = { now: () => new Date(time.now() + self().offset) };
  const truth = graphOf(world, {
    clock: time,
    by: () => self().number,
    isStale: () => world.faults.strikes('staleRead'),
  });
  const exchange = exchangeOf(
    world.mailboxes,
    () => self().number,
    () => world.faults.strikes('exchangeRefuses', 0.05),
  );
  const graph = graphThrough(truth, 'graph', pass);
  const roles = whoMay({ policy, graph, clock });
  return {
    store: storeThrough(world.store, pass),
    graph,
    auditGraph: graphThrough(truth, 'auditGraph', pass),
    exchange: world.hasExchange ? exchangeThrough(exchange, pass) : undefined,
    messenger: messengerThrough(world.teams, pass),
    policy,
    clock,
    random: {
      id: () => `id-${chances.product.hex(12)}`,
      salt: () => chances.product.hex(32),
      fraction: () => chances.product.fraction(),
    },
    log: logOf(world, self),
    pace: { ...REAL, ...world.pace },
    leaseMs: REAL.leaseMs,
    rolesOf: roles,
    localeOf: async () => 'en',
    timeZoneOf: async () => policy.audit.timeZone,
    timeZone: policy.audit.timeZone,
    onAuditProgress: () => {},
    sleep: (ms, signal) => self().pollers.pause(ms, signal),
  };
}

function logOf(world: World, self: () => Instance): Log {
  const say =
    (level: LogLine['level']): Log['warn'] =>
    (message, fields = {}) => {
      if (level !== 'info') {
        const words = (): string => `${level}: ${message} ${JSON.stringify(fields)}`;
        world.story.tell(world.time.now(), self().name, words);
      }
      world.watch.logged(self(), { level, message, fields });
    };
  return { debug: () => {}, info: say('info'), warn: say('warn'), error: say('error') };
}

/** true: a row that somebody works on now and before did not. */
export function isClaim(before: Doc | undefined, after: Doc | undefined): boolean {
  const owner = leaseOwner(after);
  return owner !== undefined && owner !== leaseOwner(before);
}

export function leaseOwner(doc: Doc | undefined): string | undefined {
  return (doc as { readonly lease?: { readonly owner: string } } | undefined)?.lease?.owner;
}
