/**
 * Work that only one instance may do at a time, such as the audit: whoever writes the lock document under its etag
 * holds it. A lock whose holder died is taken over when its time has passed.
 */
import type { Lease } from './leases.js';
import type { Doc, Store, Stored } from './store.js';
import { AlreadyExists, ChangedMeanwhile } from './store.js';

interface LockDoc extends Doc {
  readonly kind: 'lock';
  readonly lease?: Lease | undefined;
}

export interface LockTerms {
  /** An id, such as `audit`. */
  readonly name: string;
  /** Unique per process. */
  readonly owner: string;
  /** Longer than the longest time between two renewals, plus half a minute for clocks that differ. */
  readonly leaseMs: number;
  readonly now: () => Date;
}

export interface HeldLock {
  /** To be called between pieces of the work. 'lost': it took too long and somebody else began; stop at once. */
  renew(): Promise<'held' | 'lost'>;
}

export type LockOutcome<R> =
  | { readonly kind: 'done'; readonly result: R }
  | { readonly kind: 'heldByOther'; readonly owner: string; readonly until: string };

/** Does the work if nobody else is at it. The lock is given back when the work ends, also by an error. */
export async function withLock<R>(
  store: Store,
  terms: LockTerms,
  work: (lock: HeldLock) => Promise<R>,
): Promise<LockOutcome<R>> {
  const taken = await take(store, terms);
  if (taken.kind === 'heldByOther') return taken;
  let etag: string | undefined = taken.etag;
  const write = async (lease: Lease | undefined): Promise<'held' | 'lost'> => {
    if (etag === undefined) return 'lost';
    try {
      ({ etag } = await store.replace<LockDoc>('meta', lockDoc(terms, lease), etag));
      return 'held';
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      etag = undefined;
      return 'lost';
    }
  };
  try {
    return { kind: 'done', result: await work({ renew: () => write(leaseOf(terms)) }) };
  } finally {
    // What the work found is worth more than the lock, which passes by itself.
    await write(undefined).catch(() => 'lost');
  }
}

type Taken =
  { readonly kind: 'taken'; readonly etag: string } | Extract<LockOutcome<never>, { kind: 'heldByOther' }>;

async function take(store: Store, terms: LockTerms): Promise<Taken> {
  for (;;) {
    const found = await readLock(store, terms);
    const lease = found?.doc.lease;
    if (lease !== undefined && lease.until > terms.now().toISOString())
      return { kind: 'heldByOther', ...lease };
    try {
      const doc = lockDoc(terms, leaseOf(terms));
      const { etag } = await (found === undefined
        ? store.create('meta', doc)
        : store.replace('meta', doc, found.etag));
      return { kind: 'taken', etag };
    } catch (error) {
      // Somebody was faster; look who.
      if (!(error instanceof ChangedMeanwhile || error instanceof AlreadyExists)) throw error;
    }
  }
}

async function readLock(store: Store, { name }: LockTerms): Promise<Stored<LockDoc> | undefined> {
  return store.read<LockDoc>('meta', lockId(name), lockId(name));
}

function lockDoc({ name }: LockTerms, lease: Lease | undefined): LockDoc {
  return { id: lockId(name), kind: 'lock', lease };
}

function leaseOf({ owner, leaseMs, now }: LockTerms): Lease {
  return { owner, until: new Date(now().getTime() + leaseMs).toISOString() };
}

function lockId(name: string): string {
  return `lock-${name}`;
}
