import { badRequest, GraphRefusal, unsupportedQuery } from './graph-call.js';
import type { GraphCall } from './graph-call.js';

/** The options of a collection request after Graph's own checks. */
export interface CollectionQuery {
  readonly select: readonly string[] | undefined;
  readonly top: number;
  readonly filter: string | undefined;
  readonly orderBy: string | undefined;
  readonly expand: string | undefined;
  /** true only when asked for and allowed: without the header Graph ignores `$count=true` silently. */
  readonly count: boolean;
  /** Header `ConsistencyLevel: eventual` and `$count=true`. */
  readonly advanced: boolean;
  readonly eventual: boolean;
  readonly skipToken: string | undefined;
}

export interface CollectionRules {
  readonly allowed: readonly string[];
  readonly defaultTop: number;
  readonly maxTop: number;
}

const KNOWN_OPTIONS = [
  '$count',
  '$expand',
  '$filter',
  '$format',
  '$orderby',
  '$search',
  '$select',
  '$skip',
  '$skiptoken',
  '$top',
];

export function collectionQuery(call: GraphCall, rules: CollectionRules): CollectionQuery {
  checkOptions(call, rules.allowed);
  const eventual = call.headers['consistencylevel']?.toLowerCase() === 'eventual';
  const wantsCount = call.query.get('$count') === 'true';
  const search = call.query.get('$search');
  if (search !== undefined && !eventual) {
    throw unsupportedQuery(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    );
  }
  return {
    select: listOf(call.query.get('$select')),
    top: topOf(call.query.get('$top'), rules),
    filter: call.query.get('$filter'),
    orderBy: call.query.get('$orderby'),
    expand: call.query.get('$expand'),
    count: wantsCount && eventual,
    advanced: wantsCount && eventual,
    eventual,
    skipToken: call.query.get('$skiptoken'),
  };
}

/** Refuses options that Graph does not know, or not here. */
export function checkOptions(call: GraphCall, allowed: readonly string[]): void {
  for (const name of call.query.keys()) {
    if (!name.startsWith('$')) continue;
    if (name === '$skip') throw badRequest("'$skip' is not supported by the service.");
    if (!KNOWN_OPTIONS.includes(name)) {
      throw new GraphRefusal(400, 'BadRequest', `The query parameter '${name}' is not supported.`);
    }
    if (name !== '$skiptoken' && !allowed.includes(name)) {
      throw badRequest(`The query specified in the URI is not valid. Query option '${name}' is not allowed.`);
    }
  }
}

export function listOf(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined;
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** `manager($select=id,mail)` -> the navigation property and what is selected of it. */
export function expandOf(text: string): {
  readonly name: string;
  readonly select: readonly string[] | undefined;
} {
  const match = /^(\w+)(?:\(\$select=([\w,]+)\))?$/.exec(text.replaceAll(' ', ''));
  if (!match?.[1])
    throw new GraphRefusal(400, 'BadRequest', `Parsing OData Select and Expand failed: '${text}'.`);
  return { name: match[1], select: listOf(match[2]) };
}

export function unknownProperty(name: string, type: string): GraphRefusal {
  return new GraphRefusal(
    400,
    'BadRequest',
    `Parsing OData Select and Expand failed: Could not find a property named '${name}' on type '${type}'.`,
  );
}

function topOf(text: string | undefined, rules: CollectionRules): number {
  if (text === undefined) return rules.defaultTop;
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1 || top > rules.maxTop) {
    throw unsupportedQuery(
      `Invalid page size specified: '${text}'. Must be between 1 and ${String(rules.maxTop)} inclusive.`,
    );
  }
  return top;
}
