import Papa from 'papaparse';
import { fileText } from './text.js';

export type NamedColumns =
  | { readonly kind: 'rows'; readonly rows: readonly Readonly<Record<string, string>>[] }
  /** `why` is the rest of a sentence that begins with the file's name. */
  | { readonly kind: 'unusable'; readonly why: string };

/**
 * Reads a CSV file that this program wrote and a spreadsheet may have saved again: comma or semicolon, other columns
 * passed over, rows taken out.
 * @param columns names that the header line must have, exactly
 */
export function readNamedColumns(bytes: Uint8Array, columns: readonly string[]): NamedColumns {
  const read = fileText(bytes);
  if (read.kind === 'unreadable') return { kind: 'unusable', why: read.why };
  const [header = ''] = read.text.split('\n', 1);
  const delimiter = header.includes(';') && !header.includes(',') ? ';' : ',';
  const { data, errors } = Papa.parse<string[]>(read.text, { delimiter, newline: '\n' });
  const names = (data[0] ?? []).map((name) => name.trim());
  const missing = columns.find((column) => !names.includes(column));
  if (missing !== undefined) return { kind: 'unusable', why: `has no column ${missing}` };
  if (errors.length > 0) return { kind: 'unusable', why: `has a row whose quotation marks do not close` };
  const rows = data
    .slice(1)
    .filter((record) => record.some((cell) => cell.trim() !== ''))
    .map((record) =>
      Object.fromEntries(columns.map((column) => [column, (record[names.indexOf(column)] ?? '').trim()])),
    );
  return { kind: 'rows', rows };
}
