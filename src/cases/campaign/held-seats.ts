import type { Sku, SkuId } from '../../audit/person.js';
import type { Case } from '../case.js';
import type { CaseStep } from '../step.js';

/** Seats of one product that undos may need, and how many are free for them. */
export interface SeatAlarm {
  readonly partNumber: string;
  readonly held: number;
  readonly free: number;
}

/**
 * Seats that were freed and may have to be given back, per product: a seat is held until its undo window ends
 * (safety rule 6), once, by however many ways its license was held. What a reassignment gives to somebody else is spent
 * from the giving on, and not before; what they had by then is not. Pure.
 */
export function heldSeats(cases: Iterable<Case>): ReadonlyMap<SkuId, number> {
  const held = new Map<SkuId, number>();
  for (const c of cases) {
    if (!('steps' in c)) continue;
    const spent = spentSeats(c.steps);
    for (const skuId of takenSeats(c.steps))
      if (!spent.has(skuId)) held.set(skuId, (held.get(skuId) ?? 0) + 1);
  }
  return held;
}

function takenSeats(steps: readonly CaseStep[]): ReadonlySet<SkuId> {
  return seatsOf(steps.filter(({ step: { kind } }) => kind === 'removeLicenses' || kind === 'leaveGroup'));
}

/** Products of which a case has given a seat on, or may have. Pure. */
export function spentSeats(steps: readonly CaseStep[]): ReadonlySet<SkuId> {
  return seatsOf(steps.filter(({ step: { kind } }) => kind === 'assignLicenses'));
}

/** Of steps that were begun, and not undone. */
function seatsOf(steps: readonly CaseStep[]): ReadonlySet<SkuId> {
  const begun = steps.flatMap(({ progress }) => ('before' in progress ? [progress.before] : []));
  return new Set(
    begun.flatMap((before) => ('licenses' in before ? before.licenses.map(({ skuId }) => skuId) : [])),
  );
}

/** Products with fewer free seats than are held. Graph reserves none, so somebody has to leave them free. Pure. */
export function seatAlarms(held: ReadonlyMap<SkuId, number>, skus: Iterable<Sku>): readonly SeatAlarm[] {
  return [...skus].flatMap(({ skuId, partNumber, bought, assigned }) => {
    const needed = held.get(skuId) ?? 0;
    const free = Math.max(0, bought - assigned);
    return needed > free ? [{ partNumber, held: needed, free }] : [];
  });
}

export function alarmText({ partNumber, held, free }: SeatAlarm): string {
  return (
    `${held} ${held === 1 ? 'seat' : 'seats'} of ${partNumber} may have to be given back by an undo, but only ${free} ` +
    `${free === 1 ? 'is' : 'are'} free: assign no more of it, or buy some.`
  );
}
