import { addBounds, passed, refuseOr } from './add-condition.js';
import { addDays } from './add-days.js';
import type { Draft } from './draft.js';
import { follows, phraseAt, wordsOf } from './draft.js';
import { ADVERBS, NUMBERS, smallWords, UNITS } from './phrases.js';
import { MOST_ON_A_PAGE } from './query.js';

const NUMBER =
  /^(?<sign>[$€£]?)(?<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,7})\+?(?:-?(?<unit>d|days?|w|wks?|weeks?|m|mos?|months?|y|yrs?|years?)|(?<code>usd|eur|gbp|chf|€|\$|£))?$/u;
const RANGE = /^(?<from>\d{1,7})[-–](?<to>\d{1,7})$/u;
/** Currencies of ISO 4217 by what they are called; several countries have dollars. */
const CURRENCY_CODES: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...['USD', 'EUR', 'GBP', 'CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'INR', 'CAD', 'AUD'].map(
    (code) => [code.toLowerCase(), [code]] as const,
  ),
  ...['$', 'dollar', 'dollars'].map((word) => [word, ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD']] as const),
  ...['€', 'euro', 'euros'].map((word) => [word, ['EUR']] as const),
  ...['£', 'pound', 'pounds'].map((word) => [word, ['GBP']] as const),
  ...['franc', 'francs'].map((word) => [word, ['CHF']] as const),
]);
const ONE = smallWords('one');
const HALF = smallWords('half');
const AND = smallWords('and');
const TO = smallWords('to');
const FOREMOST = smallWords('foremost');
const OR_MORE = smallWords('orMore');
const EVERY = smallWords('every');
const PAGE = smallWords('page');

interface Amount {
  readonly amount: number;
  /** In how many days one of it is; undefined: it is no time. */
  readonly unit: number | undefined;
  readonly isMoney: boolean;
  /** As said; undefined: whichever the prices are in. */
  readonly currency: string | undefined;
  /** A price for a part of a year, such as a month: how many of them make one, with which the amount is multiplied. */
  readonly times: number | undefined;
  /** Said per week or the like, which is neither time without use nor a yearly cost. */
  readonly isOther: boolean;
  readonly length: number;
}

/** A whole number at a position, with what it counts; undefined where there is none. */
export function numberAt({ tokens }: Pick<Draft, 'tokens'>, at: number): Amount | undefined {
  const token = tokens[at];
  if (token === undefined || token.isQuoted) return undefined;
  const half = halfAt(tokens, at);
  if (half !== undefined) return half;
  const word = isOne(tokens, at) ? 1 : (NUMBERS.get(token.key) ?? 0);
  if (word > 0) return withUnit(word, tokens, at);
  const { sign = '', digits, unit, code } = NUMBER.exec(token.key)?.groups ?? {};
  if (digits === undefined) return undefined;
  const amount = Number(digits.replaceAll(/[.,]/gu, ''));
  if (unit !== undefined) return time(amount, UNITS.get(unit), 1);
  return withUnit(amount, tokens, at, code ?? (sign === '' ? undefined : sign));
}

/** `a year`, and `ein bis zwei Jahre`; any other is an article. */
function isOne(tokens: Draft['tokens'], at: number): boolean {
  if (!ONE.has(keyAt(tokens, at))) return false;
  const [after, then] = [keyAt(tokens, at + 1), keyAt(tokens, at + 2)];
  return UNITS.has(after) || (TO.has(after) && (NUMBERS.has(then) || NUMBER.test(then)));
}

function keyAt(tokens: Draft['tokens'], at: number): string {
  const token = tokens[at];
  return token === undefined || token.isQuoted ? '' : token.key;
}

function time(amount: number, unit: number | undefined, length: number): Amount {
  return { amount, unit, isMoney: false, currency: undefined, times: undefined, isOther: false, length };
}

/** `half a year`, `einem halben Jahr`; months have 30 days, as everywhere here. */
function halfAt(tokens: Draft['tokens'], at: number): Amount | undefined {
  const from = ONE.has(keyAt(tokens, at)) ? at + 1 : at;
  if (!HALF.has(keyAt(tokens, from))) return undefined;
  const end = ONE.has(keyAt(tokens, from + 1)) ? from + 2 : from + 1;
  const days = UNITS.get(keyAt(tokens, end));
  return days === 365 ? time(6, 30, end + 1 - at) : days === 30 ? time(15, 1, end + 1 - at) : undefined;
}

function withUnit(amount: number, tokens: Draft['tokens'], at: number, sign?: string): Amount {
  const word = (offset: number): string => keyAt(tokens, at + offset);
  const unit = sign === undefined ? UNITS.get(word(1)) : undefined;
  if (unit !== undefined) return time(amount, unit, 2);
  const currency = CURRENCY_CODES.has(word(1)) ? word(1) : sign;
  const skip = CURRENCY_CODES.has(word(1)) ? 2 : 1;
  const { times, length } = periodAt(word, skip);
  return {
    amount: amount * (times ?? 1),
    unit: undefined,
    isMoney: currency !== undefined || times !== undefined,
    currency,
    times,
    isOther: times === undefined && length > 0,
    length: skip + length,
  };
}

/** `a year`, `per month`, `monthly`: how many of them make a year; undefined: nothing, or what no price is said for. */
function periodAt(
  word: (offset: number) => string,
  skip: number,
): { readonly times: number | undefined; readonly length: number } {
  const adverb = ADVERBS.get(word(skip));
  if (adverb !== undefined) return { times: adverb, length: 1 };
  if (!EVERY.has(word(skip))) return { times: undefined, length: 0 };
  const days = UNITS.get(word(skip + 1));
  const times = days === 365 ? 1 : days === 30 ? 12 : undefined;
  return { times, length: days === undefined && !QUARTER.has(word(skip + 1)) ? 0 : 2 };
}

const QUARTER: ReadonlySet<string> = new Set(['quarter', 'quartal']);

/** Reads a number where one stands: days, money, how many to show, or a size of page. false: there is none. */
export function readAmount(draft: Draft): boolean {
  if (readRange(draft)) return true;
  const found = numberAt(draft, draft.at) ?? lastOne(draft);
  if (found === undefined) return false;
  const { amount, unit, isMoney, length } = found;
  if (unit !== undefined && isOfMoney(draft)) {
    refuseNumber(draft, length);
    return true;
  }
  checkCurrency(draft, found);
  const bound = draft.bound ?? '>=';
  const whole = length + (draft.bound === undefined && follows(OR_MORE, draft, length) ? 2 : 0);
  if (draft.isMoney || isMoney) addBounds(draft, 'cost', [[bound, amount]], whole);
  else if (unit !== undefined) addDays(draft, [[bound, amount * unit]], whole);
  else {
    refuseOr(draft);
    readCount(draft, amount, length);
  }
  return true;
}

/** Amounts are compared with prices as they are: those of another currency would be another question. */
function checkCurrency(
  { problems, vocabulary, tokens, at }: Draft,
  { currency, isOther, length }: Amount,
): void {
  if (isOther) problems.push({ kind: 'numberOfWhat', word: wordsOf({ tokens }, at, at + length) });
  if (currency === undefined) return;
  const codes = CURRENCY_CODES.get(currency) ?? [];
  const [theirs, ...others] = vocabulary.currencies;
  if (theirs === undefined || others.length > 0 || !codes.includes(theirs))
    problems.push({ kind: 'otherCurrency', word: currency });
}

/** How many to show, or on a page. */
function readCount(draft: Draft, amount: number, length: number): void {
  const isOnPage = isPageSize(draft);
  if (isOnPage) draft.pageSize = pageSize(amount);
  else if (draft.bound === undefined && draft.not === undefined && isCounted(draft, amount))
    draft.top = amount;
  else draft.problems.push({ kind: 'numberOfWhat', word: wordsOf(draft, draft.at, draft.at + 1) });
  draft.last = undefined;
  passed(draft, length + (isOnPage ? 2 : 0));
}

/** "in the last year" is one. */
function lastOne({ tokens, at, bound, isLately }: Draft): Amount | undefined {
  const unit = bound !== undefined && isLately ? UNITS.get(keyAt(tokens, at)) : undefined;
  return unit === undefined ? undefined : time(1, unit, 1);
}

/** A time where an amount of money has to follow: "cost in the last year", "cost over 100 half a year". */
function isOfMoney(draft: Draft): boolean {
  const { tokens, at, asks, last, isMoney } = draft;
  return isMoney || (halfAt(tokens, at) !== undefined && (asks.has('cost') || last?.field === 'cost'));
}

function refuseNumber(draft: Draft, length: number): void {
  draft.problems.push({ kind: 'numberOfWhat', word: wordsOf(draft, draft.at, draft.at + length) });
  draft.last = undefined;
  passed(draft, length);
}

/** Two numbers with `to` between them. */
export function rangeAt(
  { tokens }: Pick<Draft, 'tokens'>,
  at: number,
): { readonly from: Amount; readonly to: Amount; readonly length: number } | undefined {
  const from = numberAt({ tokens }, at);
  if (from === undefined || !TO.has(keyAt(tokens, at + from.length))) return undefined;
  const to = numberAt({ tokens }, at + from.length + 1);
  return to === undefined ? undefined : { from, to, length: from.length + 1 + to.length };
}

/** `90 to 120 days` */
function readFromTo(draft: Draft): boolean {
  const { at, bound } = draft;
  const range = rangeAt(draft, at);
  if (range === undefined) return false;
  const { from, to, length } = range;
  // "über 90 Tage bis 120 Tage" says two bounds.
  const isOpen = bound === undefined || bound === '>=';
  if (!isOpen && phraseAt(draft, at + from.length)?.found.is === 'bound') return false;
  return addRange(draft, from, to, length, isOpen);
}

/** @returns false: the two are no range of anything. What is one and is not meant, or is empty, is refused. */
function addRange(draft: Draft, from: Amount, to: Amount, length: number, isMeant = true): boolean {
  const isMoney = draft.isMoney || from.isMoney || to.isMoney;
  const unit = to.unit ?? from.unit;
  if (!isMoney && unit === undefined) return false;
  // "100 to 500 a month": both are.
  const each = isMoney ? (from.times === undefined ? (to.times ?? 1) : 1) : (from.unit ?? unit ?? 1);
  const [low, high] = [from.amount * each, to.amount * (isMoney ? 1 : (unit ?? 1))];
  for (const amount of [from, to]) checkCurrency(draft, amount);
  const bounds = [['>=', low] as const, ['<=', high] as const];
  if (!isMeant || low > high || (isMoney && unit !== undefined)) refuseNumber(draft, length);
  else if (isMoney) addBounds(draft, 'cost', bounds, length);
  else addDays(draft, bounds, length);
  return true;
}

/** `90-120 days`, and `between 90 and 120 days` with the reader at its first number. */
function readRange(draft: Draft): boolean {
  if (readFromTo(draft)) return true;
  const { tokens, at } = draft;
  const { from, to } = RANGE.exec(tokens[at]?.isQuoted === false ? tokens[at].key : '')?.groups ?? {};
  const unit = UNITS.get(tokens[at + 1]?.key ?? '');
  if (from === undefined || to === undefined || unit === undefined) return false;
  return addRange(draft, time(Number(from), unit, 1), time(Number(to), unit, 1), 2);
}

/** false: no two numbers of one kind follow. */
export function readBetween(draft: Draft, length: number): boolean {
  const first = numberAt(draft, draft.at + length);
  if (first === undefined) return false;
  const joint = draft.at + length + first.length;
  if (!AND.has(draft.tokens[joint]?.key ?? '')) return false;
  const second = numberAt(draft, joint + 1);
  if (second === undefined) return false;
  return addRange(draft, first, second, joint + 1 + second.length - draft.at);
}

/** `10 per page`, `10 a page` */
function isPageSize({ tokens, at }: Draft): boolean {
  return EVERY.has(tokens[at + 1]?.key ?? '') && PAGE.has(tokens[at + 2]?.key ?? '');
}

export function pageSize(amount: number): number {
  return Math.min(MOST_ON_A_PAGE, Math.max(1, amount));
}

/** `10 most expensive`, `the 5 largest`, `the most expensive 5` */
function isCounted(draft: Draft, amount: number): boolean {
  const next = phraseAt(draft, draft.at + 1);
  return (
    next?.found.is === 'sort' || next?.found.is === 'top' || (amount <= MOST_AFTER && isAfterSort(draft))
  );
}

/** "The cheapest 365" is a product. */
const MOST_AFTER = 100;

function isAfterSort(draft: Draft): boolean {
  const { tokens, at } = draft;
  // "Most expensive first" says no number.
  if (FOREMOST.has(keyAt(tokens, at - 1))) return false;
  return [1, 2, 3].some((length) => {
    const before = length > at ? undefined : phraseAt(draft, at - length);
    return before?.found.is === 'sort' && before.length === length;
  });
}
