import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPure, sourceFiles, violationsIn } from './source-rules.js';

const root = path.join(__dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('the sources keep the shape of the design', () => {
  test('no file decides by clock, chance, environment or network, and none has a default export, barrel or enum', () => {
    const found = sourceFiles(root, 'src').flatMap((file) =>
      violationsIn(file, read(file)).map((violation) => `${file}: ${violation}`),
    );
    expect(found).toEqual([]);
  });

  test('tests are free of silenced rules, too', () => {
    const found = sourceFiles(root, 'test').flatMap((file) =>
      violationsIn(file, read(file)).map((violation) => `${file}: ${violation}`),
    );
    expect(found).toEqual([]);
  });

  test('the deciding folders are known, and the files that do are told from those that decide', () => {
    expect(isPure('src/audit/inactivity.ts')).toBe(true);
    expect(isPure('src/cards/question/lines.ts')).toBe(true);
    expect(isPure('src/config/policy-schema.ts')).toBe(true);
    expect(isPure('src/audit/run-audit.ts')).toBe(false);
    expect(isPure('src/config/settings.ts')).toBe(false);
    expect(isPure('src/graph/clock.ts')).toBe(false);
  });
});

describe('what the linter cannot see is caught in the sources', () => {
  test.each([
    ["export const a = () => import('node:fs');", 'dynamic import'],
    ['export const a = Math.random();', 'Math.random'],
    ["export const a = Math['random']();", 'Math.random'],
    ['export const a = Date.now();', '.now()'],
    ['export const a = DateTime.now();', '.now()'],
    ['export const a = new Date();', 'new Date()'],
    ['export const a = Date();', 'Date()'],
    ["import { randomUUID } from 'node:crypto'; export const a = 1;", 'randomUUID'],
    ['export const a = globalThis.crypto.randomUUID();', 'randomUUID'],
    ["export const a = process.env['HOME'];", 'process.env'],
    ['setTimeout(() => undefined, 1);', 'setTimeout()'],
    ["export const a = fetch('https://example.com');", 'fetch()'],
    ['export const a = new Cron(pattern).nextRun();', '.nextRun()'],
    ['export const a = day.toLocaleDateString();', '.toLocaleDateString()'],
    ['export default 1;', 'default export'],
    ["export * from './day.js';", 'barrel'],
    ["export { a } from './day.js';", 'barrel'],
    ['enum A { B }', 'enum'],
    ["import { a } from './day';", 'import without .js: ./day'],
    ['// TODO: later', 'TODO'],
    ['// oxlint-disable-next-line', 'oxlint-disable'],
    ['/* @ts-ignore */', '@ts-ignore'],
  ])('%s', (code, violation) => {
    expect(violationsIn('src/audit/planted.ts', code)).toContain(violation);
  });

  test.each([
    ['src/audit/planted.ts', "export const a = new Date('2026-01-01');"],
    ['src/audit/planted.ts', 'export const a = Date.UTC(2026, 0, 1);'],
    ['src/audit/planted.ts', 'export const a = new Cron(pattern).nextRun(now);'],
    ['src/audit/planted.ts', "export const a = amount.toLocaleString('en-US');"],
    ['src/audit/run-planted.ts', 'export const a = (clock) => clock.now();'],
    ['src/graph/planted.ts', 'export const a = Date.now();'],
  ])('%s may say: %s', (file, code) => {
    expect(violationsIn(file, code)).toEqual([]);
  });

  test.each(['src/audit/utils.ts', 'src/helpers/day.ts', 'src/audit/inActivity.ts', 'src/audit/a/b/c.ts'])(
    'the name %s is refused',
    (file) => {
      expect(violationsIn(file, '')).toHaveLength(1);
    },
  );
});

describe('the linter refuses what a folder may not import', () => {
  let tree: string;
  beforeAll(() => {
    tree = mkdtempSync(path.join(tmpdir(), 'steward-lint-'));
    cpSync(path.join(root, '.oxlintrc.json'), path.join(tree, '.oxlintrc.json'));
    const compilerOptions = {
      strict: true,
      lib: ['es2023', 'dom'],
      types: [],
      module: 'nodenext',
      target: 'es2023',
    };
    writeFileSync(path.join(tree, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
  });
  afterAll(() => rmSync(tree, { recursive: true }));

  /** Plants one file and returns the numbers of the lines that the linter refuses. */
  function refusedLines(
    file: string,
    lines: readonly string[],
    flags: readonly string[] = [],
  ): readonly number[] {
    const target = path.join(tree, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, lines.join('\n'));
    const oxlint = path.join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
    const { stdout } = spawnSync(process.execPath, [oxlint, ...flags, '--format', 'unix', file], {
      cwd: tree,
      encoding: 'utf8',
      env: { ...process.env, OXLINT_TSGOLINT_PATH: path.join(root, 'node_modules', '.bin', 'tsgolint') },
    });
    const numbers = [...stdout.matchAll(/^[^:\n]+:(\d+):\d+: .*\[Error\//gm)].map((match) =>
      Number(match[1]),
    );
    return [...new Set(numbers)].sort((a, b) => a - b);
  }

  /** Makes every line use what it imports, so that only the import can be refused. */
  const importing = (names: readonly string[], from: string): string =>
    `import { ${names.join(', ')} } from '${from}'; export const ${names.map((name) => `of${name} = ${name}`).join(', ')};`;

  const DOORS = [
    importing(['CosmosClient'], '@azure/cosmos'),
    importing(['TurnContext'], 'botbuilder'),
    importing(['Application'], '@microsoft/teams-ai'),
    importing(['Client'], '@microsoft/microsoft-graph-client'),
    importing(['DatabaseSync'], 'node:sqlite'),
  ];
  const IMPURE = [
    importing(['AlreadyExists'], '../store/store.js'),
    importing(['GraphFailure'], '../graph/graph-failure.js'),
    importing(['openLog'], '../telemetry/log.js'),
    importing(['readSettings'], '../config/settings.js'),
    importing(['runAudit'], '../audit/run-audit.js'),
    importing(['startService'], '../index.js'),
    importing(['readFileSync'], 'node:fs'),
    importing(['randomUUID'], 'node:crypto'),
    importing(['createServer'], 'restify'),
    'export const waiting = () => setTimeout(() => undefined, 5);',
    "export const asked = () => fetch('https://example.com');",
    "export const home = () => process.env['HOME'];",
  ];
  const ALLOWED = [
    "import type { Store } from '../store/store.js';",
    "import type { Settings } from '../config/settings.js';",
    importing(['createHash'], 'node:crypto'),
    importing(['DateTime'], 'luxon'),
    'export const both = (store: Store, settings: Settings) => [store, settings];',
  ];
  const lines = (from: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, i) => from + i);

  test.each(['audit', 'spend', 'cases', 'actions', 'cards', 'chat'])(
    'src/%s decides and reaches no door',
    (folder) => {
      expect(refusedLines(`src/${folder}/planted.ts`, [...DOORS, ...IMPURE, ...ALLOWED])).toEqual(
        lines(1, DOORS.length + IMPURE.length),
      );
    },
  );

  test('a run-*.ts file may do, but through the doors and not through their SDKs', () => {
    expect(refusedLines('src/cases/run-planted.ts', [...DOORS, ...IMPURE, ...ALLOWED])).toEqual(
      lines(1, DOORS.length),
    );
  });

  test.each([
    ['store', [2, 3, 4]],
    ['bot', [1, 4, 5]],
    ['graph', [1, 2, 3, 5]],
    ['simulator', [1, 2, 3, 4]],
    ['cli', [1, 2, 3, 4, 5]],
  ])('src/%s has no SDK but its own', (folder, refused) => {
    expect(refusedLines(`src/${folder}/planted.ts`, [...DOORS, ...IMPURE])).toEqual(refused);
  });

  test('promises left floating, any, and default exports are refused', () => {
    const planted = [
      'async function ask(): Promise<number> { return 1; }',
      'export function start(): void { ask(); }',
      'export function loose(value: any): number { return value === 1 ? 1 : 0; }',
      'export default start;',
    ];
    expect(refusedLines('src/graph/planted.ts', planted, ['--type-aware'])).toEqual([2, 3, 4]);
  });
});
