// Writes .oxlintrc.json. It is generated because an override replaces a rule's options instead of adding to them:
// every folder needs the whole list of imports that it may not have. Run: node scripts/lint-config.cjs
'use strict';

const fs = require('node:fs');
const path = require('node:path');

/** Folders that decide: data, policy and `now` in, a plan out. Their run-*.ts files do, and are free of this rule. */
const PURE_FOLDERS = ['audit', 'spend', 'cases', 'actions', 'cards', 'chat', 'i18n'];
const PURE_FILES = [...PURE_FOLDERS.map((folder) => `src/${folder}/**/*.ts`), 'src/config/policy*.ts'];
const DOING_FILES = PURE_FOLDERS.map((folder) => `src/${folder}/**/run-*.ts`);

/** What may be imported in one place only, and where that is. */
const SDKS = [
  { group: ['botbuilder', 'botbuilder-*', 'botframework-*', '@microsoft/teams-ai'], home: ['bot'] },
  { group: ['@microsoft/microsoft-graph-client', '@microsoft/microsoft-graph-client/*'], home: ['graph'] },
  { group: ['@azure/cosmos', '@azure/cosmos/*'], home: ['store'] },
  { group: ['node:sqlite', 'sqlite'], home: ['store', 'simulator'] },
];

const DOORS = '(graph|store|bot|telemetry|cli|simulator)/';
const IO_MODULES =
  'child_process|cluster|dgram|dns|dns/promises|fs|fs/promises|http|http2|https|inspector|net|os|perf_hooks|process|' +
  'readline|readline/promises|sqlite|timers|timers/promises|tls|v8|vm|worker_threads';

const PURE_MESSAGE = 'Deciding code does no I/O: take what you need as an argument. (Types may be imported.)';

const PURE_PATTERNS = [
  { regex: `^(\\.\\./)+${DOORS}`, allowTypeImports: true, message: PURE_MESSAGE },
  { regex: '^(\\.\\./)+(index|open-doors|worker)\\.js$', message: PURE_MESSAGE },
  { regex: '^((\\.\\./)+config|\\.)/settings\\.js$', allowTypeImports: true, message: PURE_MESSAGE },
  { regex: '(^|/)run-[^/]*\\.js$', allowTypeImports: true, message: PURE_MESSAGE },
  { regex: `^(node:)?(${IO_MODULES})$`, message: PURE_MESSAGE },
  { regex: '^(@azure/|@microsoft/|botbuilder|restify$|pino$|node:test)', message: PURE_MESSAGE },
];
const RANDOM = [
  'randomUUID',
  'randomBytes',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'getRandomValues',
  'webcrypto',
];
const PURE_PATHS = ['node:crypto', 'crypto'].map((name) => ({
  name,
  importNames: RANDOM,
  message: 'Randomness is passed in.',
}));
const IO_GLOBALS =
  'fetch WebSocket XMLHttpRequest process console performance crypto require setTimeout setInterval setImmediate queueMicrotask';
const PURE_GLOBALS = IO_GLOBALS.split(' ').map((name) => ({ name, message: PURE_MESSAGE }));

/** The whole list for one folder: every SDK that is not at home there, and more. */
function restricted(folder, patterns = [], paths = []) {
  const foreign = SDKS.filter((sdk) => !sdk.home.includes(folder)).map((sdk) => ({
    group: sdk.group,
    message: `Only src/${sdk.home.join(' and src/')} may use this.`,
  }));
  return ['error', { paths, patterns: [...foreign, ...patterns] }];
}

const RULES = {
  'typescript/no-explicit-any': 'error',
  'typescript/no-floating-promises': 'error',
  'typescript/no-misused-promises': 'error',
  'typescript/await-thenable': 'error',
  'typescript/only-throw-error': 'error',
  'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  'typescript/consistent-type-imports': 'error',
  'typescript/ban-ts-comment': [
    'error',
    { 'ts-expect-error': 'allow-with-description', minimumDescriptionLength: 10 },
  ],
  'typescript/no-namespace': 'error',
  'import/no-cycle': 'error',
  'import/no-default-export': 'error',
  'import/no-mutable-exports': 'error',
  'eslint/eqeqeq': 'error',
  'eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
  'eslint/no-var': 'error',
  'eslint/prefer-const': 'error',
  'eslint/no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'start' }],
  // Matters of taste: rows of literals may be spread into lines, and an array may be made by its length.
  'unicorn/no-useless-spread': 'off',
  'unicorn/no-new-array': 'off',
  'unicorn/filename-case': ['error', { case: 'kebabCase' }],
};

const SRC_RULES = {
  'typescript/no-non-null-assertion': 'error',
  'typescript/no-unsafe-argument': 'error',
  'typescript/no-unsafe-assignment': 'error',
  'typescript/no-unsafe-call': 'error',
  'typescript/no-unsafe-member-access': 'error',
  'typescript/no-unsafe-return': 'error',
  'eslint/max-lines': ['error', { max: 300 }],
  'eslint/max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  'eslint/no-console': 'error',
  'eslint/no-restricted-imports': restricted(undefined),
};

function lintConfig() {
  return {
    $schema: './node_modules/oxlint/configuration_schema.json',
    plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'jest'],
    categories: { correctness: 'error' },
    env: { node: true, es2024: true },
    ignorePatterns: ['dist', 'out', 'data', 'coverage', 'devTools', 'appPackage/build'],
    rules: RULES,
    overrides: [
      { files: ['src/**/*.ts'], rules: SRC_RULES },
      ...['bot', 'graph', 'store', 'simulator'].map((folder) => ({
        files: [`src/${folder}/**/*.ts`],
        rules: { 'eslint/no-restricted-imports': restricted(folder) },
      })),
      // A terminal speaks through the console.
      { files: ['src/cli/**/*.ts'], rules: { 'eslint/no-console': 'off' } },
      {
        files: PURE_FILES,
        rules: {
          'eslint/no-restricted-imports': restricted(undefined, PURE_PATTERNS, PURE_PATHS),
          'eslint/no-restricted-globals': ['error', ...PURE_GLOBALS],
        },
      },
      {
        files: DOING_FILES,
        rules: {
          'eslint/no-restricted-imports': restricted(undefined),
          'eslint/no-restricted-globals': 'off',
        },
      },
      {
        files: ['test/**/*.ts'],
        rules: {
          'eslint/max-lines': ['error', { max: 500 }],
          'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
          'jest/no-conditional-expect': 'off',
          'jest/no-focused-tests': 'error',
          'jest/no-disabled-tests': 'error',
          'jest/no-standalone-expect': 'off',
        },
      },
      // Plain JavaScript has no types for these rules to go by.
      {
        files: ['**/*.cjs', '*.js'],
        rules: { 'typescript/restrict-template-expressions': 'off', 'typescript/no-base-to-string': 'off' },
      },
    ],
  };
}

const file = path.join(__dirname, '..', '.oxlintrc.json');
const text = () => `${JSON.stringify(lintConfig(), undefined, 2)}\n`;

if (require.main === module) fs.writeFileSync(file, text());

module.exports = { PURE_FOLDERS, file, lintConfig, text };
