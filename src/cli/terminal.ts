/** Rows as columns of equal width; the first row is the header. Numbers are right-aligned. */
export function table(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(cell: string, to: number): string {
  const space = ' '.repeat(Math.max(0, to - width(cell)));
  return /^[\d.,]+( [A-Z]{3})?$/.test(cell) ? space + cell : cell + space;
}

/** Code points, which is near enough to columns for names in a table. */
function width(text: string): number {
  return [...text].length;
}

/** Control characters could move a terminal's cursor; names come from a directory that many can write to. */
export function clean(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
}
