import type { License, Sku, SkuId } from '../audit/person.js';
import type { StepLicense } from '../cases/step.js';

/** Editions of a service of which Graph lets a person have only one (MutuallyExclusiveViolation, microsoft-graph.md 4.1). */
const EXCLUSIVE: readonly (readonly RegExp[])[] = [
  [/^EXCHANGE_S_DESKLESS/i, /^EXCHANGE_S_STANDARD/i, /^EXCHANGE_S_ENTERPRISE/i],
  [/^SHAREPOINTDESKLESS/i, /^SHAREPOINTSTANDARD/i, /^SHAREPOINTENTERPRISE/i],
];

export interface PlanConflict {
  /** Name of the license that is to be given. */
  readonly given: string;
  readonly held: SkuId;
}

/**
 * The first license to be given whose plans exclude one that the person keeps; undefined: none does. Plans that are
 * switched off do not count, and neither does what was in conflict before. Pure.
 * @param kept what the person holds beside what the same call takes
 */
export function planConflict(
  kept: readonly Pick<License, 'skuId' | 'disabledPlans'>[],
  given: readonly StepLicense[],
  skus: readonly Sku[],
): PlanConflict | undefined {
  for (const license of given) {
    const editions = editionsIn(license, skus);
    const held = kept.find(
      (other) =>
        other.skuId !== license.skuId &&
        editionsIn(other, skus).some(({ service, edition }) =>
          editions.some((mine) => mine.service === service && mine.edition !== edition),
        ),
    );
    if (held !== undefined) return { given: license.name, held: held.skuId };
  }
  return undefined;
}

interface Edition {
  readonly service: number;
  readonly edition: number;
}

function editionsIn(
  { skuId, disabledPlans }: Pick<License, 'skuId' | 'disabledPlans'>,
  skus: readonly Sku[],
): readonly Edition[] {
  const plans = skus.find((sku) => sku.skuId === skuId)?.plans ?? [];
  return plans
    .filter(({ id }) => !disabledPlans.includes(id))
    .flatMap(({ name }) =>
      EXCLUSIVE.flatMap((editions, service) => {
        const edition = editions.findIndex((pattern) => pattern.test(name));
        return edition === -1 ? [] : [{ service, edition }];
      }),
    );
}
