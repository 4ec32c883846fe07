import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { live } from './life.js';
import type { Options } from './options.js';
import type { Plant } from './plant.js';
import { PLANTS } from './plants.js';
import { RULES } from './rules/all.js';
import type { Done } from './seed-worker.js';
import { liveAll, seedsFrom } from './worker-pool.js';

/** By name: a seed that has seen the mistake, with which the next search begins. */
const SEEN_BY = path.join(process.cwd(), 'test', 'simulation', 'seen-by.json');

type SeenBy = Readonly<Record<string, number>>;

/**
 * Puts each mistake into the sources and looks for a seed that sees it: the one that saw it before, or else the first of
 * those that are asked for.
 */
export async function findPlants(names: readonly string[], options: Options): Promise<number> {
  const unknown = names.filter((name) => !PLANTS.some((plant) => plant.name === name));
  if (unknown.length > 0) throw new Error(`There is no planted mistake ${unknown.join(', ')}.`);
  const wanted = PLANTS.filter(({ name }) => names.length === 0 || names.includes(name));
  const before = readSeenBy();
  const seen = await seenAgain(wanted, before, options);
  for (const plant of wanted.filter(({ name }) => !seen.has(name))) {
    const found = await firstSeed(plant, options);
    if (found !== undefined) seen.set(plant.name, found.seed);
    if (options.remembers) remember(plant.name, found?.seed);
    sayOf(plant, found, options);
  }
  say(`${seen.size} of ${wanted.length} planted mistakes were seen.`);
  return seen.size === wanted.length ? 0 : 1;
}

/** Which of them are seen by the seeds that saw them before, several mistakes at a time. */
async function seenAgain(
  wanted: readonly Plant[],
  before: SeenBy,
  options: Options,
): Promise<Map<string, number>> {
  const seen = new Map<string, number>();
  const last = options.from + options.seeds - 1;
  const left = wanted.flatMap((plant) => {
    const seed = before[plant.name];
    return seed === undefined || seed < options.from || seed > last ? [] : [{ plant, seed }];
  });
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [found] = await broken(next.plant, next.seed, 1, 1);
      if (found === undefined || !(await isClean(found.seed))) continue;
      seen.set(next.plant.name, found.seed);
      sayOf(next.plant, found, options);
    }
  };
  await Promise.all(Array.from({ length: options.processes }, work));
  return seen;
}

/** The first seed in which a rule is broken with the mistake, and none without it. */
async function firstSeed(
  plant: Plant,
  { processes, seeds, from: first }: Options,
): Promise<Done | undefined> {
  for (let from = first; ;) {
    const found = await broken(plant, from, first + seeds - from, processes);
    for (const done of found) if (await isClean(done.seed)) return done;
    const last = found.at(-1);
    if (last === undefined) return undefined;
    from = last.seed + 1;
  }
}

/** The first seeds in which a rule is broken with the mistake: as many as were under way when there was one. */
async function broken(
  { changes }: Plant,
  from: number,
  seeds: number,
  processes: number,
): Promise<readonly Done[]> {
  const found: Done[] = [];
  await liveAll(
    seedsFrom(from, seeds, false),
    { processes, plant: JSON.stringify(changes) },
    (done) => {
      if (done.violations.length > 0) found.push(done);
    },
    () => found.length > 0,
  );
  return found.sort((a, b) => a.seed - b.seed);
}

const clean = new Map<number, Promise<boolean>>();

function isClean(seed: number): Promise<boolean> {
  const lived = clean.get(seed) ?? live(seed, RULES).then(({ violations }) => violations.length === 0);
  clean.set(seed, lived);
  return lived;
}

function readSeenBy(): SeenBy {
  return JSON.parse(readFileSync(SEEN_BY, 'utf8')) as SeenBy;
}

/** At once, and in the order of the list. @param seed undefined: none sees it any more */
function remember(which: string, seed: number | undefined): void {
  const seen = { ...readSeenBy(), [which]: seed };
  const lines = PLANTS.flatMap(({ name }) => (seen[name] === undefined ? [] : [[name, seen[name]] as const]));
  writeFileSync(SEEN_BY, `${JSON.stringify(Object.fromEntries(lines), undefined, 2)}\n`);
}

function sayOf({ name, what }: Plant, found: Done | undefined, { seeds }: Options): void {
  const seed = found === undefined ? `not seen in ${seeds} seeds` : `seed ${found.seed}`;
  say(`${name.padEnd(24)}${seed.padEnd(26)}${(found?.violations[0]?.rule ?? '').padEnd(24)}${what}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
