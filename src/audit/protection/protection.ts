import type { Policy } from '../../config/policy.js';
import type { RoleHolders } from '../../graph/graph-door.js';
import type { Day } from '../day.js';
import type { Evidence } from '../evidence.js';
import type { Finding, Protection, ProtectionKind, Route } from '../finding.js';
import type { License, MailboxPurpose, Person, UserId } from '../person.js';
import { adminRules, emergencyRules } from './admins.js';
import { leaveRules, newAccountRules, newLicenseRules } from './dates.js';
import { titleRules, topRules } from './executives.js';
import { exemptRules, listRules, type GroupMembers } from './lists.js';
import { nameRules, signalRules } from './service-accounts.js';
import type { RosterFact } from '../roster/roster.js';

/** What the directory says about many people at once. */
export interface Memberships {
  /** Holders of a directory role, also through a group. */
  readonly roles: RoleHolders;
  readonly groups: GroupMembers;
  /** Those at most `protect.executives.levels` below one of the top people. */
  readonly underTop: ReadonlySet<UserId>;
  /** People who may be below one of the top people: a manager on the way up is unknown. */
  readonly wayUnknown: ReadonlySet<UserId>;
}

/** What is known about how an account is used; for the signals of a service account. */
export interface UseInput {
  readonly manager: Finding['manager'];
  readonly evidence: Evidence;
  /** See `containApps`. */
  readonly hasApps: boolean;
}

export interface ProtectionInput {
  readonly person: Person;
  /**
   * Only the licenses that are concerned, because a new one among them protects: in an audit all managed ones, before
   * a step those of the case.
   */
  readonly licenses: readonly License[];
  /** undefined: not asked for, because the person is no candidate. */
  readonly mailbox: MailboxPurpose | { readonly unknown: string } | undefined;
  readonly memberships: Memberships;
  /** What a user source says; undefined: nothing. */
  readonly roster: RosterFact | undefined;
  /** Rules by which an admin protects the person in chat today; see chat-protection.ts. */
  readonly inChat: readonly string[];
  /** undefined: not at hand, so that nobody is judged by the signals of a service account. */
  readonly use: UseInput | undefined;
}

type ProtectionRules = Pick<Policy, 'protect' | 'inactivity'>;

/** Everything that keeps a person off the normal path. Several may hold; each names its rule. */
export function protectionsOf(
  input: ProtectionInput,
  rules: ProtectionRules,
  today: Day,
): readonly Protection[] {
  const { person, memberships } = input;
  const { roles, groups } = memberships;
  const { executives, serviceAccounts, breakGlass, exempt } = rules.protect;
  const { newAccountGraceDays, newLicenseGraceDays } = rules.inactivity;
  return [
    ...each('executive', 'hr', [
      ...titleRules(person, executives.titles),
      ...listRules('executives', executives, person.id, groups),
      ...topRules(executives, person.id, memberships),
    ]),
    ...each('onLeave', 'hr', leaveRules(input.roster, newAccountGraceDays, today)),
    ...each('breakGlass', 'excluded', [
      ...listRules('breakGlass', breakGlass, person.id, groups),
      ...emergencyRules(person, roles),
    ]),
    ...each('exempt', 'excluded', [...exemptRules(exempt, person.id, groups, today), ...input.inChat]),
    ...each('serviceAccount', 'excluded', [
      ...nameRules(person, serviceAccounts.names),
      ...listRules('serviceAccounts', serviceAccounts, person.id, groups),
    ]),
    ...each('newAccount', 'excluded', newAccountRules(person, newAccountGraceDays, today)),
    ...each('newLicense', 'excluded', newLicenseRules(input.licenses, newLicenseGraceDays, today)),
    ...each('serviceAccount', 'adminReview', signals(input, serviceAccounts.signals)),
    ...each('admin', 'adminReview', adminRules(person, roles)),
    ...mailboxProtections(input.mailbox),
    ...each('guest', 'guestAudit', person.kind === 'guest' ? ['userType is Guest'] : []),
  ];
}

/** From the strictest on: nobody, HR alone, an admin, whoever looks after guests. */
const ROUTES = ['excluded', 'hr', 'adminReview', 'guestAudit'] as const satisfies readonly Route[];

/** The strictest route that holds. Who may see the person is another question: `isForHrOnly`. */
export function routeOf(protections: readonly Protection[]): Route | undefined {
  return ROUTES.find((route) => protections.some((protection) => protection.route === route));
}

/**
 * Safety rule 3: executives and leave are visible to HR only, whatever else holds. An executive who is also exempt
 * is handled by nobody and still seen by HR alone.
 */
export function isForHrOnly(protections: readonly Protection[]): boolean {
  return protections.some(({ kind, route }) => route === 'hr' || isHrKind(kind));
}

/** What HR alone knows of somebody, and decides about. */
export function isHrKind(kind: ProtectionKind): boolean {
  return kind === 'executive' || kind === 'onLeave';
}

function each(kind: ProtectionKind, route: Route, ruleTexts: readonly string[]): readonly Protection[] {
  return ruleTexts.map((rule) => ({ kind, route, rule }));
}

/** Guests, shared mailboxes and rooms look like service accounts by nature; their own protections hold them. */
function signals({ person, mailbox, use }: ProtectionInput, needed: number): readonly string[] {
  const isOther = person.kind === 'guest' || mailbox === 'shared' || isPlace(mailbox);
  return use === undefined || isOther ? [] : signalRules({ person, ...use }, needed);
}

function isPlace(mailbox: ProtectionInput['mailbox']): boolean {
  return mailbox === 'room' || mailbox === 'equipment';
}

function mailboxProtections(mailbox: ProtectionInput['mailbox']): readonly Protection[] {
  if (mailbox === undefined || mailbox === 'user' || mailbox === 'linked' || mailbox === 'noMailbox')
    return [];
  if (typeof mailbox !== 'string') {
    return each('sharedMailbox', 'adminReview', [
      `the purpose of the mailbox is unknown: ${mailbox.unknown}`,
    ]);
  }
  const kind = mailbox === 'shared' ? 'sharedMailbox' : 'resource';
  return each(kind, 'adminReview', [`userPurpose is ${mailbox}`]);
}
