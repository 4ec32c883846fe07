import { fold } from './fold.js';
import { ALL_NICKNAMES } from './nicknames.js';

/** One word, quoted value or sign of a question. */
export interface Token {
  /** As written, without quotes. */
  readonly text: string;
  readonly key: string;
  /** true: a value, whatever it says. */
  readonly isQuoted: boolean;
}

const CLOSING: Readonly<Record<string, string>> = { '"': '"', '“': '”“', '„': '“”', '«': '»' };
const SIGN = /^(?:>=|<=|[<>≥≤=])/u;
const SAME_SIGN: Readonly<Record<string, string>> = { '≥': '>=', '≤': '<=' };
const BLANK = /[\s\p{Cc}\u00a0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;
const WORD_END = /["“„«<>≥≤=]/u;

/** Splits a text into tokens in time that grows with its length alone; no text is refused. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  // Marks that are not closed any more, so that nobody looks for their ends again and again.
  const open = new Set<string>();
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    const quoted = character in CLOSING && !open.has(character) ? quotedAt(text, at) : undefined;
    if (quoted !== undefined) {
      tokens.push({ text: quoted.value, key: fold(quoted.value), isQuoted: true });
      at = quoted.end;
      continue;
    }
    open.add(character);
    const [sign] = SIGN.exec(text.slice(at, at + 2)) ?? [];
    if (sign !== undefined) {
      const key = SAME_SIGN[sign] ?? sign;
      tokens.push({ text: sign, key, isQuoted: false });
      at += sign.length;
      continue;
    }
    if (BLANK.test(character) || character in CLOSING) {
      at += 1;
      continue;
    }
    const end = wordEnd(text, at + 1);
    const word = withoutMarks(text.slice(at, end));
    if (word !== '') tokens.push(...wordsOf(word));
    at = end;
  }
  return tokens;
}

/** `hasn't` is two words, as it is spoken in full, and so is the German `E5-Lizenzen`. */
function wordsOf(word: string): readonly Token[] {
  const key = fold(word);
  const [, product, licenses] = OF_PRODUCT.exec(word) ?? IN_ONE.exec(word) ?? [];
  if (product !== undefined && licenses !== undefined)
    return [...product.split('-'), licenses].flatMap((text) =>
      text === '' ? [] : [{ text, key: fold(text), isQuoted: false }],
    );
  // "E5- und E3-Lizenzen"
  if (/^[\p{L}\d]+-$/u.test(word))
    return [{ text: word.slice(0, -1), key: key.slice(0, -1), isQuoted: false }];
  const whole = inFull(key);
  if (whole.length === 1) return [{ text: word, key, isQuoted: false }];
  return whole.map((text) => ({ text, key: text, isQuoted: false }));
}

/** The words of a contraction with `not`; any other word is itself. @param word in small letters */
export function inFull(word: string): readonly string[] {
  const [, verb] = CONTRACTED.exec(word) ?? [];
  return verb === undefined ? [word] : [VERBS[verb] ?? verb, 'not'];
}

const OF_PRODUCT = /^(.+)-(lizenz|lizenzen)$/iu;
/** `Visiolizenzen`: whatever else stands before may be another word. */
const IN_ONE = new RegExp(
  `^(${ALL_NICKNAMES.filter((name) => /^\w+$/u.test(name)).join('|')})(lizenz|lizenzen)$`,
  'iu',
);
const CONTRACTED = /^(has|have|had|is|are|was|were|do|does|did|wo|ca|could|would)n'?t$/u;
const VERBS: Readonly<Record<string, string>> = { wo: 'will', ca: 'can' };

/** What a value is called when it is said without quotes: its words alone, so that commas and brackets do not count. */
export function spoken(value: string): string {
  return tokensOf(value.replaceAll(/["“”„«»]/gu, ' '))
    .map(({ key }) => key)
    .join(' ');
}

/** A quote inside is written twice. */
export function quote(value: string): string {
  return `"${value.replaceAll('"', '""')}"`;
}

function quotedAt(text: string, start: number): { readonly value: string; readonly end: number } | undefined {
  const closing = CLOSING[text.charAt(start)] ?? '';
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (!closing.includes(character)) value += character;
    else if (closing === '"' && text.charAt(at + 1) === '"') {
      value += '"';
      at += 1;
    } else return { value, end: at + 1 };
  }
  return undefined;
}

function wordEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !BLANK.test(text.charAt(end)) && !WORD_END.test(text.charAt(end))) end += 1;
  return end;
}

const OPENING_MARKS = "([{'`*_~";
const CLOSING_MARKS = ")]}'`*_~,;:!?.";

/** The marks around a word, of which people put any number. */
function withoutMarks(word: string): string {
  let first = 0;
  let end = word.length;
  while (first < end && OPENING_MARKS.includes(word.charAt(first))) first += 1;
  while (end > first && CLOSING_MARKS.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(first, end);
}
