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

describe('A card about several people', () => {
  it('names what a reclaim waits for because only that person owns it', () => {
    const first = [{ displayName: 'Harbor crew', isTeam: true }];
    const owned = { is: 'known', count: 1, first } as const;
    const owning = five((index) => (index === 1 ? { owned } : {}));
    const card = JSON.stringify(digestCard({ digestId: DIGEST_ID, entries: owning }, VIEW));
    expect(card.match(/Harbor crew/gu)).toHaveLength(1);
    const ignoring = { ...VIEW, policy: policyOf('reclaim: { owned: ignore }') };
    expect(JSON.stringify(digestCard({ digestId: DIGEST_ID, entries: owning }, ignoring))).not.toContain(
      'Harbor crew',
    );
  });

  it('can be sent without a date by whoever keeps nothing', () => {
    const parts = JSON.stringify(digestCard({ digestId: DIGEST_ID, entries: five() }, VIEW));
    expect(parts).toContain('"id":"keepUntil"');
    expect(parts).not.toContain('isRequired');
  });
});

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
