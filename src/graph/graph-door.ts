import type { GroupId, MailboxPurpose, Manager, Person, Sku, SkuId, UserId } from '../audit/person.js';

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
 * The one door to Microsoft Graph, real or simulated. Reads are complete or throw: a partial read is a failed read.
 * All methods throw GraphFailure (graph-failure.ts).
 */
export interface GraphDoor {
  tenant(): Promise<Tenant>;
  skus(): Promise<readonly Sku[]>;
  /** Everyone with at least one license, page by page, guests included. */
  licensedPeople(): AsyncIterable<readonly Person[]>;
  /** Sign-in dates of everyone with at least one license, page by page. A person without a row was not selected. */
  signIns(): AsyncIterable<readonly SignInRow[]>;
  /** The same for some people: 15 a request. People who are gone are absent. */
  signInsOf(userIds: readonly UserId[]): Promise<readonly SignInRow[]>;
  /** The CSV of getOffice365ActiveUserDetail for 180 days as it arrives, without BOM. */
  activeUserReport(): AsyncIterable<string>;
  /** true: the tenant conceals names in reports. */
  namesConcealed(): Promise<boolean>;
  managersOf(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, Manager | 'none'>>;
  mailboxPurposesOf(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, MailboxPurpose>>;
  membersOf(groupId: GroupId): Promise<ReadonlySet<UserId>>;
  /** Everyone who holds an active directory role, also through a group. */
  roleHolders(): Promise<ReadonlySet<UserId>>;
  /** Which of `groupIds` the person is in, nested groups included. */
  groupsContaining(userId: UserId, groupIds: readonly GroupId[]): Promise<ReadonlySet<GroupId>>;
  /** Live read of one person by object id or user principal name; undefined when there is none. */
  person(key: string): Promise<Person | undefined>;
  /** People whose name, UPN or mail starts with `text`; at most `limit`. */
  findPeople(text: string, limit: number): Promise<readonly Person[]>;
  /** assignLicense: one call for all SKUs of one person. */
  changeLicenses(userId: UserId, change: LicenseChange): Promise<LicenseChangeAnswer>;
}
