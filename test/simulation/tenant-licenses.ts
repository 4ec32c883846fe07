import type { Day } from '../../src/audit/day.js';
import type { License, Person, SkuId } from '../../src/audit/person.js';
import type { LicenseChangeAnswer } from '../../src/graph/graph-door.js';
import type { Holding } from './tenant.js';

/** Licenses that somebody holds without a group. */
export function directly(licenses: readonly License[]): readonly Holding[] {
  return licenses.flatMap(({ skuId, paths }) => {
    const direct = paths.find(({ kind }) => kind === 'direct');
    return direct === undefined ? [] : [{ skuId, disabledPlans: direct.disabledPlans }];
  });
}

export function isSame(a: Holding, b: Holding): boolean {
  return a.skuId === b.skuId && plansOf(a) === plansOf(b);
}

function plansOf({ disabledPlans }: Holding): string {
  return [...disabledPlans].sort().join();
}

/** Why Graph refuses a change of licenses; undefined: it does not. */
export function refusalOf(
  person: Person,
  add: readonly Holding[],
  remove: readonly SkuId[],
  seatsFree: (skuId: SkuId) => number,
): LicenseChangeAnswer | undefined {
  const held = new Map(person.licenses.map((license) => [license.skuId, license]));
  for (const skuId of remove) {
    const license = held.get(skuId);
    if (license === undefined) return { kind: 'notHeld' };
    if (license.paths.every(({ kind }) => kind === 'group')) return { kind: 'inheritedFromGroup' };
  }
  if (add.length > 0 && person.usageLocation === undefined) return { kind: 'noUsageLocation' };
  const short = add.find(({ skuId }) => !held.has(skuId) && seatsFree(skuId) < 1);
  return short && { kind: 'noFreeSeat', skuId: short.skuId };
}

/** Licenses after a change of the direct ones. */
export function changed(
  licenses: readonly License[],
  add: readonly Holding[],
  remove: readonly SkuId[],
  today: Day,
): readonly License[] {
  const left = licenses.flatMap((license): License[] => {
    const isAdded = add.some(({ skuId }) => skuId === license.skuId);
    if (!isAdded && !remove.includes(license.skuId)) return [license];
    const paths = license.paths.filter(({ kind }) => kind === 'group');
    return paths.length > 0 ? [{ ...license, paths }] : [];
  });
  const added = add.map(({ skuId, disabledPlans }): License => {
    const path = {
      kind: 'direct',
      state: 'active',
      error: undefined,
      disabledPlans,
      since: today,
    } as const;
    const others = left.find((license) => license.skuId === skuId)?.paths ?? [];
    return { skuId, disabledPlans, paths: [...others, path] };
  });
  const renewed = new Set(added.map(({ skuId }) => skuId));
  return [...left.filter(({ skuId }) => !renewed.has(skuId)), ...added];
}
