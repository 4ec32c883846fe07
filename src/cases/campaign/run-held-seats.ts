import type { SkuId } from '../../audit/person.js';
import { gather } from '../../graph/gather.js';
import type { Store } from '../../store/store.js';
import type { Case, CaseId } from '../case.js';
import type { Doors } from '../doors.js';
import { isSealed } from '../hr/sealed.js';
import { everyCase } from '../run-all-cases.js';
import { heldSeats, seatAlarms, type SeatAlarm } from './held-seats.js';

/** Seats that the undo of one case may need. */
export interface HeldByCase {
  readonly caseId: CaseId;
  readonly isHrs: boolean;
  readonly seats: ReadonlyMap<SkuId, number>;
}

/** What every case holds, by a reading that begins after it was asked for. */
export type HeldSeatsSource = () => Promise<readonly HeldByCase[]>;

/**
 * For many who ask at the same time: one reading for all, and never two beside each other, because each goes through every
 * case. Whoever asks while one is under way gets the next one: what somebody else took meanwhile may be missing in it.
 */
export function heldSeatsTogether(store: Store): HeldSeatsSource {
  let last: Promise<unknown> = Promise.resolve();
  const read = gather<never, readonly HeldByCase[]>(
    () => {
      const now = heldByCase(store);
      last = now.catch(() => undefined);
      return now;
    },
    async () => void (await last),
  );
  return () => read([]);
}

async function heldByCase(store: Store): Promise<readonly HeldByCase[]> {
  const held: HeldByCase[] = [];
  for await (const { doc } of everyCase({ store })) {
    const seats = heldSeats([doc]);
    if (seats.size > 0) held.push({ caseId: doc.caseId, isHrs: isSealed(doc), seats });
  }
  return held;
}

/**
 * Seats of HR's lane are left out: the alarm would tell others of an executive's license.
 * @throws GraphFailure
 */
export async function readSeatAlarms({
  store,
  graph,
}: Pick<Doors, 'store' | 'graph'>): Promise<readonly SeatAlarm[]> {
  const held = await readHeldSeats({ store }, ({ isHrs }) => !isHrs);
  return held.size === 0 ? [] : seatAlarms(held, await graph.skus());
}

/**
 * Whether what a case holds is to stay free when another one needs a seat. One that is refused because of one of HR's cases
 * would tell others of it (safety rule 3).
 */
export function isHeldAgainst(c: Case, { caseId, isHrs }: HeldByCase): boolean {
  return caseId !== c.caseId && (!isHrs || isSealed(c));
}

/** Seats that the undos of some cases may need. */
export async function readHeldSeats(
  { store, heldSeats: source = () => heldByCase(store) }: Pick<Doors, 'store' | 'heldSeats'>,
  counts: (held: HeldByCase) => boolean,
): Promise<ReadonlyMap<SkuId, number>> {
  const sums = new Map<SkuId, number>();
  for (const held of await source()) {
    if (!counts(held)) continue;
    for (const [skuId, seats] of held.seats) sums.set(skuId, (sums.get(skuId) ?? 0) + seats);
  }
  return sums;
}
