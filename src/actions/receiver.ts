import { wouldCover } from '../audit/licenses/overlap.js';
import { countryCode } from '../audit/scope/countries.js';
import type { Person, Sku, SkuId } from '../audit/person.js';
import type { StepLicense } from '../cases/step.js';
import type { Policy } from '../config/policy.js';
import { productName } from '../spend/product-names.js';
import { planConflict } from './plan-conflicts.js';
import { isServed } from './seats.js';

/** What the plan of a reassignment wants to know of whoever gets the seats. */
export interface Receiver extends Pick<Person, 'country'> {
  readonly lacksLocation: boolean;
  readonly licenses: readonly { readonly skuId: SkuId }[];
}

export function receiverFrom({ usageLocation, country, licenses }: Person): Receiver {
  return { lacksLocation: usageLocation === undefined, country, licenses };
}

/** The usage location that the policy gives to somebody who has none; undefined: a person has to set it. Pure. */
export function locationFor(
  { country }: Pick<Person, 'country'>,
  { usageLocation }: Pick<Policy['reclaim'], 'usageLocation'>,
): string | undefined {
  if (usageLocation === 'never') return undefined;
  if (usageLocation !== 'fromCountry') return usageLocation;
  return country === undefined ? undefined : countryCode(country);
}

/** Those of some licenses that somebody does not hold, by whatever way. Pure. */
export function lackedBy<L extends { readonly skuId: SkuId }>(
  { licenses }: Pick<Receiver, 'licenses'>,
  wanted: readonly L[],
): readonly L[] {
  const held = new Set(licenses.map(({ skuId }) => skuId));
  return wanted.filter(({ skuId }) => !held.has(skuId));
}

/**
 * The license of a receiver that gives all that is in each of some others, so that these would lie idle with them as
 * well; undefined: there is none. Pure.
 */
export function holdsAllOf(
  { licenses }: Pick<Person, 'licenses'>,
  wanted: readonly StepLicense[],
  skus: readonly Sku[],
): string | undefined {
  const bySku = new Map(skus.map((sku) => [sku.skuId, sku]));
  const covers = wanted.map((license) => wouldCover(licenses, license, bySku));
  const [first] = covers;
  if (first === undefined || covers.some((each) => each !== first)) return undefined;
  const other = bySku.get(first);
  return other === undefined ? first : productName(other);
}

/**
 * Why Graph would refuse licenses to a receiver, in the second half of a sentence about them; undefined: nothing that can
 * be known before. Pure.
 */
export function unfit(
  receiver: Pick<Person, 'licenses'>,
  wanted: readonly StepLicense[],
  skus: readonly Sku[],
): string | undefined {
  const ended = wanted.find(({ skuId }) => !isServed({ skus }, skuId));
  if (ended !== undefined) return `cannot get ${ended.name}, whose subscription does not run any more`;
  const conflict = planConflict(receiver.licenses, wanted, skus);
  if (conflict === undefined) return undefined;
  const other = skus.find(({ skuId }) => skuId === conflict.held);
  return `has ${other === undefined ? conflict.held : productName(other)}, which excludes ${conflict.given}`;
}
