import { ENGLISH } from './english.js';
import { typed } from './german-forms.js';
import { GERMAN } from './german.js';
import type { QuestionWords, SmallWords, Table } from './meaning.js';
import { normalForms } from './sentence-words.js';

/** Whoever asks need not say in which language, and may mix them. */
const LANGUAGES: readonly QuestionWords[] = [GERMAN, ENGLISH];

export const PHRASES = listed(({ phrases, sentences }) => [...phrases, ...typed(normalForms(sentences))]);
export const GROUP_PLURALS = listed(({ plurals }) => plurals);
export const GROUP_WORDS = listed(({ groups }) => groups);
export const SORT_WORDS = listed(({ sorts }) => sorts);

export const UNITS = listed(({ units }) => units);
export const ADVERBS = listed(({ adverbs }) => adverbs);

/** Uses of which each is two words. */
const OF_TWO: ReadonlySet<keyof SmallWords> = new Set(['orMore', 'withoutUse']);

/** The small words of all languages for one use. */
export function smallWords(use: keyof SmallWords): ReadonlySet<string> {
  const words = LANGUAGES.flatMap(({ small }) => small[use].split(OF_TWO.has(use) ? '|' : ' '));
  return new Set(words.filter((word) => word !== ''));
}

/** Numbers by their words, in any language. */
export const NUMBERS: ReadonlyMap<string, number> = new Map(
  LANGUAGES.flatMap(({ small }) => small.numbers.split(' ').map((word, number) => [word, number] as const)),
);

/** Words of the longest phrase. */
export const LONGEST_PHRASE = Math.max(...[...PHRASES.keys()].map((phrase) => phrase.split(' ').length));

/** Where two languages have one word, the meaning in English counts. */
function listed<T>(tableOf: (words: QuestionWords) => Table<T>): ReadonlyMap<string, T> {
  return new Map(
    LANGUAGES.flatMap(tableOf).flatMap(([meaning, phrases]) =>
      phrases.split('|').map((phrase) => [phrase, meaning] as const),
    ),
  );
}
