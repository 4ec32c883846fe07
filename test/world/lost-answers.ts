import { StoreUnavailable, type Doc, type Store } from '../../src/store/store.js';

/**
 * The first write of such a document comes to pass, and its answer is lost.
 * @returns how many were lost: 0 or 1
 */
export function losesAnswer(store: Store, isMeant: (doc: Doc) => boolean): () => number {
  const real = { ...store };
  let lost = 0;
  const loses = (docs: readonly Doc[]): void => {
    if (lost > 0 || !docs.some(isMeant)) return;
    lost += 1;
    throw new StoreUnavailable('The answer was lost.');
  };
  store.create = async (container, doc) => {
    const stored = await real.create(container, doc);
    loses([doc]);
    return stored;
  };
  store.replace = async (container, doc, etag) => {
    const stored = await real.replace(container, doc, etag);
    loses([doc]);
    return stored;
  };
  store.batch = async (container, partition, operations) => {
    const stored = await real.batch(container, partition, operations);
    loses(operations.flatMap((one) => ('doc' in one ? [one.doc] : [])));
    return stored;
  };
  return () => lost;
}
