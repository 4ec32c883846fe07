import type { Day } from '../audit/day.js';
import { listOf } from '../audit/findings.js';
import type { Finding, LicenseFinding } from '../audit/finding.js';
import { isIdle, isReclaimable } from '../audit/licenses/unused.js';
import type { Sku, SkuId } from '../audit/person.js';
import type { Price } from '../config/policy.js';
import type { Money } from './money.js';
import { annualPrice } from './prices.js';
import { productName } from './product-names.js';

/** How one seat in use is used. `protected` and `reclaimable` seats are idle ones. */
export type SeatUse = 'active' | 'protected' | 'reclaimable' | 'unknown' | 'outOfScope';

/** Seats seen in the directory so far, per SKU. */
export type SeatTally = Map<SkuId, Record<SeatUse, number>>;

/**
 * Per SKU: where the seats are. Adds up:
 * bought = assigned + free; assigned = active + idle + unknown + outOfScope + unaccounted; idle = protected + reclaimable.
 */
export interface PositionRow {
  readonly skuId: SkuId;
  readonly partNumber: string;
  readonly name: string;
  readonly bought: number;
  readonly assigned: number;
  /** Negative when more seats are in use than bought. */
  readonly free: number;
  readonly active: number;
  readonly idle: number;
  readonly protected: number;
  readonly reclaimable: number;
  readonly unknown: number;
  /** Held by people outside of the policy's scope. */
  readonly outOfScope: number;
  /** In use by Graph's count of seats and held by nobody in the directory pass; negative when it is the other way round. */
  readonly unaccounted: number;
  /** Per seat and year; the amounts are undefined when no price is entered. */
  readonly annualPrice: Money | undefined;
  readonly annualBought: Money | undefined;
  readonly annualIdle: Money | undefined;
  readonly annualReclaimable: Money | undefined;
}

export function countSeat(tally: SeatTally, skuId: SkuId, use: SeatUse): void {
  const counts = tally.get(skuId) ?? { active: 0, protected: 0, reclaimable: 0, unknown: 0, outOfScope: 0 };
  counts[use] += 1;
  tally.set(skuId, counts);
}

/**
 * Counts the seats of one finding: a license that no source can judge is unknown, however idle its holder. One that
 * another license makes superfluous can be taken back from somebody who is asked about, used or not.
 */
export function countFinding(tally: SeatTally, finding: Finding): void {
  const isNormal = finding.recommendation === 'ask' && listOf(finding) === 'inactive';
  for (const license of finding.licenses) countSeat(tally, license.skuId, useOf(finding, license, isNormal));
}

/** An active person's license that no source dates counts as used: nothing says otherwise. */
function useOf({ scenario, verdict }: Finding, license: LicenseFinding, isNormal: boolean): SeatUse {
  if (isReclaimable(scenario, license)) {
    if (isNormal) return 'reclaimable';
    if (isIdle(license.verdict) || scenario === 'leftCompany') return 'protected';
  }
  return license.verdict.kind === 'active' || verdict.kind === 'active' ? 'active' : 'unknown';
}

/** One row per managed SKU, by part number. */
export function positionRows(
  tally: SeatTally,
  skus: Iterable<Sku>,
  prices: readonly Price[],
  day: Day,
): readonly PositionRow[] {
  const rows = [...skus].map((sku) =>
    row(sku, tally.get(sku.skuId), annualPrice(prices, sku.partNumber, day)),
  );
  return rows.sort((a, b) => (a.partNumber < b.partNumber ? -1 : a.partNumber > b.partNumber ? 1 : 0));
}

function row(sku: Sku, counts: Record<SeatUse, number> | undefined, price: Money | undefined): PositionRow {
  const seats = counts ?? { active: 0, protected: 0, reclaimable: 0, unknown: 0, outOfScope: 0 };
  const idle = seats.protected + seats.reclaimable;
  return {
    skuId: sku.skuId,
    partNumber: sku.partNumber,
    name: productName(sku),
    bought: sku.bought,
    assigned: sku.assigned,
    free: sku.bought - sku.assigned,
    idle,
    ...seats,
    unaccounted: sku.assigned - seats.active - idle - seats.unknown - seats.outOfScope,
    annualPrice: price,
    annualBought: times(price, sku.bought),
    annualIdle: times(price, idle),
    annualReclaimable: times(price, seats.reclaimable),
  };
}

function times(price: Money | undefined, seats: number): Money | undefined {
  return price && { minor: price.minor * seats, currency: price.currency };
}
