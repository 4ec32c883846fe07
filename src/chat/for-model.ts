import type { Problem } from './query/draft.js';
import type { Reading } from './query/read-query.js';
import type { Row } from './query/rows.js';
import { spoken, tokensOf } from './query/tokens.js';
import type { Vocabulary } from './query/vocabulary.js';

/** UTF-16 units; a longer text is hardly one question. */
const LONGEST_FOR_MODEL = 500;
/** Fewer words, none of them of a question, are somebody's name more likely than a question. */
const FEWEST_WORDS = 5;

/** What was understood well enough to say that it cannot be asked; other words would only hide that. */
const SETTLED: ReadonlySet<Problem['kind']> = new Set([
  'noDates',
  'neverUsedLicense',
  'otherCurrency',
  'nothingBefore',
  'tooLong',
  'tooMany',
]);

/**
 * Whether a language model may be shown a text: only one with words that the grammar does not know, short, and without
 * anybody's name or address in it, as far as they are known here.
 */
export function isForModel(
  text: string,
  reading: Reading,
  audit: { readonly rows: readonly Row[]; readonly vocabulary: Vocabulary },
): boolean {
  if (reading.kind !== 'unclear' || text.length > LONGEST_FOR_MODEL) return false;
  const { problems, isQuestion } = reading;
  if (problems.some(({ kind }) => SETTLED.has(kind))) return false;
  if (!problems.some(isUnknown)) return false;
  const tokens = tokensOf(text);
  return (isQuestion || tokens.length >= FEWEST_WORDS) && !namesSomebody(text, audit);
}

/** "Which department?" is asked back instead. */
function isUnknown(problem: Problem): boolean {
  return problem.kind === 'unknownWord' || (problem.kind === 'noSuchValue' && problem.word !== '');
}

/** An address, an id, or the name of somebody in the lists or of a manager. */
function namesSomebody(
  text: string,
  { rows, vocabulary }: { readonly rows: readonly Row[]; readonly vocabulary: Vocabulary },
): boolean {
  if (/@|[\da-f]{8}-[\da-f]{4}-/iu.test(text)) return true;
  // "Ann's team" names Ann.
  const said = ` ${spoken(text).replaceAll(/'s(?= |$)/gu, '')} `;
  // In German, "Anns Team" does.
  const isSaid = (name: string): boolean =>
    name !== '' && (said.includes(` ${name} `) || said.includes(` ${name}s `));
  if (rows.some(({ displayName }) => isSaid(spoken(displayName)))) return true;
  return [...vocabulary.spoken].some(
    ([name, entries]) => entries.some(({ field }) => field === 'manager') && isSaid(name),
  );
}
