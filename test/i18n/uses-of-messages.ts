import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles } from '../source-rules.js';

// Types of @babel/core are not among our packages; this call is all that is used.
const babel = require('@babel/core') as { parseSync(code: string, options: object): unknown };

export const ROOT = path.join(__dirname, '..', '..');

export interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function nodesOf(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (!isNode(value)) return [];
  return [value, ...Object.entries(value).flatMap(([key, child]) => (key === 'loc' ? [] : nodesOf(child)))];
}

/** Every node of the syntax of every source file. */
export function sourceNodes(): readonly { readonly file: string; readonly nodes: readonly Node[] }[] {
  return sourceTrees().map(({ file, tree }) => ({ file, nodes: nodesOf(tree) }));
}

/** The syntax of every source file. */
export function sourceTrees(): readonly { readonly file: string; readonly tree: unknown }[] {
  return sourceFiles(ROOT, 'src').map((file) => {
    const code = readFileSync(path.join(ROOT, file), 'utf8');
    const tree = babel.parseSync(code, {
      filename: file,
      configFile: false,
      babelrc: false,
      presets: ['@babel/preset-typescript'],
    });
    return { file, tree: (tree as { readonly program: unknown }).program };
  });
}

/** What a literal or template says; each place of a template as `place`. undefined: it is neither. */
export function wordsIn(node: unknown, place: string): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'StringLiteral') return String(node['value']);
  if (node.type !== 'TemplateLiteral') return undefined;
  const parts = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[];
  return parts.map(({ value }) => value.cooked).join(place);
}

/** A call of `text` with the names of what it gives; `values` is undefined where that is not written in the call. */
export interface Call {
  readonly key: string;
  readonly values: readonly string[] | undefined;
}

export function callsOfText(nodes: readonly Node[]): readonly Call[] {
  return nodes.flatMap((node) => {
    const callee = node['callee'];
    if (node.type !== 'CallExpression' || !isNode(callee) || callee['name'] !== 'text') return [];
    const [, key, values] = node['arguments'] as readonly unknown[];
    const words = wordsIn(key, '*');
    return words === undefined ? [] : [{ key: words, values: namesIn(values) }];
  });
}

function namesIn(values: unknown): readonly string[] | undefined {
  if (values === undefined) return [];
  if (!isNode(values) || values.type !== 'ObjectExpression') return undefined;
  const properties = values['properties'] as readonly Node[];
  if (properties.some(({ type }) => type !== 'ObjectProperty')) return undefined;
  return properties.map(({ key }) => String((key as Node)['name'])).toSorted();
}
