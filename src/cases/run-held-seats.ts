import type { SkuId } from '../audit/person.js';
import type { Case, CaseId } from './case.js';
import type { Doors } from './doors.js';
import { heldSeats, seatAlarms, type SeatAlarm } from './held-seats.js';

/** @throws GraphFailure */
export async function readSeatAlarms({
  store,
  graph,
}: Pick<Doors, 'store' | 'graph'>): Promise<readonly SeatAlarm[]> {
  const held = await readHeldSeats({ store });
  return held.size === 0 ? [] : seatAlarms(held, await graph.skus());
}

/** Seats that undos may need, those of one case aside. */
export async function readHeldSeats(
  { store }: Pick<Doors, 'store'>,
  without?: CaseId,
): Promise<ReadonlyMap<SkuId, number>> {
  const query = { container: 'cases', where: [{ field: 'kind', is: '=', value: 'case' }] } as const;
  const cases: Case[] = [];
  for await (const { doc } of store.query<Case>(query))
    if ('steps' in doc && doc.caseId !== without) cases.push(doc);
  return heldSeats(cases);
}
