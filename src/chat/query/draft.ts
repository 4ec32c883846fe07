import type { Meaning } from './meaning.js';
import { LONGEST_PHRASE, PHRASES } from './phrases.js';
import {
  type Bound,
  type Condition,
  type Field,
  type GroupField,
  type Sort,
  type Subject,
  type ValueField,
} from './query.js';
import type { Token } from './tokens.js';
import { LONGEST_NAME, type Entry, type Vocabulary } from './vocabulary.js';

/** Why a question is not answered. Positions are those of tokens. */
export type Problem =
  /** A word that nobody knows: it could have been a filter. */
  | { readonly kind: 'unknownWord'; readonly word: string; readonly from: number; readonly to: number }
  | {
      readonly kind: 'noSuchValue';
      readonly field: ValueField;
      readonly word: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly kind: 'ambiguous';
      readonly word: string;
      readonly options: readonly Entry[];
      readonly from: number;
      readonly to: number;
    }
  /** A number that is neither days nor money. */
  | { readonly kind: 'numberOfWhat'; readonly word: string }
  /** Of two conditions both have to hold, and a `not` reaches over values of one field alone. */
  | { readonly kind: 'cannotJoin'; readonly word: 'or' | 'and' }
  /** Money of another currency than the prices have. */
  | { readonly kind: 'otherCurrency'; readonly word: string }
  /** When somebody left or was asked, which is not days without use. */
  | { readonly kind: 'noDates' }
  /** "never used" of one license together with another reason, or denied: nobody can tell what goes with what. */
  | { readonly kind: 'neverUsedLicense' }
  | { readonly kind: 'twoSubjects' }
  /** More than one answer can give: two groupings, a list and groups, or an order that groups do not have. */
  | { readonly kind: 'twoQuestions' }
  | { readonly kind: 'tooLong' }
  | { readonly kind: 'tooMany' }
  /** `next` or `export that` with no question before. */
  | { readonly kind: 'nothingBefore' };

/** What was understood so far. */
export interface Draft {
  readonly tokens: readonly Token[];
  readonly vocabulary: Vocabulary;
  readonly conditions: Condition[];
  readonly problems: Problem[];
  readonly subjects: Set<Subject>;
  readonly asks: Set<'list' | 'people' | 'licenses' | 'cost'>;
  at: number;
  group: GroupField | undefined;
  /** "Which department": of the groups one is meant. */
  isWhich: boolean;
  sort: Sort | undefined;
  /** Said on its own, such as "ascending". */
  order: Sort['order'] | undefined;
  top: number | undefined;
  page: number | 'next' | 'previous' | undefined;
  /** Where `next` or the like was said. */
  turnedAt: number | undefined;
  pageSize: number | undefined;
  isFile: boolean;
  isFollowUp: boolean;
  /** "Of those": whatever was said before holds as well. */
  isOfThose: boolean;
  /** "The most", of what nobody has said yet. */
  saidMost: boolean;
  /** How many people there are, and not how many of those before. */
  saidEverybody: boolean;
  /** `licenses` without saying which: "how many unused licenses". */
  saidLicenses: boolean;
  /** A `not` that waits for what it denies, by its position. */
  not: number | undefined;
  /** A bound that waits for its number. */
  bound: Bound | undefined;
  isMoney: boolean;
  /** "in the last 30 days", which must be about use. */
  isLately: boolean;
  /** Times that were said, each of which has to be about use. */
  readonly durations: Duration[];
  /** Each "never used": about the person, or about a license where one is named. */
  readonly neverUsed: Condition[];
  /** Of which fields a value has to follow (`isStrict`) or may. */
  expected: Expected | undefined;
  /** The condition or subject that was said last, and where it ended. */
  last: Last | undefined;
  /** An `or` or `and` that waits for what it joins to the last one. */
  joint: Joint | undefined;
}

export interface Duration {
  /** Said so, as in "90 days without use". */
  readonly isOfUse: boolean;
  /** How long something is so, as in "for 90 days". */
  readonly isSince: boolean;
  /** Right behind the state of a case or the reason. */
  readonly isBehind: boolean;
}

export interface Last {
  readonly field: Field | 'subject';
  readonly isNot: boolean;
  readonly end: number;
}

export interface Joint {
  readonly word: 'or' | 'and';
  readonly at: number;
}

export interface Expected {
  readonly fields: readonly ValueField[];
  readonly isStrict: boolean;
  /** What to group by where no value follows. */
  readonly plural?: GroupField | undefined;
  /** Where no value follows, licenses are counted. */
  readonly isOfLicenses?: boolean;
}

export function emptyDraft(tokens: readonly Token[], vocabulary: Vocabulary): Draft {
  return {
    tokens,
    vocabulary,
    conditions: [],
    problems: [],
    subjects: new Set(),
    asks: new Set(),
    at: 0,
    group: undefined,
    isWhich: false,
    sort: undefined,
    order: undefined,
    top: undefined,
    page: undefined,
    turnedAt: undefined,
    pageSize: undefined,
    isFile: false,
    isFollowUp: false,
    isOfThose: false,
    saidMost: false,
    saidEverybody: false,
    saidLicenses: false,
    not: undefined,
    bound: undefined,
    isMoney: false,
    isLately: false,
    durations: [],
    neverUsed: [],
    expected: undefined,
    last: undefined,
    joint: undefined,
  };
}

/** Something found at a position, and how many tokens it takes. */
export interface Match<T> {
  readonly found: T;
  readonly length: number;
}

/** The longest run of plain words from a position that a table knows. */
export function longestIn<T>(
  tokens: readonly Token[],
  at: number,
  longest: number,
  look: (words: string) => T | undefined,
): Match<T> | undefined {
  let words = '';
  let match: Match<T> | undefined;
  for (let length = 1; length <= longest; length += 1) {
    const token = tokens[at + length - 1];
    if (token === undefined || token.isQuoted) break;
    words = length === 1 ? token.key : `${words} ${token.key}`;
    const found = look(words);
    if (found !== undefined) match = { found, length };
  }
  return match;
}

export function phraseAt({ tokens }: Pick<Draft, 'tokens'>, at: number): Match<Meaning> | undefined {
  return longestIn(tokens, at, LONGEST_PHRASE, (words) => PHRASES.get(words));
}

/** Whether one of some pairs of words follows after so many: "90 days or more", "90 days without use". */
export function follows(
  pairs: ReadonlySet<string>,
  { tokens, at }: Pick<Draft, 'tokens' | 'at'>,
  length: number,
): boolean {
  const [first, second] = tokens.slice(at + length, at + length + 2);
  return first?.isQuoted === false && second?.isQuoted === false && pairs.has(`${first.key} ${second.key}`);
}

/** A value of one of these fields, quoted or said; a country by its code as well where one has to stand. */
export function valueAt(
  { tokens, vocabulary }: Pick<Draft, 'tokens' | 'vocabulary'>,
  at: number,
  fields: readonly ValueField[],
  withCodes: boolean,
): Match<readonly Entry[]> | undefined {
  const among = (entries: readonly Entry[] | undefined): readonly Entry[] | undefined => {
    const found = entries?.filter(({ field }) => fields.includes(field)) ?? [];
    return found.length === 0 ? undefined : found;
  };
  const token = tokens[at];
  if (token?.isQuoted === true) {
    const found = among(vocabulary.exact.get(token.key));
    return found && { found, length: 1 };
  }
  return longestIn(tokens, at, LONGEST_NAME, (words) =>
    among([
      ...(vocabulary.spoken.get(words) ?? []),
      ...ownersIn(words, vocabulary),
      ...((withCodes ? vocabulary.codes.get(words) : undefined) ?? []),
    ]),
  );
}

/** Managers, as in "Grace Hopper's team". */
function ownersIn(words: string, { spoken }: Vocabulary): readonly Entry[] {
  if (!words.endsWith("'s")) return [];
  return (spoken.get(words.slice(0, -2)) ?? []).filter(({ field }) => field === 'manager');
}

export function wordsOf({ tokens }: Pick<Draft, 'tokens'>, from: number, to: number): string {
  return tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join(' ');
}
