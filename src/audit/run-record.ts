import type { Instant } from '../cases/case.js';
import type { PositionRow } from '../spend/position.js';
import type { Doc } from '../store/store.js';
import type { AuditFigures, StopFigures } from './audit-result.js';
import type { Finding, Scenario } from './finding.js';
import type { FindingList } from './findings.js';
import type { UserId } from './person.js';

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
  /** undefined when no sign-in dates were read. */
  readonly signInsReadAt: Instant | undefined;
  /** `YYYY-MM-DD`; undefined when no usage report could be used. */
  readonly reportRefreshed: string | undefined;
  readonly caveats: readonly string[];
}

/** An audit that a guard stopped: it has no findings. */
export interface StoppedRunDoc extends RunFacts {
  readonly state: 'stopped';
  readonly why: readonly string[];
  readonly figures: StopFigures;
}

export type RunDoc = DoneRunDoc | StoppedRunDoc;

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
