import type { Scenario } from '../../audit/finding.js';
import type { SentenceWords } from './sentence-words.js';
import type { AskedState, Bound, GroupField, Sort, Subject, ValueField, VerdictName } from './query.js';

/** What a phrase of the grammar says. */
export type Meaning =
  | { readonly is: 'filler' }
  | { readonly is: 'subject'; readonly subject: Subject }
  | { readonly is: 'scenario'; readonly value: Scenario; readonly isOfUse?: true }
  | { readonly is: 'verdict'; readonly value: VerdictName }
  /** `isDenied`: any other than this. */
  | { readonly is: 'state'; readonly value: AskedState; readonly isDenied?: true }
  | { readonly is: 'ask'; readonly ask: 'list' | 'people' | 'licenses' | 'cost' }
  /** How many people there are, of whom nothing else is said. */
  | { readonly is: 'everybody' }
  /** The licenses that are asked for were never used. */
  | { readonly is: 'use' }
  /** A value of this field follows. */
  | { readonly is: 'field'; readonly field: ValueField }
  /** A value of any of these fields may follow, as after `in`. */
  | { readonly is: 'place'; readonly fields: readonly ValueField[] }
  /** What to group by follows. */
  | { readonly is: 'per' }
  /** What to group by: "which department has the most". */
  | { readonly is: 'which'; readonly by: GroupField; readonly of?: Sort }
  /** What to sort or group by follows. */
  | { readonly is: 'by' }
  | { readonly is: 'sort'; readonly sort: Sort }
  /** Turns the order that was said before, or the usual one. */
  | { readonly is: 'order'; readonly order: Sort['order'] }
  | { readonly is: 'top' }
  | { readonly is: 'not' }
  | { readonly is: 'none'; readonly field: ValueField }
  | { readonly is: 'joint'; readonly word: 'or' | 'and' }
  | { readonly is: 'bound'; readonly bound: Bound; readonly isLately?: true }
  /** Where days follow, they are the last ones. */
  | { readonly is: 'lately' }
  | { readonly is: 'between' }
  /** `cost`: a bound or nothing follows. */
  | { readonly is: 'money' }
  | { readonly is: 'page'; readonly step: 'next' | 'previous' | 'number' }
  | { readonly is: 'pageSize' }
  | { readonly is: 'export' }
  /** The question is about the answer before. */
  | { readonly is: 'follow'; readonly isOfThose?: true };

/** Fields whose values may follow `in`. */
export const PLACES: readonly ValueField[] = ['department', 'country', 'domain', 'unit'];

/** Phrases of one meaning, with `|` between them. */
export type Table<T> = readonly (readonly [meaning: T, phrases: string])[];

/** What the grammar knows of one language. Values, such as names and products, are the tenant's own. */
export interface QuestionWords {
  /** How what was understood is shown back; read as well. */
  readonly sentences: SentenceWords;
  readonly phrases: Table<Meaning>;
  /** Said without a value, these ask for groups: "top 5 departments", "which countries". */
  readonly plurals: Table<GroupField>;
  /** What can be grouped by, after `per` or `by`. */
  readonly groups: Table<GroupField>;
  /** What can be sorted by, after `by`. */
  readonly sorts: Table<Sort>;
  /** Days of a unit of time, as a threshold in months is meant: 30 days each. */
  readonly units: Table<number>;
  /** How many of a period make a year. */
  readonly adverbs: Table<number>;
  readonly small: SmallWords;
}

/** Words that count in certain places alone. */
export interface SmallWords {
  /** From zero to twelve, with blanks between them. */
  readonly numbers: string;
  /** One, before a unit of time: "a year". */
  readonly one: string;
  /** A half, of a month or year. */
  readonly half: string;
  /** Between the ends of a range that says no "between". */
  readonly to: string;
  /** Between the ends of a range. */
  readonly and: string;
  /** After an amount. */
  readonly orMore: string;
  /** After days, which are without use whether this is said or not. */
  readonly withoutUse: string;
  /** Before days, with which they are without use. */
  readonly use: string;
  /** Before days, which say how long something is so. */
  readonly since: string;
  /** "The most", of what is said elsewhere. */
  readonly most: string;
  /** Before a period, in which a price is said: "per month". */
  readonly every: string;
  /** The page, after how many go on it. */
  readonly page: string;
  /** May stand between `per` and what to group by. */
  readonly articles: string;
  /** Whoever says these asks for people, also where licenses are named. */
  readonly people: string;
  /** Several licenses. */
  readonly licenses: string;
  /** "The first" of how many. */
  readonly first: string;
  /** With which what to sort by ends: "cheapest first". */
  readonly foremost: string;
  /** With which something else begins, so that a `not` before reaches no further. */
  readonly start: string;
  /** Verbs with which a clause ends. */
  readonly verbsLast: string;
  /** With which those of the answer before are meant, at the beginning. */
  readonly those: string;
  /** A verb of cost, which stands behind the amount. */
  readonly costs: string;
  /** Units of time that are about the future after `in`. */
  readonly ahead: string;
  /** What is no request where it is written in capitals: the name of a department or a short word for a place. */
  readonly codes: string;
  /** The same after `in` or `from` alone. */
  readonly codesAfterPlace: string;
  /** With which a phrase denies. */
  readonly deny: string;
  /** Denies all that follow with `nor` between them. */
  readonly neither: string;
  readonly nor: string;
}
