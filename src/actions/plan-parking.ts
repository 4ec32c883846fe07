import { nameKey } from '../audit/name-key.js';
import type { Case, CaseLicense, Instant } from '../cases/case.js';
import type { Decision } from '../cases/decision.js';
import type { Policy } from '../config/policy.js';

interface Rules {
  readonly reclaim: Pick<Policy['reclaim'], 'park'>;
}

/**
 * The licenses for which a cheaper one can stand in while somebody is on leave, by the policy as it is now. Pure; field.md
 * N1.
 */
export function parkable({ licenses }: Pick<Case, 'licenses'>, { reclaim }: Rules): readonly CaseLicense[] {
  return licenses.filter(
    ({ partNumber, parking }) =>
      parking !== undefined && reclaim.park.some(({ sku }) => nameKey(sku) === nameKey(partNumber)),
  );
}

/** Why software parks nothing, as a task; undefined: it does. Pure. */
export function whyNotParked(c: Pick<Case, 'licenses'>, rules: Rules): string | undefined {
  return parkable(c, rules).length > 0
    ? undefined
    : 'The policy lets no cheaper license stand in any more (reclaim.park): decide by hand, or leave it as it is.';
}

/** Until when what a decision did can be undone: what is parked comes back with the return. Pure. */
export function heldUntil(decision: Decision, byPolicy: Instant): Instant {
  return decision.kind === 'park' ? decision.until : byPolicy;
}

/** true: the person is back by now, and nothing is to be parked any more. Pure. */
export function isBack(c: Case, now: Date): boolean {
  return 'decision' in c && c.decision.kind === 'park' && Date.parse(c.decision.until) <= now.getTime();
}
