import type { CardJson } from '../../src/bot/messenger.js';
import { caseCard } from '../../src/cards/case-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import { movedNoticeCard, noticeCard } from '../../src/cards/notice-card.js';
import type { Case, Instant, StateName } from '../../src/cases/case.js';
import { ADMIN, aLicense, CASES, FACTS, MANAGER, NOW, RECEIVER } from './a-case.js';

const VISIO_LICENSE = aLicense({ name: 'Visio Plan 2', hasMailboxPlan: false, holdsFiles: false });
const GIVING = {
  kind: 'assignLicenses',
  userId: FACTS.userId,
  licenses: [{ skuId: VISIO_LICENSE.skuId, name: VISIO_LICENSE.name, disabledPlans: [] }],
} as const;
const GIFT = { scenario: 'given', licenses: [VISIO_LICENSE] } as const;
export const GIVEN = {
  ...GIFT,
  decision: { kind: 'give', by: ADMIN, at: NOW, reason: 'New in planning' },
  steps: [{ step: GIVING, notBefore: NOW, progress: { is: 'planned' } }],
} as const;

/** A license that an admin gives. */
export const giftsIn = (view: CaseView) =>
  ({
    'given-scheduled': caseCard({ ...CASES.scheduled, ...GIVEN }, { ...view, reader: 'admin' }),
    'given-acting': caseCard({ ...CASES.acting, ...GIVEN }, { ...view, reader: 'admin' }),
    'given-holding': caseCard({ ...CASES.holding, ...GIVEN }, { ...view, reader: 'admin' }),
    'given-undoing': caseCard({ ...CASES.undoing, ...GIVEN }, { ...view, reader: 'admin' }),
    'given-closed': caseCard(
      { ...CASES.closed, ...GIFT, outcome: 'given', took: [], gave: GIVING.licenses },
      { ...view, reader: 'admin' },
    ),
    'given-closed-had-it': caseCard(
      { ...CASES.closed, ...GIFT, outcome: 'given', took: [] },
      { ...view, reader: 'admin' },
    ),
    'given-cancelled': caseCard(
      { ...CASES.cancelled, ...GIFT, cause: 'stopped', why: 'The campaign was stopped.' },
      { ...view, reader: 'admin' },
    ),
    'given-undone': caseCard({ ...CASES.undone, ...GIFT, took: [] }, { ...view, reader: 'admin' }),
  }) as const satisfies Record<string, CardJson>;

const TOLD = {
  is: { kind: 'told', at: NOW, stepsFrom: '2026-12-16T09:00:00.000Z' as Instant },
} as const;
function everything(hostile: string): Case {
  return {
    ...CASES.scheduled,
    notice: TOLD,
    subject: { ...FACTS.subject, displayName: hostile },
    licenses: [aLicense({ name: hostile }), aLicense({ name: 'Visio Plan 2' })],
    decision: { kind: 'reassign', by: MANAGER, at: NOW, receiver: RECEIVER, reason: hostile },
    steps: [
      { step: { kind: 'disableSignIn', userId: FACTS.userId }, notBefore: NOW, progress: { is: 'planned' } },
      { step: { kind: 'convertMailbox', userId: FACTS.userId }, notBefore: NOW, progress: { is: 'planned' } },
      ...CASES.scheduled.steps,
      { step: { ...GIVING, userId: RECEIVER.id }, notBefore: NOW, progress: { is: 'planned' } },
    ],
  };
}

const NOTICE_STATES = [
  'scheduled',
  'adminReview',
  'decided',
  'acting',
  'holding',
  'closed',
  'undone',
  'cancelled',
] as const satisfies readonly StateName[];

/** What somebody is told themself, and what becomes of it. */
export function noticesWith(hostile: string, view: CaseView): Readonly<Record<string, CardJson>> {
  return {
    ...Object.fromEntries(
      NOTICE_STATES.map((state) => [`notice-${state}`, noticeCard({ ...CASES[state], notice: TOLD }, view)]),
    ),
    'notice-everything': noticeCard(everything(hostile), view),
    'notice-again': noticeCard({ ...CASES.scheduled, notice: { ...TOLD, objectedAt: NOW } }, view),
    'notice-moved': movedNoticeCard(view),
    'scheduled-told': caseCard({ ...CASES.scheduled, notice: TOLD }, view),
    'scheduled-not-told': caseCard(
      { ...CASES.scheduled, notice: { is: { kind: 'notTold', at: NOW, code: 'MessageWritesBlocked' } } },
      { ...view, reader: 'admin' },
    ),
  };
}
