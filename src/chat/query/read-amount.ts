import { addBounds, passed, refuseOr } from './add-condition.js';
import type { Draft } from './draft.js';
import { phraseAt, wordsOf } from './draft.js';
import { MOST_ON_A_PAGE } from './query.js';

const NUMBER =
  /^(?<sign>[$€£]?)(?<digits>\d{1,3}(?:,\d{3})+|\d{1,7})\+?(?:-?(?<unit>d|days?|w|wks?|weeks?|m|mos?|months?|y|yrs?|years?)|(?<code>usd|eur|gbp|chf|€|\$|£))?$/u;
const RANGE = /^(?<from>\d{1,7})-(?<to>\d{1,7})$/u;
const CURRENCIES: ReadonlySet<string> = new Set(
  'usd eur gbp chf sek nok dkk pln inr cad aud dollars dollar euros euro pounds francs $ € £'.split(' '),
);
const NUMBER_WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** Days in a unit, as a threshold in months is meant: 30 days each. */
const UNITS: readonly (readonly [words: string, days: number])[] = [
  ['d day days', 1],
  ['w wk wks week weeks', 7],
  ['m mo mos month months', 30],
  ['y yr yrs year years', 365],
];
const DAYS = new Map(UNITS.flatMap(([words, days]) => words.split(' ').map((word) => [word, days])));

interface Amount {
  readonly amount: number;
  /** In how many days one of it is; undefined: it is no time. */
  readonly unit: number | undefined;
  readonly isMoney: boolean;
  readonly length: number;
}

/** A whole number at a position, with what it counts; undefined where there is none. */
export function numberAt({ tokens }: Pick<Draft, 'tokens'>, at: number): Amount | undefined {
  const token = tokens[at];
  if (token === undefined || token.isQuoted) return undefined;
  const next = tokens[at + 1];
  const after = next === undefined || next.isQuoted ? '' : next.key;
  const isArticle = token.key === 'a' || token.key === 'an';
  const word = isArticle && DAYS.has(after) ? 1 : NUMBER_WORDS.indexOf(token.key);
  if (word > 0) return withUnit(word, tokens, at);
  const { sign = '', digits, unit, code } = NUMBER.exec(token.key)?.groups ?? {};
  if (digits === undefined) return undefined;
  const amount = Number(digits.replaceAll(',', ''));
  const isMoney = sign !== '' || code !== undefined;
  if (isMoney || unit !== undefined) return { amount, unit: DAYS.get(unit ?? ''), isMoney, length: 1 };
  return withUnit(amount, tokens, at);
}

function withUnit(amount: number, tokens: Draft['tokens'], at: number): Amount {
  const word = (offset: number): string => {
    const token = tokens[at + offset];
    return token === undefined || token.isQuoted ? '' : token.key;
  };
  const unit = DAYS.get(word(1));
  if (unit !== undefined) return { amount, unit, isMoney: false, length: 2 };
  const isCurrency = CURRENCIES.has(word(1));
  const skip = isCurrency ? 2 : 1;
  const isYearly = ['a', 'per'].includes(word(skip)) && word(skip + 1) === 'year';
  const length = skip + (isYearly ? 2 : 0);
  return { amount, unit: undefined, isMoney: isCurrency || isYearly, length };
}

/** Reads a number where one stands: days, money, how many to show, or a size of page. false: there is none. */
export function readAmount(draft: Draft): boolean {
  if (readRange(draft)) return true;
  const found = numberAt(draft, draft.at);
  if (found === undefined) return false;
  const { amount, unit, isMoney, length } = found;
  const bound = draft.bound ?? '>=';
  const whole = length + (draft.bound === undefined && isOrMore(draft, length) ? 2 : 0);
  if (draft.isMoney || isMoney) addBounds(draft, 'cost', [[bound, amount]], whole);
  else if (unit !== undefined) addBounds(draft, 'days', [[bound, amount * unit]], whole);
  else {
    refuseOr(draft);
    readCount(draft, amount, length);
  }
  return true;
}

/** "90 days or more" */
function isOrMore({ tokens, at }: Draft, length: number): boolean {
  const [or, more] = [tokens[at + length]?.key, tokens[at + length + 1]?.key];
  return or === 'or' && (more === 'more' || more === 'longer');
}

/** How many to show, or on a page. */
function readCount(draft: Draft, amount: number, length: number): void {
  const isOnPage = isPageSize(draft);
  if (isOnPage) draft.pageSize = pageSize(amount);
  else if (draft.bound === undefined && isCounted(draft)) draft.top = amount;
  else draft.problems.push({ kind: 'numberOfWhat', word: wordsOf(draft, draft.at, draft.at + 1) });
  draft.last = undefined;
  passed(draft, length + (isOnPage ? 2 : 0));
}

/** `90-120 days`, and `between 90 and 120 days` with the reader at its first number. */
function readRange(draft: Draft): boolean {
  const { tokens, at } = draft;
  const { from, to } = RANGE.exec(tokens[at]?.isQuoted === false ? tokens[at].key : '')?.groups ?? {};
  const unit = DAYS.get(tokens[at + 1]?.key ?? '');
  if (from === undefined || to === undefined || unit === undefined) return false;
  const range = [
    ['>=', Number(from) * unit],
    ['<=', Number(to) * unit],
  ] as const;
  addBounds(draft, 'days', range, 2);
  return true;
}

/** false: no two numbers of one kind follow. */
export function readBetween(draft: Draft, length: number): boolean {
  const first = numberAt(draft, draft.at + length);
  if (first === undefined) return false;
  const joint = draft.at + length + first.length;
  if (draft.tokens[joint]?.key !== 'and') return false;
  const second = numberAt(draft, joint + 1);
  if (second === undefined) return false;
  const field = draft.isMoney || first.isMoney || second.isMoney ? 'cost' : 'days';
  if (field === 'days' && second.unit === undefined) return false;
  const unitOf = ({ unit }: Amount): number => (field === 'days' ? (unit ?? second.unit ?? 1) : 1);
  const range = [
    ['>=', first.amount * unitOf(first)],
    ['<=', second.amount * unitOf(second)],
  ] as const;
  addBounds(draft, field, range, joint + 1 + second.length - draft.at);
  return true;
}

/** `10 per page`, `10 a page` */
function isPageSize({ tokens, at }: Draft): boolean {
  return ['per', 'a'].includes(tokens[at + 1]?.key ?? '') && tokens[at + 2]?.key === 'page';
}

export function pageSize(amount: number): number {
  return Math.min(MOST_ON_A_PAGE, Math.max(1, amount));
}

/** `10 most expensive`, `the 5 largest` */
function isCounted(draft: Draft): boolean {
  const next = phraseAt(draft, draft.at + 1);
  return next?.found.is === 'sort' || next?.found.is === 'top';
}
