import type { UserId } from '../../audit/person.js';
import type { Day } from '../../audit/day.js';
import type { RosterProblem } from '../../audit/roster/problem.js';
import type { RosterCounts } from '../../audit/roster/roster.js';
import type { TakenBack } from '../../audit/roster/run-staged.js';
import type { RosterDoc } from '../../audit/roster/run-store.js';
import type { ChatProtection } from '../../audit/protection/chat-protection.js';
import type { PositionRow } from '../../spend/position.js';
import type { Savings } from '../../spend/savings.js';
import type { RunFigures } from '../../chat/read-model.js';
import type { Funnel } from '../campaign/funnel.js';
import type { DeedTold } from './deed.js';
import type { Entry } from './run-holding.js';
import type { CampaignPlan } from '../campaign/campaign-plan.js';
import type { NotReviewed, SeenCase } from '../campaign/run-review.js';
import type { Missing } from '../campaign/second-person.js';
import type { Case, CaseIn, Instant } from '../case.js';
import type { Brake, NamedSwitch, Switch, SwitchSeen } from '../campaign/run-switch.js';

/** Whoever asks is no admin now: nothing was done, and nothing is told. */
export interface NotAllowed {
  readonly kind: 'notAllowed';
}

/** The campaign as it stands. */
export interface CampaignStand {
  readonly kind: 'campaign';
  readonly brake: Brake;
  readonly seen: NamedSwitch;
  /** undefined before the first audit. */
  readonly run: Pick<RunFigures, 'finishedAt' | 'inactive'> | undefined;
  readonly funnel: Funnel;
}

export type SwitchOutcome =
  | { readonly kind: 'set'; readonly entry: Entry; readonly stand: CampaignStand }
  /** It was so already, or, for a pause, is stopped, which holds more. */
  | { readonly kind: 'already'; readonly stand: CampaignStand }
  /** Somebody has set it since `seen`: nothing was changed. */
  | { readonly kind: 'changedMeanwhile'; readonly stand: CampaignStand }
  | NotAllowed;

/** What admins did to the whole campaign, oldest first. */
export interface DeedsSeen {
  readonly kind: 'deeds';
  readonly deeds: readonly DeedTold[];
}

/** `joined`: one is under way, and its end is told here as well. `ending`: one is over at this moment. */
export interface AuditOrdered {
  readonly kind: 'ordered';
  readonly is: 'begun' | 'joined' | 'ending';
}

export interface ProtectRequest {
  readonly by: UserId;
  /** An object id, an address or the start of a name. */
  readonly who: string;
  readonly how: ChatProtection['how'];
  readonly reason: string;
  /** The last day, `YYYY-MM-DD` in the time zone of the tenant. */
  readonly until: string | undefined;
}

export interface NamedPerson {
  readonly displayName: string;
  readonly userPrincipalName: string;
}

export type ProtectOutcome =
  | {
      readonly kind: 'protected';
      readonly protection: ChatProtection;
      /** Cases that ended with it. HR's are told of to nobody. */
      readonly ended: readonly Case[];
      /** Those in which something was done already. */
      readonly open: readonly Case[];
    }
  | { readonly kind: 'nobody'; readonly who: string }
  | { readonly kind: 'several'; readonly people: readonly NamedPerson[] }
  | { readonly kind: 'yourself' }
  | { readonly kind: 'isOver'; readonly until: string }
  | { readonly kind: 'reasonLength'; readonly most: number }
  | NotAllowed;

export interface ProtectionsSeen {
  readonly kind: 'protections';
  readonly protections: readonly ChatProtection[];
}

export type LiftOutcome =
  | { readonly kind: 'lifted'; readonly protection: ChatProtection }
  /** Somebody said something else of the person since it was seen: that holds. */
  | { readonly kind: 'changedMeanwhile'; readonly protection: ChatProtection }
  | { readonly kind: 'notProtected'; readonly who: string }
  | { readonly kind: 'several'; readonly people: readonly NamedPerson[] }
  | NotAllowed;

/** Decisions whose review time runs; HR's are not among them. `who`: only those whom this name fits. */
export interface InReview {
  readonly kind: 'inReview';
  readonly cases: readonly CaseIn<'decided'>[];
  readonly who: string | undefined;
}

export interface ReviewRequest {
  readonly by: UserId;
  readonly release: readonly SeenCase[];
  readonly veto: readonly SeenCase[];
  /** Why there is a veto. */
  readonly reason: string;
}

export type ReviewOutcome =
  | {
      readonly kind: 'reviewed';
      readonly released: number;
      readonly vetoed: number;
      readonly left: readonly NotReviewed[];
    }
  | { readonly kind: 'reasonLength'; readonly most: number }
  | NotAllowed;

/** undefined: there is no finished audit. */
export interface PlanSeen {
  readonly kind: 'plan';
  readonly isObserving: boolean;
  readonly plan: CampaignPlan | undefined;
  /** Whose approval it takes where the plan is about the reader, who approves nothing of it; undefined: it is not. */
  readonly whoElse: Missing | undefined;
  /** Of the audit, ISO 8601. */
  readonly finishedAt: string | undefined;
}

export type ApproveOutcome = { readonly kind: 'approving' } | NotAllowed;

export interface PositionSeen {
  readonly kind: 'position';
  readonly rows: readonly PositionRow[];
  /** Of the newest audit, ISO 8601; undefined before the first. */
  readonly finishedAt: string | undefined;
}

/** `asOf`: when the cases were read. */
export interface SavingsSeen {
  readonly kind: 'savings';
  readonly asOf: Instant;
  readonly savings: Savings;
}

/** A file of people that an admin has attached. */
export interface RosterFileOf {
  readonly by: UserId;
  readonly bytes: Uint8Array;
  /** Name of the file. */
  readonly origin: string;
  /** Of which day it is; undefined: of today. */
  readonly asOf: Day | undefined;
}

/** What a file says. Whom it names is told to nobody. */
export interface RosterFacts {
  readonly origin: string;
  /** `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly counts: RosterCounts;
  readonly problems: readonly RosterProblem[];
  /** Words that the policy does not map, and how many rows have each. */
  readonly unknownWords: readonly { readonly word: string; readonly rows: number }[];
  /** What holds now; undefined: nothing. */
  readonly before: { readonly origin: string; readonly asOf: string; readonly people: number } | undefined;
  /** The last day on which audits use it, `YYYY-MM-DD`; undefined: it is too old for anything but leave. */
  readonly usedUntil: string | undefined;
  /** false: nobody said of which day the file is, so that it counts as of today. */
  readonly isDaySaid: boolean;
}

export type RosterSeen =
  /** A click makes it hold. */
  | (RosterFacts & { readonly kind: 'staged'; readonly importId: string })
  /** `why` is the rest of a sentence that begins with the file's name. */
  | (RosterFacts & { readonly kind: 'refused'; readonly why: string })
  | { readonly kind: 'unusable'; readonly origin: string; readonly why: string }
  | { readonly kind: 'stillToCome'; readonly asOf: string }
  /** Another file is being read. */
  | { readonly kind: 'busy' };

export type KeepRoster =
  | { readonly kind: 'kept'; readonly roster: RosterDoc }
  /** Nothing was changed: too late, or somebody else's. */
  | { readonly kind: 'gone' }
  /** Another click of the same admin does so at this moment. */
  | { readonly kind: 'beingKept' }
  /** Another file was imported since it was looked at. */
  | { readonly kind: 'changedMeanwhile' };

export type TakeRosterBack = TakenBack;

/**
 * What admins do with the whole campaign. Every method checks by object id who may, and writes down what is done before it
 * is; only to hold the campaign goes on where that cannot be written.
 */
export interface AdminDesk {
  deeds(by: UserId): Promise<DeedsSeen | NotAllowed>;
  /** An audit, carried out by whichever service is free; how far it is comes to the admin in a card of its own. */
  orderAudit(by: UserId): Promise<AuditOrdered | NotAllowed>;
  /** Nothing is done to this person from now on, over whatever the policy file says. */
  protect(request: ProtectRequest): Promise<ProtectOutcome>;
  /** @param request seenAt: of which moment the protection was that somebody saw; absent: whichever it is */
  unprotect(request: {
    readonly by: UserId;
    readonly who: string;
    readonly seenAt?: string | undefined;
  }): Promise<LiftOutcome>;
  /** @param who only those whom this name fits */
  inReview(by: UserId, who?: string): Promise<InReview | NotAllowed>;
  review(request: ReviewRequest): Promise<ReviewOutcome>;
  plan(by: UserId): Promise<PlanSeen | NotAllowed>;
  /** Approves exactly this plan; what comes of it is told to the admin. */
  approve(request: { readonly by: UserId; readonly planId: string }): Promise<ApproveOutcome>;
  /** Everybody who is protected in chat today. */
  protections(by: UserId): Promise<ProtectionsSeen | NotAllowed>;
  /** Where the seats of each license are; for finance as well. */
  position(by: UserId): Promise<PositionSeen | NotAllowed>;
  /** What was saved, and what is in sight, HR's cases in no figure of it; for finance as well. */
  savings(by: UserId): Promise<SavingsSeen | NotAllowed>;
  /** Reads a file of people and compares it with the directory; nothing holds yet. @throws GraphFailure */
  lookAtRoster(file: RosterFileOf): Promise<RosterSeen | NotAllowed>;
  /** Makes hold what the same admin has looked at within the hour. */
  keepRoster(request: { readonly by: UserId; readonly importId: string }): Promise<KeepRoster | NotAllowed>;
  /** Puts back what stood there before an import of the last week. */
  takeRosterBack(request: {
    readonly by: UserId;
    readonly rosterId: string;
  }): Promise<TakeRosterBack | NotAllowed>;
  /** The campaign as it stands, HR's cases in no figure of it. */
  campaign(by: UserId): Promise<CampaignStand | NotAllowed>;
  /**
   * Sets the switch, if it is still as it was seen.
   * @param request seen: what the admin saw; absent: whatever it is
   */
  setSwitch(request: {
    readonly by: UserId;
    readonly to: Switch;
    readonly reason?: string | undefined;
    readonly seen?: SwitchSeen;
  }): Promise<SwitchOutcome>;
}
