import { readCsv } from '../csv/reader.js';

/** So many rows tell: names are concealed in all of them or in none. */
const ROWS = 20;
const NAME = 'user principal name';
/** Instead of a name Graph gives 32 hexadecimal digits. */
const CONCEALED_NAME = /^[0-9a-f]{32}$/i;

/**
 * Whether the first rows of a usage report carry names. Ends the download after them.
 * A report without any row conceals nothing: true.
 */
export async function showsNames(chunks: AsyncIterable<string>): Promise<boolean> {
  let column: number | undefined;
  let rows = 0;
  let concealed = false;
  await readCsv(chunks, (cells) => {
    if (column === undefined) {
      column = cells.findIndex((name) => name.trim().toLowerCase() === NAME);
      return column === -1 ? 'stop' : 'go on';
    }
    rows += 1;
    concealed ||= CONCEALED_NAME.test((cells[column] ?? '').trim());
    return concealed || rows >= ROWS ? 'stop' : 'go on';
  });
  return !concealed;
}
