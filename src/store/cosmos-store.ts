import { writeBatch } from './cosmos-batch.js';
import { asStored, readStamped, stamped, unstamped } from './cosmos-document.js';
import { chargeOf, codeOf } from './cosmos-failure.js';
import type { CosmosLink, CosmosOptions } from './cosmos-link.js';
import { openCosmosLink, reading } from './cosmos-link.js';
import { cosmosSql } from './cosmos-query.js';
import type { Fate } from './cosmos-write.js';
import { writing } from './cosmos-write.js';
import type { Encoded } from './document-rules.js';
import { checkKey, checkQuery, checkRemove, checkReplace, encode, encodeBatch } from './document-rules.js';
import type { Container, Doc, Query, Store, Stored } from './store.js';
import { AlreadyExists, ChangedMeanwhile } from './store.js';

/**
 * The store in an Azure Cosmos DB account, for several instances of the service.
 * Reads follow the session of this process; another instance may see a write a moment later, but never overwrites
 * it: etags are compared where writes are made.
 * @throws StoreUnavailable when the account, the database or a container cannot be used, StoreDamaged
 */
export async function openCosmosStore(options: CosmosOptions): Promise<Store> {
  const link = await openCosmosLink(options);
  return {
    read: async <T extends Doc>(container: Container, partition: string, id: string) => {
      checkKey(container, partition, id);
      const found = await reading(link, `read in ${container}`, (signal) =>
        readStamped(link, container, partition, id, signal),
      );
      return found === undefined ? undefined : asStored<T>(found);
    },
    create: async <T extends Doc>(container: Container, doc: T) =>
      asStored<T>(await create(link, container, encode(container, doc))),
    replace: async <T extends Doc>(container: Container, doc: T, etag: string) => {
      checkReplace(container, doc);
      return asStored<T>(await replace(link, container, encode(container, doc), etag));
    },
    remove: async (container, partition, id, etag) => {
      checkRemove(container, partition, id);
      await (etag === undefined
        ? remove(link, container, partition, id)
        : removeVersion(link, container, { partition, id, etag }));
    },
    batch: async (container, partition, operations) =>
      writeBatch(link, container, partition, encodeBatch(container, partition, operations)),
    query: <T extends Doc>(query: Query) => runQuery<T>(link, query),
    check: async () => {
      await reading(link, 'check', (signal) => readStamped(link, 'meta', 'check', 'check', signal));
    },
    close: async () => link.close(),
  };
}

type Written = Pick<Stored<Readonly<Record<string, unknown>>>, 'doc' | 'etag'>;

async function create(link: CosmosLink, container: Container, encoded: Encoded): Promise<Written> {
  const stamp = link.options.newId();
  const doc = JSON.parse(encoded.body) as Record<string, unknown>;
  const what = `create in ${container}`;
  return writing<Written>(link, {
    what,
    send: async (abortSignal) => {
      const response = await link.container(container).items.create(stamped(encoded, stamp), { abortSignal });
      link.spent(what, response.requestCharge);
      return { doc, etag: response.etag };
    },
    fate: async (signal): Promise<Fate<Written>> => {
      const now = await readStamped(link, container, encoded.partition, encoded.id, signal);
      if (now === undefined) return { is: 'open' };
      if (now.stamp === stamp) return { is: 'made', result: { doc, etag: now.etag } };
      return { is: 'refused', error: new AlreadyExists(`${container}/${encoded.id} is there already.`) };
    },
  });
}

async function replace(
  link: CosmosLink,
  container: Container,
  encoded: Encoded,
  etag: string,
): Promise<Written> {
  const stamp = link.options.newId();
  const doc = JSON.parse(encoded.body) as Record<string, unknown>;
  const what = `replace in ${container}`;
  return writing<Written>(link, {
    what,
    send: async (abortSignal) => {
      const accessCondition = { type: 'IfMatch', condition: etag };
      const response = await link
        .container(container)
        .item(encoded.id, encoded.partition)
        .replace(stamped(encoded, stamp), { accessCondition, abortSignal });
      link.spent(what, response.requestCharge);
      return { doc, etag: response.etag };
    },
    fate: async (signal): Promise<Fate<Written>> => {
      const now = await readStamped(link, container, encoded.partition, encoded.id, signal);
      if (now?.stamp === stamp) return { is: 'made', result: { doc, etag: now.etag } };
      if (now?.etag === etag) return { is: 'open' };
      const error = new ChangedMeanwhile(`${container}/${encoded.id} was changed or removed meanwhile.`);
      return { is: 'refused', error };
    },
  });
}

/** May be repeated without looking back: absent is what is wanted. */
async function remove(link: CosmosLink, container: Container, partition: string, id: string): Promise<void> {
  const what = `remove in ${container}`;
  await reading(link, what, async (abortSignal) => {
    try {
      const response = await link.container(container).item(id, partition).delete({ abortSignal });
      link.spent(what, response.requestCharge);
    } catch (error) {
      if (codeOf(error) !== 404) throw error;
      link.spent(what, chargeOf(error));
    }
  });
}

/** Absent is what is wanted, whoever brought it about. */
async function removeVersion(
  link: CosmosLink,
  container: Container,
  { partition, id, etag }: { readonly partition: string; readonly id: string; readonly etag: string },
): Promise<void> {
  const what = `remove in ${container}`;
  await writing<void>(link, {
    what,
    send: async (abortSignal) => {
      const accessCondition = { type: 'IfMatch', condition: etag };
      try {
        const item = link.container(container).item(id, partition);
        const response = await item.delete({ accessCondition, abortSignal });
        link.spent(what, response.requestCharge);
      } catch (error) {
        if (codeOf(error) !== 404) throw error;
        link.spent(what, chargeOf(error));
      }
    },
    fate: async (signal): Promise<Fate<void>> => {
      const now = await readStamped(link, container, partition, id, signal);
      if (now === undefined) return { is: 'made', result: undefined };
      if (now.etag === etag) return { is: 'open' };
      return { is: 'refused', error: new ChangedMeanwhile(`${container}/${id} was changed meanwhile.`) };
    },
  });
}

/**
 * Page by page. When a page cannot be had, the query begins anew and leaves out what was given already: a
 * continuation across partitions cannot be handed to another query.
 */
async function* runQuery<T extends Doc>(link: CosmosLink, query: Query): AsyncGenerator<Stored<T>> {
  checkQuery(query);
  if (query.limit === 0) return;
  const given = new Set<string>();
  const what = `query in ${query.container}`;
  let pages = openPages(link, query);
  for (;;) {
    let fresh = true;
    const page = await reading(link, what, async () => {
      if (!fresh) pages = openPages(link, query);
      fresh = false;
      return nextPage(link, what, pages);
    });
    if (page === undefined) return;
    for (const resource of page) {
      const found = unstamped(query.container, resource);
      const key = `${String(resource['_rid'])} ${String(resource['id'])}`;
      if (given.has(key)) continue;
      given.add(key);
      yield asStored<T>(found);
      // A query that was begun anew may offer more than was asked for.
      if (given.size === query.limit) return;
    }
  }
}

type Pages = ReturnType<typeof openPages>;

function openPages(link: CosmosLink, query: Query) {
  const controller = new AbortController();
  const iterator = link.container(query.container).items.query<Record<string, unknown>>(cosmosSql(query), {
    ...(query.partition === undefined ? {} : { partitionKey: query.partition }),
    maxItemCount: link.pageSize,
    abortSignal: controller.signal,
  });
  return { controller, iterator };
}

/** undefined: there are no more. */
async function nextPage(
  link: CosmosLink,
  what: string,
  { controller, iterator }: Pages,
): Promise<readonly Record<string, unknown>[] | undefined> {
  if (!iterator.hasMoreResults()) return undefined;
  const timer = setTimeout(() => controller.abort(), link.deadlineMs);
  try {
    const page = await iterator.fetchNext();
    link.spent(what, page.requestCharge);
    return page.resources ?? [];
  } finally {
    clearTimeout(timer);
  }
}
