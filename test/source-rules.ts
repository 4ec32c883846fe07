import { readdirSync } from 'node:fs';
import path from 'node:path';

// Types of @babel/core are not among our packages; these two calls are all that is used.
const babel = require('@babel/core') as {
  parseSync(
    code: string,
    options: object,
  ): { readonly comments: readonly { readonly value: string }[] | null };
};

/** A node of the syntax tree, as far as the rules look at it. */
interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const PURE = /^src\/(audit|spend|cases|actions|cards|chat|i18n)\/|^src\/config\/policy[^/]*\.ts$/;
const DOING = /\/run-[^/]*\.ts$/;

/** true: the file decides, and may not reach the clock, chance, the environment or the network. */
export function isPure(file: string): boolean {
  return PURE.test(file) && !DOING.test(file);
}

export function sourceFiles(root: string, folder: 'src' | 'test'): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .sort();
}

/** What the linter cannot say about one source file; each finding names the construct. */
export function violationsIn(file: string, code: string): readonly string[] {
  const tree = babel.parseSync(code, {
    filename: file,
    configFile: false,
    babelrc: false,
    presets: ['@babel/preset-typescript'],
  });
  const rules = isPure(file) ? [...EVERYWHERE, ...IN_PURE_FILES] : EVERYWHERE;
  const found = nodesOf(tree).flatMap((node) => rules.map((rule) => rule(node)));
  const comments = (tree.comments ?? []).map((comment) => badComment(comment.value));
  return [...badName(file), ...found, ...comments].filter((text) => text !== undefined);
}

type Rule = (node: Node) => string | undefined;

const EVERYWHERE: readonly Rule[] = [
  ({ type }) => (type === 'ExportDefaultDeclaration' ? 'default export' : undefined),
  ({ type }) => (type === 'TSEnumDeclaration' ? 'enum' : undefined),
  ({ type }) => (type === 'ExportAllDeclaration' ? 'barrel' : undefined),
  (node) => (node.type === 'ExportNamedDeclaration' && isNode(node['source']) ? 'barrel' : undefined),
  (node) => (node.type === 'ImportDeclaration' ? badSpecifier(text(node['source'], 'value')) : undefined),
];

const IN_PURE_FILES: readonly Rule[] = [
  (node) => (node.type === 'Import' || node.type === 'ImportExpression' ? 'dynamic import' : undefined),
  (node) => (isMember(node, 'Math', 'random') ? 'Math.random' : undefined),
  (node) => (isMember(node, 'process', 'env') ? 'process.env' : undefined),
  (node) => (node.type === 'Identifier' && node['name'] === 'randomUUID' ? 'randomUUID' : undefined),
  (node) => (node.type === 'NewExpression' && isDateWithoutArgument(node) ? 'new Date()' : undefined),
  (node) => (node.type === 'CallExpression' ? calledClock(node) : undefined),
];

const FREE_CALLS = [
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'require',
  'Date',
];
/** Methods that read the clock whatever they are given. */
const CLOCK_METHODS = ['now', 'diffNow', 'toRelative', 'toRelativeCalendar'];
/** Methods that fall back to the clock or to the machine's locale when they are given nothing. */
const NEED_AN_ARGUMENT = [
  'nextRun',
  'nextRuns',
  'msToNext',
  'toLocaleString',
  'toLocaleDateString',
  'toLocaleTimeString',
];

function calledClock(call: Node): string | undefined {
  const callee = call['callee'];
  if (!isNode(callee)) return undefined;
  const name = text(callee, 'name');
  if (callee.type === 'Identifier')
    return name !== undefined && FREE_CALLS.includes(name) ? `${name}()` : undefined;
  const method = callee.type.endsWith('MemberExpression') ? text(callee['property'], 'name') : undefined;
  if (method === undefined) return undefined;
  if (CLOCK_METHODS.includes(method)) return `.${method}()`;
  return NEED_AN_ARGUMENT.includes(method) && list(call['arguments']).length === 0
    ? `.${method}()`
    : undefined;
}

function isDateWithoutArgument(node: Node): boolean {
  return text(node['callee'], 'name') === 'Date' && list(node['arguments']).length === 0;
}

function isMember(node: Node, object: string, property: string): boolean {
  return (
    node.type.endsWith('MemberExpression') &&
    text(node['object'], 'name') === object &&
    (text(node['property'], 'name') ?? text(node['property'], 'value')) === property
  );
}

function badSpecifier(specifier: string | undefined): string | undefined {
  if (specifier === undefined || !specifier.startsWith('.')) return undefined;
  return /\.(js|json)$/.test(specifier) ? undefined : `import without .js: ${specifier}`;
}

function badComment(comment: string): string | undefined {
  return /\b(TODO|FIXME)\b|(ox|es)lint-disable|@ts-(ignore|nocheck)/.exec(comment)?.[0];
}

function badName(file: string): readonly string[] {
  const parts = file.replace(/\.(test\.)?ts$/, '').split('/');
  const vague = parts.filter((part) => /^(utils?|helpers?|common|services?|types?|misc)$/.test(part));
  const oddly = parts.filter((part) => !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(part));
  const deep = parts.length > 4 ? [`too deep: ${file}`] : [];
  return [
    ...vague.map((part) => `vague name: ${part}`),
    ...oddly.map((part) => `not kebab-case: ${part}`),
    ...deep,
  ];
}

function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return [
    value,
    ...Object.entries(value).flatMap(([key, child]) => (SKIPPED.has(key) ? [] : nodesOf(child))),
  ];
}

/** Comments are read apart; types cannot run. */
const SKIPPED = new Set([
  'loc',
  'comments',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'typeAnnotation',
]);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown, key: string): string | undefined {
  const found = isNode(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}
