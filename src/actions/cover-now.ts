import { dayOf } from '../audit/day.js';
import { managedLicenses } from '../audit/findings.js';
import { coveredLicenses } from '../audit/licenses/overlap.js';
import type { Person, Sku, SkuId } from '../audit/person.js';
import { licenseScope } from '../audit/scope/licenses.js';
import { managedSkus } from '../audit/scope/scope.js';
import type { Policy } from '../config/policy.js';
import { annualPrice } from '../spend/prices.js';

/**
 * The second suites that somebody has at this moment, by the rules of the audit. Pure.
 * @returns the license that stays, by the one that is too many
 */
export function coverNow(
  person: Person,
  skus: readonly Sku[],
  policy: Policy,
  now: Date,
): ReadonlyMap<SkuId, SkuId> {
  const today = dayOf(now);
  const { managed } = managedSkus(skus, policy.scope.skus);
  const held = managedLicenses(person, managed).filter(licenseScope(policy.scope));
  const priced = held.map((license) => {
    const partNumber = managed.get(license.skuId)?.partNumber ?? license.skuId;
    return { license, cost: annualPrice(policy.prices, partNumber, today)?.minor };
  });
  return coveredLicenses(priced, managed, { ...policy.inactivity, today });
}
