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
  'domain',
  'scenario',
  'days',
]);
const GROUPS: ReadonlySet<GroupField> = new Set(['department', 'country', 'license', 'domain', 'scenario']);

/** Whether a query asks for figures alone, without anything that points at people: what finance may see. */
export function isForFigures({ ask, conditions }: Query): boolean {
  if (ask.kind === 'list' || (ask.kind === 'groups' && !GROUPS.has(ask.by))) return false;
  return conditions.every(({ field, is }) => FIELDS.has(field) && is !== 'notIn');
}

/** undefined: too few people to be told apart from their names. */
export function withoutFew(result: Result): Result | undefined {
  if (result.kind === 'counted' || result.kind === 'onlyCounted') return result;
  if (result.kind === 'list' || result.totals.people < FEWEST) return undefined;
  if (result.kind === 'total') return result;
  const large = result.groups.filter(({ people }) => people >= FEWEST);
  const small = result.groups.filter(({ people }) => people < FEWEST);
  return small.length === 0 ? result : { ...result, groups: [...large, together(small)] };
}

function together(groups: readonly Group[]): Group {
  const sum = (of: (totals: Totals) => number): number => groups.reduce((all, group) => all + of(group), 0);
  return {
    label: groups.length === 1 ? 'a small group' : `${groups.length} small groups`,
    people: sum(({ people }) => people),
    licenses: sum(({ licenses }) => licenses),
    cost: sumsByCurrency(groups.flatMap(({ cost }) => cost)),
    withoutPrice: sum(({ withoutPrice }) => withoutPrice),
  };
}
