import { describe, expect, it } from '@jest/globals';
import { perhapsMeant } from '../../../src/chat/query/did-you-mean.js';
import { readQuery } from '../../../src/chat/query/read-query.js';
import { VOCABULARY } from './a-tenant.js';

function problemsOf(text: string): readonly unknown[] {
  const reading = readQuery(text, VOCABULARY);
  if (reading.kind !== 'unclear') throw new Error(`${text} was ${reading.kind}.`);
  return reading.problems.map((problem) =>
    'word' in problem ? [problem.kind, problem.word] : [problem.kind],
  );
}

function meant(text: string): readonly string[] {
  const reading = readQuery(text, VOCABULARY);
  return reading.kind === 'unclear' ? perhapsMeant(text, reading.problems, VOCABULARY) : [];
}

describe('What was perhaps meant', () => {
  it('never asks for a value and leaves it out at once: nobody could be meant', () => {
    expect(meant('inactive people asked but not askd')).toEqual([]);
    expect(meant('inactive in Sales but not Salse')).toEqual([]);
    expect(meant('inactive in Sales but not Finace')).toEqual([expect.stringContaining('Finance')]);
  });
});

describe('A question is not run when', () => {
  it.each([
    ['inactive in Narnia', [['unknownWord', 'Narnia']]],
    [
      'inactive in Narnia or Mordor',
      [
        ['unknownWord', 'Narnia'],
        ['unknownWord', 'Mordor'],
      ],
    ],
    ['who used Visio', [['unknownWord', 'used']]],
    [
      'who is inactive and created last week',
      [
        ['unknownWord', 'created'],
        ['unknownWord', 'week'],
      ],
    ],
    ['inactive in department Narnia', [['noSuchValue', 'Narnia']]],
    ['inactive in department "sales team"', [['noSuchValue', 'sales team']]],
    ['inactive department', [['noSuchValue', '']]],
    ['inactive E9', [['unknownWord', 'E9']]],
    ['unused licenses E9', [['noSuchValue', 'E9']]],
    ['inactive managed by John Smith', [['ambiguous', 'John Smith']]],
    ['inactive over 500', [['numberOfWhat', '500']]],
    ['inactive 500', [['numberOfWhat', '500']]],
    ['inactive over', [['unknownWord', 'over']]],
    [
      'inactive between 90',
      [
        ['unknownWord', 'between'],
        ['numberOfWhat', '90'],
      ],
    ],
    ['inactive not', [['unknownWord', 'not']]],
    ['not inactive guests', [['unknownWord', 'not']]],
    ['not between 90 and 120 days', [['unknownWord', 'not']]],
    ['inactive not 90-120 days', [['unknownWord', 'not']]],
    ['inactive not in Sales or Germany', [['cannotJoin', 'or']]],
    ['inactive not in Sales and Germany', [['cannotJoin', 'and']]],
    ['inactive not in Sales, Germany', [['cannotJoin', 'and']]],
    ['inactive not under Grace Hopper or in Sales', [['cannotJoin', 'or']]],
    ['inactive outside Sales, the Finance department', [['cannotJoin', 'and']]],
    ['inactive without E5 and with Visio', [['cannotJoin', 'and']]],
    ['inactive not in Sales or without a department', [['cannotJoin', 'or']]],
    ['inactive in Sales or not in Finance', [['cannotJoin', 'or']]],
    ['over 180 days or never signed in', [['cannotJoin', 'or']]],
    ['inactive in Sales or in Germany', [['cannotJoin', 'or']]],
    ['kept or never signed in', [['cannotJoin', 'or']]],
    ['inactive less than 3 months or over a year', [['cannotJoin', 'or']]],
    ['over 90 days or over 120 days', [['cannotJoin', 'or']]],
    ['disabled or inactive', [['cannotJoin', 'or']]],
    ['inactive or disabled', [['cannotJoin', 'or']]],
    ['inactive or not judged', [['cannotJoin', 'or']]],
    ['inactive per department or per country', [['cannotJoin', 'or']]],
    ['top departments or countries', [['cannotJoin', 'or']]],
    ['inactive in Sales or', [['cannotJoin', 'or']]],
    ['inactive costing over 500 euros', [['otherCurrency', 'euros']]],
    ['inactive costing over €500', [['otherCurrency', '€']]],
    ['inactive costing between 100 and 500 euros', [['otherCurrency', 'euros']]],
    ['inactive cost over 50 a week', [['numberOfWhat', '50 a week']]],
    ['who left the company in the last 30 days', [['noDates']]],
    ['who was asked in the last 7 days', [['noDates']]],
    ['kept in the last 30 days', [['noDates']]],
    ['inactive and kept since 30 days', [['noDates']]],
    ['kept within 30 days', [['noDates']]],
    ['kept for 90 days', [['noDates']]],
    ['asked, over 90 to 120 days', [['numberOfWhat', '90 to 120 days']]],
    ['kept between 90 and 120 days', [['noDates']]],
    ['over 120 days and asked', [['noDates']]],
    ['14 days in the undo window', [['noDates']]],
    ['for 90 days disabled', [['noDates']]],
    ['disabled in Sales for 90 days', [['noDates']]],
    ['disabled longer than 90 days', [['noDates']]],
    ['wer ist seit über 90 Tagen deaktiviert', [['noDates']]],
    ['über 30 Tage nicht beantwortet', [['noDates']]],
    ['inactive over 90 days without "Use"', [['unknownWord', 'Use']]],
    ['who neither used Visio nor Project', [['unknownWord', 'used']]],
    ['not neither Sales nor Finance', [['unknownWord', 'not']]],
    ['how many people cost the most', [['twoQuestions']]],
    ['wer kostet in Sales am meisten', [['twoQuestions']]],
    ['sort by name and cost', [['twoQuestions']]],
    ['next per department', [['unknownWord', 'next']]],
    ['wie viel sparen wir', [['unknownWord', 'wie viel']]],
    ['disabled for half a year', [['noDates']]],
    ['deaktiviert seit 90 Tagen', [['noDates']]],
    ['inactive by cost descending, by name', [['twoQuestions']]],
    ['top 10 most expensive sorted by name', [['twoQuestions']]],
    ['sortiert nach Abteilung, teuerste zuerst', [['twoQuestions']]],
    ['has Sales or Finance more', [['unknownWord', 'more']]],
    ['next in Sales', [['unknownWord', 'next']]],
    ['top 90 to 120 days', [['unknownWord', 'top']]],
    ['top 90 days', [['unknownWord', 'top']]],
    ['left the company and never used Visio', [['neverUsedLicense']]],
    ['never used Visio, disabled', [['neverUsedLicense']]],
    ['not never used Visio', [['cannotJoin', 'and']]],
    ['Visio, not never used', [['neverUsedLicense']]],
    ['never used, without Visio', [['neverUsedLicense']]],
    ['never used Visio or in Sales', [['cannotJoin', 'or']]],
    ['not license never used', [['unknownWord', 'not']]],
    ["what about Nobody's team", [['unknownWord', "Nobody's"]]],
    ["inactive in Sales's team", [['unknownWord', "Sales's"]]],
    ["inactive in John Smith's team", [['ambiguous', "John Smith's"]]],
    ['inactive per moon', [['unknownWord', 'per moon']]],
    ['inactive page', [['unknownWord', 'page']]],
    ['guests who are not judged', [['twoSubjects']]],
    ['next', [['nothingBefore']]],
    ['export that', [['nothingBefore']]],
    [`inactive ${'x'.repeat(4_000)}`, [['tooLong']]],
  ])('somebody writes %j', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('a country is named by a code that is the name of something else as well', () => {
    const spoken = new Map([...VOCABULARY.spoken, ['de', [{ field: 'unit', value: 'DE' } as const]]]);
    expect(readQuery('inactive in DE', { ...VOCABULARY, spoken })).toMatchObject({
      kind: 'unclear',
      problems: [{ kind: 'ambiguous', options: [{ field: 'unit' }, { field: 'country', value: 'Germany' }] }],
    });
  });

  it('a department that is an OU as well is named, which is no problem: it is the department', () => {
    const unit = { field: 'unit', value: 'Finance' } as const;
    const finance = [unit, { field: 'department', value: 'Finance' } as const];
    const vocabulary = { ...VOCABULARY, spoken: new Map([...VOCABULARY.spoken, ['finance', finance]]) };
    const conditionsOf = (text: string): unknown => {
      const reading = readQuery(text, vocabulary);
      return reading.kind === 'query' ? reading.query.conditions : reading;
    };
    expect(conditionsOf('inactive in Finance')).toEqual([
      { field: 'department', is: 'in', values: ['Finance'] },
    ]);
    expect(conditionsOf('inactive in the ou Finance')).toEqual([
      { field: 'unit', is: 'in', values: ['Finance'] },
    ]);
  });

  it('more values are named than anybody reads back', () => {
    const values = Array.from(
      { length: 21 },
      (_, index) => ({ field: 'department', value: `D${index}` }) as const,
    );
    const spoken = new Map(values.map((entry) => [entry.value.toLowerCase(), [entry]]));
    const text = `inactive in ${values.map(({ value }) => value).join(' or ')}`;
    expect(
      readQuery(text, { exact: new Map(), spoken, codes: new Map(), currencies: new Set() }),
    ).toMatchObject({
      kind: 'unclear',
      problems: [{ kind: 'tooMany' }],
    });
  });
});

describe('What was perhaps meant', () => {
  const IN_SALES = 'who is inactive but licensed, department "Sales", most expensive first';

  it.each([
    ['inactive in Salles', [IN_SALES]],
    ['inactve in Sales', [IN_SALES]],
    ['inactive in departmnt Sales', [IN_SALES]],
    ['inactive in department Saels', [IN_SALES]],
    ['inactive in Germny', ['who is inactive but licensed, country "Germany", most expensive first']],
    [
      'inactive in Human Resurces',
      ['who is inactive but licensed, department "Human Resources", most expensive first'],
    ],
    ['inactive under Megan', ['who is inactive but licensed, manager "Megan Bowen", most expensive first']],
    [
      "what about Megan's team",
      ['who is inactive but licensed, manager "Megan Bowen", most expensive first'],
    ],
    [
      "John Smith's team",
      [
        'who is inactive but licensed, manager "John Smith (john.smith@harbor.example)", most expensive first',
        'who is inactive but licensed, manager "John Smith (john.smith2@harbor.example)", most expensive first',
      ],
    ],
    [
      'inactive managed by Megan',
      ['who is inactive but licensed, manager "Megan Bowen", most expensive first'],
    ],
    [
      'inactive managed by John Smith',
      [
        'who is inactive but licensed, manager "John Smith (john.smith@harbor.example)", most expensive first',
        'who is inactive but licensed, manager "John Smith (john.smith2@harbor.example)", most expensive first',
      ],
    ],
  ])('by %j is offered as a whole question', (text, sentences) => {
    expect(meant(text)).toEqual(sentences);
  });

  it.each(['inactive in Narnia', 'inactive in Salles over 90', 'inactive in Salles or Germny'])(
    'by %j nobody can tell',
    (text) => {
      expect(meant(text)).toEqual([]);
    },
  );
});
