import { wordsOf, type Draft, type Last, type Match } from './draft.js';
import { smallWords } from './phrases.js';
import { NONE, VALUE_FIELDS, type Bound, type Condition, type ValueField } from './query.js';
import type { Entry } from './vocabulary.js';

type OneOf = Extract<Condition, { values: unknown }>;

/** Adds a condition about values; a `not` before it, or before the one that it goes on from, denies it. */
export function addValues(
  draft: Draft,
  field: OneOf['field'],
  values: readonly string[],
  length: number,
): void {
  const isNot = draft.not !== undefined || isStillDenied(draft, field);
  checkJoint(draft, field, isNot);
  draft.conditions.push({ field, is: isNot ? 'notIn' : 'in', values } as OneOf);
  added(draft, field, isNot, length);
}

/** Nobody can tell whether "not in Sales or without a department" leaves out those without one. */
export function addNone(draft: Draft, field: ValueField, length: number): void {
  const isNot = draft.not !== undefined;
  if (draft.joint !== undefined) checkJoint(draft, field, isNot);
  draft.conditions.push({ field, is: isNot ? 'notIn' : 'in', values: [NONE] });
  added(draft, field, isNot, length);
}

/** Adds one end of a range, or both. */
export function addBounds(
  draft: Draft,
  field: 'days' | 'cost',
  bounds: readonly (readonly [bound: Bound, amount: number])[],
  length: number,
): void {
  const isNot = draft.not !== undefined;
  checkJoint(draft, field, isNot);
  // All but a range is two ranges.
  if (draft.not !== undefined && bounds.length > 1)
    draft.problems.push({
      kind: 'unknownWord',
      word: wordsOf(draft, draft.not, draft.not + 1),
      from: draft.not,
      to: draft.not + 1,
    });
  for (const [bound, amount] of bounds)
    draft.conditions.push({ field, is: isNot ? OPPOSITE[bound] : bound, amount });
  added(draft, field, isNot, length);
}

const OPPOSITE: Readonly<Record<Bound, Bound>> = { '>': '<=', '>=': '<', '<': '>=', '<=': '>' };

/** What some entries mean together, or that nobody can tell. */
export function addEntries(draft: Draft, { found: named, length }: Match<readonly Entry[]>): void {
  const found = withoutNamesakes(named);
  const [first] = found;
  if (first === undefined) return;
  const isOneField = found.every(({ field }) => field === first.field);
  // A nickname is a whole line of products; two managers of one name are two people.
  if (isOneField && (found.length === 1 || first.field === 'license')) {
    const values = found.map(({ value }) => value);
    addValues(draft, first.field, values, length);
    return;
  }
  const { at } = draft;
  draft.problems.push({
    kind: 'ambiguous',
    word: wordsOf(draft, at, at + length),
    options: found,
    from: at,
    to: at + length,
  });
  passed(draft, length);
}

/**
 * Whose AD has an OU for each department means the department, which the answer shows; "in the ou Finance" says the other.
 */
function withoutNamesakes(found: readonly Entry[]): readonly Entry[] {
  const departments = found.filter(({ field }) => field === 'department');
  const isOfBoth = found.every(({ field }) => field === 'department' || field === 'unit');
  return departments.length > 0 && isOfBoth ? departments : found;
}

/** Reads over some words, after which nothing waits any more. */
export function passed(draft: Draft, length: number): void {
  draft.not = undefined;
  draft.bound = undefined;
  draft.expected = undefined;
  draft.isMoney = false;
  draft.joint = undefined;
  draft.at += length;
}

/** An `or` before what is no condition, such as "per country": one of the two would be lost. */
export function refuseOr(draft: Draft): void {
  if (draft.joint?.word === 'or') draft.problems.push({ kind: 'cannotJoin', word: 'or' });
  draft.joint = undefined;
}

/** Says what cannot be joined: the `or` of two fields, or a `not` that may reach over what follows of another field. */
export function checkJoint(draft: Draft, field: Last['field'], isNot: boolean): void {
  const { joint, last, not } = draft;
  const isOneField = last?.field === field && field !== 'days' && field !== 'cost';
  const isDoubtful = last?.isNot === true && not === undefined;
  const isStart = isNewStart(draft, joint?.at ?? last?.end ?? 0) || isVerbLast(draft, joint?.at);
  const mayFollow =
    joint === undefined
      ? !isDoubtful || (isOneField ? isNot || isStart : !isBareValue(draft, field, last))
      : isOneField
        ? (joint.word === 'and' || last.isNot === isNot) && !(isDoubtful && isStart)
        : joint.word === 'and' && !isDoubtful;
  if (!mayFollow) draft.problems.push({ kind: 'cannotJoin', word: joint?.word ?? 'and' });
  draft.joint = undefined;
}

function isStillDenied({ last, joint, at }: Draft, field: OneOf['field']): boolean {
  return last?.field === field && last.isNot && (joint !== undefined || last.end === at);
}

/** "not in Sales, Germany": right behind the one that is denied, without a word that it is another matter. */
function isBareValue({ at }: Draft, field: Last['field'], last: Last): boolean {
  const isValue = VALUE_FIELDS.some((each) => each === field);
  return isValue && last.end === at;
}

/** "without E5 but with Visio", "not in Sales and who are in Finance": the `not` ends before these words. */
function isNewStart({ tokens, at }: Draft, from: number): boolean {
  return tokens.slice(from, at).some(({ key }) => NEW_START.has(key));
}

const NEW_START = smallWords('start');

/** "die kein E5 haben und E3 haben": in German the verb before the `und` ends what is denied. */
function isVerbLast({ tokens, last }: Draft, joint = 0): boolean {
  return tokens.slice(last?.end ?? joint, joint).some(({ key }) => VERBS_LAST.has(key));
}

const VERBS_LAST = smallWords('verbsLast');

function added(draft: Draft, field: Last['field'], isNot: boolean, length: number): void {
  passed(draft, length);
  draft.last = { field, isNot, end: draft.at };
}
