import type { License, Sku, SkuId } from './person.js';

/** Editions of one service, the smaller first: whoever has a later one lacks nothing of an earlier one. */
const LADDERS: readonly (readonly RegExp[])[] = [
  [/^EXCHANGE_S_DESKLESS$/i, /^EXCHANGE_S_STANDARD$/i, /^EXCHANGE_S_ENTERPRISE$/i],
  [/^SHAREPOINTDESKLESS$/i, /^SHAREPOINTSTANDARD$/i, /^SHAREPOINTENTERPRISE$/i],
  [/^MCOIMP$/i, /^MCOSTANDARD$/i],
  [/^FORMS_PLAN_(K|F3)$/i, /^FORMS_PLAN_E1$/i, /^FORMS_PLAN_E3$/i, /^FORMS_PLAN_E5$/i],
  [/^STREAM_O365_K$/i, /^STREAM_O365_E1$/i, /^STREAM_O365_E3$/i, /^STREAM_O365_E5$/i],
  [/^FLOW_O365_S1$/i, /^FLOW_O365_P1$/i, /^FLOW_O365_P2$/i, /^FLOW_O365_P3$/i],
  [/^POWERAPPS_O365_S1$/i, /^POWERAPPS_O365_P1$/i, /^POWERAPPS_O365_P2$/i, /^POWERAPPS_O365_P3$/i],
  [/^OFFICEMOBILE_SUBSCRIPTION$/i, /^OFFICESUBSCRIPTION$/i],
  [/^RMS_S_PREMIUM$/i, /^RMS_S_PREMIUM2$/i],
  [/^AAD_PREMIUM$/i, /^AAD_PREMIUM_P2$/i],
  [/^BI_AZURE_P0$/i, /^BI_AZURE_P1$/i, /^BI_AZURE_P2$/i],
];

/** Comes with nearly every license and gives nothing by itself. */
const IN_EVERYTHING = /^EXCHANGE_S_FOUNDATION$/i;

interface Held {
  readonly license: License;
  /** Of one seat for a year in minor units; undefined where no price is entered. */
  readonly cost: number | undefined;
}

/**
 * Which licenses give nothing that another one of the same person does not give as well: a second suite. Both must work
 * without an error. Of two that give the same, the dearer one is the one too many.
 * @returns the license that stays, by the one that is too many
 */
export function coveredLicenses(
  held: readonly Held[],
  skus: ReadonlyMap<SkuId, Pick<Sku, 'plans'>>,
): ReadonlyMap<SkuId, SkuId> {
  const covered = new Map<SkuId, SkuId>();
  if (held.length < 2) return covered;
  // From the dearest on, so that of two equal ones the cheaper stays; what was found too many covers nothing.
  const inOrder = [...held].sort(
    (a, b) => (b.cost ?? 0) - (a.cost ?? 0) || (a.license.skuId < b.license.skuId ? 1 : -1),
  );
  for (const one of inOrder) {
    const other = inOrder.find(
      (candidate) =>
        candidate !== one &&
        !covered.has(candidate.license.skuId) &&
        isSteady(candidate.license) &&
        givesAll(candidate.license, one.license, skus),
    );
    if (other !== undefined && isSteady(one.license)) covered.set(one.license.skuId, other.license.skuId);
  }
  // What covers may turn out to be too many itself; then what covers that gives everything as well.
  return new Map([...covered].map(([one, other]) => [one, lastOf(other, covered)]));
}

/** So many combinations of licenses are remembered; a tenant has a few hundred. */
const REMEMBERED = 5_000;

/** Whether any license of a person is covered, for the pass over everybody: each combination is worked out once. */
export function coveredTest(
  skus: ReadonlyMap<SkuId, Pick<Sku, 'plans'>>,
  costOf: (skuId: SkuId) => number | undefined,
): (licenses: readonly License[]) => boolean {
  const worked = new Map<string, boolean>();
  return (licenses) => {
    if (licenses.length < 2) return false;
    let key = '';
    for (const license of licenses) {
      key += `${license.skuId}${isSteady(license) ? '+' : '-'}${license.disabledPlans.join(' ')};`;
    }
    const known = worked.get(key);
    if (known !== undefined) return known;
    const held = licenses.map((license) => ({ license, cost: costOf(license.skuId) }));
    const isAny = coveredLicenses(held, skus).size > 0;
    if (worked.size < REMEMBERED) worked.set(key, isAny);
    return isAny;
  };
}

function lastOf(skuId: SkuId, covered: ReadonlyMap<SkuId, SkuId>): SkuId {
  const next = covered.get(skuId);
  return next === undefined ? skuId : lastOf(next, covered);
}

/** Held, and not about to go. */
function isSteady({ paths }: License): boolean {
  return paths.some(({ state, error }) => state === 'active' && error === undefined);
}

function givesAll(other: License, one: License, skus: ReadonlyMap<SkuId, Pick<Sku, 'plans'>>): boolean {
  const wanted = plansOf(one, skus).filter(({ name }) => !IN_EVERYTHING.test(name));
  const given = plansOf(other, skus);
  if (wanted.length === 0 || given.length === 0) return false;
  const ids = new Set(given.map(({ id }) => id));
  return wanted.every((plan) => ids.has(plan.id) || given.some(({ name }) => isAtLeast(name, plan.name)));
}

function plansOf(license: License, skus: ReadonlyMap<SkuId, Pick<Sku, 'plans'>>): Sku['plans'] {
  const plans = skus.get(license.skuId)?.plans ?? [];
  return license.disabledPlans.length === 0
    ? plans
    : plans.filter(({ id }) => !license.disabledPlans.includes(id));
}

function isAtLeast(given: string, wanted: string): boolean {
  return LADDERS.some((ladder) => {
    const least = ladder.findIndex((edition) => edition.test(wanted));
    return least !== -1 && ladder.findIndex((edition) => edition.test(given)) >= least;
  });
}
