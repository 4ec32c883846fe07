import type { Money } from '../spend/money.js';

/** `$684`, `€1,026.50`: cents only where there are some. */
export function moneyText(money: Money, locale: 'en'): string {
  const digits =
    new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency }).resolvedOptions()
      .maximumFractionDigits ?? 2;
  const amount = money.minor / 10 ** digits;
  const shown = Number.isInteger(amount) ? 0 : digits;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(amount);
}

/** `$684 a year`, or that nobody entered a price. */
export function yearlyText(cost: Money | undefined, locale: 'en'): string {
  return cost ? `${moneyText(cost, locale)} a year` : 'price not entered';
}
