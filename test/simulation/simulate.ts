import { FAULTS, type Fault, type FaultCount } from './faults.js';
import { readOptions, type Options } from './options.js';
import type { Life } from './life.js';
import type { Done } from './seed-worker.js';
import { storyOf } from './story.js';
import type { Violation } from './watch.js';
import { liveAll, seedsFrom } from './worker-pool.js';

const DAY_MS = 86_400_000;
/** Lines of a failing seed's story that are printed; `--story` prints all. */
const LAST_LINES = 40;
/** Of how many of their opportunities faults have to strike, and in how many seeds that can be told. */
const LEAST_SHARE = 0.05;
const ENOUGH_SEEDS = 2_000;

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.planted !== undefined) {
    const { findPlants } = await import('./planted.js');
    return findPlants(options.planted, options);
  }
  return options.story ? tell(options) : count(options);
}

/** One seed, in sentences. */
async function tell({ from }: Options): Promise<number> {
  const life = await liveToTell(from);
  for (const line of life.lines) say(line);
  say(`\nSeed ${from}: ${life.events} events, checksum ${life.checksum}.`);
  for (const violation of life.violations) say(await inWords(violation));
  return life.violations.length === 0 ? 0 : 1;
}

/** Many seeds, in figures. */
async function count(options: Options): Promise<number> {
  const { from, seeds, twice } = options;
  const begun = performance.now();
  const broken: Done[] = [];
  const different: number[] = [];
  const all: Done[] = [];
  await liveAll(seedsFrom(from, seeds, twice), options, (done) => {
    all.push(done);
    if (done.violations.length > 0) broken.push(done);
    if (!done.isSameTwice) different.push(done.seed);
    if (all.length % 100 === 0) say(`${all.length} of ${seeds} seeds, ${broken.length} with a broken rule`);
  });
  sayFigures(all, performance.now() - begun, twice);
  for (const seed of different) say(`Seed ${seed} lived differently the second time.`);
  for (const { seed, violations } of broken)
    for (const violation of violations) say(`Seed ${seed}: ${await inWords(violation)}`);
  const [first] = broken.map(({ seed }) => seed).sort((a, b) => a - b);
  if (first !== undefined) await sayHow(first);
  if (first === undefined && different.length === 0) say(`No rule was broken in ${seeds} seeds.`);
  const rare = seeds < ENOUGH_SEEDS ? [] : rareIn(all);
  for (const fault of rare) say(`${fault} has struck too seldom: 5 % of its opportunities are wanted.`);
  return broken.length + different.length + rare.length === 0 ? 0 : 1;
}

/** Loaded only where it is needed: workers live through the rest. */
async function liveToTell(seed: number): Promise<Life> {
  const [{ live }, { RULES }] = await Promise.all([import('./life.js'), import('./rules/all.js')]);
  return live(seed, RULES, { story: true });
}

/** The end of a failing life, lived once more. */
async function sayHow(seed: number): Promise<void> {
  const life = await liveToTell(seed);
  say(`\nHow seed ${seed} ends (all of it: npm run simulate -- --seed ${seed} --story):`);
  for (const line of life.lines.slice(-LAST_LINES)) say(line);
}

function sayFigures(all: readonly Done[], ms: number, twice: boolean): void {
  const lives = all.length * (twice ? 2 : 1);
  const counts = Object.keys(FAULTS).map((fault) => [fault, sumOf(all, fault as Fault)] as const);
  say('\nfault                 opportunities     struck   share');
  for (const [fault, { opportunities, struck }] of counts) {
    const share = opportunities === 0 ? 0 : (100 * struck) / opportunities;
    say(
      `${fault.padEnd(22)}${String(opportunities).padStart(13)}${String(struck).padStart(11)}${share.toFixed(1).padStart(6)} %`,
    );
  }
  say('\nwhat came to pass     in all     a seed');
  for (const [what, sum] of Object.entries(seenIn(all)))
    say(`${what.padEnd(18)}${String(sum).padStart(10)}${(sum / all.length).toFixed(1).padStart(11)}`);
  say(`\nchecksum of all lives: ${checksumOf(all)}`);
  const events = all.reduce((sum, done) => sum + done.events, 0);
  const lived = all.reduce((sum, { lasts }) => sum + lasts, 0);
  const perMinute = (lives * 60_000) / ms;
  say(
    `\n${all.length} seeds${twice ? ', each twice' : ''}, in ${(ms / 1000).toFixed(1)} s: ${perMinute.toFixed(0)} lives a minute, ` +
      `${(events / all.length).toFixed(0)} events each; ${Math.round(lived / all.length / DAY_MS)} days a life, ` +
      `${Math.round((lived * (twice ? 2 : 1)) / ms).toLocaleString('en-US')} times as fast as real time.`,
  );
}

/** Faults that have struck less often than is promised. The share of `auditCall` is one of audits (docs/proof.md). */
function rareIn(all: readonly Done[]): readonly string[] {
  return (Object.keys(FAULTS) as readonly Fault[]).filter((fault) => {
    const { opportunities, struck } = sumOf(all, fault);
    return fault !== 'auditCall' && struck < LEAST_SHARE * opportunities;
  });
}

/** The same for the same seeds, whoever lived through them in which order. */
function checksumOf(all: readonly Done[]): string {
  const story = storyOf(false);
  for (const { seed, checksum } of [...all].sort((a, b) => a.seed - b.seed)) story.note(seed, checksum);
  return story.checksum();
}

function sumOf(all: readonly Done[], fault: Fault): FaultCount {
  return all.reduce(
    (sum, { faults }) => ({
      opportunities: sum.opportunities + faults[fault].opportunities,
      struck: sum.struck + faults[fault].struck,
    }),
    { opportunities: 0, struck: 0 },
  );
}

function seenIn(all: readonly Done[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { seen } of all)
    for (const [what, count] of Object.entries(seen)) sums[what] = (sums[what] ?? 0) + count;
  return sums;
}

async function inWords({ rule, at, sentence }: Violation): Promise<string> {
  const { RULES } = await import('./rules/all.js');
  const promise = RULES.find(({ name }) => name === rule)?.promise ?? 'the simulation itself';
  return `${rule}: ${sentence} (${new Date(at).toISOString()}; ${promise})`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
