import type { SkuId } from '../../audit/person.js';
import type { Case } from '../case.js';
import type { Doors } from '../doors.js';
import { heldSeats, seatAlarms, type SeatAlarm } from './held-seats.js';
import { everyCase } from '../run-all-cases.js';
import { isSealed } from '../hr/sealed.js';

/**
 * Seats of HR's lane are left out: the alarm would tell others of an executive's license.
 * @throws GraphFailure
 */
export async function readSeatAlarms({
  store,
  graph,
}: Pick<Doors, 'store' | 'graph'>): Promise<readonly SeatAlarm[]> {
  const held = await readHeldSeats({ store }, (c) => !isSealed(c));
  return held.size === 0 ? [] : seatAlarms(held, await graph.skus());
}

/** Seats that the undos of some cases may need. */
export async function readHeldSeats(
  { store }: Pick<Doors, 'store'>,
  counts: (c: Case) => boolean,
): Promise<ReadonlyMap<SkuId, number>> {
  const cases: Case[] = [];
  for await (const { doc } of everyCase({ store })) if ('steps' in doc && counts(doc)) cases.push(doc);
  return heldSeats(cases);
}
