import { live } from './life.js';
import type { Options } from './options.js';
import type { Plant } from './plant.js';
import { PLANTS } from './plants.js';
import { RULES } from './rules/all.js';
import type { Done } from './seed-worker.js';
import { liveAll, seedsFrom } from './worker-pool.js';

/** Puts each mistake into the sources and looks for the first seed that sees it. */
export async function findPlants(names: readonly string[], options: Options): Promise<number> {
  const unknown = names.filter((name) => !PLANTS.some((plant) => plant.name === name));
  if (unknown.length > 0) throw new Error(`There is no planted mistake ${unknown.join(', ')}.`);
  const wanted = PLANTS.filter(({ name }) => names.length === 0 || names.includes(name));
  let unseen = 0;
  for (const plant of wanted) {
    const found = await firstSeed(plant, options);
    if (found === undefined) unseen += 1;
    const [violation] = found?.violations ?? [];
    const seed = found === undefined ? `not seen in ${options.seeds} seeds` : `seed ${found.seed}`;
    say(`${plant.name.padEnd(22)}${seed.padEnd(26)}${(violation?.rule ?? '').padEnd(24)}${plant.what}`);
  }
  say(`${wanted.length - unseen} of ${wanted.length} planted mistakes were seen.`);
  return unseen === 0 ? 0 : 1;
}

/** The first seed in which a rule is broken with the mistake, and none without it. */
async function firstSeed({ changes }: Plant, options: Options): Promise<Done | undefined> {
  const { processes, seeds } = options;
  let { from } = options;
  for (;;) {
    const left = options.from + seeds - from;
    const found: Done[] = [];
    await liveAll(
      seedsFrom(from, left, false),
      { processes, plant: JSON.stringify(changes) },
      (done) => {
        if (done.violations.length > 0) found.push(done);
      },
      () => found.length > 0,
    );
    found.sort((a, b) => a.seed - b.seed);
    for (const done of found) if (await isClean(done.seed)) return done;
    const last = found.at(-1);
    if (last === undefined) return undefined;
    from = last.seed + 1;
  }
}

async function isClean(seed: number): Promise<boolean> {
  return (await live(seed, RULES)).violations.length === 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
