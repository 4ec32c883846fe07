import type { Day } from './day.js';

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

export interface Evidence {
  readonly workload: WorkloadEvidence | { readonly unknown: string };
  readonly signIn: SignInEvidence | { readonly unknown: string };
}

/** Design 2: once per person and once per license. `unknown` never leads to an action. */
export type Verdict =
  | { readonly kind: 'active'; readonly lastUse: Day | undefined }
  /** `days`: whole days from the last proven use to the evidence's date; a lower bound when the source only reaches so far back. */
  | { readonly kind: 'inactive'; readonly days: number; readonly lastUse: Day | undefined }
  | { readonly kind: 'neverUsed' }
  | { readonly kind: 'unknown'; readonly why: readonly string[] };
