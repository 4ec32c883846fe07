import type { Draft } from './draft.js';
import { fold } from './fold.js';
import { placeOf, type Condition, type Query } from './query.js';
import type { Row } from './rows.js';

export const NEVER_USED: Condition = { field: 'use', is: 'in', values: ['neverUsed'] };

/**
 * What "never used" says: of a person that they never signed in, and of a license that is named, here or in the question
 * that this one goes on from, that it was never used, whatever else the person does.
 * @param before conditions of that question
 * @returns undefined: it is denied or said beside another reason, and nobody can tell what goes with what
 */
export function withUse(
  { conditions, neverUsed }: Pick<Draft, 'conditions' | 'neverUsed'>,
  before: readonly Condition[],
): readonly Condition[] | undefined {
  const others = conditions.filter((each) => !neverUsed.includes(each));
  const all = [...keptBeside(others, before), ...others];
  if (neverUsed.length === 0 || all.every(({ field }) => field !== 'license')) return conditions;
  const isNamed = all.some(({ field, is }) => field === 'license' && is === 'in');
  const isBesideOther = all.some(({ field }) => field === 'scenario');
  const isDenied = neverUsed.some(({ is }) => is !== 'in');
  return !isNamed || isBesideOther || isDenied ? undefined : [...others, NEVER_USED];
}

/** What holds on of the question before: whatever this one does not say anew. */
export function keptBeside(
  conditions: readonly Condition[],
  before: readonly Condition[],
): readonly Condition[] {
  const places = new Set(conditions.map(placeOf));
  return before.filter((condition) => !places.has(placeOf(condition)));
}

/** Of the licenses that a question says were never used those whose use nothing records: nobody can be found by them. */
export function unrecordedIn(
  { conditions }: Pick<Query, 'conditions'>,
  rows: readonly Row[],
): readonly string[] {
  if (conditions.every(({ field }) => field !== 'use')) return [];
  const named = conditions.flatMap((each) =>
    each.field === 'license' && each.is === 'in' ? each.values : [],
  );
  const recorded = new Set(
    rows.flatMap(({ licenses }) =>
      licenses.flatMap(({ name, use }) => (use === 'unrecorded' ? [] : [name.key])),
    ),
  );
  return named.filter((name) => !recorded.has(fold(name)));
}
