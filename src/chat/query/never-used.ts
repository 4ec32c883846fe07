import type { Unproven } from '../../audit/licenses/unproven.js';
import type { Draft } from './draft.js';
import { fold } from './fold.js';
import { isContrary, placeOf, type Condition, type Query } from './query.js';
import type { Row } from './rows.js';

export const NEVER_USED: Condition = { field: 'use', is: 'in', values: ['neverUsed'] };

/**
 * What "never used" says: of a person that they never signed in, and of a license that is named, here or in the question
 * that this one goes on from, that it was never used, whatever else the person does.
 * @param before conditions of that question
 * @returns undefined: it is denied or said beside another reason, and nobody can tell what goes with what
 */
export function withUse(
  { conditions, neverUsed, isOfThose }: Pick<Draft, 'conditions' | 'neverUsed' | 'isOfThose'>,
  before: readonly Condition[],
): readonly Condition[] | undefined {
  const others = conditions.filter((each) => !neverUsed.includes(each));
  const all = [...keptBeside({ conditions: others, isOfThose }, before), ...others];
  if (neverUsed.length === 0 || all.every(({ field }) => field !== 'license')) return conditions;
  const isNamed = all.some(({ field, is }) => field === 'license' && is === 'in');
  const isBesideOther = all.some(({ field }) => field === 'scenario');
  const isDenied = neverUsed.some(({ is }) => is !== 'in');
  return !isNamed || isBesideOther || isDenied ? undefined : [...others, NEVER_USED];
}

/** What holds on of the question before: whatever this one neither says anew nor rules out ("of those" rules out nothing). */
export function keptBeside(
  { conditions, isOfThose }: { readonly conditions: readonly Condition[]; readonly isOfThose: boolean },
  before: readonly Condition[],
): readonly Condition[] {
  const places = new Set(conditions.map(placeOf));
  const isRuledOut = (condition: Condition): boolean =>
    !isOfThose && conditions.some((each) => isContrary(each, condition));
  return before.filter((condition) => !places.has(placeOf(condition)) && !isRuledOut(condition));
}

/**
 * Of the licenses that a question about people who look idle names those whose non-use nothing proves: of active people
 * nobody can be found by them.
 */
export function unprovenIn(
  { subject, conditions }: Pick<Query, 'subject' | 'conditions'>,
  unproven: readonly Unproven[],
): readonly Unproven[] {
  if (subject !== 'candidates') return [];
  const named = new Set(
    conditions.flatMap((each) => (each.field === 'license' && each.is === 'in' ? each.values.map(fold) : [])),
  );
  return unproven.filter(({ name }) => named.has(fold(name)));
}

/** true: who never used something is asked, and not who uses nothing any more. */
export function asksNeverUsed({ conditions }: Pick<Query, 'conditions'>): boolean {
  return conditions.some(({ field }) => field === 'use');
}

/** Products whose use nothing records, as far as rows tell: for audits that did not note it. */
export function unrecordedOf(rows: readonly Row[]): readonly Unproven[] {
  const licenses = rows.flatMap((row) => row.licenses);
  const recorded = new Set(licenses.flatMap(({ name, use }) => (use === 'unrecorded' ? [] : [name.key])));
  const others = new Map(
    licenses.flatMap(({ name, partNumber }) =>
      recorded.has(name.key) ? [] : [[name.key, { partNumber, name: name.label }] as const],
    ),
  );
  return [...others.values()].map((product) => ({ ...product, why: { kind: 'unrecorded' } }));
}
