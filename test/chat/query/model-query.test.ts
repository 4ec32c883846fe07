import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { readModelAnswer, type ModelQuestion } from '../../../src/chat/query/model-answer.js';
import { queryOfModel } from '../../../src/chat/query/model-query.js';
import { printQuery } from '../../../src/chat/query/print-query.js';
import { VOCABULARY } from './a-tenant.js';

function sentence(change: Partial<ModelQuestion>): string | undefined {
  const read = queryOfModel(
    { kind: 'question', ask: { kind: 'list' }, subject: 'candidates', where: [], ...change },
    VOCABULARY,
  );
  return read && printQuery(read.query);
}

describe('The question of a model', () => {
  test.each<[Partial<ModelQuestion>, string]>([
    [{}, 'who is inactive but licensed, most expensive first'],
    [
      { ask: { kind: 'list', sort: { by: 'days', order: 'desc' }, top: 5 } },
      'who is inactive but licensed, top 5, longest unused first',
    ],
    [
      { ask: { kind: 'groups', by: 'department', of: 'cost', top: 3 } },
      'cost of people who are inactive but licensed per department, top 3',
    ],
    [
      {
        ask: { kind: 'groups', by: 'unit', of: 'people' },
        where: [{ field: 'license', is: 'in', values: ['E5'] }],
      },
      'how many are inactive but licensed per ou, license "Microsoft 365 E5"',
    ],
    [
      { ask: { kind: 'groups', by: 'verdict', of: 'licenses', top: 3 }, subject: 'guests' },
      'how many licenses of people who are guests who are not active per verdict, top 3',
    ],
    [
      { ask: { kind: 'total', of: 'licenses' }, where: [{ field: 'country', is: 'notIn', values: ['de'] }] },
      'how many licenses of people who are inactive but licensed, not country "Germany"',
    ],
    [
      {
        where: [
          { field: 'cost', is: '>', amount: 500 },
          { field: 'days', is: '>=', amount: 90 },
          { field: 'license', is: 'in', values: ['Visio', 'Office E3'] },
          { field: 'scenario', is: 'in', values: ['leftCompany', 'inactive'] },
        ],
      },
      'who is inactive but licensed, license "Office 365 E3" or "Visio Plan 2", scenario inactive or scenario left the company, at least 90 days without use, cost over 500 a year, most expensive first',
    ],
  ])('%j is one of ours', (change, expected) => {
    expect(sentence(change)).toBe(expected);
  });

  test.each<[string, Partial<ModelQuestion>]>([
    ['a value that nobody has', { where: [{ field: 'department', is: 'in', values: ['Sales', 'Narnia'] }] }],
    ['a value of another field', { where: [{ field: 'country', is: 'in', values: ['Sales'] }] }],
    ['a manager in another field', { where: [{ field: 'department', is: 'in', values: ['Megan Bowen'] }] }],
    ['a page', { where: [{ field: 'department', is: 'in', values: ['Sales, page 2'] }] }],
  ])('is none with %s', (_what, change) => {
    expect(sentence(change)).toBeUndefined();
  });
});

describe('What a model answers', () => {
  const values = fc.array(
    fc.oneof(fc.constantFrom('Sales', 'E5', 'germany', 'DE', 'Megan Bowen', 'undo', '"', ''), fc.string()),
    { minLength: 1, maxLength: 4 },
  );
  const where = fc.record({
    field: fc.constantFrom('department', 'license', 'country', 'domain', 'manager', 'state', 'days', 'unit'),
    is: fc.constantFrom('in', 'notIn', '>', '<='),
    values: fc.oneof(values, fc.constant(undefined)),
    amount: fc.oneof(fc.integer(), fc.constant(undefined)),
  });
  const question = fc.record({
    kind: fc.constant('question'),
    ask: fc.constantFrom<unknown>({ kind: 'list' }, { kind: 'total', of: 'people' }, { kind: 'export' }),
    subject: fc.constantFrom('candidates', 'guests', 'protected', 'active', 'executives'),
    where: fc.array(where, { maxLength: 4 }),
  });

  it('is read whatever it is, and never as more than a question that could have been typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          question,
          fc.json().map((text) => JSON.parse(text) as unknown),
        ),
        (value) => {
          const reading = readModelAnswer(JSON.stringify(value) ?? '');
          if (reading.kind === 'wrong' || reading.answer.kind === 'none') return;
          const read = queryOfModel(reading.answer, VOCABULARY);
          expect(read?.as ?? 'card').toBe('card');
          expect(read?.query.conditions.some(({ field }) => field === 'manager') ?? false).toBe(false);
          expect(read?.query.ask.kind === 'list' ? read.query.ask.page : 1).toBe(1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is refused in words that do not repeat what it said', () => {
    const reading = readModelAnswer('{"kind":"question","subject":"Chiara"}');
    expect(reading).toEqual({
      kind: 'wrong',
      why: expect.not.stringContaining('Chiara'),
    });
    expect(readModelAnswer('x'.repeat(5_000))).toEqual({ kind: 'wrong', why: 'The answer is too long.' });
  });
});
