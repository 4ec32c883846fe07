import { chancesOf, type Chance } from '../simulation/random.js';
import { damage, type Evidence } from './crash-evidence.js';
import { live, type Fate } from './crash-life.js';
import type { Crash } from './crashing-doors.js';
import type { StepScenario } from './step-scenarios.js';
import { someOf } from './some-of.js';
import { aStepWorld } from './step-world.js';

export interface StepRun {
  readonly evidence: Evidence;
  /** Calls of each process, by name, in the order in which the processes were started. */
  readonly calls: readonly (readonly string[])[];
}

/** One whole life of a scenario, from the first audit on. */
export async function playSteps(scenario: StepScenario, fate: Fate = {}): Promise<StepRun> {
  const { name, people, options, before, acts, plant } = scenario;
  const world = await aStepWorld(people, options);
  try {
    await live(world, { name: `${name} before`, acts: before }, {});
    const { calls } = await live(world, { name, acts, ...(plant === undefined ? {} : { plant }) }, fate);
    return { evidence: await world.evidence(), calls };
  } finally {
    await world.close();
  }
}

/** Calls that leave something behind. */
const CHANGES =
  /^(store\.(create|replace|remove|batch)|messenger\.|exchange\.convert|graph\.(change|set|revoke|join|leave|delete|restore))/;

/**
 * Every moment at which a process can end. `distinct`: not after a call that leaves nothing behind, because that is the
 * moment before the next one.
 */
export function momentsIn(calls: readonly string[], which: 'all' | 'distinct'): readonly Crash[] {
  return calls.flatMap((name, index): readonly Crash[] => {
    const before = { at: index + 1, when: 'before' } as const;
    const after = { at: index + 1, when: 'after' } as const;
    return which === 'all' || CHANGES.test(name) ? [before, after] : [before];
  });
}

export interface Swept {
  /** All there are. */
  readonly moments: number;
  readonly lookedAt: number;
  readonly found: readonly string[];
}

export interface SweepStepsOptions {
  /** Which moments there are. */
  readonly which?: 'all' | 'distinct';
  /** Of so many of them one is looked at. */
  readonly oneOf?: number;
  /** Only whether anything is found. */
  readonly untilFound?: boolean;
}

/** Lets the first process of a scenario end at every await there is, or at a part of them. */
export async function sweepSteps(scenario: StepScenario, options: SweepStepsOptions = {}): Promise<Swept> {
  const { which = 'distinct', oneOf = 1, untilFound = false } = options;
  const { plant: _plant, ...right } = scenario;
  const { evidence } = await playSteps(right);
  const { evidence: whole, calls } = await playSteps(scenario);
  const [first = []] = calls;
  const found = damage(whole, [evidence], 0).map((each) => `without a crash: ${each}`);
  const moments = momentsIn(first, which);
  const some = someOf(moments, scenario.name, oneOf);
  for (const crash of some) {
    if (untilFound && found.length > 0) break;
    const run = await playSteps(scenario, { crashes: [crash] });
    found.push(...damage(run.evidence, [evidence], 1).map((each) => `${inWords(crash, first)}: ${each}`));
  }
  return { moments: moments.length, lookedAt: some.length, found };
}

export interface Doubles {
  /** The two crashes that a seed stands for, and what was damaged by them. */
  play(seed: number): Promise<{ readonly words: string; readonly found: readonly string[] }>;
}

/** Lives in which the process that goes on ends as well: both crashes at random awaits, which the seed decides. */
export function doubleCrashes(scenarios: readonly StepScenario[]): Doubles {
  const whole = new Map<StepScenario, Promise<StepRun>>();
  return {
    async play(seed) {
      const chance = chancesOf(seed).moments;
      const scenario = chance.pick(scenarios);
      const right = whole.get(scenario) ?? playSteps(scenario);
      whole.set(scenario, right);
      const { evidence, calls } = await right;
      const first = oneOf(chance, calls[0]);
      const single = await playSteps(scenario, { crashes: [first] });
      const second = oneOf(chance, single.calls[1]);
      const run = await playSteps(scenario, { crashes: [first, second] });
      const words = `${scenario.name}: ${inWords(first, calls[0])}, then ${inWords(second, single.calls[1])}`;
      return { words, found: damage(run.evidence, [evidence], 2) };
    },
  };
}

function oneOf(chance: Chance, calls: readonly string[] = []): Crash {
  return { at: chance.whole(1, Math.max(1, calls.length)), when: chance.pick(['before', 'after']) };
}

function inWords({ at, when }: Crash, calls: readonly string[] = []): string {
  return `${when} call ${at} (${calls[at - 1] ?? 'none'})`;
}
