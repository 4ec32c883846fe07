import type { Condition, Query, QueryField } from './store.js';

export interface Sql {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/**
 * The field whose index finds the rows; the first one present wins. SQLite keeps no statistics here and would take
 * `kind` (all cases) over `dueAt` (the few due), so the others are hidden from its planner by a unary plus.
 */
const NARROWEST_FIRST = [
  'userId',
  'caseId',
  'askedOf',
  'runId',
  'dueAt',
  'startedAt',
  'state',
  'department',
  'scenario',
  'seq',
  'kind',
] as const satisfies readonly QueryField[];

/** The row numbers in order; the rows are then fetched in portions. */
export function rowNumbersSql(query: Query): Sql {
  const driver = query.partition === undefined ? drivingField(query) : undefined;
  const column = (field: QueryField): string => (field === driver ? `"${field}"` : `+"${field}"`);
  const { orderBy, limit } = query;
  const clauses = [
    'container = ?',
    ...(query.partition === undefined ? [] : ['"partition" = ?']),
    ...query.where.map((condition) => clause(condition, column(condition.field))),
    // As on Cosmos DB, what lacks the field has no place in the order.
    ...(orderBy === undefined ? [] : [`${column(orderBy.field)} IS NOT NULL`]),
  ];
  const order = orderBy === undefined ? 'number' : `${column(orderBy.field)} ${orderBy.direction}, number`;
  return {
    text: `SELECT number FROM docs WHERE ${clauses.join(' AND ')} ORDER BY ${order}${limit === undefined ? '' : ' LIMIT ?'}`,
    values: [
      ...keyValues(query),
      ...query.where.map(({ value }) => value),
      ...(limit === undefined ? [] : [limit]),
    ],
  };
}

/** The rows of one portion that still fit: others may have changed meanwhile. The first value is a JSON list. */
export function rowsSql(query: Query, numbers: readonly number[]): Sql {
  const clauses = query.where.map((condition) => ` AND ${clause(condition, `+"${condition.field}"`)}`);
  return {
    text: `SELECT number, etag, body FROM docs WHERE number IN (SELECT value FROM json_each(?))${clauses.join('')}`,
    values: [JSON.stringify(numbers), ...query.where.map(({ value }) => value)],
  };
}

function drivingField(query: Query): QueryField | undefined {
  const present = new Set(query.where.map(({ field }) => field));
  if (query.orderBy !== undefined) present.add(query.orderBy.field);
  return NARROWEST_FIRST.find((field) => present.has(field));
}

function keyValues(query: Query): readonly string[] {
  return query.partition === undefined ? [query.container] : [query.container, query.partition];
}

/** Texts compare with texts and numbers with numbers only, as on Cosmos DB. */
function clause({ is, value }: Condition, column: string): string {
  const types = typeof value === 'string' ? `= 'text'` : `IN ('integer', 'real')`;
  return `${column} ${is} ? AND typeof(${column}) ${types}`;
}
