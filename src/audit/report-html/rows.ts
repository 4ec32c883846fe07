import type { ColumnKind, PageCell, PageRow } from './data.js';

/*
 * Searching, filtering and sorting of the page's tables. These functions run in the reader's browser: they are written
 * into the page as text, so they use nothing but each other, what they are given, and the browser.
 */

/** Words and values that rows must have; `filters` are places in the facets' values, undefined where none is chosen. */
export interface Wanted {
  readonly words: readonly string[];
  readonly filters: readonly (number | undefined)[];
}

/** The form in which texts are searched: neither capitals nor accents matter. */
export function searchable(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
}

/** Everything that can be found in a row. */
export function rowText(row: PageRow): string {
  return searchable(row.c.flat().join(' '));
}

/** Has the row all words and all chosen values? `except` is a facet whose choice does not count. */
export function matches(row: PageRow, text: string, wanted: Wanted, except?: number): boolean {
  return (
    wanted.words.every((word) => text.includes(word)) &&
    wanted.filters.every(
      (chosen, facet) =>
        chosen === undefined || facet === except || row.f?.[facet]?.includes(chosen) === true,
    )
  );
}

/** undefined comes last, however the column is sorted. */
export function sortValue(cell: PageCell | undefined, kind: ColumnKind): string | number | undefined {
  if (cell === undefined || cell === null || cell === '') return undefined;
  if (typeof cell === 'number' || typeof cell === 'string') return cell;
  const value = kind === 'list' ? cell.join(', ') : kind === 'seats' ? cell[1] : cell[0];
  return value === null || value === undefined || value === '' ? undefined : value;
}

/** The rows by one column; equal ones keep the order in which they came. */
export function inSortOrder(
  rows: readonly PageRow[],
  column: number,
  kind: ColumnKind,
  downward: boolean,
): readonly PageRow[] {
  const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const keyed = rows.map((row) => ({ row, key: sortValue(row.c[column], kind) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined)
      return Number(a.key === undefined) - Number(b.key === undefined);
    const order =
      typeof a.key === 'number' && typeof b.key === 'number'
        ? a.key - b.key
        : names.compare(String(a.key), String(b.key));
    return downward ? -order : order;
  });
  return keyed.map(({ row }) => row);
}
