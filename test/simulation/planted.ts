import type { Options } from './options.js';
import { PLANTS, type Plant } from './plants.js';
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

async function firstSeed({ changes }: Plant, options: Options): Promise<Done | undefined> {
  const found: Done[] = [];
  await liveAll(
    seedsFrom(options.from, options.seeds, false),
    { processes: options.processes, plant: JSON.stringify(changes) },
    (done) => {
      if (done.violations.length > 0) found.push(done);
    },
    () => found.length > 0,
  );
  return found.sort((a, b) => a.seed - b.seed)[0];
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
