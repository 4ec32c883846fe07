import type { UserId } from '../audit/person.js';
import type { Doc } from '../store/store.js';
import type { ToldAll } from './admin/admin-telling.js';
import type { HoldDeed } from './admin/deed.js';
import type { SeenCard } from './asking/run-kept-cards.js';
import type { CaseId, Instant, MessageRef, PersonRef } from './case.js';
import type { ReviewVerdict, SeenCase } from './campaign/run-review.js';

/** Which case an order from a terminal is about. */
export interface CaseOrdered {
  readonly userId: UserId;
  /** Absent in rows of earlier versions, which knew the person alone. */
  readonly caseId?: CaseId;
}

/** A time of a schedule. The row names its schedule, because the policy may be another one when the time has come. */
export interface PlannedAudit {
  readonly schedule: string;
  readonly timeZone: string;
  readonly due: Instant;
}

/** What an admin, the schedule or a terminal asked for: a due row that any running service carries out. */
export type CommandOrder =
  | {
      readonly order: 'audit';
      /** Of the schedule only. */
      readonly planned?: PlannedAudit;
      /** An admin has seen that the figures jumped and says that the change is real; see guards/against-last-run.ts. */
      readonly acceptJump?: boolean;
    }
  /** Take back everything done in a case. */
  | ({ readonly order: 'undo' } & CaseOrdered)
  /** An admin takes upon themself what stands in the way of a case, by its name, or lets be what nobody does. */
  | ({
      readonly order: 'waive';
      readonly thing: string;
      readonly reason: string;
    } & CaseOrdered)
  /** An admin gives the person a license for which there is a free seat; `sku` as typed. */
  | {
      readonly order: 'give';
      readonly userId: UserId;
      readonly sku: string;
      readonly reason: string;
    }
  /** An admin has looked at decisions: they go on at once, or not at all. */
  | { readonly order: 'review'; readonly verdict: ReviewVerdict; readonly cases: readonly SeenCase[] }
  /** A run may open its cases (safety rule 1); `planId`: only as the plan was that somebody looked at. */
  | { readonly order: 'approve'; readonly planId?: string | undefined }
  /** The campaign was held although that could not be written down: enter it into the chain of deeds as soon as it can be. */
  | { readonly order: 'enterDeed'; readonly deed: HoldDeed; readonly by: PersonRef; readonly doneAt: Instant }
  /** The campaign was stopped: end every case in which nothing was done yet. */
  | { readonly order: 'endCases' }
  /** A message about a case came while somebody had that in hand: it is edited with it from when that is over. */
  | {
      readonly order: 'keepCard';
      readonly caseId: CaseId;
      readonly to: UserId;
      readonly message: MessageRef;
      /** Of a question: earlier messages in whose place it came. */
      readonly replaces?: readonly MessageRef[];
      /** The version of the case that stands on it; absent: not known. */
      readonly shows?: number;
      readonly seen?: SeenCard;
    }
  /** Tell admins in Teams what waits for them, again and again. `told`: what the last look has found. */
  | { readonly order: 'tellAdmins'; readonly told?: ToldAll }
  /** The campaign may go on: look at every case that a brake has held. */
  | { readonly order: 'goOn' }
  /**
   * Names in usage reports were shown for an audit: conceal them when it is gone (safety rule 12). `seen`: the etag under
   * which the note was found to be nobody's any more at the last look.
   */
  | { readonly order: 'concealNames'; readonly seen?: string };

export type CommandOutcome =
  | { readonly is: 'waiting' }
  | {
      readonly is: 'done';
      readonly at: Instant;
      readonly says: string;
      readonly caseId?: string;
      readonly runId?: string;
    }
  /** A guard stopped it: nothing was done, and `says` tells why with figures. */
  | { readonly is: 'stopped'; readonly at: Instant; readonly says: string }
  | { readonly is: 'failed'; readonly at: Instant; readonly says: string };

export interface Command extends Doc {
  readonly kind: 'command';
  readonly what: CommandOrder;
  /** See asked-by.ts. */
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly outcome: CommandOutcome;
  readonly state: CommandOutcome['is'];
  readonly dueAt: Instant | undefined;
  readonly lease: { readonly owner: string; readonly until: Instant } | undefined;
  readonly attempts: number;
  /** How many of the attempts Microsoft Graph left unanswered; absent: none. The others ended with a process or the store. */
  readonly unanswered?: number;
}

export function newCommand(
  id: string,
  what: CommandOrder,
  askedBy: string,
  now: Instant,
  dueAt: Instant,
): Command {
  return {
    id,
    kind: 'command',
    what,
    askedBy,
    askedAt: now,
    outcome: { is: 'waiting' },
    state: 'waiting',
    dueAt,
    lease: undefined,
    attempts: 0,
  };
}

/** The command with its result; it is not due any more. */
export function finished(command: Command, outcome: Exclude<CommandOutcome, { is: 'waiting' }>): Command {
  return { ...command, outcome, state: outcome.is, dueAt: undefined, lease: undefined };
}
