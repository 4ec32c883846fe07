import type { Workload } from '../audit/evidence.js';

export const DAY_MS = 86_400_000;

/** 0001-01-01T00:00:00Z, which Graph may send for "never". */
export const YEAR_ONE = -62_135_596_800_000;

/** One way by which a simulated person holds a SKU; `group` null means directly. */
export interface SimPath {
  readonly skuId: string;
  readonly group: string | null;
  readonly disabledPlans: readonly string[];
  readonly state: 'Active' | 'ActiveWithError' | 'Disabled' | 'Error';
  readonly error: string;
  /** When this path was last changed, in ms since 1970. */
  readonly since: number;
}

/** Moments in ms since 1970; null: Graph has no value. */
export interface SimSignIn {
  readonly interactive: number | null;
  readonly nonInteractive: number | null;
  readonly successful: number | null;
  /** `interactive` is the newest of a row that goes on into the past, one every so many days; null: it is the only one. */
  readonly everyDays: number | null;
}

export type SimWorkload = Readonly<Record<Workload, number | null>>;

export type AppPlatform = 'windows' | 'mac' | 'mobile' | 'web';

/** Desktop products of which Graph tells when they were activated. */
export type ActivatedProduct = 'apps' | 'visio' | 'project';

/** `last`: the moment of the newest activation, in ms since 1970; the counts are devices. */
export interface SimActivation {
  readonly last: number;
  readonly windows: number;
  readonly mac: number;
}

/** What the further usage reports know of a person; the active-user report knows only `SimWorkload`. */
export interface SimUsage {
  /** Last activity in the email report: as Exchange's, but for people about whom the two reports disagree. */
  readonly email: number | null;
  readonly apps: { readonly last: number | null; readonly platforms: readonly AppPlatform[] };
  /** Whether or not the license is still there; null: never activated. */
  readonly activations: Readonly<Record<ActivatedProduct, SimActivation | null>>;
  readonly mailboxBytes: number;
  readonly hasArchive: boolean;
  /** null: no OneDrive was ever made, because nobody opened it. */
  readonly oneDriveBytes: number | null;
  /** How many SharePoint sites the person owns. */
  readonly sites: number;
}

/** What Exchange alone knows of a mailbox. */
export interface SimMailTraits {
  readonly litigationHold: boolean;
  /** Held by a retention policy. */
  readonly retentionHold: boolean;
  /** true: AD has a remote mailbox object, and takes back with each sync what was changed only in the cloud. */
  readonly hybrid: boolean;
}

export type SimMailbox = 'user' | 'linked' | 'shared' | 'room' | 'equipment' | 'others';

/** The truth about one person at one moment. What Graph shows of it is decided in wire-user.ts and reports. */
export interface SimPerson {
  readonly index: number;
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly mail: string | null;
  readonly accountEnabled: boolean;
  readonly userType: 'Member' | 'Guest';
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly companyName: string | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly usageLocation: string | null;
  readonly employeeId: string | null;
  readonly employeeType: string | null;
  readonly created: number;
  /** `employeeLeaveDateTime` in ms since 1970. */
  readonly leaves: number | null;
  readonly managerId: string | null;
  /** Who answers for a guest, in the order of the directory. */
  readonly sponsorIds: readonly string[];
  readonly licenses: readonly SimPath[];
  /** Ids of the groups of which the person is a direct member. */
  readonly groups: readonly string[];
  /** null: never signed in, so Graph leaves `signInActivity` out. */
  readonly signIn: SimSignIn | null;
  /** Last activity per service, never after the report's refresh date. */
  readonly workload: SimWorkload;
  readonly usage: SimUsage;
  /** How every usage report treats the person. */
  readonly inReport: 'listed' | 'absent' | 'upperCase';
  readonly mailbox: SimMailbox | null;
  /** null: drawn from the tenant's seed when somebody asks. */
  readonly mailTraits: SimMailTraits | null;
  /** true: synced from AD; false: once was; null: never. */
  readonly onPremisesSync: boolean | null;
  /** `onPremisesLastSyncDateTime` in ms since 1970; goes on with every sync cycle. */
  readonly lastSynced: number | null;
  /** When sessions were ended last, in ms since 1970. */
  readonly sessionsValidFrom: number | null;
  readonly onPremises: {
    readonly distinguishedName: string;
    readonly domainName: string;
    readonly samAccountName: string;
  } | null;
}

/** The moment at which the tenant is looked at. Active people's dates move on with it. */
export interface TenantTime {
  readonly now: number;
  /** The end of the day on which the usage reports were refreshed. */
  readonly reportEnd: number;
  /** The last sync cycle of AD. */
  readonly syncedAt: number;
}

/** A SKU counts as held while one of its paths works. */
export function isHeld(path: SimPath): boolean {
  return path.state === 'Active' || path.state === 'ActiveWithError';
}
