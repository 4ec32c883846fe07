import { annualPrice } from '../spend/prices.js';
import { hasMailboxPlan } from '../spend/mailbox-plans.js';
import { productName } from '../spend/product-names.js';
import type { Policy } from '../config/policy.js';
import type { Day } from './day.js';
import type { Evidence, Verdict } from './evidence.js';
import type { LicenseFinding, Scenario } from './finding.js';
import { personVerdict, type InactivityRules } from './inactivity.js';
import { judgeLicense } from './licenses/verdict.js';
import { coveredLicenses } from './licenses/overlap.js';
import type { Contents } from './licenses/parts.js';
import type { License, Person, SkuId } from './person.js';
import type { RosterFact } from './roster/roster.js';
import { doubtText } from './roster/problem.js';
import { scenarioOf } from './scenario.js';
import type { ManagedSkus } from './scope/scope.js';
import { isUnused } from './licenses/unused.js';

/** One person with everything that the evidence says, and nothing that was read about candidates only. */
export interface Judged {
  readonly person: Person;
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  readonly licenses: readonly LicenseFinding[];
  readonly scenario: Scenario | undefined;
  readonly roster: RosterFact | undefined;
}

export interface JudgingRules {
  readonly policy: Policy;
  readonly managed: ManagedSkus;
  readonly contentsOf: (license: License) => Contents;
  readonly knowsProduct: (part: 'visio' | 'project') => boolean;
  readonly today: Day;
}

/** Judges a person and each of their managed licenses. Pure. */
export function judge(
  person: Person,
  held: readonly License[],
  evidence: Evidence,
  roster: RosterFact | undefined,
  rules: JudgingRules,
): Judged {
  const shown = personVerdict(evidence, rulesFor(person, evidence, rules.policy), rules.today);
  const doubt = doubtText(roster);
  const verdict = doubt !== undefined && shown.kind !== 'active' ? inDoubt(shown, doubt) : shown;
  const licenses = licenseFindings(held, { person: verdict, evidence }, rules);
  const hasUnusedLicense = licenses.some((license) => isUnused(license));
  const scenario = scenarioOf(person, { verdict, hasUnusedLicense, roster });
  const isInDoubt = doubt !== undefined && hasUnusedLicense;
  return {
    person,
    evidence,
    verdict: isInDoubt ? inDoubt(verdict, doubt) : verdict,
    licenses,
    scenario,
    roster,
  };
}

/** A source that cannot be understood may speak of a leave, so nobody is judged against it. */
function inDoubt(verdict: Verdict, doubt: string): Verdict {
  return { kind: 'unknown', why: [doubt, ...(verdict.kind === 'unknown' ? verdict.why : [])] };
}

/**
 * F15: usage reports may leave guests out, so one who has no row there is judged by sign-ins, where the policy requires
 * them at all.
 */
function rulesFor(person: Person, { workload }: Evidence, policy: Policy): InactivityRules {
  const { require } = policy.evidence;
  const isLeftOut = 'unknown' in workload && workload.noRow === true;
  if (person.kind !== 'guest' || !isLeftOut || !require.includes('signIn')) return policy;
  return { inactivity: policy.inactivity, evidence: { ...policy.evidence, require: ['signIn'] } };
}

function licenseFindings(
  held: readonly License[],
  judging: { readonly person: Verdict; readonly evidence: Evidence },
  rules: JudgingRules,
): readonly LicenseFinding[] {
  const { managed, policy, today } = rules;
  const priced = held.map((license) => {
    const sku = managed.get(license.skuId);
    const partNumber = sku?.partNumber ?? license.skuId;
    return { license, sku, partNumber, annualCost: annualPrice(policy.prices, partNumber, today) };
  });
  const covered: ReadonlyMap<SkuId, SkuId> = coveredLicenses(
    priced.map(({ license, annualCost }) => ({ license, cost: annualCost?.minor })),
    managed,
    { ...policy.inactivity, today },
  );
  return priced.map(({ license, sku, partNumber, annualCost }): LicenseFinding => {
    const contents = rules.contentsOf(license);
    const coveredBy = covered.get(license.skuId);
    return {
      license,
      skuId: license.skuId,
      partNumber,
      name: productName({ skuId: license.skuId, partNumber }),
      ...judgeLicense(license, { ...judging, contents, knowsProduct: rules.knowsProduct }, policy, today),
      ...(contents.unrecorded.length > 0 ? { unrecorded: contents.unrecorded } : {}),
      coveredBy,
      annualCost,
      hasMailboxPlan: hasMailboxPlan(license, sku),
    };
  });
}
