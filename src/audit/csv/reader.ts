import Papa from 'papaparse';

/** How a CSV text ended. `cut`: inside a quoted cell. `rowTooLong`: quotes are broken, so rows cannot be told apart. */
export type CsvEnd = 'complete' | 'cut' | 'rowTooLong' | 'stopped';

/** A row longer than this can only come from a quote that is never closed. */
const LONGEST_ROW = 1_000_000;

/** Called once a row with the line on which it begins, counted from 1. Blank lines are left out. */
export type OnRow = (cells: readonly string[], line: number) => 'go on' | 'stop';

/**
 * Reads comma-separated text in chunks of any size, keeping one row and one chunk in memory.
 * Lines end as the first one does (LF or CRLF); a leading byte order mark is dropped.
 */
export async function readCsv(chunks: AsyncIterable<string>, onRow: OnRow): Promise<CsvEnd> {
  let rest = '';
  let begun = false;
  let line = 1;
  let parser: Papa.Parser | undefined;

  /** Hands out the complete rows of `rest` and keeps what follows them. */
  const takeRows = (isLast: boolean): CsvEnd | undefined => {
    parser ??= new Papa.Parser({ delimiter: ',', newline: newlineOf(rest) });
    const parsed = parser.parse(rest, 0, !isLast) as Papa.ParseResult<string[]>;
    const taken = isLast ? rest : rest.slice(0, parsed.meta.cursor);
    if (isLast && parsed.errors.some((error) => error.code === 'MissingQuotes')) return 'cut';
    const everyRowIsALine = countNewlines(taken) <= parsed.data.length;
    for (const cells of parsed.data) {
      if ((cells.length > 1 || cells[0] !== '') && onRow(cells, line) === 'stop') return 'stopped';
      line += 1;
      if (!everyRowIsALine) for (const cell of cells) line += countNewlines(cell);
    }
    rest = rest.slice(taken.length);
    return undefined;
  };

  for await (const chunk of chunks) {
    rest += begun || chunk === '' ? chunk : withoutMark(chunk);
    begun ||= chunk !== '';
    const isHeaderCut = parser === undefined && !rest.includes('\n');
    const end = isHeaderCut ? undefined : takeRows(false);
    if (end !== undefined) return end;
    if (rest.length > LONGEST_ROW) return 'rowTooLong';
  }
  return takeRows(true) ?? 'complete';
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function newlineOf(text: string): '\n' | '\r\n' {
  const end = text.indexOf('\n');
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
