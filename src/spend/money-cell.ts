import type { Cell } from '../audit/csv/writer.js';
import { decimalsOf, type Money } from './money.js';

/** An amount as a number in a file, with as many decimals as its currency has; the currency needs a place of its own. */
export function moneyCell(money: Money | undefined): Cell {
  if (money === undefined) return undefined;
  const decimals = decimalsOf(money.currency);
  return { number: money.minor / 10 ** decimals, decimals };
}
