import type { CardJson } from '../../src/bot/messenger.js';
import { approvalBegunCard, approvalCard, auditEndCard, progressCard } from '../../src/cards/audit-cards.js';
import { campaignCard, confirmSwitchCard } from '../../src/cards/campaign-card.js';
import { deedsCard } from '../../src/cards/deeds-card.js';
import { planCard, type PlanToShow } from '../../src/cards/plan-card.js';
import { positionCard } from '../../src/cards/position-card.js';
import { protectedCard, protectionsCard } from '../../src/cards/protection-cards.js';
import { rosterCard, rosterKeptCard } from '../../src/cards/roster-cards.js';
import { savingsCard } from '../../src/cards/savings-card.js';
import { releaseAllCard, reviewCard } from '../../src/cards/review-cards.js';
import { movedTellingCard, waitingForAdminsCard } from '../../src/cards/telling-card.js';
import { text } from '../../src/i18n/text.js';
import {
  aDeed,
  aPlan,
  deedsOf,
  FIGURES,
  inReview,
  NOTHING_SAVED,
  positionOf,
  protection,
  rosterKeptOf,
  rosterSeen,
  savingsOf,
  STAGES,
  STAND,
  pausedFor,
  standOf,
} from './a-campaign.js';
import { WAITING } from './a-telling.js';
import { CASES, NOW, VIEW } from './a-case.js';
import { GUARDED, REFUSED, SHORT_OF_SEATS } from './audit-sentences.js';

function planOf(hostile: string, people: number): PlanToShow {
  return { plan: aPlan(hostile, people), finishedAt: '2026-11-23T06:00:00.000Z', whoElse: undefined };
}

/** What admins get who look after the whole campaign. */
export function adminCards(hostile: string, view = VIEW): Readonly<Record<string, CardJson>> {
  return {
    protected: protectedCard(
      { kind: 'protected', protection: protection(hostile, '2027-01-31'), ended: [CASES.asked], open: [] },
      view,
    ),
    'protected-begun': protectedCard(
      { kind: 'protected', protection: protection('Adele Vance'), ended: [], open: [CASES.acting] },
      view,
    ),
    protections: protectionsCard(
      Array.from({ length: 25 }, (_, n) => protection(n === 0 ? hostile : `Person ${n}`, '2027-01-31')),
      view,
    ),
    review: reviewCard(
      { kind: 'inReview', cases: inReview(hostile), who: undefined },
      { page: 1, says: [text(view, 'admin.review.released', { count: 1 })], reason: hostile },
      view,
    ),
    'review-last-page': reviewCard(
      { kind: 'inReview', cases: inReview(hostile), who: undefined },
      { page: 9 },
      view,
    ),
    'review-none': reviewCard(
      { kind: 'inReview', cases: [], who: undefined },
      { page: 1, says: [text(view, 'admin.review.nothing')] },
      view,
    ),
    'review-release-all': releaseAllCard(inReview(hostile).slice(0, 5), view),
    plan: planCard(planOf(hostile, 12), view),
    'plan-about-reader': planCard({ ...planOf(hostile, 12), whoElse: 'anybody' }, view),
    'plan-empty': planCard(planOf(hostile, 0), view),
    'approval-sent': approvalBegunCard(view),
    'approval-done': approvalCard(
      { is: 'done', at: NOW, says: 'Approved. The audit is done; 12 cases were opened.' },
      view,
    ),
    'approval-refused': approvalCard(
      { is: 'failed', at: NOW, says: `Nothing was approved. ${hostile}` },
      view,
    ),
    position: positionCard(positionOf(hostile, 20), '2026-11-23T06:00:00.000Z', view),
    'position-without-prices': positionCard(
      positionOf(hostile, 2).map((row) => ({ ...row, annualReclaimable: undefined })),
      '2026-11-23T06:00:00.000Z',
      view,
    ),
    'position-nothing': positionCard([], '2026-11-23T06:00:00.000Z', view),
    savings: savingsCard(savingsOf(hostile, 15), view),
    'savings-without-prices': savingsCard(
      {
        ...NOTHING_SAVED,
        savings: {
          ...{ since: '2026-11-02', takenBack: 0, heldAgain: 0 },
          rows: savingsOf('Visio Plan 2', 1).savings.rows.map((row) => ({ ...row, annual: undefined })),
        },
      },
      view,
    ),
    'savings-nothing': savingsCard(NOTHING_SAVED, view),
    roster: rosterCard(rosterSeen(hostile), view),
    'roster-refused': rosterCard(
      {
        ...{ ...rosterSeen('hr'), kind: 'refused', problems: [], unknownWords: [], before: undefined },
        ...{
          usedUntil: undefined,
          isDaySaid: false,
          why: '2 of 2 rows name nobody whom this directory knows (0 cannot be read)',
        },
      },
      view,
    ),
    'roster-kept': rosterKeptCard(rosterKeptOf(hostile), view),
    'audit-progress': progressCard(STAGES, view),
    'audit-progress-begun': progressCard(new Map([...STAGES].slice(0, 1)), view),
    'audit-done': auditEndCard(
      { is: 'done', at: NOW, says: 'The audit is done; 12 cases were opened.', runId: 'run-1' },
      FIGURES,
      view,
    ),
    'audit-stopped': auditEndCard(
      { is: 'stopped', at: NOW, says: `The flagged share jumped. ${hostile}` },
      undefined,
      view,
    ),
    'audit-stopped-by-guards': auditEndCard({ is: 'stopped', at: NOW, says: GUARDED }, undefined, view),
    'audit-failed': auditEndCard({ is: 'failed', at: NOW, says: REFUSED }, undefined, view),
    'audit-done-short-of-seats': auditEndCard(
      { is: 'done', at: NOW, says: SHORT_OF_SEATS, runId: 'run-1' },
      FIGURES,
      view,
    ),
    'campaign-status': campaignCard(STAND, view),
    'campaign-status-in-part': campaignCard(
      { ...STAND, funnel: { ...STAND.funnel, done: STAND.funnel.done - 1, partlyDone: 1 } },
      view,
    ),
    'campaign-status-paused': campaignCard({ ...STAND, brake: 'paused', seen: pausedFor(hostile) }, view),
    'campaign-status-empty': campaignCard({ ...standOf([]), run: undefined, brake: 'observing' }, view),
    'campaign-stop': confirmSwitchCard('stopped', hostile, STAND, view),
    'campaign-resume': confirmSwitchCard(
      'running',
      undefined,
      { ...STAND, seen: pausedFor('Access is denied.') },
      view,
    ),
    'telling-admins': waitingForAdminsCard(WAITING, view),
    'telling-admins-done': waitingForAdminsCard([], view),
    'telling-admins-moved': movedTellingCard(view),
    'admin-history': deedsCard(deedsOf(aDeed(hostile)), view),
  };
}
