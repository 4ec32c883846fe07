import { readTable, type CsvRecord } from './table.js';

export type NamedColumns =
  | { readonly kind: 'rows'; readonly rows: readonly Readonly<Record<string, string>>[] }
  /** `why` is the rest of a sentence that begins with the file's name. */
  | { readonly kind: 'unusable'; readonly why: string };

/**
 * Reads a CSV file that this program wrote in either form and a spreadsheet may have saved again: other columns passed
 * over, rows taken out.
 * @param columns names that the header line must have, exactly
 */
export function readNamedColumns(bytes: Uint8Array, columns: readonly string[]): NamedColumns {
  const table = readTable(bytes, (name) => columns.includes(name.trim()));
  if (table.kind === 'unusable') return table;
  const names = table.header.map((name) => name.trim());
  const missing = columns.find((column) => !names.includes(column));
  if (missing !== undefined) return { kind: 'unusable', why: `has no column ${missing}` };
  const faulty = table.records.find(({ fault }) => fault !== undefined);
  if (faulty !== undefined) return { kind: 'unusable', why: faultText(faulty) };
  const rows = table.records.map(({ cells }) =>
    Object.fromEntries(columns.map((column) => [column, (cells[names.indexOf(column)] ?? '').trim()])),
  );
  return { kind: 'rows', rows };
}

function faultText({ line, fault }: CsvRecord): string {
  return fault === 'quotes'
    ? `has broken quotation marks on line ${line}`
    : `has all of line ${line} in one cell`;
}
