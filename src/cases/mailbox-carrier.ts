import type { Case, CaseLicense, Decision } from './case.js';

/**
 * Whether a mailbox may go with a license of a case. It lives on under another license that gives the same and that the
 * case leaves alone, and under a cheaper one with a mailbox that is given instead; the live re-check before the step
 * looks whether that is so still. Pure.
 */
export function mayTakeMailbox(
  { scenario, licenses }: Pick<Case, 'scenario' | 'licenses'>,
  { hasMailboxPlan, coveredBy }: CaseLicense,
  answer: Extract<Decision['kind'], 'reclaim' | 'reassign'>,
): boolean {
  const isCovered =
    scenario === 'unusedLicense' &&
    coveredBy !== undefined &&
    !licenses.some(({ skuId }) => skuId === coveredBy);
  const isReplaced =
    answer === 'reclaim' && licenses.some(({ replacement }) => replacement?.keepsMailbox === true);
  return hasMailboxPlan && !isCovered && !isReplaced;
}
