import { FILLERS, nameIn, withoutPossessive } from './name-in.js';
import { looksLikeName } from './name-words.js';
import type { ChatRequest } from './request.js';

/** Words for what became of all messages. */
export const LEDGER_WORDS = ['deliveries', 'delivery', 'zustellungen', 'zustellung'] as const;
/** Only with whom they went to. */
const MESSAGES: ReadonlySet<string> = new Set(['messages', 'nachrichten']);
const LEDGER: ReadonlySet<string> = new Set([...LEDGER_WORDS, ...MESSAGES]);
const TO: ReadonlySet<string> = new Set('of to for an von für'.split(' '));

/**
 * "deliveries of Ada Lovelace", "messages to Ada", "Ada's deliveries", "Zustellungen an Ada".
 * @param words as typed, without marks around them
 * @param said the same in small letters
 * @returns undefined: the words are about something else, or about nobody in particular
 */
export function deliveriesIn(words: readonly string[], said: readonly string[]): ChatRequest | undefined {
  const at = said.findIndex((word) => LEDGER.has(word));
  const word = said[at];
  if (word === undefined) return undefined;
  const rest = words.slice(at + 1);
  const isAfter = nameIn(rest) !== '';
  if (!isAfter) {
    const owner = nameIn(words.slice(0, at));
    return owner.endsWith("'s") ? { kind: 'deliveries', who: withoutPossessive(owner) } : undefined;
  }
  const isTo = TO.has(said[at + 1] ?? '');
  const who = nameIn(isTo ? rest.slice(1) : rest);
  const isWhole = said.slice(0, at).every((before) => FILLERS.has(before) || BEFORE.has(before));
  const isNamed = isTo || (looksLikeName(who) && !MESSAGES.has(word));
  return isWhole && isNamed && who !== '' ? { kind: 'deliveries', who } : undefined;
}

const BEFORE: ReadonlySet<string> = new Set('zeig zeige mir bitte die alle all'.split(' '));
