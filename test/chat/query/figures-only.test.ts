import { describe, expect, it } from '@jest/globals';
import { FEWEST, isForFigures, withoutFew } from '../../../src/chat/query/figures-only.js';
import { answered } from '../../../src/chat/query/result.js';
import { aFinding } from '../../cases/a-finding.js';
import { rowsOf, SOURCE } from './a-tenant.js';
import { days, E5, GERMANY, is, list, not, per, SALES, total } from './questions.js';

/** So many people in each department. */
function staff(departments: Readonly<Record<string, number>>): typeof SOURCE {
  const findings = Object.entries(departments).flatMap(([department, count]) =>
    Array.from({ length: count }, (_, index) => aFinding(`${department} ${index}`, { is: { department } })),
  );
  return { ...SOURCE, rows: rowsOf(findings) };
}

describe('Finance', () => {
  it.each([
    ['totals', total([SALES, GERMANY, E5, days('>', 90)]), true],
    ['groups without people', per('license', [], 'cost'), true],
    ['what is counted as a whole', total([], 'people', 'protected'), true],
    ['lists', list(), false],
    ['managers as groups', per('manager'), false],
    ['states of cases as groups', per('state'), false],
    ['organizational units as groups', per('unit'), false],
    ['verdicts as groups', per('verdict'), false],
    ['managers as filters', total([is('manager', 'Megan Bowen')]), false],
    ['states as filters', total([is('state', 'kept')]), false],
    ['all but somebody', total([not('department', 'Sales')]), false],
    ['people by their cost', total([{ field: 'cost', is: '>', amount: 500 }]), false],
  ])('of %s: %#', (_what, query, may) => {
    expect(isForFigures(query)).toBe(may);
  });

  it(`gets no figure of fewer than ${FEWEST} people`, () => {
    const source = staff({ Sales: FEWEST, Board: FEWEST - 1 });
    const of = (department: string): unknown =>
      withoutFew(answered(total([is('department', department)]), source));
    expect(of('Board')).toBeUndefined();
    expect(of('Sales')).toMatchObject({ totals: { people: FEWEST } });
    expect(withoutFew(answered(list(), source))).toBeUndefined();
  });

  it('gets small groups as one', () => {
    const source = staff({ Sales: 6, Board: 3, Legal: 2 });
    expect(withoutFew(answered(per('department', [], 'cost'), source))).toMatchObject({
      groups: [
        { label: 'Sales', people: 6, cost: [{ minor: 60_000, currency: 'USD' }] },
        { label: '2 small groups', people: 5, licenses: 5, cost: [{ minor: 50_000, currency: 'USD' }] },
      ],
      totals: { people: 11 },
    });
  });

  it('gets small groups of too few people together with the smallest of the others', () => {
    const source = staff({ Sales: 7, Finance: 6, Board: 1, Legal: 2 });
    expect(withoutFew(answered(per('department'), source))).toMatchObject({
      groups: [
        { label: 'Sales', people: 7 },
        { label: '3 groups together', people: 9 },
      ],
    });
    expect(withoutFew(answered(per('department'), staff({ Sales: 6, Board: 1 })))).toMatchObject({
      groups: [{ label: '2 groups together', people: 7 }],
    });
  });

  it('cannot reckon out a few people as the difference of the total and the groups', () => {
    const source = staff({ Sales: 7, Finance: 6, Board: 2 });
    expect(withoutFew(answered(per('department', [], 'people', 2), source))).toMatchObject({
      groups: [{ label: 'Sales', people: 7 }],
      more: 2,
      totals: { people: 15 },
    });
  });

  it('is not told of a few people without a date', () => {
    const result = { kind: 'total', totals: { people: 9, licenses: 9, cost: [], withoutPrice: 0 } } as const;
    expect(withoutFew({ ...result, undated: FEWEST - 1 })).toMatchObject({ undated: 0 });
    expect(withoutFew({ ...result, undated: FEWEST })).toMatchObject({ undated: FEWEST });
  });
});
