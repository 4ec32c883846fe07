import type { Instant } from '../cases/case.js';
import type { PositionRow } from '../spend/position.js';
import type { Doc } from '../store/store.js';
import type { AuditFigures, StopFigures } from './audit-result.js';
import type { Finding, Scenario } from './finding.js';
import type { FindingList } from './findings.js';
import type { IdleRecord } from './back-test/idle-record.js';
import type { Unproven } from './licenses/unproven.js';
import type { UserId } from './person.js';
import type { ReportName } from './reports/names.js';

interface RunFacts extends Doc {
  readonly kind: 'run';
  readonly runId: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** Of the rules under which everyone was judged; see config/policy-hash.ts. */
  readonly policyHash: string;
}

/** Written after its findings: a run that is there is complete. Container `runs`, partition and id `runId`. */
export interface DoneRunDoc extends RunFacts {
  readonly state: 'done';
  readonly tenantId: string;
  readonly figures: AuditFigures;
  readonly position: readonly PositionRow[];
  /** Products of which nobody can be said to have never used them; undefined in older records. */
  readonly unproven?: readonly Unproven[] | undefined;
  /**
   * Greater than that of every run which was stored before, unless one of them began while this one was read. The order
   * of runs rests on it, because a clock may be wrong. Older records lack it.
   */
  readonly seq?: number | undefined;
  /** How much evidence is kept beside the run; undefined: none, as in older records. */
  readonly idle?: { readonly chunks: number; readonly records: number } | undefined;
  /** undefined in older records: nothing can be compared with them. */
  readonly measures?: RunMeasures | undefined;
  /** undefined when no sign-in dates were read. */
  readonly signInsReadAt: Instant | undefined;
  /** `YYYY-MM-DD`; undefined when no usage report could be used. */
  readonly reportRefreshed: string | undefined;
  readonly caveats: readonly string[];
  /** true: its findings and evidence are gone by `privacy.retainDays`; its figures stay. */
  readonly isErased?: boolean;
}

/** An audit that a guard stopped: it has no findings. */
export interface StoppedRunDoc extends RunFacts {
  readonly state: 'stopped';
  readonly why: readonly string[];
  readonly figures: StopFigures;
}

export type RunDoc = DoneRunDoc | StoppedRunDoc;

/** Sources of an audit: the directory pass, the reports and the sign-in dates. */
export type SourceName = 'directory' | ReportName | 'signIns';

/** One source of a run. */
export interface SourceMeasure {
  /** Rows that could be read. */
  readonly rows: number;
  /** Rows with any date of use; undefined where the source has none. */
  readonly used: number | undefined;
  /** Up to which day it reaches, `YYYY-MM-DD`; undefined: up to the run. */
  readonly refreshed: string | undefined;
  /** true: read of candidates only, so that the number of its rows says nothing. */
  readonly partial?: boolean | undefined;
}

/** What a run is compared by with the run before. */
export interface RunMeasures {
  /** See config/scope-hash.ts: under another scope people are compared by their shares. */
  readonly scopeHash: string;
  /** Whose dates of use a source was counted by: only under the same licenses they are compared. undefined in older records. */
  readonly licenseScopeHash?: string | undefined;
  /** The policy's threshold; the flagged share is compared only under the same one. */
  readonly inactivityDays: number;
  /** People in scope who hold a managed license. */
  readonly people: number;
  /** Those found inactive on the normal path. */
  readonly flagged: number;
  /** Those on the normal path because they left the company; undefined in older records. */
  readonly leavers?: number | undefined;
  /** Active ones on the normal path for a license that is not used; undefined in older records. */
  readonly unusedLicenses?: number | undefined;
  /** A source that was off or unusable is absent. */
  readonly sources: Readonly<Partial<Record<SourceName, SourceMeasure>>>;
}

/** A portion of a run's evidence, in the partition of the run; its id counts from `idle-0`. */
export interface IdleDoc extends Doc {
  readonly kind: 'idle';
  readonly runId: string;
  readonly records: readonly IdleRecord[];
}

/** One finding, in the partition of its run. */
export interface FindingDoc extends Doc {
  readonly id: UserId;
  readonly kind: 'finding';
  readonly runId: string;
  readonly userId: UserId;
  readonly department: string | undefined;
  readonly scenario: Scenario | undefined;
  /** `hr`: nobody but HR may see it. */
  readonly list: FindingList;
  readonly finding: Finding;
}
