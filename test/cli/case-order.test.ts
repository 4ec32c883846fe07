import { expect, it } from '@jest/globals';
import type { Case, CaseId, Instant } from '../../src/cases/case.js';
import { byNeed } from '../../src/cli/case-order.js';
import { casesText } from '../../src/cli/case-text.js';
import { CASES } from '../cards/a-case.js';

function named<C extends Case>(c: C, displayName: string): C {
  return { ...c, caseId: displayName as CaseId, subject: { ...c.subject, displayName } };
}

function namesOf(cases: readonly Case[]): readonly string[] {
  return byNeed(cases).map(({ subject }) => subject.displayName);
}

it('a task for a person comes first, then what admins decide, questions, what runs, and what is over', () => {
  const cases = [
    ...[named(CASES.closed, 'Closed'), named(CASES.holding, 'Holding'), named(CASES.asked, 'Asked')],
    ...[named(CASES.adminReview, 'Review'), named(CASES.undone, 'Undone'), named(CASES.needsPerson, 'Task')],
  ];
  const expected = ['Task', 'Review', 'Asked', 'Holding'];
  expect(namesOf(cases).slice(0, 4)).toEqual(expected);
  expect(namesOf(cases.toReversed()).slice(0, 4)).toEqual(expected);
});

it('of two questions the one that is due earlier comes first, and of one day those by name', () => {
  const due = (name: string, answerDue: string) =>
    named({ ...CASES.asked, answerDue: answerDue as Instant }, name);
  const cases = [
    due('Zoe', '2026-12-01T08:00:00.000Z'),
    due('Bob', '2026-12-02T07:00:00.000Z'),
    due('Ada', '2026-12-02T09:00:00.000Z'),
  ];
  expect(namesOf(cases)).toEqual(['Zoe', 'Ada', 'Bob']);
});

it('the list at the terminal has this order', () => {
  const lines = casesText([named(CASES.closed, 'Closed'), named(CASES.needsPerson, 'Task')]).split('\n');
  expect(lines.map((line) => line.split(' ')[0]).slice(0, 3)).toEqual(['NAME', 'Task', 'Closed']);
});
