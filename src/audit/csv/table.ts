import Papa from 'papaparse';
import { fileText } from './text.js';

/** Cells as they are written, without what any of them means. */
export type CsvTable =
  | {
      readonly kind: 'table';
      readonly header: readonly string[];
      /** Below the header; rows without anything in them are left out. */
      readonly records: readonly CsvRecord[];
    }
  /** `why` is the rest of a sentence that begins with the file's name. */
  | { readonly kind: 'unusable'; readonly why: string };

export interface CsvRecord {
  /** On which it begins, counted from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /**
   * `quotes`: there is text behind a quotation mark. `oneCell`: its only cell has a whole row in it, which is how a
   * spreadsheet saves a file that it could not split.
   */
  readonly fault: 'quotes' | 'oneCell' | undefined;
}

/**
 * Reads a CSV file that people or programs wrote: a header line, commas or semicolons. What spreadsheets and PowerShell
 * write before the header (`sep=;`, `#TYPE ...`) is passed over.
 * @param isKnown true for names of columns that are looked for; the header is split where most of them come out
 */
export function readTable(bytes: Uint8Array, isKnown: (name: string) => boolean): CsvTable {
  const read = fileText(bytes);
  if (read.kind === 'unreadable') return unusable(read.why);
  const preamble = /^(?:[ \t]*\n|#TYPE [^\n]*\n|"?sep=(?<delimiter>[;,])"?[ \t]*\n)*/i.exec(read.text);
  const text = read.text.slice(preamble?.[0].length ?? 0);
  if (text.trim() === '') return unusable('is empty');
  const delimiter = preamble?.groups?.['delimiter'] ?? delimiterOf(text, isKnown);
  if (delimiter !== ',' && delimiter !== ';')
    return unusable('splits its cells neither at commas nor at semicolons: save it as "CSV UTF-8"');
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  const broken = new Set(errors.map(({ row }) => row));
  const open = errors.find(({ code }) => code === 'MissingQuotes')?.row;
  const [header = []] = data;
  const records: CsvRecord[] = [];
  let line = linesIn(preamble?.[0] ?? '') + 1;
  for (const [index, cells] of data.entries()) {
    if (index === open)
      return unusable(`has a quotation mark in the row that begins on line ${line} and that nothing closes`);
    if (index > 0 && cells.some((cell) => cell.trim() !== '')) {
      const isWhole = isWholeRow(cells, delimiter, header.length);
      records.push({ line, cells, fault: broken.has(index) ? 'quotes' : isWhole ? 'oneCell' : undefined });
    }
    line += 1 + cells.reduce((sum, cell) => sum + linesIn(cell), 0);
  }
  return { kind: 'table', header, records };
}

/** In the order in which they are taken where it makes no difference. The last two are not read, but told apart. */
const DELIMITERS = [',', ';', '\t', '|'] as const;

/** That by which the most names of the header are known; a header of one column has none. */
function delimiterOf(text: string, isKnown: (name: string) => boolean): (typeof DELIMITERS)[number] {
  const known = DELIMITERS.map((delimiter) => firstRow(text, delimiter).filter(isKnown).length);
  return DELIMITERS[known.indexOf(Math.max(...known))] ?? ',';
}

function isWholeRow(cells: readonly string[], delimiter: string, width: number): boolean {
  const [only = '', ...more] = cells;
  return width > 1 && more.length === 0 && firstRow(only, delimiter).length === width;
}

function firstRow(text: string, delimiter: string): readonly string[] {
  return Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: 1 }).data[0] ?? [];
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

function unusable(why: string): CsvTable {
  return { kind: 'unusable', why };
}
