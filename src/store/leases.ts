/**
 * Due work is rows with a date. An instance claims a row by writing a lease into it under its etag; the new etag is
 * the fencing token: whoever writes under it is the only one who can. If the instance dies, the lease passes and
 * another takes the row up again, with one more attempt counted.
 *
 * Leases compare the clocks of different machines, but nothing rests on them: two that both believe to hold a row
 * still have one etag between them, and the later write is refused. A lease should be longer than the longest piece
 * of work between two writes, plus half a minute for clocks that differ.
 */
import { isInHand, type Lease } from './lease.js';
import type { Container, Doc, Query, QueryField, Store, Stored } from './store.js';
import { ChangedMeanwhile, StoreUnavailable } from './store.js';

/** What a row needs for this; the rest of it is the caller's. */
export interface DueDoc extends Doc {
  readonly dueAt?: string | undefined;
  readonly lease?: Lease | undefined;
  readonly attempts: number;
}

export interface Claim {
  readonly container: Extract<Container, 'cases' | 'commands'>;
  /** Only rows of this kind. */
  readonly kind?: string;
  readonly now: Date;
  /** Unique per process. */
  readonly owner: string;
  readonly leaseMs: number;
  readonly limit: number;
  /** From 0 to below 1: instances that wake together then do not all grab for the same row first. */
  readonly random: () => number;
}

/** What a claim leaves where it is, although it is due and nobody has it. */
export interface Except<T> {
  readonly except?: (row: T) => boolean;
}

/** Of how many more rows than wanted the choice is made. */
const CHOICE = 4;

/**
 * Up to `limit` rows that are due and not leased, the longest due among the first, now leased to `owner`.
 * Rows that somebody else took in the meantime are left out.
 */
export async function claimDue<T extends DueDoc>(
  store: Store,
  claim: Claim & Except<T>,
): Promise<readonly Stored<T>[]> {
  const claimed: Stored<T>[] = [];
  for (const candidate of await candidates<T>(store, claim)) {
    if (claimed.length >= claim.limit) break;
    const { doc, etag } = candidate;
    const lease: Lease = { owner: claim.owner, until: later(claim.now, claim.leaseMs) };
    try {
      claimed.push(
        await store.replace<T>(claim.container, { ...doc, lease, attempts: doc.attempts + 1 }, etag),
      );
    } catch (error) {
      if (error instanceof ChangedMeanwhile) continue;
      // What is claimed already is worked on; the rest stays due.
      if (error instanceof StoreUnavailable && claimed.length > 0) break;
      throw error;
    }
  }
  return claimed;
}

/** One row by its id, now leased to `owner`; undefined when it is not due, somebody has it, or it is not there. */
export async function claimRow<T extends DueDoc>(
  store: Store,
  row: Pick<Claim, 'container'> & { readonly id: string },
  terms: Pick<Claim, 'now' | 'owner' | 'leaseMs'>,
): Promise<Stored<T> | undefined> {
  const found = await store.read<T>(row.container, row.id, row.id);
  if (found === undefined || !isFree(found.doc, terms.now.toISOString())) return undefined;
  const lease: Lease = { owner: terms.owner, until: later(terms.now, terms.leaseMs) };
  const claimed = { ...found.doc, lease, attempts: found.doc.attempts + 1 };
  const outcome = await replaceOrLost(store, row.container, claimed, found.etag);
  return outcome === 'lost' ? undefined : outcome;
}

function isFree({ dueAt, lease }: DueDoc, now: string): boolean {
  return dueAt !== undefined && dueAt <= now && !isInHand({ lease }, now);
}

/** @returns 'lost' when somebody else has the row now: stop, and write nothing more. */
export async function renew<T extends DueDoc>(
  store: Store,
  row: Stored<T>,
  terms: Pick<Claim, 'container' | 'now' | 'owner' | 'leaseMs'>,
): Promise<Stored<T> | 'lost'> {
  const lease: Lease = { owner: terms.owner, until: later(terms.now, terms.leaseMs) };
  return replaceOrLost(store, terms.container, { ...row.doc, lease }, row.etag);
}

/** Gives the row back without result; it stays due, from `dueAt` on if that is given. */
export async function release<T extends DueDoc>(
  store: Store,
  row: Stored<T>,
  terms: Pick<Claim, 'container'> & { readonly dueAt?: string },
): Promise<Stored<T> | 'lost'> {
  const dueAt = terms.dueAt ?? row.doc.dueAt;
  return replaceOrLost(store, terms.container, { ...row.doc, lease: undefined, dueAt }, row.etag);
}

async function candidates<T extends DueDoc>(
  store: Store,
  claim: Claim & Except<T>,
): Promise<readonly Stored<T>[]> {
  const now = claim.now.toISOString();
  const ofKind =
    claim.kind === undefined ? [] : [{ field: 'kind' as QueryField, is: '=' as const, value: claim.kind }];
  const query: Query = {
    container: claim.container,
    where: [{ field: 'dueAt', is: '<=', value: now }, ...ofKind],
    orderBy: { field: 'dueAt', direction: 'asc' },
  };
  const free: Stored<T>[] = [];
  // Without a limit: the rows due longest may all be leased to others.
  for await (const row of store.query<T>(query)) {
    if (isInHand(row.doc, now)) continue;
    if (claim.except?.(row.doc) === true) continue;
    free.push(row);
    if (free.length >= claim.limit * CHOICE) break;
  }
  return shuffled(free, claim.random);
}

async function replaceOrLost<T extends DueDoc>(
  store: Store,
  container: Container,
  doc: T,
  etag: string,
): Promise<Stored<T> | 'lost'> {
  try {
    return await store.replace(container, doc, etag);
  } catch (error) {
    if (error instanceof ChangedMeanwhile) return 'lost';
    throw error;
  }
}

function later(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
