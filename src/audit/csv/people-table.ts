import Papa from 'papaparse';
import { fileText } from './text.js';

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

/**
 * Reads a CSV file of people: a header line, comma or semicolon. Other columns are passed over, and so is what
 * spreadsheets and PowerShell write before the header (`sep=;`, `#TYPE ...`).
 */
export function readPeopleTable(bytes: Uint8Array): PeopleTable {
  const read = fileText(bytes);
  if (read.kind === 'unreadable') return unusable(read.why);
  const preamble = /^(?:[ \t]*\n|#TYPE [^\n]*\n|"?sep=(?<delimiter>[;,])"?[ \t]*\n)*/i.exec(read.text);
  const text = read.text.slice(preamble?.[0].length ?? 0);
  if (text.trim() === '') return unusable('is empty');
  const delimiter = preamble?.groups?.['delimiter'] ?? delimiterOf(text);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  const header = data[0] ?? [];
  const columns = header.map(columnOf);
  const twice = twiceNamed(columns, header);
  if (twice !== undefined) return unusable(twice);

  const broken = new Set(errors.map(({ row }) => row));
  const open = errors.find(({ code }) => code === 'MissingQuotes')?.row;
  let line = linesIn(preamble?.[0] ?? '') + 1;
  const rows: PeopleRow[] = [];
  for (const [index, record] of data.entries()) {
    if (index === open)
      return unusable(`has a quotation mark in the row that begins on line ${line} and that nothing closes`);
    if (index > 0 && record.some((cell) => cell.trim() !== ''))
      rows.push(rowOf(record, columns, line, broken.has(index)));
    line += 1 + record.reduce((sum, cell) => sum + linesIn(cell), 0);
  }
  return { kind: 'table', columns: new Set(columns.filter((column) => column !== undefined)), rows };
}

/** The delimiter with which more of the header's names are known; a header of one column has none. */
function delimiterOf(text: string): ',' | ';' {
  const known = (delimiter: string): number =>
    (Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: 1 }).data[0] ?? []).filter(
      (name) => columnOf(name) !== undefined,
    ).length;
  return known(';') > known(',') ? ';' : ',';
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

function rowOf(
  record: readonly string[],
  columns: readonly (PeopleColumn | undefined)[],
  line: number,
  isBroken: boolean,
): PeopleRow {
  const cells: Partial<Record<PeopleColumn, string>> = {};
  for (const [index, column] of columns.entries())
    if (column !== undefined) cells[column] = (record[index] ?? '').trim();
  return { line, cells, fault: faultOf(record, columns.length, cells, isBroken) };
}

/** Spreadsheets leave empty cells at the end of a row out; a cell too many means that all after it are shifted. */
function faultOf(
  record: readonly string[],
  width: number,
  cells: PeopleRow['cells'],
  isBroken: boolean,
): string | undefined {
  if (isBroken) return 'its quotation marks are broken';
  if (record.length > width)
    return `it has ${record.length} cells where the header has ${width}; a cell with a delimiter needs quotation marks`;
  if (Object.values(cells).some((cell) => cell.includes('\n')))
    return 'a quoted cell goes over several lines';
  if (Object.values(cells).some((cell) => cell.includes('\ufffd')))
    return 'a character was lost when the file was written (it shows as \ufffd)';
  return undefined;
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}

function unusable(why: string): PeopleTable {
  return { kind: 'unusable', why };
}
