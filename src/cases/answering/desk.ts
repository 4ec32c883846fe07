import type { DirectoryEntry, UserId } from '../../audit/person.js';
import type { CardJson } from '../../bot/messenger.js';
import type { Case, CaseId, CaseIn, MessageRef } from '../case.js';
import type { CaseMatch } from '../find-case.js';
import type { Brake } from '../campaign/run-switch.js';
import type { DigestView } from '../asking/digest.js';
import type { CanRemind } from '../asking/remind-now.js';

/** What somebody sends with a card, not yet checked. */
export type CardAnswer = QuestionAnswer | SecondAnswer;

/** A second person of HR agrees to what somebody else of HR proposed, or does not. */
export type SecondAnswer = { readonly kind: 'approve' } | { readonly kind: 'decline' };

/** What the person asked has filled in. */
export type QuestionAnswer =
  | { readonly kind: 'keep'; readonly reason: string; readonly until: string }
  | { readonly kind: 'reclaim'; readonly reason: string }
  /** The day of the return, `YYYY-MM-DD`. */
  | { readonly kind: 'onLeave'; readonly until: string }
  /** HR's: a cheaper license stands in until the day of the return, `YYYY-MM-DD`. */
  | { readonly kind: 'park'; readonly until: string }
  | { readonly kind: 'notMyReport' }
  /** `person` and `beside`: as `receiver` and `beside` below. */
  | { readonly kind: 'askOther'; readonly person: string; readonly beside?: string }
  /**
   * `receiver`: an object id, user principal name, mail address or the start of a name, as chosen or typed. `beside`: what
   * was typed beside a choice, so that nobody knows who is meant; absent: nothing.
   */
  | {
      readonly kind: 'reassign';
      readonly reason: string;
      readonly receiver: string;
      readonly beside?: string;
    };

/** An answer that names somebody. */
export type NamingAnswer = Extract<QuestionAnswer['kind'], 'reassign' | 'askOther'>;

/** Whom somebody can name who has begun to type. */
export type PeopleFound =
  | { readonly kind: 'people'; readonly people: readonly DirectoryEntry[] }
  | { readonly kind: 'tooShort' }
  /** The directory is not asked just now. */
  | { readonly kind: 'busy' }
  /** Whoever types has no question to answer there: not even who works here is told. */
  | { readonly kind: 'notYours' };

export type AnswerOutcome =
  | { readonly kind: 'accepted'; readonly case: Case }
  /** The case has moved on (answered before, undone, cancelled): nothing was changed, show how it stands. */
  | { readonly kind: 'movedOn'; readonly case: Case }
  /** The answer cannot be taken as it is; `choices` are the people that the receiver's name fits. */
  | {
      readonly kind: 'incomplete';
      readonly case: Case;
      readonly problems: readonly string[];
      readonly choices: readonly DirectoryEntry[];
    }
  /** Somebody else was asked. Nothing was changed, and nothing about the case may be shown. */
  | { readonly kind: 'notYours' }
  | { readonly kind: 'noSuchCase' };

export type UndoOutcome =
  | { readonly kind: 'accepted'; readonly case: Case }
  | { readonly kind: 'nothingToUndo'; readonly case: Case }
  | { readonly kind: 'notYours' }
  | { readonly kind: 'noSuchCase' };

/** The person of a case said that they still need it; whoever asked may see nothing of a case but what they were told. */
export type ObjectionOutcome =
  | { readonly kind: 'accepted'; readonly case: Case }
  /** Nothing was changed: it is over, done, or was looked at by an admin already. */
  | { readonly kind: 'movedOn'; readonly case: Case }
  | { readonly kind: 'tooLong' }
  | { readonly kind: 'noSuchCase' };

export type WaiveOutcome =
  | { readonly kind: 'waived'; readonly says: string }
  /** `says` tells why, in a sentence. */
  | { readonly kind: 'refused'; readonly says: string }
  | { readonly kind: 'noSuchCase' };

/** `askedOf`: the name of whoever was asked. `held`: nobody is asked or reminded. */
export type RemindOutcome =
  | (Reminding & Extract<CanRemind, { kind: 'reminds' }> & { readonly isNow: boolean })
  | (Reminding & Exclude<CanRemind, { kind: 'reminds' }>)
  | { readonly kind: 'notAsked'; readonly case: Case }
  | { readonly kind: 'yourself'; readonly case: Case }
  | { readonly kind: 'held'; readonly brake: Exclude<Brake, 'running'> }
  | { readonly kind: 'noSuchCase' };

interface Reminding {
  readonly case: CaseIn<'asked'>;
  readonly askedOf: string;
}

export interface HrQueue {
  readonly cases: readonly Case[];
  /** How many wait beside them. */
  readonly more: number;
  /** What is parked, the next return first. */
  readonly parked: readonly Case[];
  /** How many are parked beside them. */
  readonly moreParked: number;
}

/** What people can do with cases. Every method checks by object id and stored state who may. */
export interface Desk {
  answer(request: {
    readonly caseId: CaseId;
    /** The version that the card showed. */
    readonly version: number;
    /** By which rules it said what an answer does; absent: nobody knows, or nothing is taken. */
    readonly promise?: string;
    readonly by: UserId;
    readonly answer: CardAnswer;
  }): Promise<AnswerOutcome>;
  /**
   * The people that a beginning of a name or address fits, for somebody who may answer the case now. It says nothing of them
   * but what the directory shows to everybody: not who holds which license, nor who is protected.
   */
  peopleFor(request: {
    readonly caseId: CaseId;
    readonly by: UserId;
    readonly answer: NamingAnswer;
    readonly text: string;
  }): Promise<PeopleFound>;
  /** The person themself, who was told, still needs it: nothing is done, and an admin looks. Nobody else may. */
  object(request: {
    readonly caseId: CaseId;
    readonly by: UserId;
    readonly reason: string;
  }): Promise<ObjectionOutcome>;
  /**
   * An admin takes upon themself, by name, what stands in the way of a case; in those of HR, HR leaves the rest. Nobody in a
   * case about themself.
   */
  waive(request: {
    readonly caseId: CaseId;
    readonly by: UserId;
    /** The name of a group or team, `OneDrive`, `notice`, `task` or `rest`. */
    readonly thing: string;
    readonly reason: string;
  }): Promise<WaiveOutcome>;
  /** An admin has whoever was asked reminded now; never in HR's cases, nor in one about them. */
  remind(request: { readonly caseId: CaseId; readonly by: UserId }): Promise<RemindOutcome>;
  /** Asks for everything done in a case to be taken back; the worker carries it out. */
  undo(request: { readonly caseId: CaseId; readonly by: UserId }): Promise<UndoOutcome>;
  /**
   * The case, if `by` was asked about it or is an admin. Sealed cases only for HR, whose every look is noted in the
   * case; for everybody else there is no such case.
   * @param request newerThan: `unchanged` when the case has no newer version than that
   */
  show(request: {
    readonly caseId: CaseId;
    readonly by: UserId;
    readonly newerThan?: number;
  }): Promise<Case | 'notYours' | 'noSuchCase' | 'unchanged'>;
  /**
   * Remembers a card of the case in the chat of `by`, so that it is edited when the case moves on; of whoever may not look
   * nothing is remembered.
   * @param request shows: the version of the case that stands on it; card: as it was shown, for the history
   */
  keepCard(request: {
    readonly caseId: CaseId;
    readonly by: UserId;
    readonly message: MessageRef;
    readonly shows: number;
    readonly card?: CardJson;
  }): Promise<void>;
  /** Sealed cases that wait for HR, oldest first, each noted as seen; none for anybody else. */
  hrQueue(by: UserId): Promise<HrQueue>;
  /** The sealed case that somebody of HR means by a text; `none` for anybody else. One is noted as seen by `show`. */
  findSealed(by: UserId, text: string): Promise<CaseMatch>;
  /** A message that several cases share, as it stands now; undefined to everybody but the person in whose chat it is. */
  digest(request: { readonly digestId: string; readonly by: UserId }): Promise<DigestView | undefined>;
  /** Questions that wait for this person's answer, oldest first. */
  waitingFor(userId: UserId): Promise<readonly Case[]>;
  /** Sends the waiting questions again into the person's chat, for somebody whose chat was emptied. At most 5. */
  sendAgain(userId: UserId): Promise<number>;
}
