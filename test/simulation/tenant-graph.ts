import type { GroupId, MailboxPurpose, Manager, Person, Sku, UserId } from '../../src/audit/person.js';
import type { DeletedItem, GraphDoor, SignInRow } from '../../src/graph/graph-door.js';
import { damageAt, lacksSignIn } from './damages.js';
import { reportOf } from './reports.js';
import type { Account, Hand, Someone, Tenant } from './tenant.js';
import type { TenantAccounts } from './tenant-accounts.js';
import type { TenantGroups } from './tenant-groups.js';

/** For so long after a change an older answer may come. */
export const STALE_MS = 5 * 60_000;
/** A sign-in shows so late. */
export const SIGN_IN_LAG_MS = 15 * 60_000;

const PAGE = 100;
const MINUTE_MS = 60_000;

/** Methods of the door that change the tenant. One entry for each effect that the product learns. */
type Effects =
  | 'changeLicenses'
  | 'setNamesConcealed'
  | 'setAccountEnabled'
  | 'revokeSessions'
  | 'setUsageLocation'
  | 'joinGroup'
  | 'leaveGroup'
  | 'deletePerson'
  | 'restorePerson'
  | 'installApp';

export const EFFECTS: Readonly<Record<Effects, true>> = {
  changeLicenses: true,
  setNamesConcealed: true,
  setAccountEnabled: true,
  revokeSessions: true,
  setUsageLocation: true,
  joinGroup: true,
  leaveGroup: true,
  deletePerson: true,
  restorePerson: true,
  installApp: true,
};

/** The tenant, and what changes it. */
export interface TenantParts {
  readonly tenant: Tenant;
  readonly accounts: TenantAccounts;
  readonly groups: TenantGroups;
}

export interface GraphOptions {
  readonly clock: { now(): number };
  readonly by: () => Hand;
  /** Decides whether an answer that may be old is old. */
  readonly isStale: () => boolean;
}

/** Graph as one process sees it: the tenant, sometimes as it was minutes ago. */
export function graphOf(
  { tenant, accounts: changes, groups }: TenantParts,
  { clock, by, isStale }: GraphOptions,
): GraphDoor {
  const effects: Pick<GraphDoor, Effects> = {
    changeLicenses: async (id, change) => tenant.changeLicenses(id, change, by()),
    setNamesConcealed: async (concealed) => tenant.conceal(concealed),
    setAccountEnabled: async (id, enabled) => changes.enable(id, enabled, by()),
    revokeSessions: async (id) => {
      if (tenant.people.get(id)?.account.exists !== true) return { kind: 'personGone' };
      tenant.note({ kind: 'revokeSessions', userId: id, by: by() });
      return { kind: 'accepted' };
    },
    setUsageLocation: async (id, usageLocation) => {
      const account = tenant.people.get(id)?.account;
      if (account?.exists !== true) return { kind: 'personGone' };
      tenant.change(id, { person: { ...account.person, usageLocation } });
      return { kind: 'accepted' };
    },
    joinGroup: async (id, userId) => groups.join(id, userId, by()),
    leaveGroup: async (id, userId) => groups.leave(id, userId, by()),
    deletePerson: async (id) => changes.remove(id, by()),
    restorePerson: async (id) => changes.restore(id, by()),
    installApp: async () => ({ kind: 'installed' }),
  };
  const accounts = (): readonly Someone[] =>
    [...tenant.people.values()].filter(({ account }) => account.exists);
  const licensed = (): readonly Someone[] =>
    accounts().filter(({ account }) => account.person.licenses.length > 0);

  /** The account as it is, or for a while as it was. */
  function seen(id: UserId): Account | undefined {
    const someone = tenant.people.get(id);
    if (someone === undefined) return undefined;
    const past = someone.pasts.at(-1);
    const account =
      past !== undefined && past.until > clock.now() - STALE_MS && isStale() ? past.account : someone.account;
    return account.exists ? account : undefined;
  }

  /** The answer, or for a while the one that this process got before. */
  const before = new Map<string, { readonly at: number; readonly answer: unknown; readonly as: string }>();
  function lately<T>(key: string, answer: T, as: string): T {
    const old = before.get(key);
    const isChanged = old !== undefined && old.at > clock.now() - STALE_MS && old.as !== as;
    if (isChanged && isStale()) return old.answer as T;
    before.set(key, { at: clock.now(), answer, as });
    return answer;
  }

  function skusNow(): readonly Sku[] {
    return tenant.skus.map((sku) => ({
      ...sku,
      assigned: sku.bought - tenant.seatsFree(sku.skuId),
      capabilityStatus: sku.skuId === tenant.ended ? 'Suspended' : sku.capabilityStatus,
    }));
  }

  function personOf({ person, ad }: Account): Person {
    return ad === undefined ? person : { ...person, lastSynced: new Date(changes.lastSynced()) };
  }

  function byKey(key: string): UserId | undefined {
    if (tenant.people.has(key as UserId)) return key as UserId;
    return accounts().find(({ account }) => account.person.userPrincipalName === key)?.id;
  }

  function managerOf(id: UserId): readonly (readonly [UserId, Manager | 'none'])[] {
    const account = seen(id);
    if (account === undefined) return [];
    const manager = account.manager === undefined ? undefined : seen(account.manager)?.person;
    if (manager === undefined) return [[id, 'none']];
    const { displayName, userPrincipalName, mail, accountEnabled } = manager;
    return [[id, { id: manager.id, displayName, userPrincipalName, mail, accountEnabled }]];
  }

  function mailboxOf(id: UserId): readonly (readonly [UserId, MailboxPurpose])[] {
    const account = seen(id);
    return account === undefined ? [] : [[id, account.mailbox]];
  }

  function rowOf({ id, use }: Someone): SignInRow {
    const nothing = { userId: id, successful: undefined, interactive: undefined, nonInteractive: undefined };
    if (tenant.blank === 'signIns' || tenant.blank === 'both') return nothing;
    if (lacksSignIn(damageAt(tenant.damages, clock.now()), id, use)) return nothing;
    const at = lastSignIn(use, Number(id.slice(-3)), clock.now());
    if (at === undefined) return nothing;
    return { ...nothing, successful: new Date(at), interactive: new Date(at) };
  }

  return {
    ...effects,
    tenant: async () => ({ tenantId: 'harbor', displayName: 'Harbor', hasEntraP1: true }),
    skus: async () => {
      const now = skusNow();
      return lately(
        'skus',
        now,
        now.map((sku) => `${sku.bought} ${sku.assigned} ${sku.capabilityStatus}`).join(),
      );
    },
    licensedPeople: async function* () {
      for (const page of pages(licensed())) yield page.map(({ account }) => account.person);
    },
    directoryKeys: async function* () {
      for (const page of pages(accounts()))
        yield page.map(({ id, account: { person } }) => ({
          userId: id,
          userPrincipalName: person.userPrincipalName,
          employeeId: person.employeeId,
        }));
    },
    signIns: async function* () {
      const all = licensed();
      for (const page of pages(all)) yield { rows: page.map(rowOf), total: all.length, next: undefined };
    },
    signInsUntil: async function* (until) {
      const old = accounts()
        .map(rowOf)
        .filter(({ successful }) => successful !== undefined && successful <= until);
      for (const rows of pages(old)) yield { rows, total: old.length, next: undefined };
      if (old.length === 0) yield { rows: [], total: 0, next: undefined };
    },
    anySignInSince: async (since) =>
      accounts().some((someone) => (rowOf(someone).successful ?? new Date(0)) >= since),
    signInsOf: async (ids) =>
      ids.flatMap((id) => {
        const someone = tenant.people.get(id);
        return someone === undefined || !someone.account.exists ? [] : [rowOf(someone)];
      }),
    report: async function* (name) {
      yield reportOf(name, tenant, clock.now());
    },
    namesConcealed: async () => tenant.isConcealed,
    managersOf: async (ids) => new Map(ids.flatMap(managerOf)),
    mailboxPurposesOf: async (ids) => new Map(ids.flatMap(mailboxOf)),
    membersOf: async (group) => {
      const now = new Set(accounts().flatMap(({ id, account }) => (account.groups.has(group) ? [id] : [])));
      return lately(`members of ${group}`, now, [...now].join());
    },
    roleHolders: async () => ({
      active: new Set(accounts().flatMap(({ id, account }) => (account.isAdmin ? [id] : []))),
      eligible: new Set(),
      globalAdministrators: new Set(),
    }),
    sponsorsOf: async (ids) => new Map(ids.map((id) => [id, []])),
    grantedPermissions: async () => undefined,
    groupsContaining: async (id, groups) => {
      const held: ReadonlySet<GroupId> = seen(id)?.groups ?? new Set();
      return new Set(groups.filter((group) => held.has(group)));
    },
    groupFacts: async (ids) => {
      const now = groups.facts(ids);
      const as = [...now.values()].map(({ id, licenses }) => [id, ...licenses].join()).join(';');
      return lately(ids.join(), now, as);
    },
    ownedThings: async (id) => seen(id)?.owned ?? [],
    deletedItem: async (id) => deletedItemOf(tenant.someone(id)),
    signInLogOf: async () => ({ events: [], hasMore: false }),
    person: async (key) => {
      const id = byKey(key);
      const account = id === undefined ? undefined : seen(id);
      return account && personOf(account);
    },
    directReports: async (id) =>
      accounts()
        .filter(({ account }) => account.manager === id)
        .map(({ account }) => account.person)
        .filter(({ accountEnabled, kind }) => accountEnabled && kind === 'member'),
    findPeople: async (text, limit) =>
      accounts()
        .map(({ account }) => account.person)
        .filter(({ displayName }) => displayName.startsWith(text))
        .slice(0, limit),
  };
}

/** The last successful sign-in that shows at `now`. */
export function lastSignIn(use: Someone['use'], n: number, now: number): number | undefined {
  if (use.only === 'workload') return use.last;
  const shown = now - SIGN_IN_LAG_MS;
  if (use.activeSince === undefined || use.activeSince > shown) return use.last;
  return Math.max(use.activeSince, shown - (n % 90) * MINUTE_MS);
}

/** Since when an account is among the deleted items; undefined: it is not. */
function deletedItemOf({ account, pasts }: Someone): DeletedItem | undefined {
  if (account.exists) return undefined;
  const last = pasts.findLast((past) => past.account.exists);
  return { at: last && new Date(last.until) };
}

function* pages<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < values.length; from += PAGE) yield values.slice(from, from + PAGE);
}
