import type { Policy } from '../config/policy.js';
import type { RoleHolders } from '../graph/graph-door.js';
import { daysBetween, isoDay, type Day } from './day.js';
import type { Protection, ProtectionKind, Route } from './finding.js';
import type { GroupId, License, MailboxPurpose, Person, UserId } from './person.js';

/** What the directory says about many people at once. */
export interface Memberships {
  /** Holders of a directory role, also through a group. */
  readonly roles: RoleHolders;
  /** Members of every group that the policy names, nested ones included. */
  readonly groups: ReadonlyMap<GroupId, ReadonlySet<UserId>>;
}

export interface ProtectionInput {
  readonly person: Person;
  /** Managed ones only. */
  readonly licenses: readonly License[];
  /** undefined: not asked for, because the person is no candidate. */
  readonly mailbox: MailboxPurpose | { readonly unknown: string } | undefined;
  readonly memberships: Memberships;
}

type ProtectionRules = Pick<Policy, 'protect' | 'inactivity'>;

/** Everything that keeps a person off the normal path. Several may hold; each names its rule. */
export function protectionsOf(
  input: ProtectionInput,
  rules: ProtectionRules,
  today: Day,
): readonly Protection[] {
  const { person, memberships } = input;
  const { executives, serviceAccounts, breakGlass, exempt } = rules.protect;
  const listed = (name: string, list: typeof breakGlass): readonly string[] =>
    listRules(name, list, person.id, memberships);
  const exempted = { groups: exempt.groups.map(({ id }) => id), users: exempt.users.map(({ id }) => id) };
  return [
    ...each('executive', 'hr', [
      ...titleRules(person, executives.titles),
      ...listed('executives', executives),
    ]),
    ...each('breakGlass', 'excluded', listed('breakGlass', breakGlass)),
    ...each('exempt', 'excluded', listed('exempt', exempted)),
    ...each('serviceAccount', 'excluded', [
      ...nameRules(person, serviceAccounts.names),
      ...listed('serviceAccounts', serviceAccounts),
    ]),
    ...each('newAccount', 'excluded', newAccountRules(person, rules.inactivity.newAccountGraceDays, today)),
    ...each(
      'newLicense',
      'excluded',
      newLicenseRules(input.licenses, rules.inactivity.newLicenseGraceDays, today),
    ),
    ...each(
      'admin',
      'adminReview',
      memberships.roles.active.has(person.id) ? ['holds a directory role'] : [],
    ),
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
  return protections.some(({ kind, route }) => route === 'hr' || kind === 'executive' || kind === 'onLeave');
}

/** The groups whose members have to be known before anyone is judged. */
export function protectedGroups({ protect }: Pick<Policy, 'protect'>): readonly GroupId[] {
  const { executives, serviceAccounts, breakGlass, exempt } = protect;
  const listed = [executives, serviceAccounts, breakGlass].flatMap((list) => list.groups);
  return [...new Set([...listed, ...exempt.groups.map(({ id }) => id)])];
}

function each(kind: ProtectionKind, route: Route, ruleTexts: readonly string[]): readonly Protection[] {
  return ruleTexts.map((rule) => ({ kind, route, rule }));
}

function listRules(
  name: string,
  list: { readonly groups: readonly GroupId[]; readonly users: readonly UserId[] },
  userId: UserId,
  { groups }: Memberships,
): readonly string[] {
  const users = list.users.includes(userId) ? [`protect.${name}.users`] : [];
  const ofGroups = list.groups.filter((group) => groups.get(group)?.has(userId));
  return [...users, ...ofGroups.map((group) => `protect.${name}.groups: ${group}`)];
}

function titleRules({ jobTitle }: Person, titles: readonly RegExp[]): readonly string[] {
  if (jobTitle === undefined) return [];
  const title = jobTitle.trim().normalize('NFC');
  return titles
    .filter((pattern) => pattern.test(title))
    .map((pattern) => `protect.executives.titles: ${pattern.source}`);
}

function nameRules({ userPrincipalName, displayName }: Person, names: readonly RegExp[]): readonly string[] {
  const localPart = userPrincipalName.split('@')[0] ?? '';
  const texts = [localPart, displayName].map((text) => text.trim().normalize('NFC'));
  return names
    .filter((pattern) => texts.some((text) => pattern.test(text)))
    .map((pattern) => `protect.serviceAccounts.names: ${pattern.source}`);
}

/** The directory leaves the creation date out for accounts from before June 2018 only, so a missing one is old. */
function newAccountRules({ created }: Person, graceDays: number, today: Day): readonly string[] {
  if (created === undefined || daysBetween(created, today) >= graceDays) return [];
  return [`inactivity.newAccountGraceDays: created ${isoDay(created)}`];
}

function newLicenseRules(licenses: readonly License[], graceDays: number, today: Day): readonly string[] {
  const dates = licenses.flatMap(({ paths }) => paths.flatMap(({ since }) => since ?? []));
  const newest = dates.length > 0 ? (Math.max(...dates) as Day) : undefined;
  if (newest === undefined || daysBetween(newest, today) >= graceDays) return [];
  return [`inactivity.newLicenseGraceDays: license of ${isoDay(newest)}`];
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
