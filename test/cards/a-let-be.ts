import type { CardJson } from '../../src/bot/messenger.js';
import { caseCard } from '../../src/cards/case-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import type { LetBe, Waiver } from '../../src/cases/answering/waiver.js';
import type { Instant } from '../../src/cases/case.js';
import { ADMIN, CASES } from './a-case.js';

/** An admin let something be. */
function letBe(of: LetBe['of']): Waiver {
  const words =
    of === 'undo'
      ? 'remove Microsoft 365 E5 by leaving the group that gives it'
      : 'block sign-in and sign out everywhere';
  return {
    waived: { of, left: [{ index: 0, words }] },
    by: ADMIN,
    at: '2026-12-15T10:00:00.000Z' as Instant,
    reason: 'Nobody does it',
  };
}

/** Cases that ended without what nobody does. */
export const endedWithLeftIn = (view: CaseView): Readonly<Record<string, CardJson>> => ({
  'undone-left': caseCard({ ...CASES.undone, took: [], waivers: [letBe('undo')] }, view),
  'closed-left': caseCard({ ...CASES.closed, waivers: [letBe('task')] }, view),
});
