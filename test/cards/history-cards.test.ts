import { describe, expect, it } from '@jest/globals';
import { explainCard, historyCard } from '../../src/cards/history-cards.js';
import { CASES, VIEW } from './a-case.js';

describe('What happened, while the question waits,', () => {
  it.each([
    ['history', historyCard],
    ['why', explainCard],
  ])(
    'ends for an admin who reads along with how it stands, not with the question itself (%s)',
    (_what, draw) => {
      const read = JSON.stringify(draw(CASES.asked, [], { ...VIEW, reader: 'admin' }));
      expect(read).toContain('Now: Waits for an answer, due');
      expect(read).not.toContain('in your team');
    },
  );

  it('ends for the person asked with the question', () => {
    expect(JSON.stringify(historyCard(CASES.asked, [], VIEW))).toContain('in your team');
  });
});
