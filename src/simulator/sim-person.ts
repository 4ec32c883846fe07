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
}

export type SimWorkload = Readonly<Record<Workload, number | null>>;

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
  readonly managerId: string | null;
  readonly licenses: readonly SimPath[];
  /** Ids of the groups of which the person is a direct member. */
  readonly groups: readonly string[];
  /** null: never signed in, so Graph leaves `signInActivity` out. */
  readonly signIn: SimSignIn | null;
  /** Last activity per service, never after the report's refresh date. */
  readonly workload: SimWorkload;
  readonly inReport: 'listed' | 'absent' | 'upperCase';
  readonly mailbox: SimMailbox | null;
  /** true: synced from AD; false: once was; null: never. */
  readonly onPremisesSync: boolean | null;
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
}

/** A SKU counts as held while one of its paths works. */
export function isHeld(path: SimPath): boolean {
  return path.state === 'Active' || path.state === 'ActiveWithError';
}
