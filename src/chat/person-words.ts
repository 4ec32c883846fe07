import { nameIn } from './name-in.js';
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
  return who === '' ? undefined : { kind: 'person', who, perhaps: message };
}

function asks(first = '', second = ''): boolean {
  return (first === 'who' && (second === 'is' || second === 'was')) || (first === 'wer' && second === 'ist');
}

const NOT_A_NAME: ReadonlySet<string> = new Set(
  [
    'in from under without with not no at over the a an kept asked decided scheduled escalated closed active unknown',
    'im aus unter ohne mit nicht bei über der die das ein eine aktiv',
  ].flatMap((words) => words.split(' ')),
);
