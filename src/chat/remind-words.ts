import { nameIn } from './name-in.js';
import type { ChatRequest } from './request.js';

const BEFORE: ReadonlySet<string> = new Set(
  'please pls kindly can could would you i want to now hi hello hey send a another bitte'.split(' '),
);
const VERBS: readonly string[] = ['remind', 'reminder', 'erinnere', 'erinnerung'];
/** What stands between whom to remind and whom the case is about. */
const ABOUT: readonly string[] = ['about', 'an'];
const AROUND: ReadonlySet<string> = new Set(
  'manager boss of again once more them her him noch einmal'.split(' '),
);

/**
 * "remind Ada Lovelace", "remind the manager of Ada", "remind Megan about Ada": an admin wants whoever was asked about Ada
 * reminded. Said at the beginning; "do not remind Ada" is about something else.
 * @param words as typed, without marks around them
 * @param said the same in small letters
 */
export function remindIn(words: readonly string[], said: readonly string[]): ChatRequest | undefined {
  const at = said.findIndex((word) => !BEFORE.has(word));
  if (!VERBS.includes(said[at] ?? '')) return undefined;
  const about = said.findIndex((word, index) => index > at && ABOUT.includes(word));
  const rest = words.slice(Math.max(at, about) + 1);
  const who = nameIn(rest.filter((word) => !AROUND.has(word.toLowerCase())));
  return who === '' ? { kind: 'nameMissing', about: 'remind' } : { kind: 'remind', who };
}
