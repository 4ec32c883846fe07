import { isoDay, type Day } from '../audit/day.js';
import type { Price } from '../config/policy.js';
import type { Money } from './money.js';

/** What one seat of a SKU costs per year at the price that holds on `day`; undefined when none does. */
export function annualPrice(prices: readonly Price[], partNumber: string, day: Day): Money | undefined {
  const date = isoDay(day);
  const price = prices.find(
    (candidate) =>
      candidate.sku.toLowerCase() === partNumber.toLowerCase() &&
      (candidate.effective ?? date) <= date &&
      date <= (candidate.ending ?? date),
  );
  return price && { minor: price.annualMinor, currency: price.currency };
}
