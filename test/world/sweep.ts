import type { UserId } from '../../src/audit/person.js';
import { instant } from '../../src/cases/case.js';
import { newCommand } from '../../src/cases/command.js';
import type { CardAnswer } from '../../src/cases/answering/desk.js';
import { addCommand } from '../../src/cases/run-add-command.js';
import { NAMED } from '../../src/simulator/named-people.js';
import { damage, evidenceOf, type Evidence } from './crash-evidence.js';
import type { Act, Fate, Scenario } from './crash-life.js';
import { someOf } from './some-of.js';
import type { CrashWorld } from './crash-world.js';
import type { Crash } from './crashing-doors.js';

const manager = NAMED.itManager.id as UserId;
/** Whom the scenarios are about. */
export const idle = NAMED.plainInactive.id as UserId;

export const quiet: Act = (life) => life.quiet();

/** Clicks once more when no answer came, but only while the card still asks. */
export function click(answer: CardAnswer): Act {
  return (life) =>
    life.byHand(async ({ desk }) => {
      const c = await life.world.caseOf(idle);
      if (c.state !== 'asked') return;
      await desk.answer({ caseId: c.caseId, version: c.version, by: manager, answer });
    });
}

export const reclaim = click({ kind: 'reclaim', reason: 'Left the team' });

export const undo: Act = (life) =>
  life.byHand(async ({ desk }) => {
    const { caseId } = await life.world.caseOf(idle);
    await desk.undo({ caseId, by: manager });
  });

/** A terminal or the schedule writes the row; the service carries it out. */
export function ordered(id: string, order: 'audit' | 'undo'): Act {
  return async ({ world }) => {
    const now = instant(world.clock.now());
    const what = order === 'undo' ? ({ order, userId: idle } as const) : { order };
    await addCommand(world.doors, newCommand(id, what, 'test', now, now));
  };
}

/** Where scenarios can begin instead of with four questions that were asked. */
export const NOTHING: readonly Act[] = [];
export const HOLDING: readonly Act[] = [ordered('audit-0', 'audit'), quiet, reclaim, quiet];

/** What is left of a scenario. */
export interface Run {
  readonly evidence: Evidence;
  /** Calls that the first process made. */
  readonly calls: readonly string[];
  /** Calls that the second process made. */
  readonly secondCalls: readonly string[];
}

export function play(world: CrashWorld, scenario: Scenario, fate: Fate = {}): Promise<Run> {
  return world.play(scenario, fate, async (lived) => ({
    evidence: await evidenceOf(lived.world),
    calls: lived.calls[0] ?? [],
    secondCalls: lived.calls[1] ?? [],
  }));
}

const EFFECTS = /^(store\.(create|replace|remove|batch)|graph\.changeLicenses|messenger\.)/;

/** Every moment at which a process can end: before each of its calls, and after those that leave something behind. */
export function momentsOf(calls: readonly string[]): readonly Crash[] {
  return calls.flatMap((name, index) => {
    const at = index + 1;
    const before: Crash = { at, when: 'before' };
    return EFFECTS.test(name) ? [before, { at, when: 'after' }] : [before];
  });
}

export interface Sweep {
  /** All there are. */
  readonly moments: number;
  /** Of them; absent: at every one. */
  readonly lookedAt?: number;
  /** What was damaged, and when. */
  readonly found: readonly string[];
}

export interface SweepOptions {
  readonly fate?: Fate;
  /** The ends that are right (default: that of the same scenario without a crash). */
  readonly rights?: readonly Evidence[];
  /** Only whether anything is found. */
  readonly untilFound?: boolean;
}

/** Of so many moments of a whole life over the real store a test looks at one. */
export const ONE_OF = 8;

/** Lets the first process of a scenario end at the moments that are looked at. */
export async function sweep(
  world: CrashWorld,
  scenario: Scenario,
  options: SweepOptions = {},
): Promise<Sweep> {
  const { fate = {}, untilFound = false } = options;
  const { evidence, calls } = await play(world, scenario, fate);
  const rights = options.rights ?? [evidence];
  const found = damage(evidence, rights, 0).map((each) => `without a crash: ${each}`);
  const moments = momentsOf(calls);
  // A planted fault is looked for at every one.
  const some = untilFound ? moments : someOf(moments, scenario.name, ONE_OF);
  for (const crash of some) {
    if (untilFound && found.length > 0) break;
    const run = await play(world, scenario, { ...fate, crashes: [crash] });
    const where = `${crash.when} call ${crash.at} (${calls[crash.at - 1]})`;
    found.push(...damage(run.evidence, rights, 1).map((each) => `${where}: ${each}`));
  }
  return { moments: moments.length, lookedAt: some.length, found };
}

/** Prints in how many places a sweep has looked; one that looked nowhere must not pass. */
export function told(name: string, { moments, lookedAt: looked = moments, found }: Sweep): readonly string[] {
  process.stdout.write(`crash sweep, ${name}: ${looked} of ${moments} moments\n`);
  if (moments < 15 || looked === 0) throw new Error(`The sweep has found ${moments} moments only.`);
  return found;
}
