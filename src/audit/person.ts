import type { Day } from './day.js';

/** Entra object id, lower case. Minted only where Graph answers and requests are parsed. */
export type UserId = string & { readonly __brand: 'UserId' };
export type GroupId = string & { readonly __brand: 'GroupId' };
/** Graph's skuId (a GUID, lower case). */
export type SkuId = string & { readonly __brand: 'SkuId' };

export type LicenseState = 'active' | 'activeWithError' | 'disabled' | 'error';

/** One way by which a person holds a SKU. A SKU held directly and through two groups has three paths and one seat. */
export type LicensePath =
  | {
      readonly kind: 'direct';
      readonly state: LicenseState;
      readonly error: string | undefined;
      /** Service plan ids that are switched off on this path. */
      readonly disabledPlans: readonly string[];
      readonly since: Day | undefined;
    }
  | {
      readonly kind: 'group';
      readonly groupId: GroupId;
      readonly state: LicenseState;
      readonly error: string | undefined;
      readonly disabledPlans: readonly string[];
      readonly since: Day | undefined;
    };

/** One SKU held by one person. */
export interface License {
  readonly skuId: SkuId;
  /** Service plan ids that are switched off, as `assignedLicenses` says. */
  readonly disabledPlans: readonly string[];
  readonly paths: readonly LicensePath[];
}

/** A person as the directory knows them. `undefined` means that the directory does not say. */
export interface Person {
  readonly id: UserId;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly mail: string | undefined;
  readonly accountEnabled: boolean;
  readonly kind: 'member' | 'guest';
  readonly licenses: readonly License[];
  readonly department: string | undefined;
  readonly jobTitle: string | undefined;
  readonly country: string | undefined;
  readonly usageLocation: string | undefined;
  readonly employeeId: string | undefined;
  readonly employeeType: string | undefined;
  readonly hired: Day | undefined;
  /** Last day at work; undefined also where it may not be read. */
  readonly leaves: Day | undefined;
  readonly created: Day | undefined;
  /** true: synced from AD; false: once was; undefined: never. */
  readonly onPremisesSync: boolean | undefined;
  readonly onPremisesDomain: string | undefined;
  readonly onPremisesDistinguishedName: string | undefined;
  /** When AD was last synced to this account; read only of one person at a time, undefined in lists. */
  readonly lastSynced: Date | undefined;
  /** Such as `de-DE`; read of one person alone. */
  readonly preferredLanguage?: string | undefined;
}

/** What the directory shows of somebody to everybody: enough to choose them, and to tell those of one name apart. */
export type DirectoryEntry = Pick<Person, 'id' | 'displayName' | 'userPrincipalName' | 'mail'>;

/** A person's manager as read from the directory. */
export interface Manager {
  readonly id: UserId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail: string | undefined;
  readonly accountEnabled: boolean;
}

/** Who answers for a guest; a group has no address. */
export interface Sponsor {
  readonly id: UserId;
  readonly displayName: string;
  readonly mail: string | undefined;
}

export type MailboxPurpose = 'user' | 'shared' | 'room' | 'equipment' | 'linked' | 'others' | 'noMailbox';

/** A purchasable product as `subscribedSkus` lists it. */
export interface Sku {
  readonly skuId: SkuId;
  readonly partNumber: string;
  readonly appliesTo: 'user' | 'company';
  readonly capabilityStatus: string;
  /** Seats that may be used: enabled + warning. */
  readonly bought: number;
  /** Seats in use (`consumedUnits`). */
  readonly assigned: number;
  readonly plans: readonly { readonly id: string; readonly name: string }[];
}
