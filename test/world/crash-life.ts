import type { Case, Instant } from '../../src/cases/case.js';
import type { Outbox } from '../../src/cases/asking/outbox.js';
import type { Command } from '../../src/cases/command.js';
import type { Desk } from '../../src/cases/answering/desk.js';
import type { CommandDoors } from '../../src/cases/run-command.js';
import { openDesk } from '../../src/cases/answering/run-desk.js';
import type { Policy } from '../../src/config/policy.js';
import { ChangedMeanwhile, type Store } from '../../src/store/store.js';
import { workOnce } from '../../src/worker.js';
import { mortal, type Crash, type MortalDoors, type Turn } from './crashing-doors.js';
import type { CaseVerbs, StewardWorld } from './steward-world.js';
import { untilAborted } from './until-aborted.js';

const LEASE_MS = 15_000;
/** Longer than any wait of a case that goes on by itself, shorter than those for a person. */
const SOON_MS = 10 * 60_000;

/** What happens in a scenario, by people or by time. */
export type Act<W extends CaseVerbs = StewardWorld> = (life: Life<W>) => Promise<void>;

export interface Scenario<W extends CaseVerbs = StewardWorld> {
  readonly name: string;
  readonly policy?: Policy;
  /** What happened before, without a crash. Default: an audit, and four questions that were asked. */
  readonly before?: readonly Act<W>[];
  readonly acts: readonly Act<W>[];
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
export interface Life<W extends CaseVerbs = StewardWorld> {
  readonly world: W;
  /** What a person does with a process, and does again with the next one when that ends before it answers. */
  byHand(act: (instance: Instance) => Promise<void>): Promise<void>;
  /** Does what is due until nothing is due soon, or until the first process has ended. */
  quiet(until?: 'crash'): Promise<void>;
  /** Lets the process go on that stood still. */
  wake(): Promise<void>;
}

export interface Fate {
  /** Where the first process ends, where the one after it does, and so on. */
  readonly crashes?: readonly Crash[];
  /** A process (the first has number 1) that stands still, alive, before one of its calls until it is woken. */
  readonly standsStill?: { readonly process: number; readonly at: number };
  /** How many processes there are at first (default 1). */
  readonly processes?: number;
  /** Whose call is made next, where several processes run. */
  readonly turn?: Turn;
}

export interface Lived<W extends CaseVerbs = StewardWorld> {
  readonly world: W;
  /** Calls that each process made, by name, in the order in which the processes were started. */
  readonly calls: readonly (readonly string[])[];
}

/** Plays the acts of a scenario in a world, with processes that end where `fate` says. */
export async function live<W extends CaseVerbs>(
  world: W,
  scenario: Scenario<W>,
  fate: Fate,
): Promise<Lived<W>> {
  const wanted = fate.processes ?? 1;
  const all: Instance[] = [];
  const running: Instance[] = [];
  const still = standsStill(fate.standsStill?.at, fate.turn);
  let crashed = false;
  const start = (): void => {
    const number = all.length + 1;
    const turn = number === fate.standsStill?.process ? still.turn : number <= wanted ? fate.turn : undefined;
    const random = randomOf(`${scenario.name}${number}`);
    const parts = mortal({ ...world.doors, random }, fate.crashes?.[number - 1], turn);
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
  const life: Life<W> = {
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
    sleep: untilAborted,
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
