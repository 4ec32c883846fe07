import type { Day } from '../../audit/day.js';
import type { Price } from '../../config/policy.js';
import type { Money } from '../money.js';
import type { PositionRow } from '../position.js';
import { annualPrice } from '../prices.js';
import { boughtBy, differencesOf, type Difference } from './difference.js';
import { meantBy, type Meant } from './meant.js';
import type { Purchase, PurchaseError } from './purchase.js';

/** One license, in the list of purchases and in the tenant. */
export interface ReconciledRow {
  /** As the list writes it where neither the tenant nor the table of products knows it. */
  readonly partNumber: string;
  readonly name: string;
  /** Of the list, counted from 1; empty where it says nothing of this license. */
  readonly lines: readonly number[];
  /** Licenses bought by the list. */
  readonly inFile: number;
  /** How they stand in the tenant; undefined: it has none. */
  readonly held: PositionRow | undefined;
  /** What the list says is paid for them a year; undefined where a line has no price, or currencies differ. */
  readonly paid: Money | undefined;
  /** What as many cost a year by the policy; undefined when it has no price. */
  readonly byPolicy: Money | undefined;
  /** Empty: it adds up. */
  readonly differences: readonly Difference[];
}

/** Lines that were not compared, or not in full. */
export interface LeftOut {
  /** Bought for a time that is over on the day, or has not begun. */
  readonly ended: readonly Purchase[];
  readonly notBegun: readonly Purchase[];
  /** The same line of the same order again. */
  readonly repeated: readonly Purchase[];
  /** The policy leaves the license out of all counts. */
  readonly unmanaged: readonly Purchase[];
  /** Only their seats could be compared: the list has no price for them. */
  readonly unpriced: readonly Purchase[];
}

export type Reconciliation =
  | {
      readonly kind: 'reconciled';
      /** By part number; licenses of which there are none anywhere are left out. */
      readonly rows: readonly ReconciledRow[];
      readonly leftOut: LeftOut;
    }
  /** What a line means has to be said first. */
  | { readonly kind: 'errors'; readonly errors: readonly PurchaseError[] };

/** What the list of purchases is compared with. */
export interface InTenant {
  readonly position: readonly PositionRow[];
  /** Of the policy. */
  readonly prices: readonly Price[];
  /** Part numbers that the policy manages; empty: all but free ones and trials. */
  readonly managed: readonly string[];
  /** On which it is compared: that of the position. */
  readonly day: Day;
}

/** Compares, license by license, what was bought and is paid by the customer's list with what the tenant has. */
export function reconcile(purchases: readonly Purchase[], tenant: InTenant): Reconciliation {
  const { day, position } = tenant;
  const repeated = repeatsIn(purchases);
  const once = purchases.filter((one) => !repeated.has(one));
  const current = once
    .filter((one) => !isOver(one, day) && !isToCome(one, day))
    .map((purchase) => ({ purchase, meant: meantBy(purchase, position, tenant.managed) }));
  const errors = current.flatMap(({ purchase, meant }) => unclear(purchase, meant));
  if (errors.length > 0) return { kind: 'errors', errors };
  const rows = [
    ...position.map((row) =>
      rowOf(
        row,
        row,
        current.filter(({ meant }) => meant.kind === 'held' && meant.row === row),
        tenant,
      ),
    ),
    ...notHeld(current, tenant),
  ];
  return {
    kind: 'reconciled',
    rows: rows.filter(isThere).sort(byPartNumber),
    leftOut: {
      ended: once.filter((one) => isOver(one, day)),
      notBegun: once.filter((one) => isToCome(one, day)),
      repeated: [...repeated],
      unmanaged: current.flatMap(({ purchase, meant }) => (meant.kind === 'unmanaged' ? purchase : [])),
      unpriced: current.flatMap(({ purchase, meant }) =>
        meant.kind !== 'unmanaged' && purchase.annual === undefined && purchase.seats !== 0 ? purchase : [],
      ),
    },
  };
}

interface Current {
  readonly purchase: Purchase;
  readonly meant: Meant;
}

function isOver({ ending }: Purchase, day: Day): boolean {
  return ending !== undefined && ending < day;
}

function isToCome({ effective }: Purchase, day: Day): boolean {
  return effective !== undefined && day < effective;
}

/** An order has a number and no two lines that are the same; without a number two of them may be two purchases. */
function repeatsIn(purchases: readonly Purchase[]): ReadonlySet<Purchase> {
  const seen = new Set<string>();
  return new Set(
    purchases.filter((one) => {
      const text = textOf(one);
      const isRepeated = one.order !== undefined && seen.has(text);
      seen.add(text);
      return isRepeated;
    }),
  );
}

function textOf({ line: _, ...said }: Purchase): string {
  return JSON.stringify(said);
}

function unclear({ line }: Purchase, meant: Meant): readonly PurchaseError[] {
  if (meant.kind !== 'several') return [];
  const names = meant.rows.map(({ partNumber }) => partNumber).join(' or ');
  return [{ line, says: `may mean ${names}: write the part number alone` }];
}

function notHeld(current: readonly Current[], tenant: InTenant): readonly ReconciledRow[] {
  const byKey = new Map<string, { product: Product; lines: Current[] }>();
  for (const one of current) {
    if (one.meant.kind !== 'notHeld') continue;
    const key = one.meant.partNumber.toLowerCase();
    const group = byKey.get(key) ?? { product: one.meant, lines: [] };
    group.lines.push(one);
    byKey.set(key, group);
  }
  return [...byKey.values()].map(({ product, lines }) => rowOf(product, undefined, lines, tenant));
}

type Product = Pick<ReconciledRow, 'partNumber' | 'name'>;

function rowOf(
  { partNumber, name }: Product,
  held: PositionRow | undefined,
  lines: readonly Current[],
  { prices, day }: InTenant,
): ReconciledRow {
  const bought = boughtBy(lines.map(({ purchase }) => purchase));
  const price = annualPrice(prices, partNumber, day);
  const { inFile, paid } = bought;
  return {
    partNumber,
    name,
    lines: lines.map(({ purchase }) => purchase.line),
    inFile,
    held,
    paid,
    byPolicy: price && lines.length > 0 ? { ...price, minor: price.minor * inFile } : undefined,
    differences: differencesOf(bought, held, price),
  };
}

function isThere({ lines, held }: ReconciledRow): boolean {
  return lines.length > 0 || (held !== undefined && (held.bought !== 0 || held.assigned !== 0));
}

function byPartNumber(a: Product, b: Product): number {
  return a.partNumber < b.partNumber ? -1 : a.partNumber > b.partNumber ? 1 : 0;
}
