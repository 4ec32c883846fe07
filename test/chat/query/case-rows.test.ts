import { describe, expect, it } from '@jest/globals';
import { asksForCases, rowsOfCases } from '../../../src/chat/query/case-rows.js';
import { statesOf } from '../../../src/chat/query/case-states.js';
import { queryCsv } from '../../../src/chat/query/query-csv.js';
import { answered, type Result } from '../../../src/chat/query/result.js';
import { normalized, type Query } from '../../../src/chat/query/query.js';
import type { Case } from '../../../src/cases/case.js';
import { CASES } from '../../cards/a-case.js';
import { SOURCE } from './a-tenant.js';
import { cost, days, E5, is, list, not, total } from './questions.js';

const CLOSED: Case = CASES.closed;
const OVER = is('state', 'closed', 'cancelled');

/** Adele's case is over, and no audit lists her any more. */
function ask(query: Query, cases: readonly Case[] = [CLOSED]): Result {
  const more = asksForCases(query) ? rowsOfCases(cases, SOURCE.rows) : [];
  return answered(normalized(query), { ...SOURCE, rows: [...SOURCE.rows, ...more], states: statesOf(cases) });
}

function names(query: Query, cases?: readonly Case[]): readonly string[] {
  const result = ask(query, cases);
  return result.kind === 'list' ? result.hits.map(({ row }) => row.displayName) : [];
}

describe('A question about the state of cases', () => {
  it('finds people whom the audit does not list any more, with what their case was about', () => {
    const result = ask(list([OVER, E5]));
    expect(result).toMatchObject({
      hits: [
        {
          row: { displayName: 'Adele Vance', scenario: CLOSED.scenario, verdict: 'unknown', fromCase: true },
          days: undefined,
        },
      ],
      totals: { people: 1, fromCases: 1 },
    });
    expect(ask(total([OVER]))).toMatchObject({ totals: { people: 1, fromCases: 1 } });
  });

  it('takes for unknown what a case does not know', () => {
    expect(names(list([OVER, days('>', 30)]))).toEqual([]);
    expect(ask(list([OVER, days('>', 30)]))).toMatchObject({ undated: 1 });
    const unpriced = {
      ...CLOSED,
      licenses: CLOSED.licenses.map((each) => ({ ...each, annualCost: undefined })),
    };
    expect(names(list([OVER, cost('>=', 0)]), [unpriced])).toEqual([]);
    expect(names(list([OVER, is('verdict', 'inactive')]))).toEqual([]);
  });

  it('finds nobody so who has a row, got a gift, or was not asked for', () => {
    const [ada] = SOURCE.rows;
    const adas = { ...CLOSED, userId: ada?.userId } as Case;
    expect(rowsOfCases([adas], SOURCE.rows)).toEqual([]);
    expect(rowsOfCases([{ ...CLOSED, scenario: 'given' }, CLOSED], SOURCE.rows)).toEqual([]);
    for (const condition of [is('state', 'noCase'), not('state', 'closed')])
      expect(names(list([condition]))).not.toContain('Adele Vance');
    expect(names(list())).not.toContain('Adele Vance');
  });

  it('has them in its file, with nothing in the place of what is unknown', () => {
    const query = normalized(list([OVER]));
    const rows = [...SOURCE.rows, ...rowsOfCases([CLOSED], SOURCE.rows)];
    const csv = queryCsv(query, { ...SOURCE, rows, states: statesOf([CLOSED]) }, 'comma');
    expect(csv).toContain('Adele Vance,inactive,unknown,,,Microsoft 365 E5,');
    expect(csv).toContain('case closed');
  });
});
