import { describe, expect, it } from '@jest/globals';
import type { CsvForm } from '../../../src/audit/csv/writer.js';
import type { Source } from '../../../src/chat/query/hits.js';
import type { Query } from '../../../src/chat/query/query.js';
import { queryCsv } from '../../../src/chat/query/query-csv.js';
import { aFinding } from '../../cases/a-finding.js';
import { userId } from '../../world/people.js';
import { holding, rowsOf, SOURCE } from './a-tenant.js';
import { E5, is, list, per, SALES, total } from './questions.js';

/** Header and rows of a file that begins with a byte order mark and ends each row as RFC 4180 says. */
function lines(text: string): readonly string[] {
  expect(text.startsWith('\uFEFF')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  return text.slice(1, -2).split('\r\n');
}

const linesOf = (query: Query, source: Source, form: CsvForm = 'comma'): readonly string[] =>
  lines(queryCsv(query, source, form));

describe('The file of a question', () => {
  it('has exactly the people that were asked for, of every page', () => {
    const [header, ada, ben, ...rest] = linesOf(list([SALES, E5], { page: 9, pageSize: 1 }), SOURCE);
    expect(header).toBe(
      'userId,userPrincipalName,displayName,scenario,verdict,daysWithoutUse,lastActivityDate,licenses,annualCost,currency,department,country,managerName',
    );
    expect(ada).toBe(
      `${userId('Ada')},ada@harbor.example,Ada,inactive,inactive,130,,Microsoft 365 E5,684.00,USD,Sales,Germany,Grace Hopper`,
    );
    expect(ben).toContain(',Ben,inactive,inactive,95,,Microsoft 365 E5,684.00,USD,Sales,Germany,Megan Bowen');
    expect(rest).toEqual([]);
  });

  it('leaves empty what nobody knows', () => {
    const [, gil] = linesOf(list([is('department', '')]), SOURCE);
    expect(gil).toBe(
      `${userId('Gil')},gil@harbor.example,Gil,unusedLicense,active,110,,Visio Plan 2,180.00,USD,,United Kingdom,`,
    );
  });

  it('has the state of the case where it was asked for', () => {
    const states = new Map([[userId('Ada'), 'kept']] as const);
    const [header, ada] = linesOf(list([is('state', 'kept')]), { ...SOURCE, states });
    expect(header?.endsWith(',case')).toBe(true);
    expect(ada?.endsWith(',case kept')).toBe(true);
  });

  it('has figures for figures, of all groups', () => {
    expect(linesOf(per('department'), SOURCE)).toEqual([
      'department,people,licenses,annualCostUSD,licensesWithoutPrice',
      'Finance,2,2,708.00,0',
      'Sales,2,3,1548.00,0',
      ',1,1,180.00,0',
      'Human Resources,1,1,432.00,0',
      'R&D,1,1,,1',
    ]);
    expect(linesOf(per('unit', [SALES]), SOURCE)).toEqual([
      'organizationalUnit,people,licenses,annualCostUSD,licensesWithoutPrice',
      ',1,1,684.00,0',
      'Berlin,1,2,864.00,0',
    ]);
    expect(linesOf(per('verdict', [is('country', 'United States')]), SOURCE)).toEqual([
      'verdict,people,licenses,annualCostUSD,licensesWithoutPrice',
      'inactive,1,1,276.00,0',
      'never used,1,1,432.00,0',
    ]);
    expect(linesOf(total([SALES]), SOURCE)).toEqual([
      'people,licenses,annualCostUSD,licensesWithoutPrice',
      '2,3,1548.00,0',
    ]);
    expect(linesOf(total([], 'people', 'protected'), SOURCE)).toEqual(['people', '3']);
  });

  it('has a column for each currency of its figures, so that a column can be summed', () => {
    const yen = { ...holding('E3', undefined), annualCost: { minor: 60_000, currency: 'JPY' } };
    const rows = rowsOf([
      aFinding('Ada', { is: { department: 'Sales' }, licenses: [holding('E5', 684), yen] }),
      aFinding('Ben', { is: { department: 'Finance' }, licenses: [yen] }),
    ]);
    expect(linesOf(per('department'), { ...SOURCE, rows })).toEqual([
      'department,people,licenses,annualCostJPY,annualCostUSD,licensesWithoutPrice',
      'Finance,1,1,60000,,0',
      'Sales,1,2,60000,684.00,0',
    ]);
    expect(linesOf(total([is('department', 'Legal')]), SOURCE)).toEqual([
      'people,licenses,licensesWithoutPrice',
      '0,0,0',
    ]);
  });

  it('has semicolons and decimal commas in amounts where its reader’s spreadsheet wants them', () => {
    const rows = rowsOf([
      aFinding('Ada 2.0', { licenses: [{ ...holding('E5', 684), name: 'Plan 1.5, new' }] }),
    ]);
    const [header, ada] = linesOf(list(), { ...SOURCE, rows }, 'semicolon');
    expect(header?.split(';').slice(2, 5)).toEqual(['displayName', 'scenario', 'verdict']);
    expect(ada).toContain(';Ada 2.0;inactive;');
    expect(ada).toContain(';Plan 1.5, new;684,00;USD;');
    expect(linesOf(total([SALES]), SOURCE, 'semicolon')[1]).toBe('2;3;1548,00;0');
  });

  it('has no cell that a spreadsheet would run', () => {
    const rows = rowsOf([
      aFinding('=HYPERLINK("https://evil.example")', {
        is: { department: '+cmd', upn: '@evil@harbor.example' },
        licenses: [{ ...holding('E5', 684), name: '-2+3' }],
      }),
    ]);
    const [, row] = linesOf(list(), { ...SOURCE, rows });
    expect(row).toContain(`'@evil@harbor.example,"'=HYPERLINK(""https://evil.example"")"`);
    expect(row).toContain(`,'-2+3,`);
    expect(row).toContain(`,'+cmd,`);
  });
});
