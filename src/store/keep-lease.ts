import { renew, type Claim, type DueDoc } from './leases.js';
import type { Store, Stored } from './store.js';

/** Nobody reads it: a sleep that was broken off is no failure. */
const OVER = 'the lease is renewed no more';

export interface KeptLease<T extends DueDoc> {
  /** Aborted once the row is not ours any more, or may soon not be: whoever works on it must end. */
  readonly lost: AbortSignal;
  /** Renews no more. @returns the row as it was written last; a write under its etag is refused where somebody has it */
  end(): Promise<Stored<T>>;
}

export interface KeepTerms extends Pick<Claim, 'container' | 'owner' | 'leaseMs'> {
  readonly clock: { now(): Date };
  /** Ends early, in whatever way, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Why the lease is given up. */
  readonly onLost: (why: unknown) => void;
}

/**
 * Renews the lease of a claimed row while somebody works on it for long: after a third of it, and after a try that
 * failed in a twelfth, because a store that cannot be used passes. A twelfth before its end it is given up, so that
 * nobody works on what somebody else may begin.
 */
export function keepLease<T extends DueDoc>(
  store: Store,
  claimed: Stored<T>,
  terms: KeepTerms,
): KeptLease<T> {
  const { leaseMs, clock, sleep } = terms;
  const over = new AbortController();
  const lost = new AbortController();
  let held = claimed;
  const giveUp = (why: unknown): void => {
    lost.abort();
    terms.onLost(why);
  };
  const keeper = (async () => {
    for (let rest = leaseMs / 3; ;) {
      await sleep(rest, over.signal).catch(() => undefined);
      if (over.signal.aborted) return;
      try {
        const renewed = await renewOurs(store, held, { ...terms, now: clock.now() });
        if (renewed === 'lost') return giveUp(new Error('Somebody else has the row now.'));
        held = renewed;
        rest = leaseMs / 3;
      } catch (error) {
        rest = leaseMs / 12;
        if (clock.now().getTime() + rest >= Date.parse(held.doc.lease?.until ?? '')) return giveUp(error);
      }
    }
  })();
  return {
    lost: lost.signal,
    end: async () => {
      over.abort(OVER);
      await keeper;
      return held;
    },
  };
}

/** A try that failed may have been written all the same: then the row has another etag, and our name still. */
async function renewOurs<T extends DueDoc>(
  store: Store,
  held: Stored<T>,
  terms: Pick<Claim, 'container' | 'owner' | 'leaseMs' | 'now'>,
): Promise<Stored<T> | 'lost'> {
  const renewed = await renew(store, held, terms);
  if (renewed !== 'lost') return renewed;
  const { id } = held.doc;
  const found = await store.read<T>(terms.container, id, id);
  return found?.doc.lease?.owner === terms.owner ? renew(store, found, terms) : 'lost';
}
