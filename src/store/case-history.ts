import type { Head, HistoryEvent, HistorySide } from './history.js';
import { removeMany } from './remove-many.js';
import type { Doc, Query, Store, Stored } from './store.js';
import type { ChainReport } from './verify-chain.js';
import { verifyChain } from './verify-chain.js';

export interface CaseHistory {
  /** In the order of the chain. */
  readonly events: readonly HistoryEvent[];
  /** Those that were not erased. */
  readonly sides: readonly HistorySide[];
}

/** The whole history of one case or of what is about the tenant; empty when there is none. */
export async function readHistory(store: Store, caseId: string): Promise<CaseHistory> {
  // Sorted here: an event whose number was tampered with has to show up, and a query by number might leave it out.
  const events = await collect<HistoryEvent>(store, inCase(caseId, 'event'));
  const sides = await collect<HistorySide>(store, inCase(caseId, 'side'));
  return { events: events.toSorted(byId), sides: sides.toSorted(byId) };
}

/**
 * Where a chain ends by its entries; undefined: it has none. A head that was lost, or came out of an older backup, is to
 * keep nobody from what they are about to do. That it was so shows in the heads of the log.
 */
export async function endOfChain(store: Store, caseId: string): Promise<Head | undefined> {
  const last = (await readHistory(store, caseId)).events.at(-1);
  return last && { seq: last.seq + 1, head: last.hash };
}

/**
 * Checks the chain of every case, also of cases whose document is gone, and those about the tenant.
 * @param exported heads written outside the store, by case id; without them a chain that was cut or rewritten
 *   together with its case document cannot be told from a true one
 */
export async function* verifyHistory(
  store: Store,
  exported: ReadonlyMap<string, readonly Head[]> = new Map(),
): AsyncGenerator<ChainReport> {
  const caseIds = new Set(exported.keys());
  for (const kind of ['case', 'settings', 'event']) {
    const query: Query = { container: 'cases', where: [{ field: 'kind', is: '=', value: kind }] };
    for await (const { doc } of store.query<Doc & { readonly caseId: string }>(query))
      caseIds.add(doc.caseId);
  }
  for (const caseId of caseIds) yield await verifyCase(store, caseId, exported.get(caseId) ?? []);
}

/**
 * Removes names, ids and texts from the history of a case. What happened, and when, stays provable.
 * @param which by the number of the entry; default: all of them
 */
export async function eraseDetails(
  store: Store,
  caseId: string,
  which: (seq: number) => boolean = () => true,
): Promise<number> {
  const all = await collect<HistorySide>(store, inCase(caseId, 'side'));
  const sides = all.filter(({ seq }) => which(seq));
  await removeMany(
    store,
    'cases',
    caseId,
    sides.map(({ id }) => id),
  );
  return sides.length;
}

/** Reads the case before and after its history, and again when it moved on meanwhile. */
async function verifyCase(store: Store, caseId: string, exported: readonly Head[]): Promise<ChainReport> {
  for (;;) {
    const before = await readHead(store, caseId);
    const { events, sides } = await readHistory(store, caseId);
    const after = await readHead(store, caseId);
    if (before?.etag !== after?.etag) continue;
    const current = before === undefined ? 'caseMissing' : { seq: before.doc.seq, head: before.doc.head };
    return verifyChain(caseId, events, sides, { current, exported });
  }
}

/** The document of a case, or that of a chain about the tenant. */
async function readHead(store: Store, caseId: string): Promise<Stored<Doc & Head> | undefined> {
  for (const kind of ['case', 'settings'] as const)
    for await (const found of store.query<Doc & Head>({ ...inCase(caseId, kind), limit: 1 })) return found;
  return undefined;
}

function inCase(caseId: string, kind: 'case' | 'settings' | 'event' | 'side'): Query {
  return { container: 'cases', partition: caseId, where: [{ field: 'kind', is: '=', value: kind }] };
}

async function collect<T extends Doc>(store: Store, query: Query): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const { doc } of store.query<T>(query)) found.push(doc);
  return found;
}

function byId(a: Doc, b: Doc): number {
  return a.id < b.id ? -1 : 1;
}
