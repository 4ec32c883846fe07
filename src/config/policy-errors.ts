import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const LONGEST_VALUE = 80;

const USE: Readonly<Record<string, string>> = {
  number: 'use a number',
  int: 'use a whole number',
  string: 'use text',
  array: 'use a list such as [a, b]',
  boolean: 'use true or false',
  object: 'write its keys below it, or leave it out',
};

/** What to write instead; rules of the schema that have their own remedy come first. Pure. */
export function remedyOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return USE[issue.expected];
    case 'invalid_value':
      return `use ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return `use at least ${issue.minimum}`;
    case 'too_big':
      return `use at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

/** One error as a sentence with key, value and remedy. Pure. */
export function sentenceOf(issue: Issue, raw: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => keyOf([...issue.path, key]));
    return keys.length > 1
      ? `${keys.join(', ')} are no known keys: check the spelling, or remove them.`
      : `${keys.join()} is no known key: check the spelling, or remove it.`;
  }
  const value = valueAt(raw, issue.path);
  if (issue.path.length === 0) return `The policy is ${shown(value)}: write keys such as "mode: observe".`;
  const key = keyOf(issue.path);
  return value === undefined
    ? `${key} is missing: ${issue.message}.`
    : `${key} is ${shown(value)}: ${issue.message}.`;
}

/** The file without the keys in which something is wrong, so that the rest can be looked at. Pure. */
export function withoutFaults(raw: unknown, issues: readonly Issue[]): unknown {
  const rest: unknown = structuredClone(raw);
  for (const issue of issues) {
    const paths =
      issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) remove(rest, beforeItem(path));
  }
  return rest;
}

/** true: one of the issues lies in, or around, one of the keys. */
export function touches(issues: readonly Issue[], keys: readonly string[]): boolean {
  return issues.some(({ path }) => {
    const where = `${path.map(String).join('.')}.`;
    return keys.some((key) => where.startsWith(`${key}.`) || `${key}.`.startsWith(where));
  });
}

/** `prices[0].amount` */
function keyOf(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** A list is left out as a whole: without one item its others would have other places. */
function beforeItem(path: Path): Path {
  const item = path.findIndex((part) => typeof part === 'number');
  return item === -1 ? path : path.slice(0, item);
}

function remove(from: unknown, path: Path): void {
  const parent = valueAt(from, path.slice(0, -1));
  const key = path.at(-1);
  if (typeof parent === 'object' && parent !== null && key !== undefined) Reflect.deleteProperty(parent, key);
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    raw,
  );
}

function shown(value: unknown): string {
  if (value === null) return 'empty';
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
