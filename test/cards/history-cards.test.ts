import { describe, expect, it } from '@jest/globals';
import { explainCard, historyCard } from '../../src/cards/history-cards.js';
import { evidenceInShort } from '../../src/cards/case-parts.js';
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

  it('shows HR one line of evidence of its own cases, and everybody else all of it', () => {
    const ofHr = JSON.stringify(explainCard(CASES.hrReview, [], { ...VIEW, reader: 'hr' }));
    expect(ofHr).not.toContain('What we see');
    expect(JSON.stringify(explainCard(CASES.asked, [], VIEW))).toContain('What we see');
    const inShort = JSON.stringify(evidenceInShort(CASES.hrReview, VIEW)).slice(1, -1);
    expect(ofHr).toContain(inShort);
  });
});
