import type { Container, QueryField } from './store.js';
import { CONTAINERS } from './store.js';

/**
 * Which QUERY_FIELDS each container indexes. Anything else in a document is not indexed: that halves the cost of a
 * write on Cosmos DB. A query by another field is refused by both stores (Cosmos DB answers 400 to such an ORDER BY).
 */
export const INDEXED = {
  cases: ['kind', 'state', 'dueAt', 'userId', 'askedOf', 'runId', 'caseId', 'seq', 'scenario', 'department'],
  runs: ['kind', 'state', 'dueAt', 'userId', 'runId', 'seq', 'startedAt', 'scenario', 'department'],
  refs: ['kind', 'state', 'userId'],
  commands: ['kind', 'state', 'dueAt', 'userId', 'runId', 'caseId', 'seq', 'startedAt'],
  meta: ['kind', 'state', 'dueAt', 'userId', 'runId', 'caseId', 'startedAt'],
} as const satisfies Record<Container, readonly QueryField[]>;

/** Filters that come together often enough to pay for a common index. */
const TOGETHER = {
  cases: [
    ['kind', 'dueAt'],
    ['kind', 'askedOf', 'state'],
    ['kind', 'seq'],
  ],
  runs: [
    ['kind', 'startedAt'],
    ['kind', 'department'],
  ],
  refs: [],
  commands: [['kind', 'dueAt']],
  meta: [],
} as const satisfies Record<Container, readonly (readonly QueryField[])[]>;

export interface ContainerPlan {
  readonly id: Container;
  readonly partitionKey: { readonly paths: readonly [string] };
  readonly indexingPolicy: {
    readonly indexingMode: 'consistent';
    readonly automatic: true;
    readonly includedPaths: readonly { readonly path: string }[];
    readonly excludedPaths: readonly { readonly path: string }[];
    readonly compositeIndexes: readonly (readonly { readonly path: string; readonly order: 'ascending' }[])[];
  };
}

export const CONTAINER_NAMES = Object.keys(CONTAINERS) as readonly Container[];

/** A container as Cosmos DB has to hold it; `infra/` creates the same in production. */
export function containerPlan(container: Container): ContainerPlan {
  return {
    id: container,
    partitionKey: { paths: [`/${CONTAINERS[container].partitionKey}`] },
    indexingPolicy: {
      indexingMode: 'consistent',
      automatic: true,
      includedPaths: INDEXED[container].map((field) => ({ path: `/${field}/?` })),
      excludedPaths: [{ path: '/*' }],
      compositeIndexes: TOGETHER[container].map((fields) =>
        fields.map((field) => ({ path: `/${field}`, order: 'ascending' as const })),
      ),
    },
  };
}

export function isIndexed(container: Container, field: QueryField): boolean {
  const fields: readonly QueryField[] = INDEXED[container];
  return fields.includes(field);
}
