import { nameKey } from '../../audit/name-key.js';
import type { PositionRow } from '../position.js';
import { isFreeOrTrial, productMeant } from '../product-names.js';
import type { Purchase } from './purchase.js';

/** Which license a line of the list is about. */
export type Meant =
  | { readonly kind: 'held'; readonly row: PositionRow }
  /** The tenant has no such license. */
  | { readonly kind: 'notHeld'; readonly partNumber: string; readonly name: string }
  /** The policy leaves it out of all counts. */
  | { readonly kind: 'unmanaged' }
  /** Its cells name several licenses of the tenant. */
  | { readonly kind: 'several'; readonly rows: readonly PositionRow[] };

/**
 * @param managed part numbers that the policy manages; empty: all but free ones and trials
 */
export function meantBy(
  { keys }: Pick<Purchase, 'keys'>,
  position: readonly PositionRow[],
  managed: readonly string[],
): Meant {
  const names = new Set(keys.map(nameKey));
  const products = keys.flatMap((key) => productMeant(key) ?? []);
  const rows = position.filter(
    ({ skuId, partNumber, name }) =>
      [skuId, partNumber, name].some((text) => names.has(nameKey(text))) ||
      products.some((product) => product.skuId === skuId),
  );
  const [row, other] = rows;
  if (other !== undefined) return { kind: 'several', rows };
  if (row !== undefined) return { kind: 'held', row };
  const written = { skuId: '', partNumber: keys[0] ?? '', name: keys.at(-1) ?? '' };
  const { skuId, partNumber, name } = products[0] ?? written;
  const isManaged =
    managed.length > 0
      ? managed.some((known) => nameKey(known) === nameKey(partNumber))
      : !isFreeOrTrial({ skuId: skuId as PositionRow['skuId'], partNumber });
  return isManaged ? { kind: 'notHeld', partNumber, name } : { kind: 'unmanaged' };
}
