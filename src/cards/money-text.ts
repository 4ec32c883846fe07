import type { Locale } from '../i18n/locale.js';
import { text, type ReadyText } from '../i18n/text.js';
import type { Money } from '../spend/money.js';

/** `$684`, `€1,026.50`, `456,00 €`: in English cents only where there are some, elsewhere as is usual there. */
export function moneyText({ minor, currency }: Money, locale: Locale): ReadyText {
  const usual = formatOf(locale, currency, undefined);
  const digits = usual.resolvedOptions().maximumFractionDigits ?? 2;
  const amount = minor / 10 ** digits;
  const isShort = locale === 'en' && Number.isInteger(amount);
  return (isShort ? formatOf(locale, currency, 0) : usual).format(amount) as ReadyText;
}

// Building a format is far slower than using it.
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, currency: string, digits: 0 | undefined): Intl.NumberFormat {
  const name = `${locale} ${currency} ${digits}`;
  const known = formats.get(name);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    ...(digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  });
  formats.set(name, made);
  return made;
}

/** `$684 a year`, or that nobody entered a price. */
export function yearlyText(cost: Money | undefined, locale: Locale): ReadyText {
  return cost === undefined
    ? text({ locale }, 'money.noPrice')
    : text({ locale }, 'money.yearly', { amount: moneyText(cost, locale) });
}
