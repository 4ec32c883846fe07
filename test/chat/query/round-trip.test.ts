import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Scenario } from '../../../src/audit/finding.js';
import { READERS } from '../../../src/i18n/locale.js';
import { fold } from '../../../src/chat/query/fold.js';
import { perhapsMeant } from '../../../src/chat/query/did-you-mean.js';
import { GROUP_PLURALS, PHRASES } from '../../../src/chat/query/phrases.js';
import { SCENARIO_NAMES, STATE_NAMES } from '../../../src/chat/query/english-sentences.js';
import { printExport, printQuery } from '../../../src/chat/query/print-query.js';
import {
  BOUNDS,
  COUNTED_SUBJECTS,
  GROUP_FIELDS,
  LISTED_SUBJECTS,
  MOST_ON_A_PAGE,
  NONE,
  normalized,
  SORT_KEYS,
  VALUE_FIELDS,
  VERDICTS,
  type Ask,
  type AskedState,
  type Condition,
  type Query,
} from '../../../src/chat/query/query.js';
import { LONGEST_QUESTION, readQuery } from '../../../src/chat/query/read-query.js';
import { quotedOnly, type Entry, type Vocabulary } from '../../../src/chat/query/vocabulary.js';
import { VOCABULARY } from './a-tenant.js';

/** Values as a tenant may have them, and words of the grammar as values. */
const VALUE = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }),
    fc.constantFrom(
      'Sales',
      'not',
      'or',
      '"',
      '""',
      'a "b" c',
      'page 2',
      'over 90 days',
      'none',
      'R&D, EMEA',
      '„x“',
      '1',
    ),
    fc.constantFrom(...PHRASES.keys()),
  )
  .filter((value) => fold(value) !== '');

const VALUES = fc.uniqueArray(VALUE, { selector: fold, minLength: 1, maxLength: 6 });
const IS = fc.constantFrom('in' as const, 'notIn' as const);

function oneOf(values: readonly string[]): fc.Arbitrary<Condition> {
  const field = fc.constantFrom(...VALUE_FIELDS);
  const some = fc.subarray([...values], { minLength: 1 });
  return fc
    .record({ field, is: IS, values: some, none: fc.boolean() })
    .map(({ none, ...condition }) =>
      none && condition.field !== 'license'
        ? { ...condition, values: [...condition.values, NONE] }
        : condition,
    );
}

const SCENARIOS = Object.keys(SCENARIO_NAMES) as Scenario[];
const STATES = Object.keys(STATE_NAMES) as AskedState[];
const AMOUNT = fc.integer({ min: 0, max: 9_999_999 });

const OTHER: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    field: fc.constant('scenario' as const),
    is: IS,
    values: fc.subarray(SCENARIOS, { minLength: 1 }),
  }),
  fc.record({
    field: fc.constant('verdict' as const),
    is: IS,
    values: fc.subarray([...VERDICTS], { minLength: 1 }),
  }),
  fc.constant<Condition>({ field: 'use', is: 'in', values: ['neverUsed'] }),
  fc.record({ field: fc.constant('state' as const), is: IS, values: fc.subarray(STATES, { minLength: 1 }) }),
  fc.record({
    field: fc.constantFrom('days' as const, 'cost' as const),
    is: fc.constantFrom(...BOUNDS),
    amount: AMOUNT,
  }),
);

const TOP = fc.option(fc.integer({ min: 1, max: 1_000 }), { nil: undefined });
const MEASURE = fc.constantFrom('people' as const, 'licenses' as const, 'cost' as const);

const ASK: fc.Arbitrary<Ask> = fc.oneof(
  fc.record({
    kind: fc.constant('list' as const),
    sort: fc.record({
      by: fc.constantFrom(...SORT_KEYS),
      order: fc.constantFrom('asc' as const, 'desc' as const),
    }),
    top: TOP,
    page: fc.integer({ min: 1, max: 1_000 }),
    pageSize: fc.integer({ min: 1, max: MOST_ON_A_PAGE }),
  }),
  fc.record({ kind: fc.constant('total' as const), of: MEASURE }),
  fc.record({
    kind: fc.constant('groups' as const),
    by: fc.constantFrom(...GROUP_FIELDS),
    of: MEASURE,
    top: TOP,
  }),
);

/** Any query, and a tenant in which its values occur. */
const ANY = VALUES.chain((values) =>
  fc.record({
    values: fc.constant(values),
    query: fc.record({
      ask: ASK,
      subject: fc.constantFrom(...LISTED_SUBJECTS, ...COUNTED_SUBJECTS),
      conditions: fc.array(fc.oneof(oneOf(values), OTHER), { maxLength: 8 }),
    }),
  }),
);

function vocabularyWith(values: readonly string[]): Vocabulary {
  const exact = new Map<string, Entry[]>();
  for (const value of values)
    exact.set(
      fold(value),
      VALUE_FIELDS.map((field) => ({ field, value })),
    );
  return quotedOnly({ exact, currencies: new Set() });
}

describe.each(READERS)('A query that is printed for a reader of %s', (locale) => {
  it('and read again is itself, whatever the values are called', () => {
    fc.assert(
      fc.property(ANY, ({ values, query }) => {
        const wanted: Query = normalized(query);
        const reading = readQuery(printQuery(wanted, { locale }), vocabularyWith(values));
        expect(reading).toEqual({ kind: 'query', query: wanted, as: 'card' });
      }),
      { numRuns: 2_000 },
    );
  });

  it('as a request for a file asks for one of the same', () => {
    fc.assert(
      fc.property(ANY, ({ values, query }) => {
        const wanted: Query = normalized(query);
        const reading = readQuery(printExport(wanted, { locale }), vocabularyWith(values));
        expect(reading).toEqual({ kind: 'query', query: wanted, as: 'file' });
      }),
    );
  });

  it('does not change with the question before', () => {
    fc.assert(
      fc.property(ANY, ANY, ({ values, query }, before) => {
        const wanted = normalized(query);
        const printed = printQuery(wanted, { locale });
        const reading = readQuery(printed, vocabularyWith(values), normalized(before.query));
        expect(reading).toEqual({ kind: 'query', query: wanted, as: 'card' });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('A query', () => {
  it('in normal form stays as it is', () => {
    fc.assert(
      fc.property(ANY, ({ query }) => {
        expect(normalized(normalized(query))).toEqual(normalized(query));
      }),
    );
  });
});

describe('A text of any kind', () => {
  const WORD = fc.constantFrom(
    ...PHRASES.keys(),
    ...GROUP_PLURALS.keys(),
    '"',
    '“',
    '>',
    '90',
    'E5',
    'Sales',
    'Salles',
    '$5',
    'x',
  );
  const TEXT = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4_500 }),
    fc.array(WORD, { maxLength: 60 }).map((words) => words.join(' ')),
  );

  it('is read or refused, and never guessed: what is refused names why', () => {
    fc.assert(
      fc.property(TEXT, fc.option(ANY, { nil: undefined }), (text, before) => {
        const reading = readQuery(text, VOCABULARY, before && normalized(before.query));
        if (reading.kind === 'unclear') expect(reading.problems.length).toBeGreaterThan(0);
        if (reading.kind === 'query') expect(normalized(reading.query)).toEqual(reading.query);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gets only suggestions that are understood', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const reading = readQuery(text, VOCABULARY);
        if (reading.kind !== 'unclear') return;
        for (const sentence of perhapsMeant(text, reading.problems, VOCABULARY))
          expect(readQuery(sentence, VOCABULARY).kind).toBe('query');
      }),
      { numRuns: 1_000 },
    );
  });

  it('is read in time that grows with its length alone', () => {
    const pieces = [
      'not ',
      '"',
      '“',
      '„a',
      'in ',
      'or and ',
      'department ',
      '>',
      'E',
      '90 ',
      'top ',
      '\u200b',
      'x y ',
    ];
    const timeOf = (text: string): number => {
      const start = process.hrtime.bigint();
      for (let round = 0; round < 5; round += 1) readQuery(text, VOCABULARY);
      return Number(process.hrtime.bigint() - start);
    };
    const repeated = (piece: string, length: number): string =>
      piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
    for (const piece of pieces) timeOf(repeated(piece, LONGEST_QUESTION));
    const [short, long] = [500, LONGEST_QUESTION].map((length) =>
      Math.min(
        ...[1, 2, 3].map(() => pieces.reduce((sum, piece) => sum + timeOf(repeated(piece, length)), 0)),
      ),
    );
    // Eight times the length; a quadratic reader would take sixty-four times as long.
    expect((long ?? 0) / (short ?? 1)).toBeLessThan(24);
  });

  it('that is longer than a question is not read in part', () => {
    const text = `inactive ${'a '.repeat(2_000)} in Sales`;
    expect(readQuery(text, VOCABULARY)).toMatchObject({ kind: 'unclear', problems: [{ kind: 'tooLong' }] });
  });
});
