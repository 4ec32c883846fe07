import type { Language } from '../../i18n/locale.js';
import { distance } from '../distance.js';
import { fold } from './fold.js';
import type { Problem } from './draft.js';
import { PHRASES } from './phrases.js';
import { clause, printQuery } from './print-query.js';
import type { Query } from './query.js';
import { readTokens } from './read-query.js';
import { quote, tokensOf } from './tokens.js';
import type { Entry, Vocabulary } from './vocabulary.js';

const MOST_SUGGESTIONS = 3;
/** Of a long list of unknown words only the first are looked up. */
const MOST_LOOKED_UP = 3;
const LONGEST_WORD = 40;

/**
 * Whole questions that were perhaps meant, as sentences that are understood. They are offered, never run. Only a question
 * with one thing wrong gets any: with two, each would still have the other.
 */
export function perhapsMeant(
  text: string,
  problems: readonly Problem[],
  vocabulary: Vocabulary,
  { before, reader }: { readonly before?: Query | undefined; readonly reader?: Language } = {},
): readonly string[] {
  const [problem, ...others] = problems;
  if (problem === undefined || others.length > 0 || !('from' in problem)) return [];
  const tokens = tokensOf(text);
  const found: string[] = [];
  for (const instead of replacements(problem, vocabulary)) {
    const { from, to } = problem;
    const reading = readTokens(
      [...tokens.slice(0, from), ...tokensOf(instead), ...tokens.slice(to)],
      vocabulary,
      before,
    );
    if (reading.kind !== 'query' || contradicts(reading.query)) continue;
    const sentence = printQuery(reading.query, reader);
    if (!found.includes(sentence)) found.push(sentence);
    if (found.length === MOST_SUGGESTIONS) break;
  }
  return found;
}

/** The same value is asked for and left out, so that nobody can be meant. */
function contradicts({ conditions }: Query): boolean {
  const values = (is: 'in' | 'notIn'): ReadonlySet<string> =>
    new Set(
      conditions.flatMap((condition) =>
        condition.is === is ? condition.values.map((value) => `${condition.field} ${value}`) : [],
      ),
    );
  const left = values('notIn');
  return [...values('in')].some((value) => left.has(value));
}

/** What could stand in the place of a word, closest first. */
function replacements(
  problem: Extract<Problem, { from: number }>,
  vocabulary: Vocabulary,
): readonly string[] {
  if (problem.kind === 'ambiguous') {
    const isOneField = new Set(problem.options.map(({ field }) => field)).size === 1;
    return problem.options.map((entry) => (isOneField ? quote(entry.value) : clauseOf(entry)));
  }
  // "Grace's team" may mean Grace Hopper's.
  const word = fold(problem.word).slice(0, LONGEST_WORD).replace(/'s$/u, '');
  if (word.length < 2) return [];
  const most = word.length > 5 ? 2 : 1;
  const near: { readonly text: string; readonly away: number }[] = [];
  for (const [key, entries] of vocabulary.spoken) {
    const away = awayFrom(word, key, most);
    if (away === undefined) continue;
    for (const entry of entries)
      if (problem.kind === 'unknownWord') near.push({ text: clauseOf(entry), away });
      else if (entry.field === problem.field) near.push({ text: quote(entry.value), away });
  }
  if (problem.kind === 'unknownWord')
    for (const [phrase, meaning] of PHRASES) {
      if (meaning.is === 'filler') continue;
      const away = phrase.length < 4 ? undefined : awayFrom(word, phrase, most);
      if (away !== undefined && away <= most) near.push({ text: phrase, away });
    }
  near.sort((a, b) => a.away - b.away || (a.text < b.text ? -1 : 1));
  return [...new Set(near.map(({ text }) => text))].slice(0, MOST_SUGGESTIONS * MOST_LOOKED_UP);
}

function clauseOf({ field, value }: Entry): string {
  return clause({ field, is: 'in', values: [value] });
}

/** Typing errors between two words, or how far a beginning is from the whole; undefined: another word. */
function awayFrom(word: string, key: string, most: number): number | undefined {
  // The first names of managers, and the beginnings of long names.
  if (word.length >= 3 && key.startsWith(word)) return most + 1;
  if (Math.abs(key.length - word.length) > most || key.length < 3) return undefined;
  // One of two letters at the ends is right in nearly every typing error, and it spares the rest the counting.
  if (key.charAt(0) !== word.charAt(0) && key.at(-1) !== word.at(-1)) return undefined;
  const away = distance(word, key);
  return away <= most ? away : undefined;
}
