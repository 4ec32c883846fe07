import type { Scenario } from '../../audit/finding.js';
import type { Meaning, Table } from './meaning.js';
import type { AskedState, Bound, GroupField, Sort, Subject, ValueField, VerdictName } from './query.js';
import { tokensOf } from './tokens.js';

/** Scenarios that are said in place of "inactive but licensed". */
export type Told = Exclude<Scenario, 'inactive'>;

/** The beginning of a sentence about somebody, for what is asked of them. */
export interface Who {
  /** A list of them: `who is protected`. */
  readonly list: string;
  /** How many they are. */
  readonly people: string;
  /** After `licensesOf` and `costOf`. */
  readonly of: string;
}

/** The words of the normal form of a query in one language. Each is read back as what it stands for. */
export interface SentenceWords {
  readonly who: Readonly<Record<Subject | Told, Who>>;
  readonly licensesOf: string;
  readonly costOf: string;
  /** With what joins it to what stands before. */
  readonly per: string;
  readonly groups: Readonly<Record<GroupField, string>>;
  readonly or: string;
  readonly not: string;
  /** Before a value. */
  readonly fields: Readonly<Record<ValueField, string>>;
  /** The directory names none. */
  readonly none: Readonly<Record<Exclude<ValueField, 'license'>, string>>;
  readonly use: string;
  readonly scenarios: Readonly<Record<Scenario, string>>;
  readonly verdicts: Readonly<Record<VerdictName, string>>;
  readonly states: Readonly<Record<AskedState, string>>;
  readonly bounds: Readonly<Record<Bound, string>>;
  /** @param amount whole days */
  readonly days: (bound: string, amount: number) => string;
  /** @param amount whole units of the currency a year */
  readonly cost: (bound: string, amount: number) => string;
  readonly top: string;
  readonly sorts: Readonly<Record<`${Sort['by']} ${Sort['order']}`, string>>;
  readonly pageSize: string;
  readonly page: string;
  /** As a file, before the sentence. */
  readonly file: string;
}

/** What the grammar has to know to read the sentences of a language back. */
export function normalForms(words: SentenceWords): Table<Meaning> {
  const all: (readonly [Meaning, string])[] = [
    [{ is: 'ask', ask: 'licenses' }, words.licensesOf],
    [{ is: 'ask', ask: 'cost' }, words.costOf],
    [{ is: 'use' }, words.use],
    [{ is: 'pageSize' }, words.pageSize],
    [{ is: 'page', step: 'number' }, words.page],
    ...each(words.none).map(([field, text]) => [{ is: 'none', field }, text] as const),
    ...each(words.scenarios).map(([value, text]) => [{ is: 'scenario', value }, text] as const),
    ...each(words.verdicts).map(([value, text]) => [{ is: 'verdict', value }, text] as const),
    ...each(words.states).map(([value, text]) => [{ is: 'state', value }, text] as const),
    ...each(words.sorts).map(([name, text]) => {
      const [by, order] = name.split(' ') as [Sort['by'], Sort['order']];
      return [{ is: 'sort', sort: { by, order } }, text] as const;
    }),
  ];
  return all.map(([meaning, text]) => [
    meaning,
    tokensOf(text)
      .map(({ key }) => key)
      .join(' '),
  ]);
}

function each<K extends string>(record: Readonly<Record<K, string>>): readonly (readonly [K, string])[] {
  return Object.entries(record) as [K, string][];
}
