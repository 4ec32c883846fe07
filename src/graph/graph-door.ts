import type {
  DirectoryEntry,
  GroupId,
  MailboxPurpose,
  Manager,
  Person,
  Sku,
  SkuId,
  Sponsor,
  UserId,
} from '../audit/person.js';
import type { ReportName } from '../audit/reports/names.js';

/** What the tenant is and what its licenses allow us to read. */
export interface Tenant {
  readonly tenantId: string;
  readonly displayName: string;
  /** Entra ID P1 or P2 present: without it there are no sign-in dates. */
  readonly hasEntraP1: boolean;
}

/** `signInActivity` of one person; undefined dates are not in the answer. Year-1 values are read as absent. */
export interface SignInRow {
  readonly userId: UserId;
  readonly successful: Date | undefined;
  readonly interactive: Date | undefined;
  readonly nonInteractive: Date | undefined;
}

/** `total` is the number of rows that Graph announced with the first page. */
export interface SignInPage {
  readonly rows: readonly SignInRow[];
  readonly total: number;
  /** Graph's link to the page that follows, which it knows for minutes or hours; undefined: this is the last one. */
  readonly next: string | undefined;
}

/** Where a listing of sign-in dates goes on that somebody has begun before. */
export interface SignInsFrom {
  readonly next: string;
  /** Rows announced with its first page, and those that came so far. */
  readonly total: number;
  readonly read: number;
}

/** One sign-in as Entra's log has it; undefined is what the log does not say. */
export interface SignInEvent {
  readonly at: Date | undefined;
  readonly app: string | undefined;
  /** `code` is Entra's number (AADSTS), `reason` its words. */
  readonly outcome:
    | { readonly kind: 'success' }
    | { readonly kind: 'failure'; readonly code: number; readonly reason: string | undefined }
    | undefined;
  /** The kind of program, such as `Browser` or `IMAP4`. */
  readonly clientApp: string | undefined;
  readonly isInteractive: boolean | undefined;
  readonly city: string | undefined;
  /** Two letters. */
  readonly country: string | undefined;
}

/** The newest part of somebody's sign-in log, newest first. */
export interface SignInLog {
  readonly events: readonly SignInEvent[];
  /** true: within the time asked for there are older ones than these. */
  readonly hasMore: boolean;
}

/** Who holds a directory role, directly or as a member of a role-assignable group. */
export interface RoleHolders {
  readonly active: ReadonlySet<UserId>;
  /** Those who may activate a role (PIM); `unknown` where that may not be read or the tenant has no Entra ID P2. */
  readonly eligible: ReadonlySet<UserId> | { readonly unknown: string };
  /** Active Global Administrators, also in `active`. */
  readonly globalAdministrators: ReadonlySet<UserId>;
}

/** By what other systems know a person. */
export interface DirectoryKey {
  readonly userId: UserId;
  readonly userPrincipalName: string;
  readonly employeeId: string | undefined;
}

export interface LicenseChange {
  readonly add: readonly { readonly skuId: SkuId; readonly disabledPlans: readonly string[] }[];
  readonly remove: readonly SkuId[];
}

/** Every way a license call can end that a step must tell apart. Anything else is thrown as GraphFailure. */
export type LicenseChangeAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'inheritedFromGroup' }
  | { readonly kind: 'notHeld' }
  | { readonly kind: 'noUsageLocation' }
  | { readonly kind: 'noFreeSeat'; readonly skuId: SkuId | undefined }
  | { readonly kind: 'dependency'; readonly message: string }
  | { readonly kind: 'conflict'; readonly message: string }
  | { readonly kind: 'personGone' };

/**
 * Every way a change of an account or of a group's members can end that a step must tell apart. Anything else is
 * thrown. A change whose first answer was lost is sent again and may then be `unchanged`, so what is so afterwards is
 * to be read, not concluded.
 */
export type ChangeAnswer =
  | { readonly kind: 'accepted' }
  /** It was so already: nothing was changed. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'personGone' }
  /** Graph will not do it, now or later: a role holder, an account mastered in AD, a dynamic or synced group. */
  | { readonly kind: 'refused'; readonly message: string };

/** How installing the app for somebody can end. Anything else is thrown. */
export type InstallAnswer =
  /** Now, or before: it is there. */
  | { readonly kind: 'installed' }
  /** Not for this person, now or later: a policy of Teams blocks it, or there is no such person or app. */
  | { readonly kind: 'refused'; readonly code: string };

/** Who says who is in a group, so whether software can change it (microsoft-graph.md 4.2). */
export type GroupKind = 'assigned' | 'microsoft365' | 'dynamic' | 'mailEnabled' | 'synced' | 'roleAssignable';

export interface GroupFacts {
  readonly id: GroupId;
  readonly displayName: string;
  readonly kind: GroupKind;
  /** SKUs that the group gives to its members. */
  readonly licenses: readonly SkuId[];
}

export interface DeletedItem {
  /** When it was deleted; undefined: Graph does not tell. */
  readonly at: Date | undefined;
}

/** A group that somebody owns. */
export interface OwnedThing {
  readonly id: GroupId;
  readonly displayName: string;
  readonly isTeam: boolean;
  /** Nobody else owns it. */
  readonly isSole: boolean;
}

/**
 * The one door to Microsoft Graph, real or simulated. Reads are complete or throw: a partial read is a failed read.
 * All methods throw GraphFailure (graph-failure.ts).
 */
export interface GraphDoor {
  tenant(): Promise<Tenant>;
  skus(): Promise<readonly Sku[]>;
  /**
   * Everyone with at least one license, page by page, guests included.
   * @param options leaveDates: also `employeeLeaveDateTime`, which needs a permission of its own
   */
  licensedPeople(options?: { readonly leaveDates?: boolean }): AsyncIterable<readonly Person[]>;
  /** Everybody in the directory, licensed or not, by the keys that rosters use. */
  directoryKeys(): AsyncIterable<readonly DirectoryKey[]>;
  /**
   * Sign-in dates of everyone with at least one license, page by page. A person without a row was not selected.
   * @param from only the pages from there on. It throws when Graph does not know the place any more, and begins nothing
   *   anew.
   */
  signIns(from?: SignInsFrom): AsyncIterable<SignInPage>;
  /**
   * Sign-in dates of everyone, licensed or not, whose last successful sign-in is not after `until`. Whoever has no
   * recorded success is not among them.
   * @param from as for `signIns`, of a listing with the same `until`
   */
  signInsUntil(until: Date, from?: SignInsFrom): AsyncIterable<SignInPage>;
  /** Whether anybody in the tenant has a successful sign-in at or after `since`: one request. */
  anySignInSince(since: Date): Promise<boolean>;
  /** The same for some people: 15 a request. People who are gone are absent. */
  signInsOf(userIds: readonly UserId[]): Promise<readonly SignInRow[]>;
  /**
   * The sign-in log of one person since a moment: at most `limit` of its newest entries. Graph keeps it for 30 days and
   * lists interactive sign-ins only, so that an empty log does not mean that nobody signed in.
   */
  signInLogOf(userId: UserId, since: Date, limit: number): Promise<SignInLog>;
  /** The CSV of a usage report for 180 days as it arrives, without BOM. */
  report(name: ReportName): AsyncIterable<string>;
  /** true: the tenant conceals names in reports. */
  namesConcealed(): Promise<boolean>;
  /** Changes how the whole tenant's reports show names. Safe to repeat. */
  setNamesConcealed(concealed: boolean): Promise<void>;
  managersOf(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Manager | 'none'>>;
  mailboxPurposesOf(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, MailboxPurpose>>;
  membersOf(groupId: GroupId): Promise<ReadonlySet<UserId>>;
  roleHolders(): Promise<RoleHolders>;
  /** Who answers for some guests, in the order of the directory; empty: nobody is named. */
  sponsorsOf(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, readonly Sponsor[]>>;
  /** Application permissions that the token carries; undefined when the token does not tell. */
  grantedPermissions(): Promise<ReadonlySet<string> | undefined>;
  /** Which of `groupIds` the person is in, nested groups included. */
  groupsContaining(userId: UserId, groupIds: readonly GroupId[]): Promise<ReadonlySet<GroupId>>;
  /**
   * Live read of one person by object id or user principal name; undefined when there is none.
   * @param options leaveDates: as for `licensedPeople`
   */
  person(key: string, options?: { readonly leaveDates?: boolean }): Promise<Person | undefined>;
  /**
   * People whose name, UPN or mail starts with `text`; at most `limit`.
   * @param options bySurname: or whose surname does, for whoever chooses one of them afterwards
   */
  findPeople(
    text: string,
    limit: number,
    options?: { readonly bySurname?: boolean },
  ): Promise<readonly Person[]>;
  /** Members whose account is enabled and who report to somebody; at most 100. */
  directReports(userId: UserId): Promise<readonly DirectoryEntry[]>;
  /** assignLicense: one call for all SKUs of one person. */
  changeLicenses(userId: UserId, change: LicenseChange): Promise<LicenseChangeAnswer>;
  /** An account that is synced from AD accepts it, too, and takes AD's value back with the next sync. */
  setAccountEnabled(userId: UserId, enabled: boolean): Promise<ChangeAnswer>;
  /** Ends refresh tokens; access tokens live on for up to an hour. Cannot be undone and needs not. */
  revokeSessions(userId: UserId): Promise<ChangeAnswer>;
  /** @param country two letters, ISO 3166; undefined: empties it */
  setUsageLocation(userId: UserId, country: string | undefined): Promise<ChangeAnswer>;
  /** Groups that are gone are absent. */
  groupFacts(groupIds: readonly GroupId[]): Promise<ReadonlyMap<GroupId, GroupFacts>>;
  joinGroup(groupId: GroupId, userId: UserId): Promise<ChangeAnswer>;
  leaveGroup(groupId: GroupId, userId: UserId): Promise<ChangeAnswer>;
  /** Groups and teams that the person owns, with whether somebody else does as well. */
  ownedThings(userId: UserId): Promise<readonly OwnedThing[]>;
  /** Soft delete: 30 days in which `restorePerson` brings everything back. */
  deletePerson(userId: UserId): Promise<ChangeAnswer>;
  restorePerson(userId: UserId): Promise<ChangeAnswer>;
  /** What the directory's deleted items tell of an account, for 30 days; undefined: it is not among them. */
  deletedItem(userId: UserId): Promise<DeletedItem | undefined>;
  /**
   * Installs the app in Teams for somebody, under the identity of the bot, which alone may.
   * @param appId the app's id in the catalog of the tenant
   */
  installApp(userId: UserId, appId: string): Promise<InstallAnswer>;
}
