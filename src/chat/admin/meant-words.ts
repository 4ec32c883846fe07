import { distance } from '../distance.js';
import type { AdminRequest } from './request.js';
import { ADMIN_PHRASES, adminIn, FILLERS, reasonAt } from './words.js';

/** An order that was perhaps meant. It is offered, never carried out. */
export interface PerhapsAdmin {
  /** As it has to be written. */
  readonly text: string;
  readonly wants: AdminRequest;
}

/** What stands in front of whatever else is said. */
const VERBS: readonly string[] = ['protect', 'unprotect', 'exempt', 'release', 'veto'];
const MOST = 2;
/** Of a longer text nobody has mistyped a single word. */
const LONGEST = 40;
const LONGEST_OFFER = 200;

/**
 * Orders of admins of which one or two letters are wrong, closest first; none where the words are one, or are far from all.
 * @param words as typed, without marks around them
 * @param said the same in small letters
 * @param message the whole text, of which a reason is taken as it stands
 */
export function adminMeant(
  words: readonly string[],
  said: readonly string[],
  message: string,
): readonly PerhapsAdmin[] {
  const end = reasonAt(said);
  const reason = words.slice(end).join(' ');
  const sentence = said
    .slice(0, end)
    .filter((word) => !FILLERS.has(word))
    .join(' ');
  const near = sentence.length > LONGEST ? [] : phrasesNear(sentence);
  const offers = [...near.map((phrase) => `${phrase} ${reason}`.trim()), ...withVerb(words, said)];
  return offers.flatMap((text) => perhaps(text, message)).slice(0, MOST);
}

/** Only what is understood as it stands; an order of which something is still missing says itself what. */
function perhaps(text: string, message: string): readonly PerhapsAdmin[] {
  if (text.length > LONGEST_OFFER) return [];
  const words = text.split(' ');
  const wants = adminIn(
    words,
    words.map((word) => word.toLowerCase()),
    message,
  );
  return wants === undefined ? [] : [{ text, wants }];
}

/** One phrase for each order, closest first. */
function phrasesNear(sentence: string): readonly string[] {
  const near = Object.entries(ADMIN_PHRASES).flatMap(([phrase, wants]) => {
    const away = awayFrom(sentence, phrase);
    return away === undefined ? [] : [{ phrase, wants, away }];
  });
  near.sort((a, b) => a.away - b.away || (a.phrase < b.phrase ? -1 : 1));
  const firsts = near.filter(({ wants }, at) => near.findIndex((other) => other.wants === wants) === at);
  return firsts.map(({ phrase }) => phrase);
}

/** "potect Ada because she is away" */
function withVerb(words: readonly string[], said: readonly string[]): readonly string[] {
  const at = said.findIndex((word) => !FILLERS.has(word));
  const rest = words.slice(at + 1);
  const first = said[at];
  if (first === undefined || rest.length === 0) return [];
  return VERBS.filter((verb) => awayFrom(first, verb) !== undefined).map((verb) => [verb, ...rest].join(' '));
}

/** Typing errors between two texts; undefined: none, or too many. */
function awayFrom(text: string, wanted: string): number | undefined {
  const most = wanted.length > 5 ? 2 : 1;
  if (text.length < 3 || Math.abs(text.length - wanted.length) > most) return undefined;
  // One of two letters at the ends is right in nearly every typing error.
  if (text.charAt(0) !== wanted.charAt(0) && text.at(-1) !== wanted.at(-1)) return undefined;
  const away = distance(text, wanted);
  return away > 0 && away <= most ? away : undefined;
}
