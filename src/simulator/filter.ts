import { GraphRefusal } from './graph-call.js';

export type FilterValue = string | number | boolean | null;
export type CompareOperator = 'eq' | 'ne' | 'ge' | 'le' | 'gt' | 'lt';
export type TextFunction = 'startsWith' | 'endsWith' | 'contains';

/** The part of OData's $filter that the directory understands. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly inner: Filter }
  | {
      readonly kind: 'compare';
      readonly path: string;
      readonly operator: CompareOperator;
      readonly value: FilterValue;
    }
  | { readonly kind: 'in'; readonly path: string; readonly values: readonly FilterValue[] }
  | { readonly kind: 'text'; readonly path: string; readonly name: TextFunction; readonly value: string }
  /** `assignedLicenses/$count ne 0` */
  | {
      readonly kind: 'size';
      readonly path: string;
      readonly operator: CompareOperator;
      readonly value: number;
    }
  /** `assignedLicenses/any(x:x/skuId eq guid)` */
  | { readonly kind: 'any'; readonly path: string; readonly field: string; readonly value: FilterValue };

interface Reader {
  readonly tokens: readonly string[];
  position: number;
}

const TOKEN = /\s*('(?:[^']|'')*'|[(),]|[^\s(),']+)/y;
const FUNCTIONS: Readonly<Record<string, TextFunction>> = {
  startswith: 'startsWith',
  endswith: 'endsWith',
  contains: 'contains',
};
const COMPARE: readonly string[] = ['eq', 'ne', 'ge', 'le', 'gt', 'lt'] satisfies CompareOperator[];

/** @throws GraphRefusal when the text is not a filter */
export function parseFilter(text: string): Filter {
  const reader: Reader = { tokens: tokensOf(text), position: 0 };
  const filter = readOr(reader);
  if (reader.position < reader.tokens.length) throw invalid(text);
  return filter;
}

export type Condition = Exclude<Filter, { readonly kind: 'and' | 'or' | 'not' }>;

/** All conditions of a filter, without what joins them. */
export function conditionsOf(filter: Filter): readonly Condition[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...conditionsOf(filter.left), ...conditionsOf(filter.right)];
    case 'not':
      return conditionsOf(filter.inner);
    default:
      return [filter];
  }
}

function readOr(reader: Reader): Filter {
  let left = readAnd(reader);
  while (take(reader, 'or')) left = { kind: 'or', left, right: readAnd(reader) };
  return left;
}

function readAnd(reader: Reader): Filter {
  let left = readNot(reader);
  while (take(reader, 'and')) left = { kind: 'and', left, right: readNot(reader) };
  return left;
}

function readNot(reader: Reader): Filter {
  if (take(reader, 'not')) return { kind: 'not', inner: readNot(reader) };
  if (!take(reader, '(')) return readCondition(reader);
  const inner = readOr(reader);
  expect(reader, ')');
  return inner;
}

function readCondition(reader: Reader): Filter {
  const word = next(reader);
  const name = FUNCTIONS[word.toLowerCase()];
  if (name) return readFunction(reader, name);
  if (word.endsWith('/any')) return readAny(reader, word.slice(0, -'/any'.length));
  const operator = next(reader).toLowerCase();
  if (operator === 'in') return { kind: 'in', path: word, values: readList(reader) };
  if (!isCompare(operator)) throw invalid(`${word} ${operator}`);
  const value = valueOf(next(reader));
  if (!word.endsWith('/$count')) return { kind: 'compare', path: word, operator, value };
  return { kind: 'size', path: word.slice(0, -'/$count'.length), operator, value: Number(value) };
}

function readFunction(reader: Reader, name: TextFunction): Filter {
  expect(reader, '(');
  const path = next(reader);
  expect(reader, ',');
  const value = valueOf(next(reader));
  expect(reader, ')');
  if (typeof value !== 'string') throw invalid(name);
  return { kind: 'text', path, name, value };
}

function readAny(reader: Reader, path: string): Filter {
  expect(reader, '(');
  const [variable, ...rest] = next(reader).split(/[:/]/);
  const field = rest[1];
  if (rest[0] !== variable || field === undefined) throw invalid(path);
  expect(reader, 'eq');
  const value = valueOf(next(reader));
  expect(reader, ')');
  return { kind: 'any', path, field, value };
}

function readList(reader: Reader): readonly FilterValue[] {
  expect(reader, '(');
  const values = [valueOf(next(reader))];
  while (take(reader, ',')) values.push(valueOf(next(reader)));
  expect(reader, ')');
  return values;
}

function valueOf(token: string): FilterValue {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  return /^-?\d+$/.test(token) ? Number(token) : token;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw invalid(text);
    tokens.push(token);
  }
  return tokens;
}

function next(reader: Reader): string {
  const token = reader.tokens[reader.position];
  if (token === undefined) throw invalid(reader.tokens.join(' '));
  reader.position += 1;
  return token;
}

function take(reader: Reader, token: string): boolean {
  if (reader.tokens[reader.position]?.toLowerCase() !== token) return false;
  reader.position += 1;
  return true;
}

function expect(reader: Reader, token: string): void {
  if (!take(reader, token)) throw invalid(reader.tokens.join(' '));
}

function isCompare(text: string): text is CompareOperator {
  return COMPARE.includes(text);
}

function invalid(text: string): GraphRefusal {
  return new GraphRefusal(400, 'BadRequest', `Invalid filter clause: There is a syntax error in '${text}'.`);
}
