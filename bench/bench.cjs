// npm run bench: how much of the machine and of Graph's limits the audit needs, as ratios measured in one run.
// It reads a simulated tenant in another process. Quick look: `npm run bench -- --people 20000 --grow 0 --runs 1`.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');
const sections = require('./sections.cjs');
const teams = require('./teams.cjs');

const OPTIONS = {
  people: { type: 'string', default: '157000' },
  grow: { type: 'string', default: '500000' },
  runs: { type: 'string', default: '3' },
  'per-minute': { type: 'string', default: '9' },
  removals: { type: 'string', default: '4000' },
  latency: { type: 'string', default: '0' },
  cards: { type: 'string', default: '10000' },
  findings: { type: 'string', default: '4000' },
  rounds: { type: 'string', default: '50' },
  json: { type: 'string', default: path.join('out', 'bench.json') },
};
const USAGE = [
  'Usage: npm run bench -- [--people N] [--grow N] [--runs N] [--per-minute N] [--json FILE]',
  '       npm run bench -- throughput [--removals N] [--per-minute N] [--latency MS] [--json FILE]',
  '       npm run bench -- cards-sent [--cards N] [--json FILE]',
  '       npm run bench -- clicks [--json FILE]',
  '       npm run bench -- questions [--findings N] [--rounds N] [--json FILE]',
  '  --people      licensed people, 5,000 to 400,000 (157000)',
  '  --grow        licensed people of the second, larger tenant; 0: none (500000)',
  '  --runs        pairs of audit and floor, of which the median counts (3)',
  '  --per-minute  sign-in requests a minute, 1 to 10 (9)',
  '  --removals    license removals that are due at once (4000)',
  '  --findings    findings of the audit that is asked about (4000)',
  '  --rounds      how often each question is asked (50)',
  '  --latency     milliseconds of virtual time that Graph takes for each answer (0)',
  '  --cards       managers who are asked at once (10000)',
  '  --json        where the figures go as JSON (out/bench.json)',
].join('\n');

/** What can be measured alone. */
const PARTS = {
  throughput: sections.throughputFigures,
  'cards-sent': teams.cardsSentFigures,
  clicks: teams.clickFigures,
  questions: sections.questionFigures,
};

/** Numbers of the command line; a sentence for the first that cannot be used. */
function readOptions(words) {
  const { values, positionals } = parseArgs({ args: words, options: OPTIONS, allowPositionals: true });
  const number = (name, least, most) => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new Error(`--${name} is ${values[name]}: use a whole number from ${least} to ${most}.`);
  };
  const [part] = positionals;
  if (positionals.length > 1 || (part !== undefined && !Object.hasOwn(PARTS, part)))
    throw new Error(`There is no part ${positionals.join(' ')}.`);
  const people = number('people', 5_000, 400_000);
  const grow = number('grow', 0, 500_000);
  if (grow !== 0 && grow <= people) throw new Error('--grow has to be 0 or larger than --people.');
  return {
    people,
    grow,
    runs: number('runs', 1, 20),
    perMinute: number('per-minute', 1, 10),
    part: part ?? 'audit',
    removals: number('removals', 20, 20_000),
    latencyMs: number('latency', 0, 60_000),
    cards: number('cards', 20, 50_000),
    findings: number('findings', 100, 40_000),
    rounds: number('rounds', 1, 1_000),
    json: values.json,
  };
}

async function measureAll({ people, grow, runs, perMinute }, folder, say) {
  say(`Audit of ${people.toLocaleString('en-US')} licensed people ...`);
  const small = await sections.auditAgainstFloor(people, runs, folder, say);
  const growth = [];
  if (grow > 0) {
    say(`Audit of ${grow.toLocaleString('en-US')} licensed people ...`);
    growth.push(...sections.growthFigures(small, await sections.auditAgainstFloor(grow, 1, folder, say)));
  }
  say('Sign-in dates under the published limits ...');
  const signIns = await sections.signInFigures(people, perMinute, say);
  return [
    ...sections.costFigures(small),
    ...growth,
    ...sections.requestFigures(small),
    ...signIns,
    ...sections.reportFigures(small),
  ];
}

function tableOf(figures) {
  const rows = [
    ['FIGURE', 'GOAL', 'MEASURED', 'MET'],
    ...figures.map(({ name, goal, measured, unit, met, below }) => [
      name,
      goal === undefined ? '' : `${below ? '<' : '<='} ${shown(goal)}${unit}`,
      `${shown(measured)}${unit}`,
      met === undefined ? '' : met ? 'yes' : 'NO',
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function shown(number) {
  return Number.isInteger(number) ? number.toLocaleString('en-US') : number.toFixed(2);
}

async function main() {
  let options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'steward-bench-'));
  try {
    const say = (text) => console.error(text);
    const figures =
      options.part === 'audit'
        ? await measureAll(options, folder, say)
        : await PARTS[options.part](options, say);
    console.log(tableOf(figures));
    fs.mkdirSync(path.dirname(path.resolve(options.json)), { recursive: true });
    const facts = { node: process.version, cores: os.availableParallelism(), at: new Date().toISOString() };
    fs.writeFileSync(options.json, `${JSON.stringify({ ...facts, options, figures }, undefined, 2)}\n`);
    process.exitCode = figures.some(({ met }) => met === false) ? 1 : 0;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

main().catch((error) => {
  console.error(`The benchmark could not be run: ${error.message}`);
  process.exitCode = 1;
});
