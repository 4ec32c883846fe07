import type { Case } from './case.js';
import type { Doors } from './doors.js';
import { heldSeats, seatAlarms, type SeatAlarm } from './held-seats.js';
import { isSealed } from './sealed.js';

/**
 * Seats of HR's lane are left out: the alarm would tell others of an executive's license.
 * @throws GraphFailure
 */
export async function readSeatAlarms({
  store,
  graph,
}: Pick<Doors, 'store' | 'graph'>): Promise<readonly SeatAlarm[]> {
  const query = { container: 'cases', where: [{ field: 'kind', is: '=', value: 'case' }] } as const;
  const cases: Case[] = [];
  for await (const { doc } of store.query<Case>(query)) if (!isSealed(doc)) cases.push(doc);
  const held = heldSeats(cases);
  return held.size === 0 ? [] : seatAlarms(held, await graph.skus());
}
