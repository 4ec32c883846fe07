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

/** `57.00` for 5700 minor units; all supported currencies are treated as having two decimals. */
export function decimal(money: Money): string {
  return (money.minor / 100).toFixed(2);
}
