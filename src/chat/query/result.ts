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
  const sorted = [...hits].sort((a, b) => compared(a, b, sort) || byName(a, b));
  return top === undefined ? sorted : sorted.slice(0, top);
}

/** What is not known comes last in both directions. */
function compared(a: Hit, b: Hit, { by, order }: Sort): number {
  const turn = order === 'asc' ? 1 : -1;
  if (by === 'name') return turn * compareText(fold(a.row.displayName), fold(b.row.displayName));
  if (by === 'department') {
    const [one, other] = [a.row.department.key, b.row.department.key];
    if ((one === '') !== (other === '')) return one === '' ? 1 : -1;
    return turn * compareText(one, other);
  }
  const [one, other] = by === 'cost' ? [a.cost?.minor, b.cost?.minor] : [a.days, b.days];
  if (one === undefined || other === undefined) return one === other ? 0 : one === undefined ? 1 : -1;
  return turn * (one - other);
}

function byName(a: Hit, b: Hit): number {
  return compareText(a.row.displayName, b.row.displayName) || compareText(a.row.userId, b.row.userId);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
