import type { Scenario } from '../../audit/finding.js';
import type { StateName } from '../../cases/case.js';
import { fold } from './fold.js';

/**
 * What an admin can ask about the latest audit, as a value that can be printed, stored and compared. Every query has one
 * normal form (`normalized`), and `printQuery` and `readQuery` are each other's opposite for it (see `quotedOnly`).
 */
export interface Query {
  readonly ask: Ask;
  readonly subject: Subject;
  /** All of them hold. */
  readonly conditions: readonly Condition[];
}

/**
 * candidates: inactive but licensed, whatever the scenario, and asked about on the normal path. unknown: not judged for
 * lack of data. guests: not shown to be active. The others are counted as a whole and never listed, filtered or grouped:
 * who is protected includes executives and people on leave, whom only HR may see (safety rule 3).
 */
export type Subject = ListedSubject | CountedSubject;
export const LISTED_SUBJECTS = ['candidates', 'unknown', 'guests'] as const;
export type ListedSubject = (typeof LISTED_SUBJECTS)[number];
export const COUNTED_SUBJECTS = ['active', 'protected', 'everyone'] as const;
export type CountedSubject = (typeof COUNTED_SUBJECTS)[number];

export type Ask =
  | {
      readonly kind: 'list';
      readonly sort: Sort;
      readonly top: number | undefined;
      /** From 1. */
      readonly page: number;
      /** Rows on a page, 1 to `MOST_ON_A_PAGE`. */
      readonly pageSize: number;
    }
  | { readonly kind: 'total'; readonly of: Measure }
  | {
      readonly kind: 'groups';
      readonly by: GroupField;
      readonly of: Measure;
      readonly top: number | undefined;
    };

export type Measure = 'people' | 'licenses' | 'cost';

export const SORT_KEYS = ['cost', 'days', 'name', 'department'] as const;
export interface Sort {
  readonly by: (typeof SORT_KEYS)[number];
  readonly order: 'asc' | 'desc';
}

export const GROUP_FIELDS = [
  'department',
  'country',
  'license',
  'manager',
  'scenario',
  'verdict',
  'state',
  'domain',
  'unit',
] as const;
export type GroupField = (typeof GROUP_FIELDS)[number];

/** Fields whose values are those that occur in the tenant; `unit` is an organizational unit of AD. */
export const VALUE_FIELDS = ['department', 'country', 'license', 'manager', 'domain', 'unit'] as const;
export type ValueField = (typeof VALUE_FIELDS)[number];

/** The directory names none. */
export const NONE = '';

export const VERDICTS = ['inactive', 'neverUsed', 'active', 'unknown'] as const;
export type VerdictName = (typeof VERDICTS)[number];

/** Sealed states are for HR alone, so nobody can ask for them. */
export type AskedState = Exclude<StateName, 'hrReview' | 'hrProposed'> | 'noCase';

export type Bound = '>' | '>=' | '<' | '<=';
export const BOUNDS = ['>', '>=', '<', '<='] as const satisfies readonly Bound[];

interface OneOf<F extends string, V extends string> {
  readonly field: F;
  readonly is: 'in' | 'notIn';
  readonly values: readonly V[];
}

export type Condition =
  | OneOf<ValueField, string>
  | OneOf<'scenario', Scenario>
  | OneOf<'verdict', VerdictName>
  | OneOf<'state', AskedState>
  /** Of the licenses that are asked for, or of all: those that a source proves were never used. */
  | { readonly field: 'use'; readonly is: 'in'; readonly values: readonly 'neverUsed'[] }
  /** `amount`: whole days without use, or whole units of the currency a year. */
  | { readonly field: 'days' | 'cost'; readonly is: Bound; readonly amount: number };

export type Field = Condition['field'];

export const USUAL_PAGE = 10;
export const MOST_ON_A_PAGE = 15;
/** More would make a sentence that nobody reads back. */
export const MOST_VALUES = 20;

export const BY_COST: Sort = { by: 'cost', order: 'desc' };
export const USUAL_LIST: Extract<Ask, { kind: 'list' }> = {
  kind: 'list',
  sort: BY_COST,
  top: undefined,
  page: 1,
  pageSize: USUAL_PAGE,
};

/** Who is inactive but licensed, most expensive first. */
export const USUAL_QUERY: Query = { ask: USUAL_LIST, subject: 'candidates', conditions: [] };

export function isListed(subject: Subject): subject is ListedSubject {
  return LISTED_SUBJECTS.some((each) => each === subject);
}

const FIELD_ORDER: readonly Field[] = [
  ...VALUE_FIELDS,
  'use',
  'scenario',
  'verdict',
  'state',
  'days',
  'cost',
];
const IS_ORDER: readonly Condition['is'][] = ['in', 'notIn', '>', '>=', '<', '<='];

/** The same question with one condition per field and kind, of two bounds the narrower, all in a fixed order. */
export function normalized(query: Query): Query {
  const kept = new Map<string, Condition>();
  for (const condition of query.conditions) {
    const place = placeOf(condition);
    const known = kept.get(place);
    kept.set(place, known === undefined ? tidied(condition) : merged(known, condition));
  }
  const conditions = [...kept.values()].sort(
    (a, b) =>
      FIELD_ORDER.indexOf(a.field) - FIELD_ORDER.indexOf(b.field) ||
      IS_ORDER.indexOf(a.is) - IS_ORDER.indexOf(b.is),
  );
  return { ...query, conditions };
}

/** Conditions of one place take each other's place: a field with its kind, or one end of a range. */
export function placeOf({ field, is }: Condition): string {
  const end = is === '>' || is === '>=' ? 'from' : is === '<' || is === '<=' ? 'to' : is;
  return `${field} ${end}`;
}

/** true: no amount is in both, as of "3 to 6 months" and "over 200 days". */
export function isContrary(a: Condition, b: Condition): boolean {
  if (!('amount' in a) || !('amount' in b) || a.field !== b.field) return false;
  const isFrom = (each: typeof a): boolean => each.is === '>' || each.is === '>=';
  if (isFrom(a) === isFrom(b)) return false;
  const [from, to] = isFrom(a) ? [a, b] : [b, a];
  return from.amount > to.amount || (from.amount === to.amount && (from.is === '>' || to.is === '<'));
}

function tidied(condition: Condition): Condition {
  return 'values' in condition ? withValues(condition, condition.values) : condition;
}

function merged(a: Condition, b: Condition): Condition {
  if ('values' in a && 'values' in b) return withValues(a, [...a.values, ...b.values]);
  if ('amount' in a && 'amount' in b) return isNarrower(b, a) ? b : a;
  return a;
}

function isNarrower(
  a: Extract<Condition, { amount: number }>,
  b: Extract<Condition, { amount: number }>,
): boolean {
  const isFrom = a.is === '>' || a.is === '>=';
  if (a.amount !== b.amount) return isFrom ? a.amount > b.amount : a.amount < b.amount;
  return a.is.length < b.is.length;
}

/** Values in order, each once: `Sales` and `sales` are one. */
function withValues(
  condition: Extract<Condition, { values: unknown }>,
  values: readonly string[],
): Condition {
  const byKey = new Map(values.map((value) => [fold(value), value]));
  const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  return { ...condition, values: sorted } as Condition;
}
