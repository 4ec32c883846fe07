import type { ProtectionKind } from '../../audit/finding.js';
import type { UserId } from '../../audit/person.js';
import { isHrKind } from '../../audit/protection/protection.js';
import type { Policy } from '../../config/policy.js';
import type { Store } from '../../store/store.js';
import { stillCounts } from '../campaign/opening.js';
import { instant } from '../case.js';
import { everyCase } from '../run-all-cases.js';
import { isSealed } from './sealed.js';

/**
 * About whom HR has a case that stands against a new one, and as what. They stay HR's until it is over, whatever becomes
 * of them: others would find them in a list of people to ask about, see them left out, and know why (safety rule 3).
 */
export async function readHeldByHr(
  store: Store,
  policy: Policy,
  now: Date,
): Promise<ReadonlyMap<UserId, readonly ProtectionKind[]>> {
  const held = new Map<UserId, readonly ProtectionKind[]>();
  for await (const { doc } of everyCase({ store }))
    if (isSealed(doc) && stillCounts(doc, policy, instant(now)))
      held.set(doc.userId, doc.protections.filter(isHrKind));
  return held;
}
