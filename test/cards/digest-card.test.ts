import { describe, expect, it } from '@jest/globals';
import { policyOf } from '../world/policies.js';
import { caseCard } from '../../src/cards/case-card.js';
import { digestCard } from '../../src/cards/digest-card.js';
import { CASES, VIEW } from './a-case.js';
import { DIGEST_ID, five } from './a-digest.js';

const TAKEN = /Taken back on/gu;
const LOST = /If it is taken back, mail is lost/gu;
const waived = { ...VIEW, policy: policyOf('reclaim: { mailbox: waive }') };

function timesIn(card: unknown, pattern: RegExp): number {
  return JSON.stringify(card).match(pattern)?.length ?? 0;
}

describe('What a reclaim does', () => {
  it('is said once on a card about several people for whom it does the same, lost mail included', () => {
    const card = digestCard({ digestId: DIGEST_ID, entries: five() }, waived);
    expect(timesIn(card, TAKEN)).toBe(1);
    expect(timesIn(card, LOST)).toBe(1);
  });

  it('is said for each of them where one keeps the mail and the others lose it', () => {
    const entries = five((index) => (index === 0 ? { mailbox: 'shared' } : {}));
    const card = digestCard({ digestId: DIGEST_ID, entries }, waived);
    expect(timesIn(card, TAKEN)).toBe(5);
    expect(timesIn(card, LOST)).toBe(4);
  });

  it('is said to a second person of HR with the mail that is lost, before they agree', () => {
    const proposed = caseCard(CASES.hrProposed, { ...waived, reader: 'hr' });
    expect(timesIn(proposed, LOST)).toBe(1);
    expect(timesIn(caseCard(CASES.hrProposed, { ...VIEW, reader: 'hr' }), LOST)).toBe(0);
  });
});
