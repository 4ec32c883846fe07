import { annualPrice } from '../spend/prices.js';
import { hasMailboxPlan } from '../spend/mailbox-plans.js';
import { sumMoney } from '../spend/money.js';
import { productName } from '../spend/product-names.js';
import type { Policy } from '../config/policy.js';
import type { Day } from './day.js';
import type { Evidence, Verdict } from './evidence.js';
import type { Finding, LicenseFinding, Protection, Recommendation, Scenario } from './finding.js';
import { licenseVerdict } from './license-verdict.js';
import { nameKey } from './name-key.js';
import type { License, MailboxPurpose, Manager, Person, Sponsor, UserId } from './person.js';
import { isForHrOnly, protectionsOf, routeOf, type Memberships } from './protection.js';
import { containApps } from './protection-service-accounts.js';
import { scenarioOf } from './scenario.js';
import type { ManagedSkus } from './scope.js';

/** A person whom the evidence does not show to be active. */
export interface Judged {
  readonly person: Person;
  readonly evidence: Evidence;
  readonly verdict: Verdict;
}

/** What was read about candidates only; sponsors about guests. */
export interface Details {
  readonly managers: ReadonlyMap<UserId, Manager | 'none'>;
  readonly mailboxes: ReadonlyMap<UserId, MailboxPurpose | { readonly unknown: string }>;
  /** Of guests who are not active; none at all when sponsors may not be read. */
  readonly sponsors: ReadonlyMap<UserId, readonly Sponsor[]>;
  readonly memberships: Memberships;
  /** People of whom a manager on the way to the top was not read, so that nobody knows whether they are executives. */
  readonly chainsUnknown: number;
  /** What could not be read, and why; nobody is judged by it. */
  readonly notRead: readonly { readonly what: OptionalDetail; readonly why: string }[];
}

/** Reads without which an audit is still right, because whatever needs them is left undone. */
export type OptionalDetail = 'eligibleRoles' | 'mailboxPurposes' | 'sponsors';

export interface FindingRules {
  readonly policy: Policy;
  readonly managed: ManagedSkus;
  readonly today: Day;
}

/** Puts together what is known of one person. Pure. */
export function findingOf(judged: Judged, details: Details, rules: FindingRules): Finding {
  const { person, evidence, verdict } = judged;
  const { policy, managed, today } = rules;
  const scenario = scenarioOf(person, verdict);
  const held = managedLicenses(person, managed);
  const asked = scenario !== undefined;
  const mailbox = details.mailboxes.get(person.id) ?? {
    unknown: asked ? 'Graph gave no answer' : 'read for candidates only',
  };
  const manager = details.managers.get(person.id) ?? {
    unknown: asked ? 'Graph gave no answer' : 'read for candidates only',
  };
  const protections = protectionsOf(
    {
      person,
      licenses: held,
      mailbox: asked ? mailbox : undefined,
      memberships: details.memberships,
      roster: undefined,
      use: { manager, evidence, hasApps: containApps(held, managed) },
    },
    policy,
    today,
  );
  const licenses = held.map((license) => licenseFinding(license, judged, rules));
  return {
    person,
    manager,
    mailbox,
    verdict,
    evidence,
    scenario,
    neverSignedIn: undefined,
    securityAlert: false,
    roster: undefined,
    sponsors: details.sponsors.get(person.id),
    licenses,
    annualCost: sumMoney(licenses.flatMap((license) => license.annualCost ?? [])),
    protections,
    recommendation: recommend(scenario, verdict, protections),
  };
}

export function managedLicenses(person: Pick<Person, 'licenses'>, managed: ManagedSkus): readonly License[] {
  return person.licenses.filter((license) => managed.has(license.skuId));
}

function licenseFinding(
  license: License,
  { verdict, evidence }: Judged,
  rules: FindingRules,
): LicenseFinding {
  const sku = rules.managed.get(license.skuId);
  const partNumber = sku?.partNumber ?? license.skuId;
  return {
    license,
    skuId: license.skuId,
    partNumber,
    name: productName({ skuId: license.skuId, partNumber }),
    verdict: licenseVerdict(verdict, evidence, sku),
    parts: [],
    coveredBy: undefined,
    annualCost: annualPrice(rules.policy.prices, partNumber, rules.today),
    hasMailboxPlan: hasMailboxPlan(license, sku),
  };
}

const OF_ROUTE = {
  excluded: 'excluded',
  hr: 'hrReview',
  adminReview: 'adminReview',
  guestAudit: 'guestAudit',
} as const satisfies Record<NonNullable<ReturnType<typeof routeOf>>, Recommendation>;

/** Excluded people are left alone in any case; of the others, unknown never leads further than to reading more. */
function recommend(
  scenario: Scenario | undefined,
  verdict: Verdict,
  protections: readonly Protection[],
): Recommendation {
  const route = routeOf(protections);
  if (route === 'excluded') return 'excluded';
  if (verdict.kind === 'unknown') return 'readMore';
  if (scenario === undefined) return 'none';
  return route === undefined ? 'ask' : OF_ROUTE[route];
}

/** The list in which a finding may appear; each finding is in exactly one. `hr` is for HR's eyes alone. */
export type FindingList = 'inactive' | 'protected' | 'unknown' | 'guests' | 'hr';

export function listOf({ person, verdict, protections }: Finding): FindingList {
  if (isForHrOnly(protections)) return 'hr';
  if (person.kind === 'guest') return 'guests';
  if (verdict.kind === 'unknown') return 'unknown';
  return protections.length > 0 ? 'protected' : 'inactive';
}

/** By name, then by id, so that the order never depends on how pages arrived. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const keyed = findings.map((finding) => ({ finding, key: nameKey(finding.person.userPrincipalName) }));
  keyed.sort((a, b) => compare(a.key, b.key) || compare(a.finding.person.id, b.finding.person.id));
  return keyed.map(({ finding }) => finding);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
