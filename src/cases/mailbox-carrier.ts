import type { Case, CaseLicense } from './case.js';

/**
 * Whether a mailbox may go with a license of a case. It lives on under another license that gives the same and that the
 * case leaves alone; the live re-check before the step looks whether that one is there still. Pure.
 */
export function mayTakeMailbox(
  { scenario, licenses }: Pick<Case, 'scenario' | 'licenses'>,
  { hasMailboxPlan, coveredBy }: CaseLicense,
): boolean {
  const livesOn =
    scenario === 'unusedLicense' &&
    coveredBy !== undefined &&
    !licenses.some(({ skuId }) => skuId === coveredBy);
  return hasMailboxPlan && !livesOn;
}
