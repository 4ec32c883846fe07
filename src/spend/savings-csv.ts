import { csv, type Cell, type CsvForm } from '../audit/csv/writer.js';
import { moneyCell } from './money-cell.js';
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
export function savingsCsv(rows: readonly SavingsRow[], form: CsvForm): string {
  return [...csv(HEADER, rows.map(cells), form)].join('');
}

function cells({ standing, month, outcome, partNumber, name, seats, annual }: SavingsRow): readonly Cell[] {
  return [standing, month, outcome, partNumber, name, seats, moneyCell(annual), annual?.currency];
}
