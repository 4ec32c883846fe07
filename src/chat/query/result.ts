import { fold } from './fold.js';
import { groupsOf, type Grouped } from './groups.js';
import { hitsOf, totalsOf, type Hit, type Source, type Totals } from './hits.js';
import { isListed, type Ask, type CountedSubject, type Query, type Sort } from './query.js';

export type Result =
  | {
      readonly kind: 'list';
      readonly hits: readonly Hit[];
      readonly page: number;
      /** At least 1. */
      readonly pages: number;
      /** Of all pages. */
      readonly totals: Totals;
      readonly undated: number;
    }
  | { readonly kind: 'total'; readonly totals: Totals; readonly undated: number }
  | (Grouped & { readonly kind: 'groups'; readonly undated: number })
  | { readonly kind: 'counted'; readonly subject: CountedSubject; readonly people: number }
  /** People who are only counted as a whole were to be listed, filtered or grouped. */
  | { readonly kind: 'onlyCounted'; readonly subject: CountedSubject; readonly people: number };

export function needsStates({ ask, conditions }: Query): boolean {
  return (ask.kind === 'groups' && ask.by === 'state') || conditions.some(({ field }) => field === 'state');
}

/** Answers a query from the rows of the latest audit. Pure. */
export function answered(query: Query, source: Source): Result {
  const { ask, subject } = query;
  if (!isListed(subject)) {
    const isWhole = ask.kind === 'total' && ask.of === 'people' && query.conditions.length === 0;
    return { kind: isWhole ? 'counted' : 'onlyCounted', subject, people: source.counted[subject] };
  }
  const { hits, undated } = hitsOf(query, source);
  if (ask.kind === 'total') return { kind: 'total', totals: totalsOf(hits), undated };
  if (ask.kind === 'groups') return { kind: 'groups', ...groupsOf(hits, ask, source), undated };
  const listed = inOrder(hits, ask);
  const pages = Math.max(1, Math.ceil(listed.length / ask.pageSize));
  const page = Math.min(ask.page, pages);
  return {
    kind: 'list',
    hits: listed.slice((page - 1) * ask.pageSize, page * ask.pageSize),
    page,
    pages,
    totals: totalsOf(listed),
    undated,
  };
}

/** All people of a list in its order, without pages. */
export function wholeList(query: Query, source: Source): readonly Hit[] {
  const { hits } = hitsOf(query, source);
  return query.ask.kind === 'list' ? inOrder(hits, query.ask) : hits;
}

function inOrder(hits: readonly Hit[], { sort, top }: Extract<Ask, { kind: 'list' }>): readonly Hit[] {
  const turn = sort.order === 'asc' ? 1 : -1;
  // Folding a name takes far longer than comparing two.
  const keyed = hits.map((hit) => ({ hit, key: keyOf(hit, sort) }));
  keyed.sort((a, b) => compared(a.key, b.key, turn) || byName(a.hit, b.hit));
  const sorted = keyed.map(({ hit }) => hit);
  return top === undefined ? sorted : sorted.slice(0, top);
}

/** undefined: not known. */
function keyOf({ row, cost, days }: Hit, { by }: Sort): string | number | undefined {
  if (by === 'name') return fold(row.displayName);
  if (by === 'department') return row.department.key === '' ? undefined : row.department.key;
  return by === 'cost' ? cost?.minor : days;
}

/** What is not known comes last in both directions. */
function compared(a: ReturnType<typeof keyOf>, b: ReturnType<typeof keyOf>, turn: 1 | -1): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return turn * (a < b ? -1 : a > b ? 1 : 0);
}

function byName(a: Hit, b: Hit): number {
  return compareText(a.row.displayName, b.row.displayName) || compareText(a.row.userId, b.row.userId);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
