import {
  BY_COST,
  USUAL_LIST,
  type Ask,
  type Condition,
  type GroupField,
  type Measure,
  type Query,
  type Sort,
  type Subject,
} from '../../../src/chat/query/query.js';

/** A question and what it means, written by hand. */
export type Expected = readonly [question: string, query: Query];

type List = Extract<Ask, { kind: 'list' }>;

export function list(
  conditions: readonly Condition[] = [],
  shape: Partial<List> = {},
  subject: Subject = 'candidates',
): Query {
  return { ask: { ...USUAL_LIST, sort: BY_COST, ...shape }, subject, conditions };
}

export function total(
  conditions: readonly Condition[] = [],
  of: Measure = 'people',
  subject: Subject = 'candidates',
): Query {
  return { ask: { kind: 'total', of }, subject, conditions };
}

export function per(
  by: GroupField,
  conditions: readonly Condition[] = [],
  of: Measure = 'people',
  top?: number,
  subject: Subject = 'candidates',
): Query {
  return { ask: { kind: 'groups', by, of, top }, subject, conditions };
}

type Values = Extract<Condition, { values: unknown }>;

/** `is('department', 'Sales')` */
export function is(field: Values['field'], ...values: readonly string[]): Condition {
  return { field, is: 'in', values } as Values;
}

export function not(field: Values['field'], ...values: readonly string[]): Condition {
  return { field, is: 'notIn', values } as Values;
}

export function days(bound: '>' | '>=' | '<' | '<=', amount: number): Condition {
  return { field: 'days', is: bound, amount };
}

export function cost(bound: '>' | '>=' | '<' | '<=', amount: number): Condition {
  return { field: 'cost', is: bound, amount };
}

export function by(sort: Sort['by'], order: Sort['order']): Partial<List> {
  return { sort: { by: sort, order } };
}

export const SALES = is('department', 'Sales');
export const FINANCE = is('department', 'Finance');
export const GERMANY = is('country', 'Germany');
export const US = is('country', 'United States');
export const E5 = is('license', 'Microsoft 365 E5');
/** The Microsoft and the Office suite: both are called so. */
export const E3 = is('license', 'Microsoft 365 E3', 'Office 365 E3');
export const VISIO = is('license', 'Visio Plan 2');
/** Of a license. */
export const NEVER_USED = is('use', 'neverUsed');
export const NEVER = is('scenario', 'neverSignedIn');
export const LEFT = is('scenario', 'leftCompany');
export const DISABLED = is('scenario', 'disabledButLicensed');
