import { approvalCard, auditEndCard, progressCard } from '../../src/cards/audit-cards.js';
import { campaignCard, confirmSwitchCard } from '../../src/cards/campaign-card.js';
import { deedsCard } from '../../src/cards/deeds-card.js';
import { planCard } from '../../src/cards/plan-card.js';
import { positionCard } from '../../src/cards/position-card.js';
import { protectedCard, protectionsCard } from '../../src/cards/protection-cards.js';
import { REVIEW_PAGE, releaseAllCard, reviewCard } from '../../src/cards/review-cards.js';
import { rosterCard, rosterKeptCard } from '../../src/cards/roster-cards.js';
import { savingsCard } from '../../src/cards/savings-card.js';
import type { CaseIn } from '../../src/cases/case.js';
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
  standOf,
} from './a-campaign.js';
import { WAITING } from './a-telling.js';
import { ADMIN, CASES, NOW } from './a-case.js';
import { GUARDED, REFUSED, SHORT_OF_SEATS } from './audit-sentences.js';
import type { Dressing, Kind } from './dressing.js';
import { dressed } from './looks.js';

const NAME = CASES.asked.subject.displayName;
const FINISHED = '2026-11-23T06:00:00.000Z';
const REASON = 'They work without signing in';
/** As many as an administrator may write. */
const MOST_OF_REASON = 500;

/** Everybody in review, in the look's texts and number of licenses. */
function inReviewAs({ of }: Dressing): readonly CaseIn<'decided'>[] {
  return inReview(NAME).map((c, n) => of(n === 1 ? reassignedTo(c) : c));
}

function reassignedTo(c: CaseIn<'decided'>): CaseIn<'decided'> {
  const { by, at } = c.decision;
  return { ...c, decision: { kind: 'reassign', by, at, reason: REASON, receiver: ADMIN } };
}

function reasonAs({ look }: Dressing): string {
  return look.dress(REASON).slice(0, MOST_OF_REASON);
}

const OF_PROTECTION: Readonly<Record<string, Kind>> = {
  protected: ({ look, of, view }) =>
    protectedCard(
      {
        kind: 'protected',
        protection: dressed(protection(NAME, '2027-01-31'), look),
        ended: [of(CASES.asked)],
        open: [of(CASES.kept), of(CASES.acting)],
      },
      view,
    ),
  protections: ({ look, view }) =>
    protectionsCard(
      Array.from({ length: 25 }, (_, n) =>
        dressed(protection(NAME, n % 2 === 0 ? '2027-01-31' : undefined), look),
      ),
      view,
    ),
};

const OF_REVIEW: Readonly<Record<string, Kind>> = {
  review: (dressing) =>
    reviewCard(
      { kind: 'inReview', cases: inReviewAs(dressing), who: dressing.look.dress(NAME).slice(0, 100) },
      {
        page: 1,
        says: [text(dressing.view, 'admin.review.released', { count: 5 })],
        reason: reasonAs(dressing),
      },
      dressing.view,
    ),
  'review-between': (dressing) =>
    reviewCard(
      {
        kind: 'inReview',
        cases: [...inReviewAs(dressing), ...inReviewAs(dressing)],
        who: undefined,
      },
      { page: 2 },
      dressing.view,
    ),
  'review-none': ({ view }) => reviewCard({ kind: 'inReview', cases: [], who: undefined }, { page: 1 }, view),
  'review-release-all': (dressing) =>
    releaseAllCard(inReviewAs(dressing).slice(0, REVIEW_PAGE), dressing.view),
};

const OF_FIGURES: Readonly<Record<string, Kind>> = {
  plan: ({ look, view }) =>
    planCard({ plan: dressed(aPlan(NAME, 12), look), finishedAt: FINISHED, whoElse: undefined }, view),
  'plan-about-reader': ({ look, view }) =>
    planCard({ plan: dressed(aPlan(NAME, 12), look), finishedAt: FINISHED, whoElse: 'two' }, view),
  'plan-empty': ({ view }) =>
    planCard({ plan: aPlan(NAME, 0), finishedAt: FINISHED, whoElse: undefined }, view),
  position: ({ look, view }) =>
    positionCard(
      positionOf(NAME, 20).map((row) => dressed(row, look)),
      FINISHED,
      view,
    ),
  'position-nothing': ({ view }) => positionCard([], FINISHED, view),
  savings: ({ look, view }) => savingsCard(savingsOf(look.dress(NAME), 15), view),
  'savings-nothing': ({ view }) => savingsCard(NOTHING_SAVED, view),
  roster: ({ look, view }) => rosterCard(rosterSeen(look.dress(NAME)), view),
  'roster-refused': ({ look, view }) =>
    rosterCard(
      {
        ...rosterSeen('hr'),
        ...{ kind: 'refused', problems: [], unknownWords: [], why: look.dress(REASON) },
      },
      view,
    ),
  'roster-kept': ({ look, view }) => rosterKeptCard(rosterKeptOf(look.dress(NAME)), view),
  'campaign-status': ({ view }) => campaignCard(STAND, view),
  'campaign-status-empty': ({ view }) =>
    campaignCard({ ...standOf([]), run: undefined, brake: 'observing' }, view),
  'campaign-stop': (dressing) => confirmSwitchCard('stopped', reasonAs(dressing), STAND, dressing.view),
  'campaign-resume': (dressing) => confirmSwitchCard('running', reasonAs(dressing), STAND, dressing.view),
  'admin-history': ({ look, view }) => {
    const deed = { ...aDeed(look.dress(NAME)), reason: look.dress(REASON) };
    return deedsCard(
      deedsOf(deed).map(({ at }) => ({ ...deed, at })),
      view,
    );
  },
};

const OF_TELLING: Readonly<Record<string, Kind>> = {
  'telling-admins': ({ view }) => waitingForAdminsCard(WAITING, view),
  'telling-admins-done': ({ view }) => waitingForAdminsCard([], view),
  'telling-admins-moved': ({ view }) => movedTellingCard(view),
};

const OF_AUDITS: Readonly<Record<string, Kind>> = {
  'audit-progress': ({ view }) => progressCard(STAGES, view),
  'audit-done': ({ view }) =>
    auditEndCard(
      { is: 'done', at: NOW, says: 'The audit is done; 12 cases were opened.', runId: 'run-1' },
      FIGURES,
      view,
    ),
  'audit-done-short-of-seats': ({ view }) =>
    auditEndCard({ is: 'done', at: NOW, says: SHORT_OF_SEATS, runId: 'run-1' }, FIGURES, view),
  'audit-stopped-by-guards': ({ view }) =>
    auditEndCard({ is: 'stopped', at: NOW, says: GUARDED }, undefined, view),
  'audit-failed': ({ view }) => auditEndCard({ is: 'failed', at: NOW, says: REFUSED }, undefined, view),
  'audit-stopped': ({ look, view }) =>
    auditEndCard({ is: 'stopped', at: NOW, says: look.dress('The flagged share jumped.') }, undefined, view),
  'approval-done': ({ view }) =>
    approvalCard({ is: 'done', at: NOW, says: 'Approved. The audit is done; 12 cases were opened.' }, view),
  'approval-refused': ({ look, view }) =>
    approvalCard({ is: 'failed', at: NOW, says: look.dress('Nothing was approved.') }, view),
};

/** What admins get who look after the whole campaign. */
export const OF_CAMPAIGN: Readonly<Record<string, Kind>> = {
  ...OF_PROTECTION,
  ...OF_REVIEW,
  ...OF_FIGURES,
  ...OF_AUDITS,
  ...OF_TELLING,
};
