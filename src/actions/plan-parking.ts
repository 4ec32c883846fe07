import { nameKey } from '../audit/name-key.js';
import type { Case, CaseIn, CaseLicense, Instant } from '../cases/case.js';
import { parkingOf, type Parking } from '../cases/decision.js';
import type { CaseEvent } from '../cases/events.js';
import { isUntouched } from '../cases/step-progress.js';
import { NOTHING_PARKED } from '../cases/transition-back.js';
import type { Policy } from '../config/policy.js';

interface Rules {
  readonly reclaim: Pick<Policy['reclaim'], 'park'>;
}

/**
 * The licenses for which a cheaper one can stand in while somebody is on leave, by the policy as it is now, which has to
 * name the same cheaper one as it did. Pure; field.md N1.
 * @param agreed what was proposed or decided, to which nothing is added; undefined: nothing yet
 */
export function parkable(
  { licenses }: Pick<Case, 'licenses'>,
  { reclaim }: Rules,
  agreed?: Pick<Parking, 'skuIds'>,
): readonly CaseLicense[] {
  return licenses.filter(
    ({ skuId, partNumber, parking }) =>
      parking !== undefined &&
      (agreed === undefined || agreed.skuIds.includes(skuId)) &&
      reclaim.park.some(
        ({ sku, by }) =>
          nameKey(sku) === nameKey(partNumber) && nameKey(by) === nameKey(parking.partNumber ?? ''),
      ),
  );
}

/** Why software parks nothing, as a task; undefined: it does. Pure. */
export function whyNotParked(
  c: Pick<Case, 'licenses'>,
  rules: Rules,
  agreed: Pick<Parking, 'skuIds'>,
): string | undefined {
  return parkable(c, rules, agreed).length > 0
    ? undefined
    : 'The policy lets no cheaper license stand in any more (reclaim.park): decide by hand, or leave it as it is.';
}

/**
 * What follows the last step of a case: it is held, and what is parked comes back with the return. One that parked nothing
 * is over. Pure.
 * @param byPolicy until when everything can be undone
 */
export function afterSteps(c: CaseIn<'scheduled' | 'acting'>, byPolicy: Instant): CaseEvent {
  if (c.decision.kind !== 'park') return { type: 'stepsFinished', holdUntil: byPolicy };
  return isUntouched(c.steps)
    ? { type: 'cancelled', cause: 'backFromLeave', why: NOTHING_PARKED }
    : { type: 'stepsFinished', holdUntil: c.decision.until };
}

/** true: the person is to be back by now, and nothing is to be parked any more. Pure. */
export function isBack(c: Case, now: Date): boolean {
  const parking = parkingOf(c);
  return parking !== undefined && Date.parse(parking.until) <= now.getTime();
}
