// npm run check: everything that can be said about the tree without running the program. All checks run, also after
// one has failed; the exit code is 1 when any did. `npm run check -- lint bicep` runs some of them.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { bicepProblems } = require('./checks/bicep-files.cjs');
const { findingsOf } = require('./checks/command.cjs');
const { dependencyProblems } = require('./checks/dependencies.cjs');
const { manifestProblems } = require('./checks/manifest.cjs');
const { toolkitProblems } = require('./checks/toolkit-files.cjs');
const lintConfig = require('./lint-config.cjs');

const root = path.join(__dirname, '..');

async function lint() {
  const config = fs.existsSync(lintConfig.file) ? fs.readFileSync(lintConfig.file, 'utf8') : '';
  const stale =
    config === lintConfig.text()
      ? []
      : ['.oxlintrc.json is not what scripts/lint-config.cjs writes: run it.'];
  const found = await findingsOf(root, 'oxlint/bin/oxlint', [
    '--type-aware',
    '--report-unused-disable-directives',
    '.',
  ]);
  return [...stale, ...found];
}

const CHECKS = [
  ['format', () => findingsOf(root, 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])],
  ['lint', lint],
  [
    'types',
    () =>
      findingsOf(root, 'typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit', '--incremental', 'false']),
  ],
  ['test types', () => findingsOf(root, 'typescript/bin/tsc', ['-p', 'test/tsconfig.json'])],
  ['manifest', () => manifestProblems(root)],
  ['toolkit', () => toolkitProblems(root)],
  ['bicep', () => bicepProblems(root)],
  ['dependencies', () => dependencyProblems(root)],
];

/** As most machines have cores. @returns of how many `run` said true */
async function twoAtATime(items, run) {
  const left = [...items];
  let count = 0;
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) if (await run(item)) count += 1;
  };
  await Promise.all([worker(), worker()]);
  return count;
}

async function main(wanted) {
  const unknown = wanted.filter((name) => !CHECKS.some(([known]) => known === name));
  if (unknown.length > 0) {
    console.error(
      `There is no check ${unknown.join(', ')}; there are ${CHECKS.map(([name]) => name).join(', ')}.`,
    );
    process.exitCode = 2;
    return;
  }
  const checks = CHECKS.filter(([known]) => wanted.length === 0 || wanted.includes(known));
  const failed = await twoAtATime(checks, async ([name, run]) => {
    const started = Date.now();
    const findings = await run().catch((error) => [error.stack]);
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(`${findings.length === 0 ? 'pass' : 'FAIL'}  ${name} (${seconds} s)`);
    for (const finding of findings) console.log(`      ${finding}`);
    return findings.length > 0;
  });
  console.log(failed === 0 ? 'All checks passed.' : `${failed} of the checks failed.`);
  process.exitCode = failed === 0 ? 0 : 1;
}

void main(process.argv.slice(2));
