/**
 * What the page knows, as JSON. Everything in it may be seen by every reader of the page: people whom only HR may see
 * are taken out before it is made.
 */
export interface PageData {
  /** What the first table can be filtered by, in the order of `PageRow.f`. */
  readonly facets: readonly Facet[];
  readonly tables: readonly PageTable[];
}

export interface Facet {
  readonly id: FacetId;
  readonly title: string;
  /** What the label of a value is called above the chart. */
  readonly of: string;
  readonly values: readonly string[];
}

export const FACETS = ['age', 'scenario', 'department', 'license', 'service'] as const;
export type FacetId = (typeof FACETS)[number];

export type TableId = 'people' | 'guests' | 'protected' | 'unknown' | 'licenses';

export interface PageTable {
  readonly id: TableId;
  /** What its rows are, in one and in many. */
  readonly nouns: readonly [one: string, many: string];
  readonly columns: readonly PageColumn[];
  readonly rows: readonly PageRow[];
  /** A last row that sums up; it is not sorted. */
  readonly foot?: readonly PageCell[];
}

/**
 * person: `[name, address, ...lines about them]`; list: texts; ranked: `[what it is sorted by, text]`;
 * seats: numbers of one stacked bar; text and number speak for themselves.
 */
export type ColumnKind = 'person' | 'text' | 'list' | 'number' | 'ranked' | 'seats';

export interface PageColumn {
  readonly label: string;
  readonly kind: ColumnKind;
}

export type PageCell = string | number | null | readonly (string | number | null)[];

export interface PageRow {
  readonly c: readonly PageCell[];
  /** Per facet, the places of the row's values in `Facet.values`. */
  readonly f?: readonly (readonly number[])[];
}

/** Numbers of one stacked bar, in the order of `SEATS`. */
export const SEATS = ['active', 'reclaimable', 'protected', 'unknown', 'other', 'free'] as const;
