import { apply, closeExpected, unknownAt } from './apply-meaning.js';
import { addEntries, passed, refuseOr } from './add-condition.js';
import { emptyDraft, phraseAt, valueAt, wordsOf, type Draft, type Problem } from './draft.js';
import { finished, type Finished } from './finish-query.js';
import { GROUP_WORDS, smallWords } from './phrases.js';
import { VALUE_FIELDS, type Query } from './query.js';
import { isOfAct } from './add-days.js';
import { withNeither } from './neither.js';
import { numberAt, rangeAt, readAmount } from './read-amount.js';
import { tokensOf, type Token } from './tokens.js';
import { withVerbFirst } from './verb-first.js';
import type { Vocabulary } from './vocabulary.js';

/** What a text says. */
export type Reading =
  | Finished
  /** Not run: something in it is not known, could mean two things, or is missing. */
  | { readonly kind: 'unclear'; readonly problems: readonly Problem[]; readonly isQuestion: boolean };

/** UTF-16 units; a longer text is refused, because half a question is another question. */
export const LONGEST_QUESTION = 4_000;

/**
 * Reads a question about the latest audit. Nothing in it is skipped unless it is known to say nothing, and nothing is
 * guessed. Takes time in proportion to the length of the text.
 * @param before the asker's question before, to which "only Finance", "next" or "export that" refer
 */
export function readQuery(text: string, vocabulary: Vocabulary, before?: Query): Reading {
  if (text.length > LONGEST_QUESTION)
    return { kind: 'unclear', problems: [{ kind: 'tooLong' }], isQuestion: false };
  return readTokens(tokensOf(text), vocabulary, before);
}

export function readTokens(tokens: readonly Token[], vocabulary: Vocabulary, before?: Query): Reading {
  const draft = emptyDraft(withNeither(withVerbFirst(tokens)), vocabulary);
  while (draft.at < tokens.length) step(draft);
  end(draft);
  const { problems } = draft;
  if (problems.length > 0) return { kind: 'unclear', problems, isQuestion: saysSomething(draft) };
  return finished(draft, before);
}

/** true: something in it belongs to a question, so that whoever wrote it meant one. */
function saysSomething(draft: Draft): boolean {
  const { subjects, conditions, asks, group, sort, top, page, isFile } = draft;
  return (
    subjects.size + conditions.length + asks.size > 0 ||
    isFile ||
    [group, sort, top, page].some((each) => each !== undefined)
  );
}

/** Reads on by at least one token. */
function step(draft: Draft): void {
  const { at, expected, last, joint } = draft;
  const phrase = isCapitals(draft) ? undefined : phraseAt(draft, at);
  const wanted = expected === undefined ? undefined : valueAt(draft, at, expected.fields, true);
  if (wanted !== undefined) return addEntries(draft, wanted);
  const again =
    joint !== undefined && last !== undefined && isValueField(last.field)
      ? valueAt(draft, at, [last.field], isCode(draft))
      : undefined;
  if (again !== undefined && again.length >= (phrase?.length ?? 0)) return addEntries(draft, again);
  const value = valueAt(draft, at, VALUE_FIELDS, false);
  const isStrict = expected?.isStrict === true;
  if (phrase !== undefined && (isStrict || phrase.length >= (value?.length ?? 0))) {
    if (isTime(draft) && readAmount(draft)) return;
    return apply(draft, phrase);
  }
  // "unused licenses 90 days", "unused licenses Sales": the word asks for no product here.
  const isAside = expected?.fields[0] === 'license' && (value ?? numberAt(draft, at)) !== undefined;
  if (isStrict && isAside) closeExpected(draft);
  else if (isStrict) return noSuchValue(draft);
  if (value !== undefined) return addEntries(draft, value);
  if (readAmount(draft)) return;
  unknownWords(draft);
}

/** "inactive in IT", "Visio Pro": such a word is no filler in a text that has small letters as well. */
function isCapitals({ tokens, at, expected }: Draft): boolean {
  const { text = '', key = '' } = tokens[at] ?? {};
  const isCode = CODES.has(key) || (expected !== undefined && CODES_AFTER_PLACE.has(key));
  const isWritten = isCode && text.length > 1 && text === text.toUpperCase();
  const next = tokens[at + 1];
  const isGroup = GROUP_WORDS.has(next?.key ?? '') && /^\p{Lu}/u.test(next?.text ?? '');
  const isProduct = text === 'Pro' && at > 0 && !isGroup;
  return (isWritten && tokens.some((token) => /\p{Ll}/u.test(token.text))) || isProduct;
}

const CODES = smallWords('codes');
const CODES_AFTER_PLACE = smallWords('codesAfterPlace');

/** "idle for a year" is about time, "what does it cost a year" is not. */
function isTime({ tokens, at, asks }: Draft): boolean {
  const number = numberAt({ tokens }, at);
  // "ein bis zwei Jahre"
  const unit = number?.unit ?? rangeAt({ tokens }, at)?.to.unit;
  return unit !== undefined && (!asks.has('cost') || tokens[at - 1]?.key === 'for');
}

/** "in DE or IT": a code may be a word as well, but "in Germany or in Italy" says no code of India. */
function isCode({ tokens, at }: Draft): boolean {
  const phrase = phraseAt({ tokens }, at)?.found.is;
  return phrase === undefined || (phrase === 'filler' && tokens[at]?.text === tokens[at]?.text.toUpperCase());
}

function isValueField(field: string): field is (typeof VALUE_FIELDS)[number] {
  return VALUE_FIELDS.some((each) => each === field);
}

/** Words in a row that nobody knows are named together: `Human Resurces`. */
function unknownRun(draft: Draft): number {
  let end = draft.at + 1;
  while (
    end < draft.tokens.length &&
    end - draft.at < 4 &&
    phraseAt(draft, end) === undefined &&
    valueAt(draft, end, VALUE_FIELDS, false) === undefined &&
    numberAt(draft, end) === undefined
  )
    end += 1;
  return end;
}

function unknownWords(draft: Draft): void {
  const { at } = draft;
  const to = draft.tokens[at]?.isQuoted === true ? at + 1 : unknownRun(draft);
  draft.problems.push({ kind: 'unknownWord', word: wordsOf(draft, at, to), from: at, to });
  passed(draft, to - at);
}

function noSuchValue(draft: Draft): void {
  const { at, expected } = draft;
  const [field = 'department'] = expected?.fields ?? [];
  const to = draft.tokens[at]?.isQuoted === true ? at + 1 : unknownRun(draft);
  draft.problems.push({ kind: 'noSuchValue', field, word: wordsOf(draft, at, to), from: at, to });
  passed(draft, to - at);
}

/** What waits for something that does not come is not forgotten: it could have turned the question round. */
function end(draft: Draft): void {
  if (draft.not !== undefined) unknownAt(draft, draft.not, draft.not + 1);
  closeExpected(draft);
  refuseOr(draft);
  checkUse(draft);
  checkTurned(draft);
}

/** Whoever goes on to the next page says nothing new: in "who has Sales or Finance more" the word means something else. */
function checkTurned(draft: Draft): void {
  const { turnedAt, conditions, subjects, asks, group, sort } = draft;
  const isAsked = [...asks].some((ask) => ask !== 'list');
  const isNew = conditions.length + subjects.size > 0 || isAsked || group !== undefined || sort !== undefined;
  if (turnedAt !== undefined && isNew) unknownAt(draft, turnedAt, turnedAt + 1);
}

/** Days are about use. */
function checkUse(draft: Draft): void {
  const { isLately, conditions, subjects, durations } = draft;
  const has = (...fields: readonly string[]): boolean =>
    conditions.some(({ field }) => fields.includes(field));
  const isAboutUse =
    (subjects.has('candidates') || (has('license') && !subjects.has('active'))) && !has('state', 'scenario');
  const isOfUse = durations.length > 0 && durations.every((each) => each.isOfUse);
  if ((isLately && !isAboutUse && !isOfUse) || isOfAct(draft)) draft.problems.push({ kind: 'noDates' });
}
