import { csv, type Cell } from '../audit/csv/writer.js';
import { decimal, type Money } from './money.js';
import type { SavingsRow } from './savings.js';

const HEADER = [
  'standing',
  'month',
  'outcome',
  'partNumber',
  'license',
  'seats',
  'annualSaving',
  'currency',
] as const;

/**
 * Every figure by month and license. `month`: since when it is final, or until when it can be undone. An empty saving of
 * freed or replaced seats: no price was entered.
 */
export function savingsCsv(rows: readonly SavingsRow[]): string {
  return [...csv(HEADER, rows.map(cells))].join('');
}

function cells({ standing, month, outcome, partNumber, name, seats, annual }: SavingsRow): readonly Cell[] {
  return [standing, month, outcome, partNumber, name, seats, annual && amount(annual), annual?.currency];
}

/** As a number where a cheaper license was none, since a text that begins with a minus is made safe from spreadsheets. */
function amount(annual: Money): Cell {
  return annual.minor < 0 ? Number(decimal(annual)) : decimal(annual);
}
