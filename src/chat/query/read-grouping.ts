import { longestIn, wordsOf, type Draft } from './draft.js';
import { GROUP_WORDS, SORT_WORDS, smallWords } from './phrases.js';
import type { GroupField, Sort } from './query.js';

const ARTICLES = smallWords('articles');

/** A question has one grouping. */
export function groupBy(draft: Draft, by: GroupField): void {
  const isOther = draft.group !== undefined && draft.group !== by;
  if (isOther && draft.problems.length === 0) draft.problems.push({ kind: 'twoQuestions' });
  draft.group = by;
}

/** A list has one order. */
export function sortBy(draft: Draft, sort: Sort): void {
  const isOther = draft.sort !== undefined && (draft.sort.by !== sort.by || draft.sort.order !== sort.order);
  if (isOther && draft.order === undefined && draft.problems.length === 0)
    draft.problems.push({ kind: 'twoQuestions' });
  draft.sort = sort;
}

/** `per department`, `by cost`, `by the manager` */
export function readGrouping(draft: Draft, length: number, maySort: boolean): void {
  const { tokens, at } = draft;
  const article = ARTICLES.has(tokens[at + length]?.key ?? '') ? 1 : 0;
  const from = at + length + article;
  const group = longestIn(tokens, from, 4, (words) => GROUP_WORDS.get(words));
  const sort = maySort ? longestIn(tokens, from, 4, (words) => SORT_WORDS.get(words)) : undefined;
  if (group !== undefined) groupBy(draft, group.found);
  else if (sort !== undefined) {
    // "ascending by cost" says the order before what is sorted by.
    sortBy(draft, { ...sort.found, order: draft.order ?? sort.found.order });
    draft.order = undefined;
  } else {
    const to = Math.min(tokens.length, from + 1);
    draft.problems.push({ kind: 'unknownWord', word: wordsOf(draft, at, to), from: at, to });
  }
  draft.at = from + (group?.length ?? sort?.length ?? 1);
}
