export type Cell = string | number | boolean | undefined;

/** A spreadsheet runs a cell that begins so (OWASP, CSV injection); the apostrophe makes it text. */
const FORMULA_START = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;
const NEEDS_QUOTES = /[",\r\n;]|^\s|\s$/;

/** RFC 4180 text with a byte order mark, so that spreadsheets read it as UTF-8. Row by row, for any number of rows. */
export function* csv(header: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  yield `\uFEFF${csvRow(header)}`;
  for (const cells of rows) yield csvRow(cells);
}

export function csvRow(cells: readonly Cell[]): string {
  return `${cells.map(written).join(',')}\r\n`;
}

/** A list in one cell. Each entry is made safe: some spreadsheets split at the semicolon. */
export function listCell(entries: readonly string[]): string {
  return entries.map(safeText).join(';');
}

/** Text that no spreadsheet takes for a formula. */
export function safeText(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}

function written(cell: Cell): string {
  if (cell === undefined) return '';
  const text = typeof cell === 'string' ? safeText(cell) : String(cell);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
