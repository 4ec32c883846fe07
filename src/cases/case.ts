/**
 * The life of one person's reclamation. A license that an admin gives somebody has a case, too, which begins with its
 * steps: it is no reclamation, so that it neither stands in the way of one nor counts as one.
 *
 * opened         found, nobody asked yet
 * asked          the question was delivered; the answer clock runs
 * escalated      nobody answered, or somebody else has to: the question goes to the next person
 * adminReview    nobody suitable could be asked, or nobody answered: an admin decides
 * hrReview       executives and leave: only HR sees and decides
 * hrProposed     somebody of HR wants to reclaim; somebody else of HR has to agree
 * kept           somebody wants the licenses kept until a date
 * decided        reclaim or reassign was answered; it can still be vetoed or taken back
 * scheduled      the next step has a date
 * acting         a step was written down as intended; it may have been tried
 * holding        all steps are done and checked; everything can still be undone
 * undoing        the before-state is being restored
 * needsPerson    a step cannot be done by software: a person has a task, and what they did is read, not believed
 * closed, cancelled, undone   the end
 */
import type { ProtectionKind, Scenario } from '../audit/finding.js';
import type { GroupId, MailboxPurpose, SkuId, UserId } from '../audit/person.js';
import type { UnusedReason } from '../audit/licenses/unused.js';
import type { Money } from '../spend/money.js';
import type { CardCopy } from './asking/copies.js';
import type { CancelCause } from './cancel-cause.js';
import type { EvidenceLine, ScenarioNote } from './evidence-lines.js';
import type { FilesEnd, FilesPlan } from './answering/files-plan.js';
import type { Decision, Proposal, Taking } from './decision.js';
import type { Hold } from './hold.js';
import type { Telling, Told } from './hr/telling.js';
import type { MailboxUse } from './mailbox-use.js';
import type { CaseStep, StepLicense } from './step.js';
import type { Notice } from './telling/notice.js';
import type { Waiver } from './answering/waiver.js';
import type { UndoAsked } from './undo-asked.js';
import type { WaitsSince } from './waits-since.js';
import type { Warnings } from './warnings.js';
import type { Watch } from './watch.js';

export type CaseId = string & { readonly __brand: 'CaseId' };

/** ISO 8601 in UTC with milliseconds and Z, so that text order is time order. */
export type Instant = string & { readonly __brand: 'Instant' };

export function instant(at: Date): Instant {
  return at.toISOString() as Instant;
}

/** A license as it stood when the case was opened: what a removal takes and an undo gives back. */
export interface CaseLicense {
  readonly skuId: SkuId;
  readonly partNumber: string;
  readonly name: string;
  readonly disabledPlans: readonly string[];
  readonly annualCost: Money | undefined;
  /** Contains an Exchange plan that is switched on, whatever `coveredBy` gives as well. */
  readonly hasMailboxPlan: boolean;
  /** Contains OneDrive, switched on; absent in cases of an earlier version. */
  readonly holdsFiles?: boolean;
  /** Another license of the person that gives the same, because of which this one is too many. */
  readonly coveredBy: SkuId | undefined;
  /** A license call takes it; where it comes through groups as well, its seat is free only without them. */
  readonly direct: boolean;
  readonly groupIds: readonly GroupId[];
  /** It is assigned with errors in every way by which it comes, so that it did not work when the case was opened. */
  readonly failing?: true;
  /** Why an active person's license is asked about; absent where all of the person's licenses are. */
  readonly unused?: UnusedReason;
  /** Taken only because `reclaim.licenses` is `all`: not managed, or its use is not recorded. Nobody else gets it. */
  readonly beside?: 'notManaged' | 'notRecorded';
  /** What the person gets for it where it is reclaimed, by `reclaim.replace`. */
  readonly replacement?: Replacement;
  /** What can stand in for it while the person is on leave, by `reclaim.park`; only in HR's cases. */
  readonly parking?: Replacement;
}

/** The cheaper license that is given in the same call in which the dearer one goes, for good or for a while. */
export interface Replacement {
  /** undefined: the tenant has no such product, so that a person decides. */
  readonly skuId: SkuId | undefined;
  /** Absent in cases of an earlier version. */
  readonly partNumber?: string;
  readonly name: string;
  readonly annualCost: Money | undefined;
  /** A mailbox lives on under it. */
  readonly keepsMailbox: boolean;
  /** What it may hold there, where that is less than before; absent: as much. */
  readonly lessRoom?: { readonly gigabytes: number; readonly keepsHolds: boolean };
  readonly keepsFiles: boolean;
}

/** Why there is a case; `given`: nothing was found, an admin gives the person a license. */
export type CaseScenario = Scenario | 'given';

/** Who this is about, as the card shows it. Erasable. */
export interface Subject {
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly jobTitle: string | undefined;
  readonly department: string | undefined;
  readonly country: string | undefined;
}

export interface PersonRef {
  readonly id: UserId;
  readonly displayName: string;
}

/** Where the question stands in Teams, so that it can be edited in place. */
export interface MessageRef {
  readonly conversationId: string;
  readonly activityId: string;
  readonly serviceUrl: string;
  /** Of a message that several cases share; absent: it is about this case alone. */
  readonly digestId?: string;
}

/** Somebody who had the question, until it went on to somebody else, and why, in a sentence. */
export interface Hop {
  readonly askedOf: PersonRef;
  readonly until: Instant;
  readonly why: string;
  /** Whom they named to answer in their place; absent: nobody. */
  readonly named?: UserId;
  /** They had it as an admin does, in the admins' review, and were not asked themself. */
  readonly asAdmin?: true;
}

/** Facts that a case has in every state. */
export interface CaseFacts extends Warnings {
  readonly id: string;
  readonly kind: 'case';
  readonly caseId: CaseId;
  readonly userId: UserId;
  readonly subject: Subject;
  readonly runId: string;
  readonly scenario: CaseScenario;
  readonly scenarioNote?: ScenarioNote;
  readonly evidence: readonly EvidenceLine[];
  /** Refresh date of the usage report, `YYYY-MM-DD`; undefined when there was none. */
  readonly evidenceDate: string | undefined;
  readonly daysInactive: number | undefined;
  readonly licenses: readonly CaseLicense[];
  readonly annualCost: Money | undefined;
  readonly protections: readonly ProtectionKind[];
  readonly mailbox: MailboxPurpose | 'unknown';
  /** What was in the mailbox when the case was opened; absent: nobody knew, or the case is of an earlier version. */
  readonly mailboxUse?: MailboxUse;
  readonly manager: PersonRef | undefined;
  /** Who had the question before, oldest first; absent: nobody. */
  readonly hops?: readonly Hop[];
  /** Absent: none. */
  readonly waivers?: readonly Waiver[];
  /** What the person themself was told; absent: nothing. */
  readonly notice?: Notice;
  readonly openedAt: Instant;
  /** Counts transitions: an answer to an older version gets the newest card and changes nothing. */
  readonly version: number;
  /** Entries in the history so far; the next has this number. */
  readonly seq: number;
  /** Hash of the last history entry. */
  readonly head: string;
  /** Random key that stands for the person in the history. */
  readonly subjectKey: string;
  /** Random salt from which the keys of the acting people in the history are made; erased with the names. */
  readonly actorSalt: string;
  /** The question card in Teams, the version that it shows, and in whose chat it is. */
  readonly message: (MessageRef & { readonly shows: number; readonly to?: UserId }) | undefined;
  /** In HR's lane: its cards in Teams, one for each reviewer who was told. */
  readonly copies?: readonly CardCopy[];
  /** Cards that people opened by themselves and that are edited with the others, oldest first; absent: none. */
  readonly further?: readonly CardCopy[];
  /** When the worker looks at the case again; undefined: only an answer or a command moves it. */
  readonly dueAt: Instant | undefined;
  readonly lease: { readonly owner: string; readonly until: Instant } | undefined;
  /** Tries of the present work since the last success. */
  readonly attempts: number;
  /** When everything that tells whom the case is about was taken out of it. */
  readonly erasedAt?: Instant;
}

/** Whom to ask, or why nobody can be asked. */
export type Asking =
  | { readonly kind: 'ask'; readonly person: PersonRef }
  /** The manager cannot be asked: somebody above them has to be looked for. */
  | { readonly kind: 'next'; readonly why: string }
  /** An admin has to look; `why` is a sentence for the history and the admin. */
  | { readonly kind: 'adminReview'; readonly why: string };

export type CaseState =
  | { readonly state: 'opened'; readonly asking: Asking }
  | {
      readonly state: 'asked';
      readonly askedOf: UserId;
      readonly askedAt: Instant;
      readonly answerDue: Instant;
      /** When the person is reminded next; absent: not any more. */
      readonly remindAt?: Instant | undefined;
    }
  | {
      readonly state: 'escalated';
      readonly asking: Extract<Asking, { kind: 'ask' }>;
      readonly since: Instant;
    }
  | ({
      readonly state: 'adminReview';
      readonly why: string;
      readonly askedOf: UserId | undefined;
    } & WaitsSince)
  /** `tell`: absent when everybody of HR was told. */
  | { readonly state: 'hrReview'; readonly tell?: Telling }
  | {
      readonly state: 'hrProposed';
      readonly proposal: Proposal;
      readonly tell?: Telling;
    }
  | {
      readonly state: 'kept';
      readonly askedOf: UserId;
      readonly decision: Extract<Decision, { kind: 'keep' | 'onLeave' }>;
    }
  | WithDecision<{ readonly state: 'decided'; readonly actsFrom: Instant }>
  | WithDecision<{ readonly state: 'scheduled' }>
  | WithDecision<{ readonly state: 'acting' }>
  | WithDecision<{ readonly state: 'holding' } & Hold>
  | WithDecision<{ readonly state: 'undoing' } & UndoAsked>
  | WithDecision<
      {
        readonly state: 'needsPerson';
        readonly task: string;
        /** undefined: only an undo or a command moves the case. */
        readonly watch?: Watch;
        /** Of what turned up while the case was held, which goes on once that is put right; absent: it was not held. */
        readonly hold?: Hold;
        /** Of one of HR's cases, and of the return of what was parked; absent: HR is not told. */
        readonly tell?: Telling;
      } & Partial<UndoAsked & WaitsSince>
    >
  | {
      readonly state: 'closed';
      readonly outcome: 'reclaimed' | 'reassigned' | 'given' | 'keptUntilPassed';
      readonly closedAt: Instant;
      readonly askedOf?: UserId;
      /** What the steps took from the holder; absent where there were none. */
      readonly took?: readonly StepLicense[];
      /** What an admin gave, or the cheaper licenses that the holder got instead; absent: none. */
      readonly gave?: readonly StepLicense[];
      /** Of a reassignment, what somebody else got; absent where an older version did not write it down. */
      readonly gaveOn?: readonly StepLicense[];
      /** What a person still has to see to, and until when; absent: nothing. */
      readonly files?: FilesPlan & FilesEnd;
      /** Of an erased case: what it took and a later case had found with the person again; absent: nothing. */
      readonly heldAgain?: readonly SkuId[];
    }
  | {
      readonly state: 'cancelled';
      readonly cause: CancelCause;
      readonly why: string;
      readonly closedAt: Instant;
      /** Absent when nobody was asked. */
      readonly askedOf?: UserId;
      /** What was parked does not come back. */
      readonly parked?: true;
    }
  | {
      readonly state: 'undone';
      readonly undoneBy: PersonRef;
      readonly closedAt: Instant;
      readonly askedOf?: UserId;
      /** What the steps took from the holder, and the undo gave back. */
      readonly took?: readonly StepLicense[];
      /** Who was given licenses by a reassignment and keeps them: an undo takes nothing. */
      readonly keptBy?: PersonRef;
      readonly leaveOver?: true;
      /** Nobody undid it: why a receiver could not get it. */
      readonly notGiven?: string;
      /** Mail from before did not come back. */
      readonly mailGone?: true;
    };

type WithDecision<T> = T & {
  readonly askedOf: UserId;
  readonly decision: Taking | Extract<Decision, { kind: 'give' }>;
  readonly steps: readonly CaseStep[];
  /** From when the timetable counts: the question, or the opening where nobody was asked. Absent in older cases and gifts. */
  readonly countedFrom?: Instant;
  /** When the person is told before the first step; absent: they are not. */
  readonly tellFrom?: Instant;
  /** Whoever decided was told that the account is deleted in the end; absent: nobody decided that. */
  readonly deletes?: true;
  /** Which task of one of its cases HR was told of last; absent: of none. */
  readonly hrTold?: Told;
};

export type StateName = CaseState['state'];
export type Case = CaseFacts & CaseState;
export type CaseIn<S extends StateName> = Extract<Case, { state: S }>;

/** States from which a case never moves again. */
export const TERMINAL = ['closed', 'cancelled', 'undone'] as const satisfies readonly StateName[];
