import { readTable, type CsvRecord } from './table.js';

/** What a column of a list of people may be; `COLUMNS` has the spellings. */
export type PeopleColumn = keyof typeof COLUMNS;

export interface PeopleRow {
  /** On which the row begins, counted from 1. */
  readonly line: number;
  /** Cells without blanks around them; a column that the file does not have is absent, an empty cell is ''. */
  readonly cells: Readonly<Partial<Record<PeopleColumn, string>>>;
  /** Why the row cannot be read; undefined: it can. */
  readonly fault: string | undefined;
}

export type PeopleTable =
  | {
      readonly kind: 'table';
      readonly columns: ReadonlySet<PeopleColumn>;
      readonly rows: readonly PeopleRow[];
    }
  /** `why` is the rest of a sentence that begins with the file's name. */
  | { readonly kind: 'unusable'; readonly why: string };

/** Names of columns without blanks, hyphens, underscores and capital letters. */
const COLUMNS = {
  objectId: ['objectid', 'entraobjectid', 'azureadobjectid', 'aadobjectid'],
  userPrincipalName: ['userprincipalname', 'upn'],
  employeeId: ['employeeid'],
  status: [
    'status',
    'employmentstatus',
    'employeestatus',
    'workerstatus',
    'userstatus',
    'hrstatus',
    'accountstatus',
  ],
  leaveFrom: ['leavefrom', 'leavefromdate', 'leavestart', 'leavestartdate', 'onleavefrom', 'absencefrom'],
  leaveUntil: [
    'leaveuntil',
    'leaveuntildate',
    'leaveto',
    'leaveend',
    'leaveenddate',
    'onleaveuntil',
    'absenceuntil',
  ],
} as const;

const COLUMN_NAMES = [
  'objectId',
  'userPrincipalName',
  'employeeId',
  'status',
  'leaveFrom',
  'leaveUntil',
] as const;

/** Columns by which a person is found. */
export const KEY_COLUMNS = ['objectId', 'userPrincipalName', 'employeeId'] as const;
export type KeyColumn = (typeof KEY_COLUMNS)[number];

/** Reads a CSV file of people: a header line, comma or semicolon. Other columns are passed over. */
export function readPeopleTable(bytes: Uint8Array): PeopleTable {
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

function columnOf(name: string): PeopleColumn | undefined {
  const key = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-\u200b\ufeff]/g, '');
  return COLUMN_NAMES.find((column) => COLUMNS[column].some((spelling) => spelling === key));
}

/** Two columns that could both be meant: which of them is, only the owner of the file knows. */
function twiceNamed(
  columns: readonly (PeopleColumn | undefined)[],
  header: readonly string[],
): string | undefined {
  const column = COLUMN_NAMES.find((name) => columns.indexOf(name) !== columns.lastIndexOf(name));
  if (column === undefined) return undefined;
  const names = header.filter((_, index) => columns[index] === column).map((name) => `"${name.trim()}"`);
  return `has ${names.length} columns for the same thing, ${names.join(' and ')}: rename or remove all but one`;
}

function rowOf(record: CsvRecord, columns: readonly (PeopleColumn | undefined)[]): PeopleRow {
  const cells: Partial<Record<PeopleColumn, string>> = {};
  for (const [index, column] of columns.entries())
    if (column !== undefined) cells[column] = (record.cells[index] ?? '').trim();
  return { line: record.line, cells, fault: faultOf(record, columns.length, cells) };
}

/** Spreadsheets leave empty cells at the end of a row out; a cell too many means that all after it are shifted. */
function faultOf(
  { cells: written, fault }: CsvRecord,
  width: number,
  cells: PeopleRow['cells'],
): string | undefined {
  if (fault === 'quotes') return 'its quotation marks are broken';
  if (fault === 'oneCell')
    return 'all of it is one cell, as a spreadsheet saves it that splits at other marks: use the file as it was before';
  if (written.length > width)
    return `it has ${written.length} cells where the header has ${width}; a cell with a delimiter needs quotation marks`;
  if (Object.values(cells).some((cell) => cell.includes('\n')))
    return 'a quoted cell goes over several lines';
  if (Object.values(cells).some((cell) => cell.includes('\ufffd')))
    return 'a character was lost when the file was written (it shows as \ufffd)';
  return undefined;
}
