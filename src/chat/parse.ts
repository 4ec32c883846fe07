import type { AdminRequest } from './admin/request.js';
import { adminMeant } from './admin/meant-words.js';
import { adminIn, ROSTER } from './admin/words.js';
import { cleanText } from './clean-text.js';
import { deliveriesIn, LEDGER_WORDS } from './delivery-words.js';
import { distance } from './distance.js';
import { inEnglish } from './german-requests.js';
import { FILLERS, nameIn, withoutPossessive } from './name-in.js';
import { isAboutSelf } from './own-words.js';
import { looksLikeName } from './name-words.js';
import { needsName, PAGE_WORDS, whoIs } from './person-words.js';
import { isQuestion, SUBJECT_WORDS } from './question-words.js';
import type { ChatRequest } from './request.js';
import { saysWaive, waiveIn } from './waive-words.js';
import { remindIn } from './remind-words.js';
import { isWhatIf, whatIfIn, whatIfMeant } from './what-if-words.js';

/**
 * Of a longer text only this much is read for the words of a request; a question is read whole, or not at all, and so is
 * a waiver, whose reason must not be cut.
 */
const MAX_LENGTH = 400;
/** A longer message is too long for a question, whatever is in it. */
const LONGEST_MESSAGE = 5_000;

/**
 * Reads what somebody wrote. Any text gives a request; unclear ones are `unknown` with suggestions.
 * @param text in English or German
 * @param hasFile something is attached; without a word it is a roster, which is looked at before it is kept
 */
export function parse(text: string, hasFile = false): ChatRequest {
  const english = inEnglish(text);
  if (english === undefined) return parseEnglish(text, hasFile);
  const request = parseEnglish(english, hasFile);
  // What says nothing for certain in English either is read as it was written.
  if (request.kind === 'question' || request.kind === 'unknown') return parseEnglish(text, hasFile);
  // Whoever is no admin reads nothing of what they did not write.
  return request.kind === 'admin'
    ? { ...request, otherwise: { kind: 'unknown', suggestions: [], text } }
    : request;
}

function parseEnglish(text: string, hasFile: boolean): ChatRequest {
  const message = text.length > LONGEST_MESSAGE ? text.slice(0, LONGEST_MESSAGE) : cleanText(text).trim();
  const words = wordsOf(text, MAX_LENGTH);
  if (words.length === 0)
    return hasFile ? { kind: 'admin', wants: ROSTER, otherwise: { kind: 'help' } } : { kind: 'help' };
  const said = words.map(key);
  const wants = wanted(text, message);
  const otherwise = ordinary({ text, words, said, message });
  if (wants !== undefined) return { kind: 'admin', wants, otherwise };
  const meant = isGuess(otherwise) ? adminMeant(words, said, message) : [];
  return meant.length === 0 ? otherwise : { kind: 'adminMeant', meant, otherwise };
}

/** Not understood, or understood as somebody's name for lack of anything better. */
function isGuess(request: ChatRequest): boolean {
  return request.kind === 'unknown' || ('perhaps' in request && request.perhaps !== undefined);
}

/** A text, read in several ways. */
interface Read {
  readonly text: string;
  readonly words: readonly string[];
  readonly said: readonly string[];
  /** Without markup. */
  readonly message: string;
}

/** What only admins may write is read whole: what was cut off might say something else. */
function wanted(text: string, message: string): AdminRequest | undefined {
  if (text.length > LONGEST_MESSAGE) return undefined;
  const words = wordsOf(text, LONGEST_MESSAGE);
  return adminIn(words, words.map(key), message);
}

/** What anybody may write. */
function ordinary({ text, words, said, message }: Read): ChatRequest {
  if (isAboutSelf(said)) return { kind: 'me' };
  if (said.every((word) => YES_OR_NO.has(word))) return { kind: 'yesOrNo' };
  const request =
    whatIfIn(said) ??
    waiver(text, said) ??
    remindIn(words, said) ??
    why(words, said) ??
    (isDeed(said) ? aboutPerson(words, said, message) : undefined) ??
    (beginsWith(said, HELP) ? { kind: 'help' } : undefined) ??
    (said.every((word) => AROUND.has(word)) ? undefined : deliveriesIn(words, said)) ??
    (isQuestion(said) ? { kind: 'question', text: message } : undefined) ??
    aboutPerson(words, said, message) ??
    plain(said) ??
    named(words, said, message);
  // "What if I undo Ann" asks for no deed.
  return request.kind === 'undo' && isWhatIf(said)
    ? { kind: 'unknown', suggestions: [`undo ${request.who}`], text: message }
    : request;
}

const YES_OR_NO: ReadonlySet<string> = new Set('yes no yep nope ja nein'.split(' '));

function waiver(text: string, said: readonly string[]): ChatRequest | undefined {
  if (!saysWaive(said)) return undefined;
  const words = wordsOf(text, LONGEST_MESSAGE);
  return waiveIn(words, words.map(key));
}

/** Words as typed, in order, without mentions, markup and the marks around them. @param length of what is read */
function wordsOf(text: string, length: number): readonly string[] {
  return cleanText(text.slice(0, length))
    .split(/\s+/u)
    .map((word) => word.replaceAll(/^["'`*_(<«“„/]+|["'`*)>»”“,;:!?]+$/gu, '').replace(/\.+$/u, ''))
    .filter((word) => word !== '');
}

function key(word: string): string {
  return word.toLowerCase();
}

const PERSON_WORDS = {
  case: ['case', 'status', 'details', 'detail'],
  person: PAGE_WORDS,
  history: ['history', 'log', 'timeline', 'trail', 'happened'],
  undo: ['undo', 'revert', 'restore', 'rollback'],
} as const satisfies Record<string, readonly string[]>;

/** Said first, they are what is asked for, whatever words of a question follow. */
const DEEDS: readonly string[] = ['case', ...PERSON_WORDS.history, ...PERSON_WORDS.undo];
const POLITE: ReadonlySet<string> = new Set(
  'please pls kindly can could would will you hi hello hey'.split(' '),
);

/** "Undo window" alone is a state of cases, and asks for no undo. */
function isDeed(said: readonly string[]): boolean {
  return beginsWith(said, DEEDS) && said.join(' ') !== 'undo window';
}

function beginsWith(said: readonly string[], any: readonly string[]): boolean {
  return any.includes(said.find((word) => !POLITE.has(word)) ?? '');
}

function aboutPerson(
  words: readonly string[],
  said: readonly string[],
  message: string,
): ChatRequest | undefined {
  // "undo the case of Ann" and "history of the case of Ann" mean the former; "find inactive users" is about nobody.
  const about = (['undo', 'history', 'case', 'person'] as const).find(
    (each) => indexOfAny(said, PERSON_WORDS[each]) >= 0,
  );
  if (about === undefined) return givingBack(words, said);
  if (about === 'person') return aboutPage(words, said, message);
  if (about === 'case' && indexOfAny(said, SUBJECT_WORDS) >= 0) return undefined;
  const at = indexOfAny(said, PERSON_WORDS[about]);
  const after = nameIn(words.slice(at + 1));
  // "Ann's case", "Ann Lee history"
  const who = after === '' ? nameIn(words.slice(0, at)) : after;
  // "Forget what I said, then undo everything" is no request for the deed.
  if (about === 'undo' && after !== '' && !said.slice(0, at).every((word) => FILLERS.has(word)))
    return { kind: 'unknown', suggestions: [`undo ${withoutPossessive(who)}`], text: message };
  if (who !== '' && about === 'case' && !beginsWith(said, ['case']))
    return { kind: about, who: withoutPossessive(who), perhaps: message };
  if (who !== '') return { kind: about, who: withoutPossessive(who) };
  // "what happened" and "details" alone ask for nobody in particular.
  return said[at] === PERSON_WORDS[about][0] ? { kind: 'nameMissing', about } : undefined;
}

/** "person Ann Lee", "Seite von Ann Lee"; "find inactive users" is about nobody. */
function aboutPage(
  words: readonly string[],
  said: readonly string[],
  message: string,
): ChatRequest | undefined {
  if (indexOfAny(said, SUBJECT_WORDS) >= 0) return undefined;
  const at = indexOfAny(said, PERSON_WORDS.person);
  // "Person von Ardenne" is somebody's name.
  const isOf = said[at + 1] === 'von' && said[at] !== 'person';
  const after = nameIn(words.slice(isOf ? at + 2 : at + 1));
  const who = withoutPossessive(after === '' ? nameIn(words.slice(0, at)) : after);
  if (who === '' || (needsName(said[at] ?? '') && !looksLikeName(who))) return undefined;
  return { kind: 'person', who, perhaps: message };
}

/** "give Ann the license back" */
function givingBack(words: readonly string[], said: readonly string[]): ChatRequest | undefined {
  if (!said.includes('give') || !said.includes('back')) return undefined;
  const who = nameIn(words);
  return who === '' ? { kind: 'nameMissing', about: 'undo' } : { kind: 'undo', who: withoutPossessive(who) };
}

function indexOfAny(said: readonly string[], any: readonly string[]): number {
  return said.findIndex((word) => any.includes(word));
}

const HELP: readonly string[] = ['help', 'commands', 'command', 'menu', '?', 'hilfe'];

const PLAIN = [
  ['hr', ['hr', 'personalabteilung']],
  ['deliveries', [...LEDGER_WORDS, 'delivered', 'undelivered', 'unreachable']],
  ['waiting', ['waiting', 'waits', 'pending', 'questions', 'question', 'open', 'todo', 'tasks', 'answer']],
  ['thanks', ['thanks', 'thank', 'thx', 'cheers', 'danke', 'ok', 'okay', 'great']],
  ['hello', ['hello', 'hi', 'hey', 'hallo', 'morning', 'afternoon', 'greetings']],
] as const;

/** What may stand around a plain request; with any other word it may be a question: "E5 in HR". */
const AROUND: ReadonlySet<string> = new Set([
  ...FILLERS,
  ...PLAIN.flatMap(([, any]) => any),
  ...'who which there are were any anything not could be needs need messages message failed cases case all'.split(
    ' ',
  ),
  ...'list got good very much so lot work job everyone all team am do'.split(' '),
]);

function plain(said: readonly string[]): ChatRequest | undefined {
  // "E5 in Help Desk"
  if (said.some((word, index) => HELP.includes(word) && said[index - 1] !== 'in')) return { kind: 'help' };
  const found = PLAIN.find(([, any]) => indexOfAny(said, any) >= 0);
  if (found !== undefined && (isGreeting(said) || said.every((word) => AROUND.has(word))))
    return { kind: found[0] };
  const sentence = said.join(' ');
  return /\bwhat (can|do) (you|i) (do|ask)\b|\bwho are you\b|\bhow does this work\b/u.test(sentence)
    ? { kind: 'help' }
    : undefined;
}

/** "Thanks Bob" */
function isGreeting(said: readonly string[]): boolean {
  return said.length <= 3 && !said.includes('in') && GREETINGS.has(said[0] ?? '');
}

const GREETINGS: ReadonlySet<string> = new Set(
  'thanks thank thx cheers danke hello hi hey hallo greetings'.split(' '),
);

/** "why was Ada asked", "why is Ada on the list", "explain Ada" */
function why(words: readonly string[], said: readonly string[]): ChatRequest | undefined {
  const at = said.findIndex((word) => word === 'why' || word === 'explain');
  if (at < 0 || at > 2) return undefined;
  const rest = words.slice(at + 1).filter((word) => !WHY_WORDS.has(key(word)));
  const who = withoutPossessive(nameIn(rest));
  return who === '' ? { kind: 'nameMissing', about: 'explain' } : { kind: 'explain', who };
}

const WHY_WORDS: ReadonlySet<string> = new Set(
  'asked ask about flagged listed list on question questioned chosen found here am are people somebody'.split(
    ' ',
  ),
);

/** Somebody's name, unless a word may be a request with a typing error. */
function named(words: readonly string[], said: readonly string[], message: string): ChatRequest {
  const unclear = unknown(words, said, message);
  const isTypo = unclear.suggestions.some((text) => !text.startsWith('case '));
  return (isTypo ? undefined : whoIs(words, said, message)) ?? unclear;
}

const FULL_REQUESTS: Readonly<Record<string, string>> = {
  inactive: 'who is inactive but licensed',
  waiting: 'waiting',
  deliveries: 'deliveries',
  help: 'help',
};

/** Looks for a request word with a typing error; offers, never does. */
function unknown(
  words: readonly string[],
  said: readonly string[],
  text: string,
): Extract<ChatRequest, { kind: 'unknown' }> {
  const suggestions: string[] = [];
  for (const [index, word] of said.slice(0, 12).entries()) {
    for (const about of ['case', 'history', 'undo'] as const) {
      if (isClose(word, about)) suggestions.push(`${about} ${nameIn(words.slice(index + 1)) || 'NAME'}`);
    }
    for (const [plainWord, full] of Object.entries(FULL_REQUESTS))
      if (word !== plainWord && isClose(word, plainWord)) suggestions.push(full);
  }
  const meant = whatIfMeant(said, (word, wanted) => isClose(word, wanted));
  if (meant !== undefined) suggestions.push(meant);
  // A bare name or address may ask for the person.
  if (suggestions.length === 0 && words.length <= 4) {
    const who = nameIn(words);
    if (/^[\p{L}\p{N}]/u.test(who)) return { kind: 'unknown', suggestions: [`case ${who}`], name: who, text };
  }
  return { kind: 'unknown', suggestions: [...new Set(suggestions)].slice(0, 3), text };
}

function isClose(word: string, wanted: string): boolean {
  if (word.length < 3 || word.length > wanted.length + 2) return false;
  return distance(word, wanted) <= (wanted.length > 5 ? 2 : 1);
}
