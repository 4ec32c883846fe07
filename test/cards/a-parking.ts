import type { SkuId } from '../../src/audit/person.js';
import type { CardJson } from '../../src/bot/messenger.js';
import { caseCard } from '../../src/cards/case-card.js';
import type { CaseView } from '../../src/cards/case-view.js';
import type { Instant, Replacement } from '../../src/cases/case.js';
import { policyOf } from '../world/policies.js';
import { SKUS } from '../world/skus.js';
import { ADMIN, aLicense, CASES, NOW } from './a-case.js';

const PARKS = policyOf('reclaim: { park: [{ sku: SPE_E5, by: SPE_F1 }] }');
const F3: Replacement = {
  skuId: SKUS.F3.skuId as SkuId,
  name: 'Microsoft 365 F3',
  annualCost: { minor: 9_600, currency: 'USD' },
  keepsMailbox: true,
  keepsFiles: true,
};
const PARKABLE = {
  protections: ['onLeave'],
  licenses: [aLicense({ partNumber: 'SPE_E5', parking: F3 })],
} as const;
const PARK = { kind: 'park', by: ADMIN, at: NOW, until: '2027-03-31T23:59:59.000Z' as Instant } as const;

const AFTER = '2027-04-01T00:05:00.000Z' as Instant;

/** What HR sees of a license that a cheaper one stands in for while somebody is on leave. */
export function parkingIn(view: CaseView): Readonly<Record<string, CardJson>> {
  const asHr = { ...view, policy: PARKS, reader: 'hr' } as const;
  return {
    'hr-review-park': caseCard({ ...CASES.hrReview, ...PARKABLE }, asHr),
    'hr-proposed-park': caseCard({ ...CASES.hrProposed, ...PARKABLE, proposal: PARK }, asHr),
    'hr-park-scheduled': caseCard({ ...CASES.scheduled, ...PARKABLE, decision: PARK }, asHr),
    'hr-parked': caseCard(
      { ...CASES.holding, ...PARKABLE, decision: PARK, holdUntil: PARK.until },
      { ...asHr, now: '2026-12-20T09:00:00.000Z' as Instant },
    ),
    'hr-park-ends': caseCard(
      { ...CASES.undoing, ...PARKABLE, decision: PARK, undoAskedAt: AFTER },
      { ...asHr, now: AFTER },
    ),
    'hr-park-over': caseCard(
      { ...CASES.undone, ...PARKABLE, leaveOver: true, closedAt: AFTER },
      { ...asHr, now: AFTER },
    ),
  };
}
