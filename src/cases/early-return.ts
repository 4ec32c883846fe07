import { dayOf } from '../audit/day.js';
import type { Finding } from '../audit/finding.js';
import { licenseScope } from '../audit/scope/licenses.js';
import { managedSkus, peopleScope } from '../audit/scope/scope.js';
import type { Person, Sku } from '../audit/person.js';
import type { Policy } from '../config/policy.js';
import type { Case } from './case.js';
import { parkingOf } from './decision.js';

/** What is read of somebody whom an audit did not find. */
export interface NotFound {
  /** undefined: the account is gone. */
  readonly person: Person | undefined;
  readonly skus: readonly Sku[];
}

/**
 * true: somebody whose licenses are parked is back before the day that HR chose, by the newest audit: they are active, or a
 * user source of a later day than the decision says that they are not on leave any more. Pure.
 * @param found what the audit found about them
 */
export function isSeenBack(c: Case, found: Finding): boolean {
  const parking = parkingOf(c);
  if (parking === undefined) return false;
  const { roster, verdict } = found;
  const since = dayOf(new Date(parking.at));
  if (c.protections.includes('onLeave') && roster?.status === 'active' && roster.asOf > since) return true;
  return c.scenario !== 'unusedLicense' && verdict.kind === 'active';
}

/**
 * The same of somebody of whom it found nothing: an audit looks at everybody in scope who holds a managed license, so that
 * these were active. Of others it says nothing. Pure.
 */
export function isActiveUnfound(
  c: Case,
  { person, skus }: NotFound,
  { scope }: Pick<Policy, 'scope'>,
): boolean {
  if (person === undefined || c.scenario === 'unusedLicense' || !peopleScope(scope)(person)) return false;
  const { managed } = managedSkus(skus, scope.skus);
  const isInScope = licenseScope(scope);
  return person.licenses.some((license) => managed.has(license.skuId) && isInScope(license));
}
