import type { Day } from '../audit/day.js';
import type { Finding, LicenseFinding, Scenario } from '../audit/finding.js';
import { carriesFiles } from '../audit/licenses/parts.js';
import { reclaimableLicenses, unusedReason } from '../audit/licenses/unused.js';
import { nameKey } from '../audit/name-key.js';
import type { License, Sku } from '../audit/person.js';
import { newLicenseRules } from '../audit/protection/dates.js';
import { isHrKind } from '../audit/protection/protection.js';
import type { Policy } from '../config/policy.js';
import { carriesMailbox, hasMailboxPlan } from '../spend/mailbox-plans.js';
import { gigabytes, isAsWide, mostUnder, roomRules, roomUnder } from '../spend/mailbox-room.js';
import { annualPrice } from '../spend/prices.js';
import { productName } from '../spend/product-names.js';
import type { CaseLicense, Replacement } from './case.js';
import { STILL_EMPLOYED } from './still-employed.js';

export interface LicenseRules {
  readonly policy: Pick<Policy, 'reclaim' | 'prices' | 'inactivity'>;
  /** What the tenant has bought; empty where `needsSkus` says that nobody asks. */
  readonly skus: readonly Sku[];
  readonly today: Day;
}

/** Whether the policy asks for something of licenses that a finding does not know. */
export function needsSkus({ reclaim }: Pick<Policy, 'reclaim'>): boolean {
  return reclaim.licenses === 'all' || reclaim.replace.length + reclaim.park.length > 0;
}

/** Everything of somebody who works goes on being theirs, but for what they do not use. */
const GONE_OR_IDLE: ReadonlySet<Scenario> = new Set([
  'leftCompany',
  'disabledButLicensed',
  'neverSignedIn',
  'inactive',
]);

/** The licenses that a case is about, as they stand when it is opened. Pure; design 6, field.md F72, F74, F76. */
export function caseLicenses(finding: Finding, rules: LicenseRules): readonly CaseLicense[] {
  const proven = reclaimableLicenses(finding).map((found) => provenLicense(found, finding));
  const takesAll = rules.policy.reclaim.licenses === 'all' && isAbout(GONE_OR_IDLE, finding);
  const beside = takesAll ? licensesBeside(finding, proven, rules) : [];
  return [...proven, ...beside].map((license) => ({
    ...license,
    ...replacementOf(license, finding, rules),
    ...parkedBy(license, finding, rules),
  }));
}

function isAbout(scenarios: ReadonlySet<Scenario>, { scenario }: Pick<Finding, 'scenario'>): boolean {
  return scenario !== undefined && scenarios.has(scenario);
}

function provenLicense(found: LicenseFinding, { scenario, licenses }: Finding): CaseLicense {
  const unused = scenario === 'unusedLicense' ? unusedReason(found, licenses) : undefined;
  const { partNumber, name, annualCost, coveredBy } = found;
  return {
    ...heldAs(found.license),
    partNumber,
    name,
    annualCost,
    hasMailboxPlan: found.hasMailboxPlan,
    holdsFiles: found.parts.some(({ part }) => part === 'oneDrive'),
    coveredBy,
    ...(unused === undefined ? {} : { unused }),
  };
}

/**
 * What else the person holds, old enough to be left over. What the directory names no way to cannot be taken by any
 * call. A product that the tenant does not list is named by its id, and counted as one with a mailbox.
 */
function licensesBeside(
  { person, licenses }: Finding,
  proven: readonly CaseLicense[],
  { policy, skus, today }: LicenseRules,
): readonly CaseLicense[] {
  const { newLicenseGraceDays } = policy.inactivity;
  const rest = person.licenses.filter(
    (license) =>
      license.paths.length > 0 &&
      !proven.some(({ skuId }) => skuId === license.skuId) &&
      newLicenseRules([license], newLicenseGraceDays, today).length === 0,
  );
  return rest.map((license): CaseLicense => {
    const sku = skus.find(({ skuId }) => skuId === license.skuId);
    const isManaged = licenses.some(({ skuId }) => skuId === license.skuId);
    const partNumber = sku?.partNumber ?? license.skuId;
    const known = productName({ skuId: license.skuId, partNumber });
    return {
      ...heldAs(license),
      partNumber,
      name: known === license.skuId ? `unknown product ${license.skuId}` : known,
      annualCost: annualPrice(policy.prices, partNumber, today),
      hasMailboxPlan: hasMailboxPlan(license, sku),
      holdsFiles: sku === undefined || carriesFiles(sku, license.disabledPlans),
      coveredBy: undefined,
      beside: isManaged ? 'notRecorded' : 'notManaged',
    };
  });
}

function heldAs(
  license: License,
): Pick<CaseLicense, 'skuId' | 'disabledPlans' | 'direct' | 'groupIds' | 'failing'> {
  const direct = license.paths.find((path) => path.kind === 'direct');
  return {
    skuId: license.skuId,
    disabledPlans: direct?.disabledPlans ?? license.disabledPlans,
    direct: direct !== undefined,
    groupIds: license.paths.flatMap((path) => (path.kind === 'group' ? [path.groupId] : [])),
    ...(isFailing(license) ? { failing: true } : {}),
  };
}

function isFailing({ paths }: License): boolean {
  return paths.length > 0 && paths.every(({ state }) => state === 'error');
}

function replacementOf(
  license: CaseLicense,
  finding: Finding,
  rules: LicenseRules,
): Pick<CaseLicense, 'replacement'> {
  const replacement = cheaperFor(license, finding, rules.policy.reclaim.replace, rules);
  return replacement === undefined ? {} : { replacement };
}

/** Only where one call does it, and mail and files live on: nobody on leave loses anything (safety rules 3 and 7). */
function parkedBy(license: CaseLicense, finding: Finding, rules: LicenseRules): Pick<CaseLicense, 'parking'> {
  if (!finding.protections.some(({ kind }) => isHrKind(kind))) return {};
  const parking = cheaperFor(license, finding, rules.policy.reclaim.park, rules);
  if (parking?.skuId === undefined || !license.direct || license.groupIds.length > 0) return {};
  const keepsAll =
    (parking.keepsMailbox || !license.hasMailboxPlan) && (parking.keepsFiles || license.holdsFiles === false);
  return keepsAll && license.beside === undefined ? { parking } : {};
}

/** What another license gives as well needs no cheaper one, and nobody gets what they hold. */
function cheaperFor(
  license: CaseLicense,
  finding: Finding,
  list: Policy['reclaim']['replace'],
  rules: LicenseRules,
): Replacement | undefined {
  const rule = list.find(({ sku }) => nameKey(sku) === nameKey(license.partNumber));
  if (rule === undefined || !STILL_EMPLOYED.has(finding.scenario)) return undefined;
  const by = rules.skus.find(({ partNumber }) => nameKey(partNumber) === nameKey(rule.by));
  const isHeld = finding.person.licenses.some(({ skuId }) => skuId === by?.skuId);
  if (isHeld || license.coveredBy !== undefined) return undefined;
  return { ...replacementBy(rule.by, by, rules), ...lessRoom(license, by, rules) };
}

/** A mailbox has less room under the cheaper license. */
function lessRoom(
  { skuId }: CaseLicense,
  by: Sku | undefined,
  { policy, skus }: LicenseRules,
): Pick<Replacement, 'lessRoom'> {
  const room = by && roomUnder(by, roomRules(policy.reclaim));
  const before = mostUnder(skus.find((sku) => sku.skuId === skuId));
  if (room === undefined || before === undefined || isAsWide(room, before)) return {};
  return { lessRoom: { gigabytes: gigabytes(room), keepsHolds: room.hold } };
}

function replacementBy(
  partNumber: string,
  sku: Sku | undefined,
  { policy, today }: LicenseRules,
): Replacement {
  return {
    skuId: sku?.skuId,
    partNumber,
    name: sku === undefined ? partNumber : productName(sku),
    annualCost: annualPrice(policy.prices, partNumber, today),
    keepsMailbox: sku !== undefined && carriesMailbox(sku),
    keepsFiles: sku !== undefined && carriesFiles(sku),
  };
}
