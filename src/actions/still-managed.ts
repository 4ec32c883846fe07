import { nameKey } from '../audit/name-key.js';
import type { Case } from '../cases/case.js';
import type { StepLicense } from '../cases/step.js';
import type { Policy } from '../config/policy.js';

/**
 * Those of a step's licenses that the policy of this moment still takes: it may manage fewer than when the case was
 * opened, or take along no others any more. Pure.
 */
export function stillManaged(
  { licenses }: Pick<Case, 'licenses'>,
  wanted: readonly StepLicense[],
  { scope, reclaim }: Pick<Policy, 'scope' | 'reclaim'>,
): readonly StepLicense[] {
  const named = new Set(scope.skus.map(nameKey));
  return wanted.filter(({ skuId }) => {
    const license = licenses.find((each) => each.skuId === skuId);
    if (license?.beside !== undefined) return reclaim.licenses === 'all';
    return license === undefined || named.size === 0 || named.has(nameKey(license.partNumber));
  });
}
