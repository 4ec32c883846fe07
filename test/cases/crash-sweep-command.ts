import { parseArgs } from 'node:util';
import { STEP_SCENARIOS } from '../world/step-scenarios.js';
import { doubleCrashes, sweepSteps } from '../world/step-sweep.js';

/**
 * `npm run crash-sweep -- [--doubles N] [--seed S] [--only TEXT]`: ends a process at every await of every scenario, before
 * and after each call, then two processes of one life at random ones. `--doubles 0`: no second part. `--seed S` with
 * `--only-seed`: that life alone.
 */
const OPTIONS = {
  doubles: { type: 'string', default: '2000' },
  seed: { type: 'string', default: '1' },
  only: { type: 'string', default: '' },
  'no-sweep': { type: 'boolean', default: false },
} as const;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: OPTIONS });
  const scenarios = STEP_SCENARIOS.filter(({ name }) => name.includes(values.only));
  const started = performance.now();
  let violations = 0;
  let moments = 0;
  const say = (text: string): boolean => process.stdout.write(`${text}\n`);
  for (const scenario of values['no-sweep'] ? [] : scenarios) {
    const swept = await sweepSteps(scenario, { which: 'all' });
    moments += swept.moments;
    violations += swept.found.length;
    say(`${scenario.name}: ${swept.moments} moments, ${swept.found.length} violations`);
    for (const each of swept.found) say(`  ${each}`);
  }
  const doubles = doubleCrashes(scenarios);
  const first = Number(values.seed);
  const count = Number(values.doubles);
  for (let seed = first; seed < first + count; seed += 1) {
    const { words, found } = await doubles.play(seed);
    violations += found.length;
    for (const each of found) say(`seed ${seed} (${words}): ${each}`);
    if (found.length > 0)
      say(`  again: npm run crash-sweep -- --no-sweep --doubles 1 --seed ${seed}${only(values.only)}`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  say(
    `${scenarios.length} scenarios, ${moments} moments and ${count} double crashes in ${seconds} s: ${violations} violations`,
  );
  return violations === 0 ? 0 : 1;
}

function only(text: string): string {
  return text === '' ? '' : ` --only '${text}'`;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 2;
  },
);
