import { nameIn } from './name-in.js';
import { looksLikeName } from './name-words.js';
import type { ChatRequest } from './request.js';

/** What stands before a name, or after it, of whom somebody wants to see all that is known. */
export const PAGE_WORDS: readonly string[] = [
  ...['person', 'user', 'about', 'find', 'profile', 'profil', 'seite', 'benutzer'],
];

/** "who is Ada Lovelace", "wer ist Ada Lovelace"; "who is in Sales" is about a list. */
export function whoIs(
  words: readonly string[],
  said: readonly string[],
  message: string,
): ChatRequest | undefined {
  const length = asks(said[0], said[1]) ? 2 : said[0] === "who's" ? 1 : 0;
  if (length === 0 || NOT_A_NAME.has(said[length] ?? '')) return undefined;
  const who = nameIn(words.slice(length));
  // "Wer ist seit Monaten nicht mehr da" asks for no name.
  if (who === '' || (said[0] === 'wer' && !looksLikeName(who))) return undefined;
  return { kind: 'person', who, perhaps: message };
}

/** true: what is said with such a word is about somebody only where that reads as a name ("inaktive Benutzer" does not). */
export function needsName(pageWord: string): boolean {
  return OTHERS_AS_WELL.has(pageWord);
}

const OTHERS_AS_WELL: ReadonlySet<string> = new Set(['profile', 'profil', 'seite', 'benutzer']);

function asks(first = '', second = ''): boolean {
  return (first === 'who' && (second === 'is' || second === 'was')) || (first === 'wer' && second === 'ist');
}

const NOT_A_NAME: ReadonlySet<string> = new Set(
  [
    'in from under without with not no at over the a an kept asked decided scheduled escalated closed active unknown',
    'im aus unter ohne mit nicht bei über der die das ein eine aktiv',
  ].flatMap((words) => words.split(' ')),
);
