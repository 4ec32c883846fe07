import type { SkuId } from '../audit/person.js';
import type { Case, Instant, PersonRef } from './case.js';
import type { FilesPlan } from './answering/files-plan.js';

export type Decision =
  | {
      readonly kind: 'keep';
      readonly by: PersonRef;
      readonly at: Instant;
      readonly reason: string;
      readonly until: Instant;
    }
  /** Back on a date; nobody is asked for a reason (field.md N1). For others it is kept (safety rule 3). */
  | { readonly kind: 'onLeave'; readonly by: PersonRef; readonly at: Instant; readonly until: Instant }
  | {
      readonly kind: 'reclaim';
      readonly by: PersonRef;
      readonly at: Instant;
      readonly reason: string | undefined;
      /** The second person of HR's lane, who agreed; absent where none was needed. */
      readonly approvedBy?: PersonRef;
      readonly files?: FilesPlan;
    }
  /** HR's alone: a cheaper license stands in while the person is away, and everything comes back on the day of the return. */
  | {
      readonly kind: 'park';
      readonly by: PersonRef;
      readonly at: Instant;
      /** From when everything is to be back: the beginning of the day of the return, where the tenant is. */
      readonly until: Instant;
      /** That day as somebody chose it, `YYYY-MM-DD`. */
      readonly returnsOn: string;
      /** What they agreed to; another policy adds none. */
      readonly skuIds: readonly SkuId[];
      readonly reason?: undefined;
      readonly approvedBy?: PersonRef;
      readonly files?: undefined;
    }
  | {
      readonly kind: 'reassign';
      readonly by: PersonRef;
      readonly at: Instant;
      readonly reason: string | undefined;
      readonly receiver: PersonRef;
      readonly files?: FilesPlan;
    }
  /** An admin gives the person of the case a license; nobody was asked, and nothing is taken from anybody. */
  | {
      readonly kind: 'give';
      readonly by: PersonRef;
      readonly at: Instant;
      readonly reason: string;
      readonly files?: undefined;
    };

/** What leads to steps that take something. */
export type Taking = Extract<Decision, { kind: 'reclaim' | 'reassign' | 'park' }>;

/** What somebody of HR proposes, and somebody else of HR agrees to. */
export type Proposal = Extract<Decision, { kind: 'reclaim' | 'park' }>;

/** HR lets a cheaper license stand in until the return. */
export type Parking = Extract<Decision, { kind: 'park' }>;

/** What HR decided, or somebody of HR proposes, about parking in a case; undefined: nothing of the kind. Pure. */
export function parkingOf(c: Case): Parking | undefined {
  if (c.state === 'hrProposed') return c.proposal.kind === 'park' ? c.proposal : undefined;
  return 'decision' in c && c.decision.kind === 'park' ? c.decision : undefined;
}
