import { describe, expect, it } from '@jest/globals';
import { normalized, type Query } from '../../../src/chat/query/query.js';
import { readQuery } from '../../../src/chat/query/read-query.js';
import { VOCABULARY } from './a-tenant.js';
import {
  by,
  days,
  E5,
  FINANCE,
  GERMANY,
  is,
  list,
  NEVER_USED,
  not,
  per,
  SALES,
  total,
  VISIO,
} from './questions.js';

const E5_IN_SALES = normalized(list([SALES, E5], { page: 2 }));
const SALES_GROUPS = normalized(per('country', [SALES]));
const SALES_TOTAL = normalized(total([SALES]));

function after(before: Query | undefined, text: string): unknown {
  const reading = readQuery(text, VOCABULARY, before);
  if (reading.kind !== 'query') return reading.kind;
  return reading.as === 'file' ? ['file', reading.query] : reading.query;
}

describe('After a list,', () => {
  it.each<[string, Query]>([
    ['only Finance', list([FINANCE, E5])],
    ['only in Germany', list([SALES, GERMANY, E5])],
    ['just Visio', list([SALES, is('license', 'Visio Plan 2')])],
    ['and only over 120 days', list([SALES, E5, days('>', 120)])],
    ['also in Germany', list([SALES, GERMANY, E5])],
    ['what about Finance', list([FINANCE, E5])],
    ['only Megan Bowen', list([SALES, is('manager', 'Megan Bowen'), E5])],
    ['what about Megan Bowen', list([SALES, is('manager', 'Megan Bowen'), E5])],
    ["what about Megan Bowen's team", list([SALES, is('manager', 'Megan Bowen'), E5])],
    ["only Megan Bowen's people", list([SALES, is('manager', 'Megan Bowen'), E5])],
    ['only those who never used it', list([SALES, E5, NEVER_USED])],
    ['only who never used Visio', list([SALES, VISIO, NEVER_USED])],
    ['never used Visio', list([VISIO, NEVER_USED])],
    ['only those not in Germany', list([SALES, not('country', 'Germany'), E5])],
    ['next', list([SALES, E5], { page: 3 })],
    ['next page please', list([SALES, E5], { page: 3 })],
    ['more', list([SALES, E5], { page: 3 })],
    ['previous', list([SALES, E5])],
    ['page 7', list([SALES, E5], { page: 7 })],
    ['by days', list([SALES, E5], by('days', 'desc'))],
    ['sort those by name', list([SALES, E5], by('name', 'asc'))],
    ['top 5', list([SALES, E5], { top: 5 })],
    ['per country', per('country', [SALES, E5])],
    ['group that by country', per('country', [SALES, E5])],
    ['how many', total([SALES, E5])],
    ['how many people', total([SALES, E5])],
    ['how many people are there', total([], 'people', 'everyone')],
    ['how many of those people are there', total([SALES, E5])],
    ['how many of those never signed in', total([SALES, E5, is('scenario', 'neverSignedIn')])],
    ['how much', total([SALES, E5], 'cost')],
    ['guests', list([], {}, 'guests')],
    ['inactive in Finance', list([FINANCE])],
    ['E5 in Finance', list([FINANCE, E5])],
  ])('%j is about that list, unless it asks for one of its own', (text, query) => {
    expect(after(E5_IN_SALES, text)).toEqual(normalized(query));
  });

  it('"export that" is a file of exactly that', () => {
    expect(after(E5_IN_SALES, 'export that')).toEqual(['file', E5_IN_SALES]);
    expect(after(SALES_GROUPS, 'export as csv')).toEqual(['file', SALES_GROUPS]);
    expect(after(SALES_TOTAL, 'download')).toEqual(['file', SALES_TOTAL]);
    expect(after(E5_IN_SALES, 'export only Finance')).toEqual(['file', normalized(list([FINANCE, E5]))]);
    expect(after(E5_IN_SALES, 'export inactive in Finance')).toEqual(['file', normalized(list([FINANCE]))]);
  });
});

describe('After a range,', () => {
  it('what lies outside takes its place, and what lies in it narrows it', () => {
    const range = normalized(list([SALES, days('>=', 90), days('<=', 180)]));
    expect(after(range, 'only over 200 days')).toEqual(normalized(list([SALES, days('>', 200)])));
    expect(after(range, 'only over 180 days')).toEqual(normalized(list([SALES, days('>', 180)])));
    expect(after(range, 'only under 30 days')).toEqual(normalized(list([SALES, days('<', 30)])));
    expect(after(range, 'only at least 180 days')).toEqual(
      normalized(list([SALES, days('>=', 180), days('<=', 180)])),
    );
    expect(after(range, 'of those under 30 days')).toEqual(
      normalized(list([SALES, days('>=', 90), days('<', 30)])),
    );
  });
});

describe('After a manager’s people,', () => {
  const GRACES = normalized(list([is('manager', 'Grace Hopper'), NEVER_USED, VISIO]));

  it.each<[string, unknown]>([
    ["what about Megan Bowen's team", list([is('manager', 'Megan Bowen'), NEVER_USED, VISIO])],
    ['only E5', list([is('manager', 'Grace Hopper'), E5, NEVER_USED])],
    ["what about John Smith's team", 'unclear'],
    ["what about Nobody Atall's team", 'unclear'],
  ])('%j is about those of the other one', (text, query) => {
    expect(after(GRACES, text)).toEqual(typeof query === 'string' ? query : normalized(query as Query));
  });

  it('"never used" is not joined to a reason that was asked for before', () => {
    const left = normalized(list([E5, is('scenario', 'leftCompany')]));
    expect(after(left, 'only those who never used it')).toBe('unclear');
  });
});

describe('After figures,', () => {
  it.each<[string, Query, Query]>([
    ['only Finance', SALES_GROUPS, per('country', [FINANCE])],
    ['per department', SALES_GROUPS, per('department', [SALES])],
    ['top 3', SALES_GROUPS, per('country', [SALES], 'people', 3)],
    ['how many', SALES_GROUPS, total([SALES])],
    ['list those', SALES_GROUPS, list([SALES])],
    ['only Finance', SALES_TOTAL, total([FINANCE])],
    ['per country', SALES_TOTAL, per('country', [SALES])],
    ['by cost', SALES_TOTAL, list([SALES])],
    ['per country', normalized(total([SALES], 'cost')), per('country', [SALES], 'cost')],
  ])('%j is about the same people', (text, before, query) => {
    expect(after(before, text)).toEqual(normalized(query));
  });

  it('there are no pages to turn', () => {
    expect(after(SALES_TOTAL, 'next')).toBe('unclear');
    expect(after(SALES_GROUPS, 'next')).toBe('unclear');
  });
});

describe('With no question before,', () => {
  it('what stands on its own is answered, and what does not is not', () => {
    expect(after(undefined, 'only Finance')).toEqual(list([FINANCE]));
    expect(after(undefined, 'per department')).toEqual(per('department'));
    expect(after(undefined, 'next')).toBe('unclear');
    expect(after(undefined, 'export that')).toBe('unclear');
    expect(after(undefined, 'thank you')).toBe('nothing');
  });
});
