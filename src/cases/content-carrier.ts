import type { Case, CaseLicense } from './case.js';
import type { Taking } from './decision.js';
import { standInFor } from './stand-in.js';

type Answer = Taking['kind'];
type Licenses = Pick<Case, 'scenario' | 'licenses'>;

/**
 * Whether a mailbox may go with a license of a case. It lives on under another license that gives the same and that the
 * case leaves alone, and under a cheaper one with a mailbox that is given instead; the live re-check before the step
 * looks whether that is so still. Pure.
 */
export function mayTakeMailbox(c: Licenses, license: CaseLicense, answer: Answer): boolean {
  const isReplaced = c.licenses.some((each) => standInFor(each, answer)?.keepsMailbox === true);
  return license.hasMailboxPlan && !isCovered(c, license) && !isReplaced;
}

/** The same of the files in OneDrive. Cases of an earlier version do not know what their licenses hold. Pure. */
export function mayTakeFiles(c: Licenses, license: CaseLicense, answer: Answer): boolean {
  const isReplaced = c.licenses.some((each) => standInFor(each, answer)?.keepsFiles === true);
  return license.holdsFiles !== false && !isCovered(c, license) && !isReplaced;
}

function isCovered({ scenario, licenses }: Licenses, { coveredBy }: CaseLicense): boolean {
  return (
    scenario === 'unusedLicense' &&
    coveredBy !== undefined &&
    !licenses.some(({ skuId }) => skuId === coveredBy)
  );
}
