import type { GroupId, SkuId, UserId } from '../audit/person.js';
import type { Instant } from './case.js';

/** One effect on the tenant. */
export type Step =
  /** Sign-in is blocked, and what is signed in now is signed out. */
  | { readonly kind: 'disableSignIn'; readonly userId: UserId }
  | { readonly kind: 'convertMailbox'; readonly userId: UserId }
  | {
      readonly kind: 'removeLicenses';
      readonly userId: UserId;
      readonly licenses: readonly StepLicense[];
      /** Cheaper licenses that the same call gives; absent: none. */
      readonly instead?: readonly StepLicense[];
    }
  | {
      readonly kind: 'leaveGroup';
      readonly userId: UserId;
      readonly groupId: GroupId;
      /** Those of the case that come through the group. */
      readonly licenses: readonly StepLicense[];
    }
  | { readonly kind: 'assignLicenses'; readonly userId: UserId; readonly licenses: readonly StepLicense[] }
  /** Of a receiver who has none: two letters, ISO 3166. It comes before anything is taken from anybody. */
  | { readonly kind: 'setUsageLocation'; readonly userId: UserId; readonly country: string }
  /** Soft: within 30 days the account can be restored with everything. Only where the policy says so. */
  | { readonly kind: 'deleteAccount'; readonly userId: UserId };

export type StepKind = Step['kind'];
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;

/** What was there just before a step, which is what its undo puts back. */
export type Before =
  | {
      readonly of: 'licenses';
      readonly licenses: readonly StepLicense[];
      /** What the step gives instead, and the undo takes; absent: nothing. */
      readonly gives?: readonly StepLicense[];
      readonly filesGone?: FilesGone;
    }
  | { readonly of: 'signIn'; readonly enabled: true }
  | { readonly of: 'mailbox'; readonly type: 'user' }
  | { readonly of: 'account'; readonly present: true }
  | { readonly of: 'usageLocation'; readonly missing: true }
  | {
      readonly of: 'membership';
      readonly licenses: readonly StepLicense[];
      readonly filesGone?: FilesGone;
    };

/** OneDrive had been switched off since the case was opened in all of them that held files then; absent: not in all. */
type FilesGone = true;

export interface StepLicense {
  readonly skuId: SkuId;
  readonly name: string;
  readonly disabledPlans: readonly string[];
}

/** How far a step is. `intended` and `undoIntended` are written before the call, `sent` and `undoSent` after its answer. */
export type StepProgress =
  | { readonly is: 'planned' }
  | Begun<'intended'>
  | Begun<'sent'>
  /** Software cannot do it: a person has the task, and software looks until it is so. */
  | HandedOver<'handedOver'>
  | { readonly is: 'done'; readonly at: Instant; readonly before: Before }
  | (Begun<'undoIntended'> & {
      /** The step was sent and never seen to take effect: that everything is as before proves no undo. */
      readonly unseen?: true;
      /** Until when files stay that lose their license with it was written down. */
      readonly saysFiles?: true;
    })
  | Begun<'undoSent'>
  | HandedOver<'undoHandedOver'>
  | { readonly is: 'undone'; readonly at: Instant }
  /** Its undo was a person's task, and an admin let it be: what the step took is not back. */
  | { readonly is: 'left'; readonly at: Instant; readonly before: Before }
  /** Nothing had to be done: the license was gone already, or the step was never begun. */
  | {
      readonly is: 'skipped';
      readonly why: string;
      /** An admin let it be: what it was to take is still there. */
      readonly letBe?: true;
    };

interface Begun<Is extends string> {
  readonly is: Is;
  readonly at: Instant;
  readonly before: Before;
  readonly tries: number;
  /** How often it could not be done, and is tried again by itself; absent: never. */
  readonly refused?: number;
}

interface HandedOver<Is extends string> {
  readonly is: Is;
  readonly at: Instant;
  readonly before: Before;
  readonly task: string;
}

export interface CaseStep {
  readonly step: Step;
  readonly progress: StepProgress;
  /** Not before this time. */
  readonly notBefore: Instant;
}
