import { describe, expect, it } from '@jest/globals';
import { answered, needsStates, wholeList, type Result } from '../../../src/chat/query/result.js';
import { GROUP_FIELDS, LISTED_SUBJECTS, normalized, type Query } from '../../../src/chat/query/query.js';
import { day, userId } from '../../world/people.js';
import { unprovenIn, unrecordedOf } from '../../../src/chat/query/never-used.js';
import { aFinding } from '../../cases/a-finding.js';
import { FINDINGS, holding, ROWS, rowsOf, SOURCE } from './a-tenant.js';
import {
  by,
  cost,
  days,
  E3,
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

/** Who is on the page, in order. */
function names(query: Query, source = SOURCE): readonly string[] {
  const result = answered(normalized(query), source);
  if (result.kind !== 'list') throw new Error(`a list was expected, not ${result.kind}`);
  return result.hits.map(({ row }) => row.displayName);
}

function groups(query: Query, source = SOURCE): readonly (readonly [string, number])[] {
  const result = answered(query, source);
  if (result.kind !== 'groups') throw new Error(`groups were expected, not ${result.kind}`);
  return result.groups.map(({ label, people }) => [label, people]);
}

const USD = (dollars: number): readonly unknown[] => [{ minor: dollars * 100, currency: 'USD' }];

describe('A list', () => {
  it('has those who are inactive but licensed, most expensive first, and what has no price last', () => {
    expect(names(list())).toEqual(['Ada', 'Ben', 'Dan', 'Finn', 'Cleo', 'Gil', 'Eve']);
  });

  it.each<[string, Query, readonly string[]]>([
    ['a department', list([SALES]), ['Ada', 'Ben']],
    ['two departments', list([is('department', 'sales', 'FINANCE')]), ['Ada', 'Ben', 'Finn', 'Cleo']],
    ['no department', list([is('department', '')]), ['Gil']],
    ['all but a department', list([not('department', 'Sales')]), ['Dan', 'Finn', 'Cleo', 'Gil', 'Eve']],
    ['a country, by name or code', list([GERMANY]), ['Ada', 'Ben', 'Finn']],
    ['a license', list([VISIO]), ['Ada', 'Gil']],
    ['without a license', list([not('license', 'Microsoft 365 E5')]), ['Dan', 'Finn', 'Cleo', 'Gil', 'Eve']],
    ['one license and not another', list([E5, not('license', 'Visio Plan 2')]), ['Ben']],
    ['a domain of AD', list([is('domain', 'berlin.harbor.example')]), ['Ada']],
    ['the domain of the address', list([is('domain', 'harbor.example'), E5]), ['Ada', 'Ben']],
    ['an organizational unit', list([is('unit', 'Berlin')]), ['Ada']],
    ['no organizational unit', list([is('unit', ''), SALES]), ['Ben']],
    ['a manager', list([is('manager', 'Megan Bowen')]), ['Ben']],
    [
      'one of two managers of the same name',
      list([is('manager', 'John Smith (john.smith@harbor.example)')]),
      ['Dan'],
    ],
    ['no manager', list([is('manager', '')]), ['Gil']],
    ['a scenario', list([is('scenario', 'leftCompany', 'unusedLicense')]), ['Finn', 'Gil']],
    ['a verdict', list([is('verdict', 'neverUsed')]), ['Dan']],
    ['more days', list([days('>', 130)]), ['Finn', 'Cleo', 'Eve']],
    ['as many days', list([days('>=', 130), days('<=', 150)]), ['Ada', 'Finn']],
    ['the age of an account that never was used', list([days('>=', 119), days('<', 121)]), ['Dan']],
    ['the days of an active person’s license', list([days('>=', 110), days('<=', 110)]), ['Gil']],
    ['a yearly cost', list([cost('>', 684)]), ['Ada']],
    ['a yearly cost of the licenses asked for', list([VISIO, cost('<=', 180)]), ['Ada', 'Gil']],
    ['a price, whatever it is', list([cost('>=', 0)]), ['Ada', 'Ben', 'Dan', 'Finn', 'Cleo', 'Gil']],
  ])('by %s has exactly those', (_what, query, expected) => {
    expect(names(query)).toEqual(expected);
  });

  it('is in any order, with what is not known last', () => {
    expect(names(list([], by('days', 'desc')))).toEqual(['Eve', 'Cleo', 'Finn', 'Ada', 'Dan', 'Gil', 'Ben']);
    expect(names(list([], by('cost', 'asc')))).toEqual(['Gil', 'Cleo', 'Dan', 'Finn', 'Ben', 'Ada', 'Eve']);
    expect(names(list([], by('name', 'desc'))).slice(0, 2)).toEqual(['Gil', 'Finn']);
    expect(names(list([], by('department', 'desc'))).at(-1)).toBe('Gil');
  });

  it('has pages, of which the last one is shown where there are no more', () => {
    expect(names(list([], { pageSize: 3, page: 2 }))).toEqual(['Finn', 'Cleo', 'Gil']);
    expect(answered(list([], { pageSize: 3, page: 9 }), SOURCE)).toMatchObject({ page: 3, pages: 3 });
    expect(answered(list([is('department', 'Nowhere')]), SOURCE)).toMatchObject({ page: 1, pages: 1 });
    expect(names(list([], { top: 2 }))).toEqual(['Ada', 'Ben']);
    expect(wholeList(list([], { pageSize: 1, page: 3 }), SOURCE)).toHaveLength(7);
  });

  it('of people who were not judged, and of guests, has no candidates', () => {
    expect(names(list([], {}, 'unknown'))).toEqual(['Uli', 'Uma']);
    expect(names(list([], {}, 'guests'))).toEqual(['Gus']);
  });

  it('says how many it leaves out because nobody knows their days', () => {
    expect(answered(list([days('>', 10)], {}, 'unknown'), SOURCE)).toMatchObject({ hits: [], undated: 2 });
    expect(answered(list([days('>', 10), SALES], {}, 'unknown'), SOURCE)).toMatchObject({ undated: 1 });
    expect(answered(list([SALES], {}, 'unknown'), SOURCE)).toMatchObject({ undated: 0 });
  });

  it('counts among them those who may be idle for longer than the usage reports reach back', () => {
    const used = { kind: 'inactive', days: 180, lastUse: day('2025-12-03') } as const;
    const rows = rowsOf([
      aFinding('Ada', { verdict: used }),
      aFinding('Ben', { verdict: { ...used, days: 179 } }),
      aFinding('Dan', {
        is: { created: '2026-05-27' },
        scenario: 'neverSignedIn',
        verdict: { kind: 'neverUsed' },
      }),
    ]);
    const source = { ...SOURCE, rows };
    expect(names(list([days('>=', 180)], by('name', 'asc')), source)).toEqual(['Ada', 'Dan']);
    expect(answered(list([days('>', 365)]), source)).toMatchObject({ hits: [], undated: 1 });
    expect(answered(list([days('>', 365), days('<', 400)]), source)).toMatchObject({ undated: 1 });
    expect(answered(list([days('<', 100)]), source)).toMatchObject({ hits: [], undated: 0 });
  });
});

describe('A figure', () => {
  it('counts people, licenses and yearly cost', () => {
    const all: Result = answered(total(), SOURCE);
    expect(all).toEqual({
      kind: 'total',
      undated: 0,
      totals: { people: 7, licenses: 8, cost: USD(684 + 180 + 684 + 276 + 432 + 432 + 180), withoutPrice: 1 },
    });
  });

  it('counts only the licenses that are asked about', () => {
    expect(answered(total([VISIO]), SOURCE)).toMatchObject({
      totals: { people: 2, licenses: 2, cost: USD(360) },
    });
    expect(answered(total([E3]), SOURCE)).toMatchObject({
      totals: { people: 3, cost: USD(276 + 432 + 432) },
    });
  });

  it('has one amount for each currency', () => {
    const [ada, ben] = ROWS;
    if (ada === undefined || ben === undefined) throw new Error('no rows');
    const euros = ben.licenses.map((license) => ({ ...license, cost: { minor: 5_000, currency: 'EUR' } }));
    const source = { ...SOURCE, rows: [ada, { ...ben, licenses: euros }] };
    expect(answered(total(), source)).toMatchObject({
      totals: { cost: [{ minor: 5_000, currency: 'EUR' }, ...USD(864)] },
    });
  });
});

describe('Licenses that were never used', () => {
  const never = { verdict: { kind: 'neverUsed' } } as const;
  const rows = rowsOf([
    aFinding('Ada', { licenses: [{ ...holding('VISIO', 180), ...never }, holding('E5', 684)] }),
    aFinding('Ben', { licenses: [holding('VISIO', 180)] }),
    aFinding('Cleo', { licenses: [{ ...holding('E5', 684), ...never }, holding('VISIO', 180)] }),
    aFinding('Uma', {
      scenario: undefined,
      verdict: { kind: 'unknown', why: ['no report'] },
      licenses: [{ ...holding('POWER_BI', 120), verdict: { kind: 'unknown', why: ['no source'] } }],
      recommendation: 'readMore',
    }),
  ]);
  const source = { ...SOURCE, rows };

  it('are those of the license alone, and one that nobody uses any more is none', () => {
    expect(names(list([VISIO, NEVER_USED]), source)).toEqual(['Ada']);
    expect(names(list([NEVER_USED]), source)).toEqual(['Cleo', 'Ada']);
    expect(answered(total([NEVER_USED], 'cost'), source)).toMatchObject({ totals: { cost: USD(864) } });
    expect(groups(per('license', [NEVER_USED]), source)).toEqual([
      ['Microsoft 365 E5', 1],
      ['Visio Plan 2', 1],
    ]);
  });

  it('are none of a license that cannot be proven unused, which is said by its name', () => {
    const powerBi = is('license', 'Power BI Pro');
    const unproven = [
      { partNumber: 'POWER_BI_PRO', name: 'Power BI Pro', why: { kind: 'unrecorded' } },
    ] as const;
    const found = (query: Query): readonly string[] => unprovenIn(query, unproven).map(({ name }) => name);
    expect(found(list([powerBi, NEVER_USED]))).toEqual(['Power BI Pro']);
    expect(found(list([powerBi]))).toEqual(['Power BI Pro']);
    expect(found(list([powerBi], {}, 'unknown'))).toEqual([]);
    expect(found(list([VISIO, NEVER_USED]))).toEqual([]);
    expect(found(list([not('license', 'Power BI Pro'), NEVER_USED]))).toEqual([]);
  });

  it('are none of a license of which no row of an older audit tells', () => {
    expect(unrecordedOf(rows).map(({ name }) => name)).toEqual(['Power BI Pro']);
    const idle = rowsOf([aFinding('Ida', { licenses: [holding('POWER_BI', 120)] })]);
    expect(unrecordedOf([...rows, ...idle]).map(({ name }) => name)).toEqual(['Power BI Pro']);
  });
});

describe('Groups', () => {
  it('are the largest first, then by name, with those without a value', () => {
    expect(groups(per('department'))).toEqual([
      ['Finance', 2],
      ['Sales', 2],
      ['', 1],
      ['Human Resources', 1],
      ['R&D', 1],
    ]);
    expect(groups(per('country'))).toEqual([
      ['Germany', 3],
      ['United States', 2],
      ['India', 1],
      ['United Kingdom', 1],
    ]);
  });

  it('by license have somebody in each of them, with the cost of that license alone', () => {
    const result = answered(per('license', [], 'cost'), SOURCE);
    expect(result).toMatchObject({
      overlap: true,
      groups: [
        { label: 'Microsoft 365 E5', people: 2, licenses: 2, cost: USD(1_368) },
        { label: 'Microsoft 365 E3', people: 2, licenses: 2, cost: USD(864) },
        { label: 'Visio Plan 2', people: 2, licenses: 2, cost: USD(360) },
        { label: 'Office 365 E3', people: 1, cost: USD(276) },
        { label: 'Microsoft 365 F3', people: 1, cost: [], withoutPrice: 1 },
      ],
    });
  });

  it('are cut with the number of the rest, and their total is that of all', () => {
    expect(answered(per('department', [], 'people', 2), SOURCE)).toMatchObject({
      more: 3,
      totals: { people: 7 },
    });
  });

  it('add up to the total wherever nobody is in two', () => {
    for (const field of ['department', 'country', 'manager', 'scenario', 'verdict', 'state'] as const) {
      const sum = groups(per(field)).reduce((all, [, people]) => all + people, 0);
      expect([field, sum]).toEqual([field, 7]);
    }
  });

  it('by verdict have the verdict on the person, not on the license', () => {
    expect(groups(per('verdict'))).toEqual([
      ['inactive', 5],
      ['active', 1],
      ['never used', 1],
    ]);
    expect(groups(per('verdict', [], 'people', undefined, 'unknown'))).toEqual([['unknown', 2]]);
  });

  it('by organizational unit have somebody in each unit that they are in, and once in two of one name', () => {
    const rows = rowsOf([
      aFinding('Ada', { is: { distinguishedName: 'CN=Ada,OU=Users,OU=Berlin,OU=Users,DC=harbor' } }),
      aFinding('Ben', { is: { distinguishedName: 'CN=Ben,OU=berlin,DC=harbor' } }),
      aFinding('Cleo', {}),
    ]);
    const source = { ...SOURCE, rows };
    expect(groups(per('unit'), source)).toEqual([
      ['Berlin', 2],
      ['', 1],
      ['Users', 1],
    ]);
    expect(answered(per('unit'), source)).toMatchObject({ overlap: true, totals: { people: 3 } });
    expect(names(list([is('unit', 'Berlin')]), source)).toEqual(['Ada', 'Ben']);
  });

  it('by the state of the case count who was not asked', () => {
    const states = new Map([
      [userId('Ada'), 'asked'],
      [userId('Ben'), 'kept'],
    ] as const);
    const source = { ...SOURCE, states };
    expect(groups(per('state'), source)).toEqual([
      ['no case', 5],
      ['case asked', 1],
      ['case kept', 1],
    ]);
    expect(names(list([is('state', 'asked', 'kept')]), source)).toEqual(['Ada', 'Ben']);
    expect(names(list([is('state', 'noCase'), FINANCE]), source)).toEqual(['Finn', 'Cleo']);
    expect([
      needsStates(per('state')),
      needsStates(list([is('state', 'kept')])),
      needsStates(list()),
    ]).toEqual([true, true, false]);
  });
});

describe('People whom only HR may see', () => {
  it('are in no row, whatever is asked', () => {
    expect(ROWS.map(({ displayName }) => displayName)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/Chiara|Lea|Svc/)]),
    );
    expect(
      rowsOf(FINDINGS.filter(({ protections }) => protections.length > 0)).map((row) => row.displayName),
    ).toEqual(['Gus']);
  });

  it('are counted in no group, whatever it goes by', () => {
    const hidden = FINDINGS.filter(({ recommendation }) => /hrReview|adminReview/u.test(recommendation));
    const findings = hidden.map((finding) => ({
      ...finding,
      person: { ...finding.person, onPremisesDistinguishedName: 'CN=X,OU=Board,DC=harbor' },
    }));
    expect(findings).toHaveLength(3);
    const source = { ...SOURCE, rows: rowsOf(findings) };
    for (const field of GROUP_FIELDS)
      for (const subject of LISTED_SUBJECTS)
        expect(groups(per(field, [], 'people', undefined, subject), source)).toEqual([]);
  });

  it('are counted with all who are protected, and only as a whole', () => {
    const people = SOURCE.counted.protected;
    expect(answered(total([], 'people', 'protected'), SOURCE)).toEqual({
      kind: 'counted',
      subject: 'protected',
      people,
    });
    for (const query of [
      list([], {}, 'protected'),
      ...GROUP_FIELDS.map((field) => per(field, [], 'people', undefined, 'protected')),
      total([SALES], 'people', 'protected'),
      total([], 'cost', 'protected'),
    ])
      expect(answered(query, SOURCE)).toEqual({ kind: 'onlyCounted', subject: 'protected', people });
  });
});
