import { readTable, type CsvRecord } from './table.js';

/** What each column may be called, without blanks, hyphens, underscores and capital letters. */
export type Spellings<Column extends string> = Readonly<Record<Column, readonly string[]>>;

export interface SpelledRow<Column extends string> {
  /** On which the row begins, counted from 1. */
  readonly line: number;
  /** Cells without blanks around them; a column that the file does not have is absent, an empty cell is ''. */
  readonly cells: Readonly<Partial<Record<Column, string>>>;
  /** Why the row cannot be read; undefined: it can. */
  readonly fault: string | undefined;
}

export type SpelledTable<Column extends string> =
  | {
      readonly kind: 'table';
      readonly columns: ReadonlySet<Column>;
      readonly rows: readonly SpelledRow<Column>[];
    }
  /** `why` is the rest of a sentence that begins with the file's name. */
  | { readonly kind: 'unusable'; readonly why: string };

/** Reads a CSV file that others wrote: a header line, comma or semicolon. Other columns are passed over. */
export function readSpelledTable<Column extends string>(
  bytes: Uint8Array,
  spellings: Spellings<Column>,
): SpelledTable<Column> {
  const columnOf = spelledBy(spellings);
  const table = readTable(bytes, (name) => columnOf(name) !== undefined);
  if (table.kind === 'unusable') return table;
  const columns = table.header.map(columnOf);
  const twice = twiceNamed(columns, table.header);
  if (twice !== undefined) return { kind: 'unusable', why: twice };
  return {
    kind: 'table',
    columns: new Set(columns.filter((column) => column !== undefined)),
    rows: table.records.map((record) => rowOf(record, columns)),
  };
}

function spelledBy<Column extends string>(
  spellings: Spellings<Column>,
): (name: string) => Column | undefined {
  const columns = new Map(
    (Object.keys(spellings) as Column[]).flatMap((column) =>
      spellings[column].map((spelling) => [spelling, column] as const),
    ),
  );
  return (name) =>
    columns.get(
      name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[\s_\-\u200b\ufeff]/g, ''),
    );
}

/** Two columns that could both be meant: which of them is, only the owner of the file knows. */
function twiceNamed<Column extends string>(
  columns: readonly (Column | undefined)[],
  header: readonly string[],
): string | undefined {
  const column = columns.find((name, at) => name !== undefined && columns.indexOf(name) !== at);
  if (column === undefined) return undefined;
  const names = header.filter((_, index) => columns[index] === column).map((name) => `"${name.trim()}"`);
  return `has ${names.length} columns for the same thing, ${names.join(' and ')}: rename or remove all but one`;
}

function rowOf<Column extends string>(
  record: CsvRecord,
  columns: readonly (Column | undefined)[],
): SpelledRow<Column> {
  const cells: Partial<Record<Column, string>> = {};
  for (const [index, column] of columns.entries())
    if (column !== undefined) cells[column] = (record.cells[index] ?? '').trim();
  return { line: record.line, cells, fault: faultOf(record, columns.length, Object.values(cells)) };
}

/** Spreadsheets leave empty cells at the end of a row out; a cell too many means that all after it are shifted. */
function faultOf(
  { cells: written, fault }: CsvRecord,
  width: number,
  cells: readonly string[],
): string | undefined {
  if (fault === 'quotes') return 'its quotation marks are broken';
  if (fault === 'oneCell')
    return 'all of it is one cell, as a spreadsheet saves it that splits at other marks: use the file as it was before';
  if (written.length > width)
    return `it has ${written.length} cells where the header has ${width}; a cell with a delimiter needs quotation marks`;
  if (cells.some((cell) => cell.includes('\n'))) return 'a quoted cell goes over several lines';
  if (cells.some((cell) => cell.includes('\ufffd')))
    return 'a character was lost when the file was written (it shows as \ufffd)';
  return undefined;
}
