import { describe, expect, test } from '@jest/globals';
import { cardLines } from '../../src/cli/card-lines.js';
import { questionCard } from '../../src/cards/question-card.js';
import { asked, VIEW } from '../cards/a-case.js';

describe('A card that was kept', () => {
  test('is read in the order in which it was seen', () => {
    const card = {
      type: 'AdaptiveCard',
      body: [
        { type: 'TextBlock', text: 'Still needed?' },
        {
          type: 'Container',
          items: [{ type: 'FactSet', facts: [{ title: 'Keep', value: 'Nothing changes.' }] }],
        },
        { type: 'Input.ChoiceSet', label: 'Your answer', choices: [{ title: 'Keep', value: 'keep' }] },
      ],
      actions: [
        {
          type: 'Action.ShowCard',
          title: 'Reclaim',
          card: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text: 'It goes on 14 Dec.' }] },
        },
        { type: 'Action.Execute', title: 'Send', data: { text: 'of no reader' } },
      ],
    };
    expect(cardLines(card)).toEqual([
      'Still needed?',
      'Keep: Nothing changes.',
      'Your answer: ____',
      '  ( ) Keep',
      '[Reclaim]',
      '  It goes on 14 Dec.',
      '[Send]',
    ]);
  });

  test('has the question, the evidence and every answer on it', () => {
    const lines = cardLines(questionCard(asked(), VIEW)).join('\n');
    for (const part of [
      'still needed?',
      'Microsoft 365 E5',
      'Sign-in',
      '[Keep]',
      '[Reassign]',
      '[Reclaim]',
      '[More]',
    ])
      expect(lines).toContain(part);
    expect(lines).not.toMatch(/undefined|case-1/u);
  });

  test.each([undefined, null, 'a card', 7, {}, { body: 'none' }, { type: 7, body: [null, 3] }])(
    'is nothing where %j was kept',
    (card) => {
      expect(cardLines(card)).toEqual([]);
    },
  );
});
