import { daysBetween, type Day } from '../day.js';
import type { License, Sku, SkuId } from '../person.js';

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

/** A subscription in any other state (`Suspended`, `Deleted`, `LockedOut`) gives its people nothing for much longer. */
const SERVES = /^(Enabled|Warning)$/i;

type Skus = ReadonlyMap<SkuId, Pick<Sku, 'plans' | 'capabilityStatus' | 'bought'>>;

type WithPlans = Pick<License, 'skuId' | 'disabledPlans'>;

interface Held {
  readonly license: License;
  /** Of one seat for a year in minor units; undefined where no price is entered. */
  readonly cost: number | undefined;
}

export interface CoverRules {
  /** A license that came later does not cover another one yet: it may be a mistake, or a move that is not over. */
  readonly newLicenseGraceDays: number;
  readonly today: Day;
}

/**
 * Which licenses give nothing that another one of the same person does not give as well: a second suite. Both must work
 * without an error, and the one that stays must be of a subscription that runs and not be new. Of two that give the
 * same, the dearer one is the one too many.
 * @returns the license that stays, by the one that is too many
 */
export function coveredLicenses(
  held: readonly Held[],
  skus: Skus,
  rules: CoverRules,
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
        isServed(skus.get(candidate.license.skuId)) &&
        isSettled(candidate.license, rules) &&
        givesAll(candidate.license, one.license, skus),
    );
    if (other !== undefined && isSteady(one.license)) covered.set(one.license.skuId, other.license.skuId);
  }
  // What covers may turn out to be too many itself; then what covers that gives everything as well.
  return new Map([...covered].map(([one, other]) => [one, lastOf(other, covered)]));
}

/**
 * A license that somebody holds, without an error and of a subscription that runs, and that gives all that another one
 * would give them; undefined: that would give them something. Pure.
 */
export function wouldCover(held: readonly License[], given: WithPlans, skus: Skus): SkuId | undefined {
  const other = held.find(
    (candidate) =>
      isSteady(candidate) && isServed(skus.get(candidate.skuId)) && givesAll(candidate, given, skus),
  );
  return other?.skuId;
}

/** So many combinations of licenses are remembered; a tenant has a few hundred. */
const REMEMBERED = 5_000;

/** Whether any license of a person is covered, for the pass over everybody: each combination is worked out once. */
export function coveredTest(
  skus: Skus,
  costOf: (skuId: SkuId) => number | undefined,
  rules: CoverRules,
): (licenses: readonly License[]) => boolean {
  const worked = new Map<string, boolean>();
  return (licenses) => {
    if (licenses.length < 2) return false;
    let key = '';
    for (const license of licenses) {
      const state = `${isSteady(license) ? '+' : '-'}${isSettled(license, rules) ? '+' : '-'}`;
      key += `${license.skuId}${state}${license.disabledPlans.join(' ')};`;
    }
    const known = worked.get(key);
    if (known !== undefined) return known;
    const held = licenses.map((license) => ({ license, cost: costOf(license.skuId) }));
    const isAny = coveredLicenses(held, skus, rules).size > 0;
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

function isServed(sku: Pick<Sku, 'capabilityStatus' | 'bought'> | undefined): boolean {
  return sku !== undefined && SERVES.test(sku.capabilityStatus) && sku.bought > 0;
}

/** Assigned long enough ago on every path; an unknown date proves nothing. */
function isSettled({ paths }: License, { newLicenseGraceDays, today }: CoverRules): boolean {
  return paths.every(({ since }) => since !== undefined && daysBetween(since, today) >= newLicenseGraceDays);
}

function givesAll(other: WithPlans, one: WithPlans, skus: Skus): boolean {
  const wanted = plansOf(one, skus).filter(({ name }) => !IN_EVERYTHING.test(name));
  const given = plansOf(other, skus);
  if (wanted.length === 0 || given.length === 0) return false;
  const ids = new Set(given.map(({ id }) => id));
  return wanted.every((plan) => ids.has(plan.id) || given.some(({ name }) => isAtLeast(name, plan.name)));
}

function plansOf(license: WithPlans, skus: Skus): Sku['plans'] {
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
