import type { Case } from '../cases/case.js';
import type { Before, Step } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import { hasOtherPlans, licensesOf } from './licenses.js';
import { stillManaged } from './still-managed.js';

/**
 * Why a step is not sent once more as it was recorded when it was begun, though it may run; undefined: it is. What an undo
 * gives back is what was recorded, and what is taken is no more than the policy of this moment takes. Pure.
 * @param now what the step would take if it were begun now
 */
export function whyNotAgain(
  c: Pick<Case, 'licenses'>,
  { kind }: Step,
  { recorded, now }: { readonly recorded: Before; readonly now: Before },
  policy: Pick<Policy, 'scope' | 'reclaim'>,
): string | undefined {
  if (hasOtherPlans(now, recorded)) return 'Plans were switched.';
  const { licenses } = licensesOf(recorded);
  return kind === 'removeLicenses' && stillManaged(c, licenses, policy).length < licenses.length
    ? 'The policy leaves out some of these licenses by now.'
    : undefined;
}
