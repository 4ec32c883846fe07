import type { Day } from './day.js';
import type { ActivityReport } from './reports/names.js';

/** One service's answer to "when was it last used?". Absent data is `unknown`, never a number and never "none". */
export type Fact =
  | { readonly kind: 'on'; readonly day: Day }
  /** The source proves that there was no use from `since` on (for sign-in with `since` undefined: never). */
  | { readonly kind: 'none'; readonly since: Day | undefined }
  | { readonly kind: 'unknown'; readonly why: string };

export const WORKLOADS = ['exchange', 'oneDrive', 'sharePoint', 'teams', 'yammer', 'skype'] as const;
export type Workload = (typeof WORKLOADS)[number];

/** What one row of the active-user report proves about one person. */
export interface WorkloadEvidence {
  /** The report's own refresh date: use is measured from here, not from today. */
  readonly refreshed: Day;
  readonly facts: Readonly<Record<Workload, Fact>>;
}

/** What `signInActivity` proves about one person. */
export interface SignInEvidence {
  readonly successful: Fact;
  readonly interactive: Fact;
  readonly nonInteractive: Fact;
}

/** What one further report says of one person. */
export type ReportEvidence =
  | {
      readonly kind: 'read';
      readonly refreshed: Day;
      readonly fact: Fact;
      /** Why what the report does not show proves nothing, although it shows this use. */
      readonly doubt?: string;
    }
  /** The policy leaves the report out: it is neither asked nor missed. */
  | { readonly kind: 'off' }
  | { readonly kind: 'unknown'; readonly why: string };

export const PLATFORMS = ['windows', 'mac', 'mobile', 'web'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** One product that the person has activated on some device. `lastActivated` undefined: on none so far. */
export interface Activation {
  /** As the report spells it, such as `MICROSOFT 365 APPS FOR ENTERPRISE`. */
  readonly product: string;
  readonly lastActivated: Day | undefined;
}

/** Facts for the lists that prove nothing about the person. undefined: not known, which is not 0. */
export interface UsageDetails {
  /** Where Outlook, Word, Excel, PowerPoint, OneNote or Teams was used in the report's 180 days. */
  readonly platforms: Readonly<Record<Platform, boolean>> | undefined;
  readonly activations: readonly Activation[] | undefined;
  /** Bytes; undefined also where there is no mailbox. */
  readonly mailStorage: number | undefined;
  readonly hasArchive: boolean | undefined;
  /** Of which day these two are; undefined where the report was not read. */
  readonly mailboxesRefreshed: Day | undefined;
  /** Bytes. */
  readonly oneDriveStorage: number | undefined;
  /** SharePoint sites that the person owns. */
  readonly sites: readonly OwnedSite[] | undefined;
}

export interface OwnedSite {
  readonly url: string;
  readonly lastActivity: Day | undefined;
}

/** Why a report proves nothing about a person. `noRow`: the report is whole and has no row of them. */
export interface UnknownWorkload {
  readonly unknown: string;
  readonly noRow?: true;
}

export interface Evidence {
  readonly workload: WorkloadEvidence | UnknownWorkload;
  readonly signIn: SignInEvidence | { readonly unknown: string };
  readonly reports: Readonly<Record<ActivityReport, ReportEvidence>>;
  readonly details: UsageDetails;
}

/** Nothing is known beside the workloads. */
export const NO_DETAILS: UsageDetails = {
  platforms: undefined,
  activations: undefined,
  mailStorage: undefined,
  hasArchive: undefined,
  mailboxesRefreshed: undefined,
  oneDriveStorage: undefined,
  sites: undefined,
};

export const REPORTS_OFF: Evidence['reports'] = {
  email: { kind: 'off' },
  teams: { kind: 'off' },
  sharePoint: { kind: 'off' },
  apps: { kind: 'off' },
  activations: { kind: 'off' },
};

/** Design 2: once per person and once per license. `unknown` never leads to an action. */
export type Verdict =
  | { readonly kind: 'active'; readonly lastUse: Day | undefined }
  /** `days`: whole days from the last proven use to the evidence's date; a lower bound when the source only reaches so far back. */
  | { readonly kind: 'inactive'; readonly days: number; readonly lastUse: Day | undefined }
  | { readonly kind: 'neverUsed' }
  | { readonly kind: 'unknown'; readonly why: readonly string[] };
