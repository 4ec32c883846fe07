/** Rows as columns of equal width; `right` names the columns whose cells end below each other, such as numbers. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0, right.includes(column)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function pad(cell: string, to: number, isRight: boolean): string {
  const space = ' '.repeat(Math.max(0, to - width(cell)));
  return isRight ? space + cell : cell + space;
}

/** Code points, which is near enough to columns for names in a table. */
function width(text: string): number {
  return Array.from(text).length;
}

/** Control characters could move a terminal's cursor; names come from a directory that many can write to. */
export function clean(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ' ');
}

/** `1 case`, `2 cases`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `2026-11-23 06:00 UTC`: sorts, and says its zone. */
export function timeOf(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Beside the answer, so that the answer alone can be piped on. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}
