import { sumsByCurrency } from '../../spend/money.js';
import type { Field, GroupField, Query } from './query.js';
import type { Group } from './groups.js';
import type { Totals } from './hits.js';
import type { Result } from './result.js';

/** Fewer people than this are no figure but somebody's colleagues. */
export const FEWEST = 5;

const FIELDS: ReadonlySet<Field> = new Set([
  'department',
  'country',
  'license',
  'use',
  'domain',
  'scenario',
  'days',
]);
const GROUPS: ReadonlySet<GroupField> = new Set(['department', 'country', 'license', 'domain', 'scenario']);

type Groups = Extract<Result, { kind: 'groups' }>;

/** Whether a query asks for figures alone, without anything that points at people: what finance may see. */
export function isForFigures({ ask, conditions }: Query): boolean {
  if (ask.kind === 'list' || (ask.kind === 'groups' && !GROUPS.has(ask.by))) return false;
  return conditions.every(({ field, is }) => FIELDS.has(field) && is !== 'notIn');
}

/** undefined: too few people to be told apart from their names. */
export function withoutFew(result: Result): Result | undefined {
  if (result.kind === 'counted' || result.kind === 'onlyCounted') return result;
  if (result.kind === 'list' || result.totals.people < FEWEST) return undefined;
  const undated = result.undated < FEWEST ? 0 : result.undated;
  if (result.kind === 'total') return { ...result, undated };
  return withRest({ ...result, undated, groups: withoutSmall(result.groups, result.overlap) });
}

/** Small groups are told as one, with the smallest of the others until it has enough people. */
function withoutSmall(groups: readonly Group[], overlap: boolean): readonly Group[] {
  const small = groups.filter(({ people }) => people < FEWEST);
  if (small.length === 0) return groups;
  const large = groups.filter(({ people }) => people >= FEWEST);
  const smallestFirst = [...large].sort((a, b) => a.people - b.people);
  const folded = new Set(small);
  for (const group of smallestFirst) {
    if (isEnough([...folded], overlap)) break;
    folded.add(group);
  }
  const shown = large.filter((group) => !folded.has(group));
  return isEnough([...folded], overlap) ? [...shown, together([...folded], small.length)] : shown;
}

/** What the groups that are not shown have together is the total without the others, so it has to be enough as well. */
function withRest(result: Groups): Groups {
  const { groups, more, overlap, totals } = result;
  const rest = totals.people - groups.reduce((all, { people }) => all + people, 0);
  if (overlap || rest <= 0 || rest >= FEWEST || groups.length === 0) return result;
  return withRest({ ...result, groups: groups.slice(0, -1), more: more + 1 });
}

/** Of groups that overlap one alone has to have enough: the same people may be in each. */
function isEnough(groups: readonly Group[], overlap: boolean): boolean {
  const counts = groups.map(({ people }) => people);
  return (overlap ? Math.max(...counts) : counts.reduce((all, count) => all + count, 0)) >= FEWEST;
}

function together(groups: readonly Group[], small: number): Group {
  const sum = (of: (totals: Totals) => number): number => groups.reduce((all, group) => all + of(group), 0);
  return {
    label: `${groups.length} ${groups.length === small ? 'small groups' : 'groups together'}`,
    people: sum(({ people }) => people),
    licenses: sum(({ licenses }) => licenses),
    cost: sumsByCurrency(groups.flatMap(({ cost }) => cost)),
    withoutPrice: sum(({ withoutPrice }) => withoutPrice),
  };
}
