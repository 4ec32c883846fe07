/** An amount in minor units (cents) of an ISO 4217 currency. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Adds amounts of one currency; undefined for an empty list or mixed currencies. */
export function sumMoney(amounts: readonly Money[]): Money | undefined {
  const first = amounts[0];
  if (!first || amounts.some((amount) => amount.currency !== first.currency)) return undefined;
  return { minor: amounts.reduce((sum, amount) => sum + amount.minor, 0), currency: first.currency };
}

/** One amount per currency, by the code of the currency; what has no price is left out. */
export function sumsByCurrency(costs: readonly (Money | undefined)[]): readonly Money[] {
  const amounts = costs.flatMap((cost) => cost ?? []);
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].sort();
  return currencies.flatMap(
    (currency) => sumMoney(amounts.filter((amount) => amount.currency === currency)) ?? [],
  );
}

/** `57.00` for 5700 cents, `57` for 57 yen, `5.700` for 5700 Kuwaiti fils: as many decimals as the currency has. */
export function decimal(money: Money): string {
  const digits = decimalsOf(money.currency);
  return (money.minor / 10 ** digits).toFixed(digits);
}

/** Those met so far, and the usual ones: asking the runtime loads all of its language data (8 MB). */
const DECIMALS = new Map(
  ['USD', 'EUR', 'GBP', 'CHF', 'CAD', 'AUD', 'INR', 'SEK', 'NOK', 'DKK', 'PLN'].map((currency) => [
    currency,
    2,
  ]),
);

/** How many decimals a currency has; 2 for a code that is well formed and unknown. */
export function decimalsOf(currency: string): number {
  const known = DECIMALS.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  DECIMALS.set(currency, digits);
  return digits;
}
