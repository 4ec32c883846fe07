import { csv, listCell, type Cell, type CsvForm } from '../../audit/csv/writer.js';
import { moneyCell } from '../money-cell.js';
import type { ReconciledRow } from './reconcile.js';

const HEADER = [
  'partNumber',
  'license',
  'lines',
  'inFile',
  'bought',
  'assigned',
  'active',
  'idle',
  'reclaimable',
  'annualPaid',
  'currency',
  'annualByPolicy',
  'policyCurrency',
  'differences',
] as const;

/**
 * Every license that was compared. `differences`: what does not add up, empty where all does. Cells of the tenant are
 * empty where it has no such license.
 */
export function reconciliationCsv(rows: readonly ReconciledRow[], form: CsvForm): string {
  return [...csv(HEADER, rows.map(cells), form)].join('');
}

function cells(row: ReconciledRow): readonly Cell[] {
  const { partNumber, name, lines, inFile, held, paid, byPolicy, differences } = row;
  return [
    partNumber,
    name,
    listCell(lines.map(String)),
    inFile,
    held?.bought,
    held?.assigned,
    held?.active,
    held?.idle,
    held?.reclaimable,
    moneyCell(paid),
    paid?.currency,
    moneyCell(byPolicy),
    byPolicy?.currency,
    listCell(differences.map(({ kind }) => kind)),
  ];
}
