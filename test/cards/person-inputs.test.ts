import { describe, expect, it, test } from '@jest/globals';
import type { DirectoryEntry, UserId } from '../../src/audit/person.js';
import { INPUTS } from '../../src/cards/answer-forms.js';
import { choiceOf, datasetOf, listCalled, NOBODY, whomChosen } from '../../src/cards/person-inputs.js';
import { problemCard, questionCard } from '../../src/cards/question-card.js';
import type { CardJson } from '../../src/bot/messenger.js';
import type { CaseId } from '../../src/cases/case.js';
import type { CardAnswer } from '../../src/cases/answering/desk.js';
import { aLicense, aPersonNamed, asked, NOW, VIEW } from './a-case.js';
import { brokenRules, partsOf } from './card-rules.js';

const CASE = 'case-1' as CaseId;
const ANN = {
  id: '00000000-0000-4000-8000-000000000091' as UserId,
  displayName: 'Ann Lee',
  userPrincipalName: 'alee@harbor.example',
  mail: 'ann.lee@harbor.example',
};

function input(card: CardJson, id: string): Readonly<Record<string, unknown>> | undefined {
  return partsOf(card).find((part) => part['id'] === id);
}

function problem(typed: CardAnswer, choices: readonly DirectoryEntry[] = []): CardJson {
  return problemCard({ kind: 'incomplete', case: asked(), problems: ['No.'], choices }, typed, VIEW);
}

describe('The list from which somebody is named', () => {
  test.each(['reassign', 'askOther'] as const)('of the answer %s is called by its case', (answer) => {
    expect(listCalled(datasetOf(answer, CASE))).toEqual({ answer, caseId: CASE });
  });

  test.each([
    '',
    'steward/receiver/',
    'steward/receiver',
    'steward/receiver/../case-1',
    'steward/receiver/case 1',
    `steward/receiver/${'x'.repeat(101)}`,
    'steward/receiver/case-1\n',
    'Steward/receiver/case-1',
    'steward/keep/case-1',
    'graph.microsoft.com/users',
  ])('is not called %p', (dataset) => {
    expect(listCalled(dataset)).toBeUndefined();
  });

  it('stands on the question twice, and beside each is a text for clients that do not search', () => {
    const card = questionCard(asked(), VIEW);
    for (const [id, twin, dataset] of [
      [INPUTS.receiver, INPUTS.receiverTyped, 'steward/receiver/case-1'],
      [INPUTS.other, INPUTS.otherTyped, 'steward/other/case-1'],
    ] as const) {
      expect(input(card, id)).toMatchObject({
        type: 'Input.ChoiceSet',
        style: 'filtered',
        'choices.data': { type: 'Data.Query', dataset, count: 15 },
      });
      expect(input(card, twin)).toMatchObject({ type: 'Input.Text', placeholder: 'Name or e-mail address' });
    }
  });
});

describe('Before anything is typed', () => {
  const near = [ANN, aPersonNamed('Ben Long', 92), { ...ANN, id: asked().userId }];

  it('the people around whoever answers are offered, but not the holder', () => {
    const card = questionCard(asked(), { ...VIEW, near });
    for (const id of [INPUTS.receiver, INPUTS.other])
      expect(input(card, id)).toMatchObject({
        style: 'filtered',
        choices: [{ value: ANN.id }, { value: near[1]?.id }],
      });
  });

  it('nobody is offered to be asked who was', () => {
    const hops = [{ askedOf: { id: ANN.id, displayName: 'Ann Lee' }, until: NOW, why: 'No answer.' }];
    const card = questionCard(asked({ hops }), { ...VIEW, near });
    expect(input(card, INPUTS.receiver)?.['choices']).toHaveLength(2);
    expect(input(card, INPUTS.other)?.['choices']).toHaveLength(1);
  });

  test.each([
    ['N', 40, 15],
    ['漢', 4, 15],
    ['漢', 40, 5],
  ])('names of %p and %i licenses leave room for %i of forty', (sign, many, most) => {
    const forty = Array.from({ length: 40 }, (_, n) => aPersonNamed(`${sign.repeat(56)} ${n}`, 20 + n));
    const licenses = Array.from({ length: many }, (_, n) => aLicense({ name: `${n} ${sign.repeat(100)}` }));
    const card = questionCard(asked({ licenses }), { ...VIEW, near: forty });
    expect(input(card, INPUTS.receiver)?.['choices']).toHaveLength(most);
    expect(brokenRules(card)).toEqual([]);
  });
});

describe('A line of the list', () => {
  it('tells namesakes apart by their addresses and sends the object id', () => {
    expect(choiceOf(ANN)).toEqual({ title: 'Ann Lee (alee@harbor.example)', value: ANN.id });
  });

  it('has what was typed in it where a client would leave it out otherwise', () => {
    expect(choiceOf(ANN, 'ANN.LEE').title).toBe('Ann Lee (ann.lee@harbor.example)');
    expect(choiceOf(ANN, 'lee').title).toBe('Ann Lee (alee@harbor.example)');
    expect(choiceOf({ ...ANN, mail: undefined }, 'x').title).toBe('Ann Lee (alee@harbor.example)');
  });

  it('is one line, however hostile the name is', () => {
    const name = `A\nB\u202e${'x'.repeat(500)}`;
    const { title } = choiceOf({ ...ANN, displayName: name });
    expect(title).not.toMatch(/[\n\u202e]/u);
    expect(title.length).toBeLessThan(150);
  });
});

describe('Whoever was chosen', () => {
  test.each([
    [ANN.id, ANN.id],
    ['Ann Lee (alee@harbor.example)', 'alee@harbor.example'],
    ['Ann Lee', 'Ann Lee'],
    ['Ann (Sales)', 'Ann (Sales)'],
    ['', ''],
    [NOBODY, ''],
  ])('%p means %p', (chosen, meant) => {
    expect(whomChosen(chosen)).toBe(meant);
  });
});

describe('An answer that could not be taken', () => {
  it('keeps the name that was typed, and searches anew', () => {
    const card = problem({ kind: 'reassign', reason: '', receiver: 'Anm Lee' });
    expect(input(card, INPUTS.receiverTyped)?.['value']).toBe('Anm Lee');
    expect(input(card, INPUTS.receiver)).toMatchObject({ style: 'filtered' });
    expect(input(card, INPUTS.otherTyped)?.['value']).toBeUndefined();
  });

  it('shows nobody the id of whom they had chosen', () => {
    expect(JSON.stringify(problem({ kind: 'askOther', person: ANN.id }))).not.toContain(ANN.id);
  });

  it('with a choice and a text keeps the text', () => {
    const card = problem({ kind: 'askOther', person: ANN.id, beside: 'Bob' });
    expect(input(card, INPUTS.otherTyped)?.['value']).toBe('Bob');
  });

  it('that fits several offers them to every client, and the text is empty for somebody else', () => {
    const several = [aPersonNamed('Ann Lee', 1), aPersonNamed('Ann Long', 2)];
    const card = problem({ kind: 'reassign', reason: '', receiver: 'Ann' }, several);
    expect(input(card, INPUTS.receiver)).toMatchObject({
      style: 'compact',
      choices: [
        { title: 'Ann Lee (ann.lee@harbor.example)' },
        { title: 'Ann Long (ann.long@harbor.example)' },
      ],
    });
    expect(input(card, INPUTS.receiverTyped)).not.toHaveProperty('value');
    expect(input(card, INPUTS.other)).toMatchObject({ style: 'filtered' });
  });
});
