import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { instant, type Case, type Instant } from '../../src/cases/case.js';
import { newCommand, type Command } from '../../src/cases/command.js';
import type { Outbox } from '../../src/cases/outbox.js';
import type { Desk } from '../../src/cases/desk.js';
import { addCommand, type CommandDoors } from '../../src/cases/run-command.js';
import { openDesk } from '../../src/cases/run-desk.js';
import type { Policy } from '../../src/config/policy.js';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';
import { ChangedMeanwhile, type Store } from '../../src/store/store.js';
import { workOnce } from '../../src/worker.js';
import { mortal, type Crash, type MortalDoors, type Turn } from './crashing-doors.js';
import { actingPolicy, aSteward, type StewardWorld } from './steward-world.js';

/** Five personas, four idle reports of the first of them, three active ones. */
const PEOPLE = 12;
/** Most of the time would go into waiting for the disk, which these processes of ours do not need to survive. */
const IN_MEMORY = '/dev/shm';
const LEASE_MS = 15_000;
/** Longer than any wait of a case that goes on by itself, shorter than those for a person. */
const SOON_MS = 10 * 60_000;

/** What happens in a scenario, by people or by time. */
export type Act = (life: Life) => Promise<void>;

export interface Scenario {
  readonly name: string;
  readonly policy?: Policy;
  /** What happened before, without a crash. Default: an audit, and four questions that were asked. */
  readonly before?: readonly Act[];
  readonly acts: readonly Act[];
  /** Something wrong put between the program and its doors, to see whether it is noticed. */
  readonly plant?: (doors: CommandDoors) => CommandDoors;
}

/** One process of the service. */
export interface Instance extends MortalDoors {
  readonly owner: string;
  readonly desk: Desk;
  /** Resolves when it has ended or stands still. */
  readonly gone: Promise<unknown>;
}

/** The world of one run: tenant, store and Teams outlive every process. */
export interface Life {
  readonly world: StewardWorld;
  /** What a person does with a process, and does again with the next one when that ends before it answers. */
  byHand(act: (instance: Instance) => Promise<void>): Promise<void>;
  /** Does what is due until nothing is due soon, or until the first process has ended. */
  quiet(until?: 'crash'): Promise<void>;
  /** Lets the process go on that stood still. */
  wake(): Promise<void>;
}

export interface Fate {
  /** Where the first process ends. */
  readonly crash?: Crash;
  /** A process (the first has number 1) that stands still, alive, before one of its calls until it is woken. */
  readonly standsStill?: { readonly process: number; readonly at: number };
  /** How many processes there are at first (default 1). */
  readonly processes?: number;
  /** Whose call is made next, where several processes run. */
  readonly turn?: Turn;
}

export interface Lived {
  readonly world: StewardWorld;
  /** Calls that each process made, by name, in the order in which the processes were started. */
  readonly calls: readonly (readonly string[])[];
}

/** A folder with stores to begin from, and the runs that begin there. */
export interface CrashWorld {
  /** Plays a scenario to its end, with a process that ends where `fate` says; then hands over what is left. */
  play<T>(scenario: Scenario, fate: Fate, look: (lived: Lived) => Promise<T>): Promise<T>;
  close(): void;
}

export function aCrashWorld(): CrashWorld {
  const folder = mkdtempSync(path.join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'crash-'));
  const beginnings = new Map<unknown, Promise<Beginning>>();
  let files = 0;
  const newFile = (): string => path.join(folder, `${(files += 1)}.sqlite`);

  async function beginning({ policy = actingPolicy(), before = ASKED }: Scenario): Promise<Beginning> {
    const file = newFile();
    const world = await aSteward({ people: PEOPLE, policy, store: openAt(file) });
    await live(world, { name: 'before', acts: before }, {});
    const { clock, teams, tenant } = world;
    await world.close();
    return { file, at: clock.now(), sent: teams.sent, changes: tenant.tenant.book.all };
  }

  return {
    async play(scenario, fate, look) {
      const key = scenario.before ?? scenario.policy;
      const known = beginnings.get(key) ?? beginning(scenario);
      beginnings.set(key, known);
      const begun = await known;
      const file = newFile();
      copyFileSync(begun.file, file);
      const { policy = actingPolicy() } = scenario;
      const world = await aSteward({ people: PEOPLE, policy, store: openAt(file) });
      try {
        world.clock.advance(begun.at.getTime() - world.clock.now().getTime());
        world.teams.sent.push(...begun.sent);
        for (const change of begun.changes) world.tenant.tenant.book.append(change);
        return await look(await live(world, scenario, fate));
      } finally {
        await world.close();
        for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The state of the world at which a scenario begins. */
interface Beginning {
  readonly file: string;
  readonly at: Date;
  readonly sent: StewardWorld['teams']['sent'];
  readonly changes: StewardWorld['tenant']['tenant']['book']['all'];
}

const ASKED: readonly Act[] = [
  async (life) => {
    const { clock, doors } = life.world;
    const now = instant(clock.now());
    await addCommand(doors, newCommand('audit-0', { order: 'audit' }, 'test', now, now));
    await life.quiet();
  },
];

let etags = 0;

function openAt(file: string): Store {
  return openEmbeddedStore(file, { newId: () => `etag-${(etags += 1)}` });
}

async function live(world: StewardWorld, scenario: Scenario, fate: Fate): Promise<Lived> {
  const wanted = fate.processes ?? 1;
  const all: Instance[] = [];
  const running: Instance[] = [];
  const still = standsStill(fate.standsStill?.at, fate.turn);
  let crashed = false;
  const start = (): void => {
    const number = all.length + 1;
    const turn = number === fate.standsStill?.process ? still.turn : number <= wanted ? fate.turn : undefined;
    const random = randomOf(`${scenario.name}${number}`);
    const parts = mortal({ ...world.doors, random }, number === 1 ? fate.crash : undefined, turn);
    const doors = scenario.plant?.(parts.doors) ?? parts.doors;
    const stands = number === fate.standsStill?.process ? [still.stands] : [];
    const gone = Promise.race([parts.died, ...stands]);
    const instance = { ...parts, doors, gone, owner: `process-${number}`, desk: openDesk(doors) };
    all.push(instance);
    running.push(instance);
    void gone.then((how) => {
      crashed ||= how === 'died';
      running.splice(running.indexOf(instance), 1);
      if (running.length === 0) start();
    });
  };
  while (running.length < wanted) start();
  // What a process has in hand when it stands still; it goes on with that when it is woken.
  const inHand: Promise<unknown>[] = [];
  const run = (instance: Instance, act: (instance: Instance) => Promise<void>): Promise<'done' | 'gone'> => {
    const doing = act(instance);
    if (instance === all[(fate.standsStill?.process ?? 0) - 1]) inHand.push(doing);
    return Promise.race([doing.then(() => 'done' as const), instance.gone.then(() => 'gone' as const)]);
  };
  const life: Life = {
    world,
    byHand: async (act) => {
      for (;;) {
        const [instance] = running;
        if (instance === undefined) throw new Error('No process runs.');
        if ((await run(instance, act)) === 'done') return;
      }
    },
    quiet: async (until) => {
      const end = world.clock.now().getTime() + SOON_MS;
      for (let rounds = 0; !(until === 'crash' && crashed); rounds += 1) {
        if (rounds > 1_000) throw new Error('There is no end to what is due.');
        await Promise.all(running.map((instance) => run(instance, drain)));
        const next = await nextDue(world.store);
        if (next === undefined || next > end) return;
        if (until === 'crash' && crashed) return;
        world.clock.advance(Math.max(0, next - world.clock.now().getTime()));
      }
    },
    wake: async () => {
      still.wake();
      await Promise.all(inHand);
    },
  };
  for (const act of scenario.acts) await act(life);
  return { world, calls: all.map((instance) => instance.calls) };
}

/** A turn at which a process stands still before its n-th call. */
function standsStill(
  at: number | undefined,
  turn: Turn = (call) => call(),
): { turn: Turn; stands: Promise<'still'>; wake(): void } {
  let calls = 0;
  let arrive: (word: 'still') => void = () => {};
  let wake = (): void => {};
  const stands = new Promise<'still'>((resolve) => (arrive = resolve));
  const woken = new Promise<void>((resolve) => (wake = resolve));
  return {
    stands,
    wake,
    turn: async (call) => {
      if ((calls += 1) === at) {
        arrive('still');
        await woken;
      }
      return turn(call);
    },
  };
}

function lookOnce(instance: Instance): Promise<boolean> {
  return workOnce(instance.doors, {
    owner: instance.owner,
    pollMs: 300,
    leaseMs: LEASE_MS,
    // Time stands still while a command is carried out, so its lease needs no renewing.
    sleep: (_ms, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  });
}

/** A process looks for due rows until there are none, and goes on when somebody else was faster, as the worker does. */
async function drain(instance: Instance): Promise<void> {
  for (;;) {
    try {
      if (!(await lookOnce(instance))) return;
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

/** When some row can be claimed next, in ms since 1970. */
async function nextDue(store: Store): Promise<number | undefined> {
  const times: number[] = [];
  for (const [container, kind] of [
    ['cases', 'case'],
    ['commands', 'command'],
    ['commands', 'outbox'],
  ] as const) {
    for await (const { doc } of store.query<Case | Command | Outbox>({
      container,
      where: [{ field: 'kind', is: '=', value: kind }],
    })) {
      if (doc.dueAt === undefined) continue;
      times.push(Math.max(at(doc.dueAt), doc.lease === undefined ? 0 : at(doc.lease.until)));
    }
  }
  return times.length === 0 ? undefined : Math.min(...times);
}

function at(time: Instant): number {
  return Date.parse(time);
}

function randomOf(process: string): CommandDoors['random'] {
  const name = process.replaceAll(/[^a-z0-9]/g, '');
  let ids = 0;
  return {
    id: () => `${name}-${(ids += 1)}`,
    salt: () => (ids += 1).toString(16).padStart(32, '0'),
    fraction: () => 0.5,
  };
}
