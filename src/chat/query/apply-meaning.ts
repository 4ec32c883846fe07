import { addNone, addValues, checkJoint, refuseOr } from './add-condition.js';
import { phraseAt, valueAt, wordsOf, type Draft, type Match } from './draft.js';
import { groupBy, readGrouping, sortBy } from './read-grouping.js';
import { NEVER_USED } from './never-used.js';
import type { Meaning } from './meaning.js';
import { GROUP_PLURALS, smallWords } from './phrases.js';
import { numberAt, pageSize, rangeAt, readAmount, readBetween } from './read-amount.js';

export function unknownAt(draft: Draft, from: number, to: number): void {
  draft.problems.push({ kind: 'unknownWord', word: wordsOf(draft, from, to), from, to });
}

/** A keyword without its value: `licenses` says nothing, `departments` groups, `department` asks back. */
export function closeExpected(draft: Draft): void {
  const { expected, at } = draft;
  draft.expected = undefined;
  if (expected?.isStrict !== true) return;
  const [field = 'department'] = expected.fields;
  if (expected.plural !== undefined) draft.group = expected.plural;
  else if (field === 'license') draft.saidLicenses ||= expected.isOfLicenses === true;
  else draft.problems.push({ kind: 'noSuchValue', field, word: '', from: at, to: at });
}

/** Takes a phrase into the draft. */
export function apply(draft: Draft, { found, length }: Match<Meaning>): void {
  if (found.is === 'filler') {
    // An article after `in` or `department` changes nothing about what has to follow.
    draft.at += length;
    if (MOST.has(draft.tokens[draft.at - 1]?.key ?? '')) draft.saidMost = true;
    if (isThose(draft, length)) draft.isFollowUp = true;
    return;
  }
  if (found.is !== 'not' && found.is !== 'none') closeExpected(draft);
  const isDenied = draft.not !== undefined && !DENIABLE.has(found.is);
  if (isDenied && draft.not !== undefined) {
    unknownAt(draft, draft.not, draft.not + 1);
    draft.not = undefined;
  }
  if (!JOINABLE.has(found.is)) {
    refuseOr(draft);
    draft.last = undefined;
  }
  MEANINGS[found.is](draft, found as never, length);
}

/** What a `not` may stand before, with other words in between. */
const DENIABLE: ReadonlySet<Meaning['is']> = new Set([
  'filler',
  'scenario',
  'verdict',
  'state',
  'field',
  'place',
  'none',
  'not',
  'bound',
  'between',
  'money',
  'joint',
  'lately',
]);

/** What an `or` may stand before; whether it may stand there is checked with the condition that follows. */
const JOINABLE: ReadonlySet<Meaning['is']> = new Set([...DENIABLE, 'subject', 'use']);

type Apply<K extends Meaning['is']> = (
  draft: Draft,
  meaning: Extract<Meaning, { is: K }>,
  length: number,
) => void;

const MEANINGS: { readonly [K in Meaning['is']]: Apply<K> } = {
  filler: (draft, _meaning, length) => void (draft.at += length),
  subject: (draft, { subject }, length) => {
    const isOther = draft.subjects.size > 1 || !draft.subjects.has(subject);
    if (isOther) refuseOr(draft);
    checkJoint(draft, 'subject', false);
    draft.subjects.add(subject);
    draft.at += length;
    draft.last = { field: 'subject', isNot: false, end: draft.at };
  },
  scenario: (draft, { value, isOfUse }, length) => {
    addValues(draft, 'scenario', [value], length);
    const said = draft.conditions.at(-1);
    if (isOfUse === true && said !== undefined) draft.neverUsed.push(said);
  },
  use: (draft, _meaning, length) => {
    checkJoint(draft, 'use', false);
    draft.conditions.push(NEVER_USED);
    draft.at += length;
    draft.last = { field: 'use', isNot: false, end: draft.at };
  },
  verdict: (draft, { value }, length) => addValues(draft, 'verdict', [value], length),
  state: (draft, { value, isDenied }, length) => {
    const isNot = value === 'noCase' && DENYING.has(draft.tokens[draft.at]?.key ?? '');
    if (isDenied === true) draft.not = draft.not === undefined ? draft.at : undefined;
    addValues(draft, 'state', [value], length);
    // "not asked or kept" denies both; "with a case" denies nothing that follows.
    if (draft.last !== undefined && (isNot || isDenied === true)) draft.last = { ...draft.last, isNot };
  },
  ask: (draft, { ask }, length) => {
    draft.asks.add(ask);
    draft.at += length;
  },
  everybody: (draft, _meaning, length) => {
    draft.asks.add('people');
    draft.saidEverybody = true;
    draft.at += length;
  },
  field: (draft, { field }, length) => {
    // "the Sales department", "Grace Hopper's team": the word after its value says nothing new.
    const { last } = draft;
    const isNext = last !== undefined && last.end === draft.at;
    const isAfter = (isNext && last.field === field) || isOwnersTeam(draft);
    const plural = GROUP_PLURALS.get(draft.tokens[draft.at + length - 1]?.key ?? '');
    draft.at += length;
    if (isAfter && isNext) draft.last = { ...last, end: draft.at };
    if (!isAfter || valueAt(draft, draft.at, [field], true) !== undefined)
      draft.expected = { fields: [field], isStrict: true, plural, isOfLicenses: isCountOfLicenses(draft) };
    else if (field === 'license') draft.saidLicenses ||= isCountOfLicenses(draft);
  },
  place: (draft, { fields }, length) => {
    // "under Grace Hopper", and "under 180 days".
    if (fields.length === 1 && fields[0] === 'manager' && isNumberAfter(draft))
      return MEANINGS.bound(draft, { is: 'bound', bound: '<' }, length);
    // In German "in drei Monaten" is about the future.
    const later = laterAt(draft, length);
    if (later !== undefined) return unknownAhead(draft, later);
    // "not used in three months"
    if (draft.tokens[draft.at]?.key === 'in' && numberAt(draft, draft.at + length)?.unit !== undefined)
      return MEANINGS.bound(draft, { is: 'bound', bound: '>=', isLately: true }, length);
    draft.expected = { fields, isStrict: false };
    draft.at += length;
  },
  which: (draft, { by, of }, length) => {
    groupBy(draft, by);
    if (of !== undefined) sortBy(draft, of);
    draft.isWhich = true;
    draft.at += length;
  },
  per: (draft, _meaning, length) => readGrouping(draft, length, false),
  by: (draft, _meaning, length) => readGrouping(draft, length, true),
  sort: (draft, { sort }, length) => {
    sortBy(draft, sort);
    draft.at += length;
  },
  order: (draft, { order }, length) => {
    if (draft.sort === undefined) draft.order = order;
    draft.sort = { by: draft.sort?.by ?? 'cost', order };
    draft.at += length;
  },
  top: (draft, _meaning, length) => {
    const number = numberAt(draft, draft.at + length);
    const isFirst = FIRST.has(draft.tokens[draft.at + length - 1]?.key ?? '');
    // "top 90 to 120 days" says no number of people.
    const isTime = (rangeAt(draft, draft.at + length)?.to ?? number)?.unit !== undefined;
    if (isTime || (number === undefined && isFirst)) unknownAt(draft, draft.at, draft.at + length);
    else if (draft.top === undefined || number !== undefined) draft.top = number?.amount ?? USUAL_TOP;
    draft.at += length + (number === undefined || isTime ? 0 : 1);
  },
  not: (draft, _meaning, length) => {
    // "Not without E5": what is denied twice.
    if (draft.not !== undefined) unknownAt(draft, draft.not, draft.not + 1);
    draft.not = draft.at;
    draft.at += length;
  },
  none: (draft, { field }, length) => addNone(draft, field, length),
  joint: (draft, { word }, length) => {
    draft.joint = draft.joint?.word === 'or' ? draft.joint : { word, at: draft.at };
    draft.at += length;
  },
  lately: (draft, _meaning, length) => {
    draft.at += length;
    if (numberAt(draft, draft.at)?.unit !== undefined) draft.isLately = true;
  },
  bound: (draft, { bound, isLately }, length) => {
    if (isLately === true) draft.isLately = true;
    draft.bound = bound;
    draft.at += length;
    // "not used for over four months": the second one says how long.
    if (phraseAt(draft, draft.at)?.found.is === 'bound') return;
    if (!readAmount(draft)) {
      unknownAt(draft, draft.at - length, draft.at);
      draft.bound = undefined;
    }
  },
  between: (draft, _meaning, length) => {
    if (readBetween(draft, length)) return;
    unknownAt(draft, draft.at, draft.at + length);
    draft.at += length;
  },
  money: (draft, _meaning, length) => {
    if (isSaidAfter(draft, length)) return passOver(draft, length);
    draft.at += length;
    const next = phraseAt(draft, draft.at)?.found.is;
    const number = numberAt(draft, draft.at);
    const isPrice = number !== undefined && number.unit === undefined;
    // "costing below $500", but "cost under Grace Hopper"
    const isBelow = next === 'place' && isNumberAfter(draft);
    if (next === 'bound' || next === 'between' || isPrice || isBelow) draft.isMoney = true;
    else {
      refuseOr(draft);
      draft.asks.add('cost');
    }
  },
  page: (draft, { step: way }, length) => {
    const number = way === 'number' ? numberAt(draft, draft.at + length) : undefined;
    if (way === 'number' && number === undefined) unknownAt(draft, draft.at, draft.at + length);
    else draft.page = way === 'number' ? Math.max(1, number?.amount ?? 1) : way;
    if (way !== 'number') draft.turnedAt = draft.at;
    draft.at += length + (number === undefined ? 0 : 1);
  },
  pageSize: (draft, _meaning, length) => {
    const number = numberAt(draft, draft.at + length);
    if (number === undefined) unknownAt(draft, draft.at, draft.at + length);
    else draft.pageSize = pageSize(number.amount);
    draft.at += length + (number === undefined ? 0 : 1);
  },
  export: (draft, _meaning, length) => {
    draft.isFile = true;
    draft.at += length;
  },
  follow: (draft, { isOfThose }, length) => {
    draft.isFollowUp = true;
    draft.isOfThose ||= isOfThose === true;
    draft.at += length;
  },
};

/** "die in Sales", "und die mit E5", at the beginning: those of the answer before. */
function isThose({ tokens, at }: Draft, length: number): boolean {
  const first = tokens[0]?.key === 'und' ? 1 : 0;
  if (at !== first + length || !THOSE.has(tokens[first]?.key ?? '')) return false;
  return LIMITS.has(phraseAt({ tokens }, at)?.found.is) || ['mit', 'von'].includes(tokens[at]?.key ?? '');
}

const THOSE = smallWords('those');
const LIMITS: ReadonlySet<Meaning['is'] | undefined> = new Set([
  ...(['place', 'not', 'none', 'bound', 'between', 'state', 'scenario', 'money'] as const),
]);

/** How many words say "in three months"; undefined: none do. */
function laterAt({ tokens, at }: Draft, length: number): number | undefined {
  if (tokens[at]?.key !== 'in') return undefined;
  const number = rangeAt({ tokens }, at + length) ?? numberAt({ tokens }, at + length);
  if (number === undefined) return undefined;
  const all = length + number.length;
  return AHEAD.has(tokens[at + all - 1]?.key ?? '') ? all : undefined;
}

const AHEAD = smallWords('ahead');
const MOST = smallWords('most');
const COSTS = smallWords('costs');

function unknownAhead(draft: Draft, length: number): void {
  unknownAt(draft, draft.at, draft.at + length);
  draft.at += length;
}

/** "die mindestens 500 USD kosten": the verb comes last, and says nothing new. */
function isSaidAfter({ tokens, at, last }: Draft, length: number): boolean {
  const isVerb = COSTS.has(tokens[at]?.key ?? '') && length === 1;
  const next = phraseAt({ tokens }, at + length)?.found.is;
  return isVerb && last?.field === 'cost' && last.end === at && next !== 'per' && next !== 'by';
}

function passOver(draft: Draft, length: number): void {
  draft.at += length;
  if (draft.last !== undefined) draft.last = { ...draft.last, end: draft.at };
}

/** "Grace Hopper's team", also where nobody knows who that is. */
function isOwnersTeam({ tokens, at, last }: Draft): boolean {
  const isOfManager = last?.field === 'manager' && last.end === at;
  return tokens[at]?.key === 'team' && (isOfManager || tokens[at - 1]?.key.endsWith("'s") === true);
}

/** "how many E5 licenses" counts licenses, "how many people hold E5 licenses" people. */
function isCountOfLicenses({ tokens, at }: Draft): boolean {
  return !tokens.slice(0, at).some(({ key }) => OF_PEOPLE.has(key)) && SEVERAL.has(tokens[at - 1]?.key ?? '');
}

const OF_PEOPLE = smallWords('people');
const SEVERAL = smallWords('licenses');
const FIRST = smallWords('first');
const DENYING = smallWords('deny');

/** A number right after the phrase that stands here. */
function isNumberAfter(draft: Draft): boolean {
  return numberAt(draft, draft.at + (phraseAt(draft, draft.at)?.length ?? 1)) !== undefined;
}

const USUAL_TOP = 10;
