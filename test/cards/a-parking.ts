import type { SkuId } from '../../src/audit/person.js';
import type { CardJson } from '../../src/bot/messenger.js';
import { caseCard } from '../../src/cards/case-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import type { CaseIn, Instant, Replacement } from '../../src/cases/case.js';
import { policyOf } from '../world/policies.js';
import { SKUS } from '../world/skus.js';
import { ADMIN, aLicense, CASES, NOW } from './a-case.js';

const PARKS = policyOf('reclaim: { park: [{ sku: SPE_E5, by: SPE_F1 }] }');
const F3: Replacement = {
  skuId: SKUS.F3.skuId as SkuId,
  partNumber: 'SPE_F1',
  name: 'Microsoft 365 F3',
  annualCost: { minor: 9_600, currency: 'USD' },
  lessRoom: { gigabytes: 2, keepsHolds: false },
  keepsMailbox: true,
  keepsFiles: true,
};
/** Beside what is parked. */
const VISIO = aLicense({ skuId: SKUS.VISIO.skuId as SkuId, partNumber: 'VISIOCLIENT', name: 'Visio Plan 2' });
const PARKABLE = {
  protections: ['onLeave'],
  licenses: [aLicense({ skuId: SKUS.E5.skuId as SkuId, partNumber: 'SPE_E5', parking: F3 }), VISIO],
} as const;
const PARK = {
  kind: 'park',
  by: ADMIN,
  at: NOW,
  until: '2027-03-30T22:00:00.000Z' as Instant,
  returnsOn: '2027-03-31',
  skuIds: [SKUS.E5.skuId as SkuId],
} as const;
const AFTER = '2027-03-30T22:05:00.000Z' as Instant;

export function parkedCase(): CaseIn<'holding'> {
  return { ...CASES.holding, ...PARKABLE, decision: PARK, holdUntil: PARK.until };
}

const TOOK = [{ skuId: SKUS.E5.skuId as SkuId, name: 'Microsoft 365 E5', disabledPlans: [] }];
const WAITS = {
  undoneBy: ADMIN,
  undoAskedAt: AFTER,
  leaveOver: true,
  task: 'It could not be given back yet. There is no free seat of this license: free or buy one.',
} as const;

const NOT_SERVED =
  'This tenant does not have the product any more: buy it, or leave what cannot be given back as it is.';

/** What HR sees of a license that a cheaper one stands in for while somebody is on leave. */
export function parkingIn(view: CaseView): Readonly<Record<string, CardJson>> {
  const asHr = { ...view, policy: PARKS, reader: 'hr' } as const;
  return {
    'hr-review-park': caseCard({ ...CASES.hrReview, ...PARKABLE }, asHr),
    'hr-proposed-park': caseCard({ ...CASES.hrProposed, ...PARKABLE, proposal: PARK }, asHr),
    'hr-park-scheduled': caseCard({ ...CASES.scheduled, ...PARKABLE, decision: PARK }, asHr),
    'hr-review-cannot-park': caseCard(
      { ...CASES.hrReview, ...PARKABLE, licenses: [aLicense({ partNumber: 'SPE_E5' })] },
      asHr,
    ),
    'hr-proposed-park-no-more': caseCard(
      { ...CASES.hrProposed, ...PARKABLE, proposal: PARK },
      { ...view, reader: 'hr' },
    ),
    'hr-parked': caseCard(parkedCase(), { ...asHr, now: '2026-12-20T09:00:00.000Z' as Instant }),
    'hr-park-ends': caseCard(
      { ...CASES.undoing, ...PARKABLE, decision: PARK, undoAskedAt: AFTER, leaveOver: true },
      { ...asHr, now: AFTER },
    ),
    'hr-park-waits': caseCard(
      { ...CASES.needsPerson, ...PARKABLE, decision: PARK, ...WAITS },
      { ...asHr, now: AFTER },
    ),
    'hr-park-waits-early': caseCard(
      { ...CASES.needsPerson, ...PARKABLE, decision: PARK, undoneBy: ADMIN, task: WAITS.task },
      asHr,
    ),
    'hr-park-not-served': caseCard(
      {
        ...{ ...CASES.needsPerson, ...PARKABLE, decision: PARK, ...WAITS, task: NOT_SERVED },
        steps: [
          {
            step: { kind: 'removeLicenses', userId: CASES.needsPerson.userId, licenses: TOOK },
            notBefore: AFTER,
            progress: { is: 'undoIntended', at: AFTER, before: { of: 'licenses', licenses: TOOK }, tries: 1 },
          },
        ],
        watch: { for: 'clear', index: 0, lookAt: AFTER, notServed: true },
      },
      { ...asHr, now: AFTER },
    ),
    'hr-park-gone': caseCard(
      {
        ...{ ...CASES.cancelled, ...PARKABLE, cause: 'gone', why: 'The account no longer exists.' },
        parked: true,
      },
      asHr,
    ),
    'hr-park-over-left': caseCard(
      {
        ...{ ...CASES.undone, ...PARKABLE, leaveOver: true, took: [], closedAt: AFTER },
        waivers: [
          {
            waived: { of: 'undo', left: [{ index: 0, words: 'remove Microsoft 365 E5' }] },
            ...{ by: ADMIN, at: AFTER, reason: 'No longer sold' },
          },
        ],
      },
      { ...asHr, now: AFTER },
    ),
    'hr-park-over': caseCard(
      { ...CASES.undone, ...PARKABLE, leaveOver: true, took: TOOK, closedAt: AFTER },
      { ...asHr, now: AFTER },
    ),
    'hr-park-over-nothing': caseCard(
      { ...CASES.undone, ...PARKABLE, leaveOver: true, took: [], closedAt: AFTER },
      { ...asHr, now: AFTER },
    ),
  };
}
