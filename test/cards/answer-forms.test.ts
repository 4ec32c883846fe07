import { describe, expect, it } from '@jest/globals';
import { readAnswer } from '../../src/cases/answering/answer-rules.js';
import type { CardAnswer } from '../../src/cases/answering/desk.js';
import { digestCard } from '../../src/cards/digest-card.js';
import { problemCard, questionCard } from '../../src/cards/question-card.js';
import { policyOf } from '../world/policies.js';
import { asked, CASES, VIEW } from './a-case.js';
import { DIGEST_ID, five } from './a-digest.js';

type Part = Readonly<Record<string, unknown>>;

/** Every input of a part of a card; of what a button opens only where that is given. */
function inputsIn(part: unknown, into: 'allOfIt' | 'itself'): readonly Part[] {
  if (Array.isArray(part)) return part.flatMap((each) => inputsIn(each, into));
  if (typeof part !== 'object' || part === null) return [];
  const node = part as Part;
  if (into === 'itself' && node['type'] === 'Action.ShowCard') return [];
  const own = String(node['type']).startsWith('Input.') ? [node] : [];
  return [...own, ...Object.values(node).flatMap((each) => inputsIn(each, into))];
}

function dates(card: unknown): Readonly<Record<string, Part>> {
  const all = inputsIn(card, 'allOfIt').filter(({ type }) => type === 'Input.Date');
  return Object.fromEntries(all.map((input) => [input['id'], input]));
}

describe('A day that somebody chooses', () => {
  const sealed = CASES.hrReview;
  const cards = [
    ['the question', questionCard(asked(), VIEW)],
    ['HR’s question', questionCard(sealed, { ...VIEW, reader: 'hr' })],
    ['the question about several', digestCard({ digestId: DIGEST_ID, entries: five() }, VIEW)],
  ] as const;

  it.each(cards)('has on %s the last one that the bot takes', (_name, card) => {
    const now = new Date(VIEW.now);
    const rules = { now, reclaim: policyOf().reclaim, skus: [] };
    const kindOf = (until: string): string => readAnswer(asked(), { kind: 'onLeave', until }, [], rules).kind;
    const found = Object.values(dates(card));
    expect(found.length).toBeGreaterThan(0);
    for (const { max } of found) {
      const after = new Date(Date.parse(`${String(max)}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
      expect([kindOf(String(max)), kindOf(after)]).toEqual(['onLeave', 'incomplete']);
    }
  });

  it('has to be given where it is all that is asked', () => {
    const onHrs = dates(questionCard(sealed, { ...VIEW, reader: 'hr' }));
    expect(onHrs['leaveUntil']).toMatchObject({ isRequired: true, errorMessage: expect.any(String) });
  });

  it('is not asked of the other answers behind More', () => {
    expect(dates(questionCard(asked(), VIEW))['leaveUntil']).not.toHaveProperty('isRequired');
  });
});

describe('An answer that could not be taken', () => {
  const typed: readonly CardAnswer[] = [
    { kind: 'keep', reason: '', until: '2020-01-01' },
    { kind: 'onLeave', until: '2020-01-01' },
    { kind: 'reclaim', reason: '' },
    { kind: 'askOther', person: 'Bob' },
  ];

  it.each(typed)('of $kind keeps no other one from being sent', (answer) => {
    for (const c of [asked(), CASES.hrReview]) {
      const view = c.state === 'hrReview' ? ({ ...VIEW, reader: 'hr' } as const) : VIEW;
      const outcome = { kind: 'incomplete', case: c, problems: ['No.'], choices: [] } as const;
      const card = problemCard(outcome, answer, view);
      // Whatever is opened beside them, a client checks them along with it.
      for (const input of inputsIn(card, 'itself'))
        for (const check of ['isRequired', 'min', 'max', 'regex']) expect(input).not.toHaveProperty(check);
    }
  });
});
