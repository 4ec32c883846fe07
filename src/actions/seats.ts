import type { Sku, SkuId } from '../audit/person.js';

/** What the tenant has bought, and the seats that undos of other cases may need (safety rule 6). */
export interface Seats {
  readonly skus: readonly Sku[];
  readonly heldSeats: ReadonlyMap<SkuId, number>;
}

/** A subscription in any other state gives nobody anything for long. */
const SERVES = /^(Enabled|Warning)$/i;

export function isServed({ skus }: Pick<Seats, 'skus'>, skuId: SkuId): boolean {
  return skus.some((sku) => sku.skuId === skuId && SERVES.test(sku.capabilityStatus));
}

/** Seats that nobody has and nobody may want back; below 0 where more are in use than were bought. Pure. */
export function seatsLeft({ skus, heldSeats }: Seats, skuId: SkuId): number {
  const sku = skus.find((each) => each.skuId === skuId);
  return (sku?.bought ?? 0) - (sku?.assigned ?? 0) - (heldSeats.get(skuId) ?? 0);
}
