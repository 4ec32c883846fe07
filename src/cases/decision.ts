import type { Instant, PersonRef } from './case.js';
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
export type Taking = Extract<Decision, { kind: 'reclaim' | 'reassign' }>;
