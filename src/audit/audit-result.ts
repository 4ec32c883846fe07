import type { Money } from '../spend/money.js';
import type { PositionRow } from '../spend/position.js';
import type { Day } from './day.js';
import type { Finding } from './finding.js';
import type { IdleRecord } from './back-test/idle-record.js';
import type { Unproven } from './licenses/unproven.js';
import type { RunMeasures } from './run-record.js';
import type { SourceState } from './sources/state.js';

/**
 * Counts of people in scope who hold a managed license. Each is counted once:
 * people = active + inactive + protected + unknown + guests.
 */
export interface AuditFigures {
  readonly people: number;
  /** Managed licenses that they hold. */
  readonly licenses: number;
  readonly active: number;
  /** Candidates on the normal path, active people with a license that is not used included. */
  readonly inactive: number;
  /** Candidates off the normal path; people whom only HR may see are merged into this number. */
  readonly protected: number;
  readonly unknown: number;
  /** Guests who are not shown to be active. */
  readonly guests: number;
  /** Holders of managed licenses outside of the policy's scope; in no other count. */
  readonly outOfScope: number;
  /** What the licenses of the inactive ones cost per year, one amount per currency. */
  readonly annualCost: readonly Money[];
  /** Inactive ones with at least one license that has no price. */
  readonly withoutPrice: number;
  /** People per department ('' where the directory says none): what limits per department refer to. */
  readonly departments: Readonly<Record<string, number>>;
}

/** The numbers that stopped an audit, by name. */
export type StopFigures = Readonly<Record<string, number | string>>;

interface RunTimes {
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

export type AuditResult = DoneAudit | StoppedAudit;

export interface DoneAudit extends RunTimes {
  readonly kind: 'done';
  readonly tenantId: string;
  readonly figures: AuditFigures;
  /** In the order of names. Nobody who is active; see `listOf` for who may see which. */
  readonly findings: readonly Finding[];
  /** Everybody in scope without use for 30 days, for testing thresholds later. */
  readonly idle: readonly IdleRecord[];
  /** What the next run is compared with. */
  readonly measures: RunMeasures;
  readonly position: readonly PositionRow[];
  /** Products of which nobody can be said to have never used them, and why. */
  readonly unproven: readonly Unproven[];
  /** undefined when no usage report could be used. */
  readonly reportRefreshed: Day | undefined;
  /** undefined when the sign-in dates were not needed or cannot be read. */
  readonly signInsReadAt: Date | undefined;
  /** What became of every source. */
  readonly sources: readonly SourceState[];
  /** What a reader has to know, in sentences. */
  readonly caveats: readonly string[];
}

/** Nothing can be said about anyone. `why` are sentences with figures and what to do. */
export interface StoppedAudit extends RunTimes {
  readonly kind: 'stopped';
  readonly why: readonly string[];
  readonly figures: StopFigures;
}

/** `total` is undefined where nobody knows it before. In the phase `signIns` both count requests. */
export interface AuditProgress {
  readonly phase: 'usageReport' | 'directory' | 'plan' | 'signIns' | 'details' | 'done';
  readonly done: number;
  readonly total: number | undefined;
  /** Whole minutes until the phase ends, where Graph's limits make them known. */
  readonly minutesLeft?: number;
  /** What is about to be done and how long it takes, as a sentence: phase `plan`. */
  readonly text?: string;
}
