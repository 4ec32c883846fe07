import type { SqlQuerySpec } from '@azure/cosmos';
import type { Query } from './store.js';
import { CONTAINERS } from './store.js';

/**
 * The query in the part of Cosmos DB's SQL that emulators know too. The partition stands in the text as well as in
 * the request's options: not every emulator reads the latter.
 */
export function cosmosSql({ container, partition, where, orderBy, limit }: Query): SqlQuerySpec {
  const clauses = [
    ...(partition === undefined ? [] : [`c.${CONTAINERS[container].partitionKey} = @partition`]),
    ...where.map(({ field, is }, index) => `c.${field} ${is} @v${index}`),
    // Whether documents without the field are sorted in depends on the index; so it is said.
    ...(orderBy === undefined ? [] : [`IS_DEFINED(c.${orderBy.field})`]),
  ];
  return {
    query: [
      `SELECT ${limit === undefined ? '' : `TOP ${limit} `}* FROM c`,
      ...(clauses.length === 0 ? [] : [`WHERE ${clauses.join(' AND ')}`]),
      ...(orderBy === undefined ? [] : [`ORDER BY c.${orderBy.field} ${orderBy.direction.toUpperCase()}`]),
    ].join(' '),
    parameters: [
      ...(partition === undefined ? [] : [{ name: '@partition', value: partition }]),
      ...where.map(({ value }, index) => ({ name: `@v${index}`, value })),
    ],
  };
}
