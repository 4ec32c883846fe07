import type { Container, Operation, Store } from './store.js';

/** Cosmos DB takes so many operations at once. */
const BATCH = 100;

/** Removes documents of one partition, as many at once as a store takes; those that are gone already are no error. */
export async function removeMany(
  store: Pick<Store, 'batch'>,
  container: Container,
  partition: string,
  ids: readonly string[],
): Promise<void> {
  for (let start = 0; start < ids.length; start += BATCH) {
    const removals = ids.slice(start, start + BATCH).map((id): Operation => ({ kind: 'remove', id }));
    await store.batch(container, partition, removals);
  }
}
