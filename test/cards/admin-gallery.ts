import type { AuditFigures } from '../../src/audit/audit-result.js';
import type { ChatProtection } from '../../src/audit/protection/chat-protection.js';
import type { CardJson } from '../../src/bot/messenger.js';
import { campaignCard, confirmSwitchCard } from '../../src/cards/campaign-card.js';
import type { SkuId } from '../../src/audit/person.js';
import type { Money } from '../../src/spend/money.js';
import type { PositionRow } from '../../src/spend/position.js';
import { positionCard } from '../../src/cards/position-card.js';
import { planCard } from '../../src/cards/plan-card.js';
import { releaseAllCard, reviewCard } from '../../src/cards/review-cards.js';
import type { CampaignPlan } from '../../src/cases/campaign/campaign-plan.js';
import type { CaseId, CaseIn } from '../../src/cases/case.js';
import { approvalCard, auditEndCard, progressCard, type AuditStages } from '../../src/cards/audit-cards.js';
import { deedsCard } from '../../src/cards/deeds-card.js';
import { protectedCard, protectionsCard } from '../../src/cards/protection-cards.js';
import type { CampaignStand } from '../../src/cases/admin/admin-desk.js';
import type { DeedTold } from '../../src/cases/admin/deed.js';
import { funnelCounter } from '../../src/cases/campaign/funnel.js';
import { text } from '../../src/i18n/text.js';
import { ADMIN, CASES, NOW, VIEW } from './a-case.js';

function standOf(cases: readonly (typeof CASES)[keyof typeof CASES][]): CampaignStand {
  const counter = funnelCounter();
  for (const c of cases) counter.add(c);
  return {
    kind: 'campaign',
    brake: 'running',
    seen: { campaign: 'running', at: undefined },
    run: { finishedAt: '2026-11-23T06:00:00.000Z', inactive: 1_234 },
    funnel: counter.done(),
  };
}

const STAND = standOf(Object.values(CASES));

const STAGES: AuditStages = new Map(
  (
    [
      { phase: 'usageReport', done: 7, total: 7 },
      { phase: 'directory', done: 157_000, total: undefined },
      {
        phase: 'plan',
        done: 0,
        total: undefined,
        text: 'Sign-in dates of 4,000 people: 314 requests, 32 minutes.',
      },
      { phase: 'signIns', done: 100, total: 314, minutesLeft: 22 },
    ] as const
  ).map((progress) => [progress.phase, progress]),
);

const FIGURES: AuditFigures = {
  people: 157_000,
  licenses: 201_313,
  active: 150_000,
  inactive: 4_000,
  protected: 1_000,
  unknown: 1_700,
  guests: 300,
  outOfScope: 0,
  annualCost: [
    { minor: 123_456_700, currency: 'USD' },
    { minor: 99_900, currency: 'EUR' },
  ],
  withoutPrice: 0,
  departments: {},
};

function protection(name: string, until?: string): ChatProtection {
  return {
    id: 'protected-1',
    kind: 'chatProtection',
    userId: ADMIN.id,
    displayName: name,
    userPrincipalName: 'adele@harbor.example',
    how: until === undefined ? 'protect' : 'exempt',
    reason: `on a project, ${name}`,
    by: ADMIN,
    at: '2026-11-23T09:00:00.000Z',
    ...(until === undefined ? {} : { until }),
  };
}

function inReview(hostile: string): readonly CaseIn<'decided'>[] {
  return Array.from({ length: 7 }, (_, n) => ({
    ...CASES.decided,
    caseId: `case-${n}` as CaseId,
    subject: { ...CASES.decided.subject, displayName: n === 0 ? hostile : `Person ${n}` },
  }));
}

function aPlan(hostile: string, people: number): CampaignPlan {
  const { userId, subject, scenario, licenses, annualCost } = CASES.asked;
  return {
    planId: '0123456789ab',
    runId: 'run-1',
    madeAt: NOW,
    questions: Array.from({ length: people }, (_, n) => ({
      ...{ userId, scenario, licenses, annualCost: n === 1 ? undefined : annualCost },
      ...{ displayName: n === 0 ? hostile : subject.displayName, steps: [] },
      userPrincipalName: subject.userPrincipalName,
      asks: n === 2 ? undefined : ADMIN,
    })),
    left: { 'has-open-case': 3, protected: 2, 'limit-per-run-reached': 40 },
  };
}

function positionOf(hostile: string, products: number): readonly PositionRow[] {
  return Array.from({ length: products }, (_, n) => {
    const annualPrice = n % 3 === 2 ? undefined : { minor: 68_400, currency: n % 3 === 0 ? 'USD' : 'EUR' };
    const times = (seats: number): Money | undefined =>
      annualPrice && { ...annualPrice, minor: annualPrice.minor * seats };
    return {
      ...{ skuId: `sku-${n}` as SkuId, partNumber: `SKU_${n}`, name: n === 0 ? hostile : `Product ${n}` },
      ...{ bought: 1_000, assigned: 990, free: 10, active: 900, idle: 60, protected: 20, reclaimable: 40 },
      ...{ unknown: 30, outOfScope: 0, unaccounted: 0, annualPrice },
      ...{ annualBought: times(1_000), annualIdle: times(60), annualReclaimable: times(40) },
    };
  });
}

const ERASED: Omit<DeedTold, 'at'> = {
  ...{ type: 'exempted', by: undefined, about: undefined, until: '2027-01-31', reason: undefined },
};

/** What admins get who look after the whole campaign. */
export function adminCards(hostile: string, view = VIEW): Readonly<Record<string, CardJson>> {
  const deed: Omit<DeedTold, 'at'> = {
    ...{ type: 'protected', by: hostile, about: hostile, until: '2027-01-31' },
    reason: hostile.repeat(20),
  };
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
    plan: planCard(aPlan(hostile, 12), '2026-11-23T06:00:00.000Z', view),
    'plan-empty': planCard(aPlan(hostile, 0), '2026-11-23T06:00:00.000Z', view),
    'approval-done': approvalCard({ is: 'done', at: NOW, says: 'Approved. 12 cases were opened.' }, view),
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
    'campaign-status': campaignCard(STAND, view),
    'campaign-status-paused': campaignCard({ ...STAND, brake: 'paused' }, view),
    'campaign-status-empty': campaignCard({ ...standOf([]), run: undefined, brake: 'observing' }, view),
    'campaign-stop': confirmSwitchCard('stopped', hostile, STAND, view),
    'campaign-resume': confirmSwitchCard(
      'running',
      undefined,
      { ...STAND, seen: { campaign: 'paused', at: '2026-11-23T09:00:00.000Z' } },
      view,
    ),
    'admin-history': deedsCard(
      Array.from({ length: 25 }, (_, n) => ({
        at: `2026-11-23T09:${String(n).padStart(2, '0')}:00.000Z`,
        ...(n % 2 === 0 ? deed : ERASED),
      })),
      view,
    ),
  };
}
