import { AlreadyExists, ChangedMeanwhile, type Container, type Doc, type Store } from './store.js';

/**
 * Reads a document, decides and writes it under its etag, until nobody was faster. For documents that are their own
 * partition.
 * @param next the document as it is to be, given how it is now; undefined, or the very same: it is left as it is. Asked
 * anew whenever somebody else has written meanwhile
 * @returns what `next` said last
 */
export async function changeDocument<T extends Doc>(
  store: Store,
  container: Container,
  id: string,
  next: (before: T | undefined) => T | undefined,
): Promise<T | undefined> {
  for (;;) {
    const stored = await store.read<T>(container, id, id);
    const doc = next(stored?.doc);
    if (doc === undefined || doc === stored?.doc) return doc;
    try {
      if (stored === undefined) await store.create(container, doc);
      else await store.replace(container, doc, stored.etag);
      return doc;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
}
