import { sumsByCurrency, type Money } from '../money.js';
import type { PositionRow } from '../position.js';
import type { Purchase } from './purchase.js';

/** What does not add up between the list of purchases and the tenant, for one license. Money is that of a year. */
export type Difference =
  /** The tenant has it, and no line of the list. */
  | { readonly kind: 'notInFile'; readonly bought: number; readonly assigned: number }
  | { readonly kind: 'notInTenant'; readonly inFile: number; readonly paid: Money | undefined }
  /** `annual`: what the licenses cost by which the two differ, at the list's price or else the policy's. */
  | {
      readonly kind: 'bought';
      readonly inFile: number;
      readonly bought: number;
      readonly annual: Money | undefined;
    }
  /** More are assigned than the list says were bought. */
  | {
      readonly kind: 'assigned';
      readonly inFile: number;
      readonly assigned: number;
      readonly reclaimable: number;
    }
  | { readonly kind: 'price'; readonly paid: Money; readonly byPolicy: Money }
  /** The amounts cannot be compared. */
  | { readonly kind: 'currency'; readonly paid: readonly Money[]; readonly byPolicy: Money | undefined }
  | { readonly kind: 'noPrice'; readonly paid: Money };

/** A price rounded to a cent a month is 6 cents a year away from the exact one, at most. */
const ROUNDING = 6;

/** What the lines of one license say together. */
export interface Bought {
  readonly lines: readonly Purchase[];
  readonly inFile: number;
  /** Per currency; of the lines that have a price. */
  readonly sums: readonly Money[];
  /** undefined where a line has no price, or currencies differ. */
  readonly paid: Money | undefined;
}

export function boughtBy(lines: readonly Purchase[]): Bought {
  const sums = sumsByCurrency(lines.map(({ annual }) => annual));
  const isPriced = lines.every(({ annual, seats }) => annual !== undefined || seats === 0);
  return {
    lines,
    inFile: lines.reduce((sum, { seats }) => sum + seats, 0),
    sums,
    paid: isPriced && sums.length === 1 ? sums[0] : undefined,
  };
}

/**
 * @param row undefined: the tenant has none
 * @param price of one license for a year, by the policy; undefined: it has none
 */
export function differencesOf(
  bought: Bought,
  row: PositionRow | undefined,
  price: Money | undefined,
): readonly Difference[] {
  const { inFile, paid, lines } = bought;
  if (row === undefined) return inFile === 0 ? [] : [{ kind: 'notInTenant', inFile, paid }];
  if (lines.length === 0) return [{ kind: 'notInFile', bought: row.bought, assigned: row.assigned }];
  return [...seatsOf(bought, row, price), ...priceOf(bought, price)];
}

function seatsOf(
  { inFile, paid }: Bought,
  { bought, assigned, reclaimable }: PositionRow,
  price: Money | undefined,
): readonly Difference[] {
  const perYear = paid === undefined || inFile <= 0 ? price : { ...paid, minor: paid.minor / inFile };
  const by = Math.abs(inFile - bought);
  const annual = perYear && { minor: Math.round(perYear.minor * by), currency: perYear.currency };
  return [
    ...(by === 0 ? [] : [{ kind: 'bought', inFile, bought, annual } as const]),
    ...(assigned > inFile ? [{ kind: 'assigned', inFile, assigned, reclaimable } as const] : []),
  ];
}

function priceOf({ inFile, sums, paid }: Bought, price: Money | undefined): readonly Difference[] {
  const [first] = sums;
  if (first === undefined) return [];
  if (sums.length > 1 || (price !== undefined && price.currency !== first.currency))
    return [{ kind: 'currency', paid: sums, byPolicy: price }];
  if (paid === undefined) return [];
  if (price === undefined) return [{ kind: 'noPrice', paid }];
  const byPolicy = { minor: price.minor * inFile, currency: price.currency };
  const isSame = Math.abs(paid.minor - byPolicy.minor) <= ROUNDING * Math.abs(inFile);
  return isSame ? [] : [{ kind: 'price', paid, byPolicy }];
}
