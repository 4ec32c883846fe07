import { ENGLISH, type Language } from '../../i18n/locale.js';
import { ENGLISH_SENTENCES } from './english-sentences.js';
import { GERMAN_SENTENCES } from './german-sentences.js';
import { NONE, USUAL_PAGE, type Ask, type Condition, type Query } from './query.js';
import type { SentenceWords, Told } from './sentence-words.js';
import { quote } from './tokens.js';

const WORDS: Readonly<Record<Language['locale'], SentenceWords>> = {
  en: ENGLISH_SENTENCES,
  de: GERMAN_SENTENCES,
  'de-CH': GERMAN_SENTENCES,
};

/** The sentence of a query in normal form, in the language of its reader; `readQuery` reads any back as the same query. */
export function printQuery(query: Query, { locale }: Language = ENGLISH): string {
  const words = WORDS[locale];
  const { ask, conditions } = query;
  const scenario = onlyScenario(query);
  const told = scenario === undefined ? conditions : conditions.filter(({ field }) => field !== 'scenario');
  return [
    `${head(query, scenario, words)}${ask.kind === 'groups' ? `${words.per} ${words.groups[ask.by]}` : ''}`,
    ...told.map((condition) => clauseIn(condition, words)),
    ...tail(ask, words),
  ].join(', ');
}

/** The same as a request for a file. */
export function printExport(query: Query, reader: Language): string {
  return `${WORDS[reader.locale].file}, ${printQuery(query, reader)}`;
}

/** One reason is said in place of "inactive but licensed"; being inactive alone would be taken for that. */
function onlyScenario({ subject, conditions }: Query): Told | undefined {
  const [only, ...others] = conditions.filter(({ field }) => field === 'scenario');
  if (subject !== 'candidates' || others.length > 0 || only?.field !== 'scenario' || only.is !== 'in')
    return undefined;
  const [scenario, ...more] = only.values;
  return more.length > 0 || scenario === 'inactive' ? undefined : scenario;
}

function head({ ask, subject }: Query, scenario: Told | undefined, words: SentenceWords): string {
  const who = words.who[scenario ?? subject];
  if (ask.kind === 'list') return who.list;
  if (ask.of === 'people') return who.people;
  return `${ask.of === 'cost' ? words.costOf : words.licensesOf} ${who.of}`;
}

function tail(ask: Ask, words: SentenceWords): readonly string[] {
  if (ask.kind === 'total') return [];
  const top = ask.top === undefined ? [] : [`${words.top} ${ask.top}`];
  if (ask.kind === 'groups') return top;
  return [
    ...top,
    words.sorts[`${ask.sort.by} ${ask.sort.order}`],
    ...(ask.pageSize === USUAL_PAGE ? [] : [`${words.pageSize} ${ask.pageSize}`]),
    ...(ask.page === 1 ? [] : [`${words.page} ${ask.page}`]),
  ];
}

/** One condition as a part of the sentence, in English. */
export function clause(condition: Condition): string {
  return clauseIn(condition, ENGLISH_SENTENCES);
}

function clauseIn(condition: Condition, words: SentenceWords): string {
  if ('amount' in condition) {
    const { field, is, amount } = condition;
    return words[field](words.bounds[is], amount);
  }
  const not = condition.is === 'notIn' ? `${words.not} ` : '';
  return `${not}${valuesIn(condition, words).join(` ${words.or} `)}`;
}

function valuesIn(
  condition: Exclude<Condition, { amount: number }>,
  words: SentenceWords,
): readonly string[] {
  switch (condition.field) {
    case 'scenario':
      return condition.values.map((value) => words.scenarios[value]);
    case 'verdict':
      return condition.values.map((value) => words.verdicts[value]);
    case 'state':
      return condition.values.map((value) => words.states[value]);
    case 'use':
      return condition.values.map(() => words.use);
    default: {
      const { field, values } = condition;
      // The others of a list need no field before them.
      const before = (index: number): string => (index === 0 ? `${words.fields[field]} ` : '');
      return values.map((value, index) =>
        value === NONE && field !== 'license' ? words.none[field] : `${before(index)}${quote(value)}`,
      );
    }
  }
}
