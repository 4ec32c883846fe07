import { sumMoney } from '../spend/money.js';
import type { Policy } from '../config/policy.js';
import type { Day } from './day.js';
import type { Verdict } from './evidence.js';
import type { Finding, Protection, ProtectionKind, Recommendation, Scenario } from './finding.js';
import type { Judged } from './judge.js';
import { isReclaimable } from './licenses/unused.js';
import { nameKey } from './name-key.js';
import type { License, MailboxPurpose, Manager, Person, Sponsor, UserId } from './person.js';
import { isForHrOnly, protectionsOf, routeOf, type Memberships } from './protection/protection.js';
import { containApps } from './protection/service-accounts.js';
import { whyNeverSignedIn } from './scenario.js';
import type { ManagedSkus } from './scope/scope.js';

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
  /** Whom admins protect in chat today, and by which rule. */
  readonly inChat: ReadonlyMap<UserId, readonly string[]>;
  /** About whom HR has a case that is not over, and as what. */
  readonly heldByHr: ReadonlyMap<UserId, readonly ProtectionKind[]>;
}

/** true: there is something to say about the person. */
export function isFinding({ verdict, scenario }: Judged): boolean {
  return verdict.kind !== 'active' || scenario !== undefined;
}

/** What is said of somebody whom Graph was asked about in vain. */
export const NO_ANSWER = 'Graph gave no answer';

/** Puts together what is known of one person. Pure. */
export function findingOf(judged: Judged, details: Details, rules: FindingRules): Finding {
  const { person, evidence, verdict, licenses, scenario, roster } = judged;
  const { policy, today } = rules;
  const asked = scenario !== undefined;
  const unread = { unknown: asked ? NO_ANSWER : 'read for candidates only' };
  const mailbox = details.mailboxes.get(person.id) ?? unread;
  const manager = details.managers.get(person.id) ?? unread;
  const held = licenses.map(({ license }) => license);
  const concerned = asked ? licenses.filter((license) => isReclaimable(scenario, license)) : licenses;
  const now = protectionsOf(
    {
      person,
      licenses: concerned.map(({ license }) => license),
      mailbox: asked ? mailbox : undefined,
      memberships: details.memberships,
      roster,
      inChat: rules.inChat.get(person.id) ?? [],
      use: { manager, evidence, hasApps: containApps(held, rules.managed) },
    },
    policy,
    today,
  );
  const protections = [...now, ...caseOfHr(rules.heldByHr.get(person.id) ?? [], now)];
  return {
    person,
    manager,
    mailbox,
    verdict,
    evidence,
    scenario,
    neverSignedIn: scenario === 'neverSignedIn' ? whyNeverSignedIn(person, held, today) : undefined,
    securityAlert: hasComeBack(judged),
    roster,
    sponsors: details.sponsors.get(person.id),
    licenses,
    annualCost: sumMoney(concerned.flatMap((license) => license.annualCost ?? [])),
    protections,
    recommendation: recommend(scenario, verdict, protections),
  };
}

/** Whoever is HR's stays so while HR has a case about them. */
function caseOfHr(kinds: readonly ProtectionKind[], now: readonly Protection[]): readonly Protection[] {
  return kinds
    .filter((kind) => now.every((protection) => protection.kind !== kind))
    .map((kind) => ({ kind, route: 'hr', rule: 'HR has a case about the person' }));
}

/** Design 2: a leaver's fresh sign-in is a security alert, not a cancel. */
function hasComeBack({ scenario, person, roster, evidence }: Judged): boolean {
  if (scenario !== 'leftCompany' || !('successful' in evidence.signIn)) return false;
  const { successful } = evidence.signIn;
  const left = person.leaves ?? roster?.asOf;
  return successful.kind === 'on' && left !== undefined && successful.day > left;
}

export function managedLicenses(person: Pick<Person, 'licenses'>, managed: ManagedSkus): readonly License[] {
  return person.licenses.filter((license) => managed.has(license.skuId));
}

const OF_ROUTE = {
  excluded: 'excluded',
  hr: 'hrReview',
  adminReview: 'adminReview',
  guestAudit: 'guestAudit',
} as const satisfies Record<NonNullable<ReturnType<typeof routeOf>>, Recommendation>;

/**
 * Excluded people are left alone in any case; of the others, unknown never leads further than to reading more, unless
 * they left, which needs no inactivity.
 */
function recommend(
  scenario: Scenario | undefined,
  verdict: Verdict,
  protections: readonly Protection[],
): Recommendation {
  const route = routeOf(protections);
  if (route === 'excluded') return 'excluded';
  if (verdict.kind === 'unknown' && scenario !== 'leftCompany') return 'readMore';
  if (scenario === undefined) return 'none';
  return route === undefined ? 'ask' : OF_ROUTE[route];
}

/** The list in which a finding may appear; each finding is in exactly one. `hr` is for HR's eyes alone. */
export type FindingList = 'inactive' | 'protected' | 'unknown' | 'guests' | 'hr';

export function listOf({ person, verdict, scenario, protections }: Finding): FindingList {
  if (isForHrOnly(protections)) return 'hr';
  if (person.kind === 'guest') return 'guests';
  if (verdict.kind === 'unknown' && scenario !== 'leftCompany') return 'unknown';
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
