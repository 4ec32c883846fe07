import type { SkuId } from '../audit/person.js';
import type { CaseIn, Instant, MessageRef, PersonRef } from './case.js';
import type { CancelCause } from './cancel-cause.js';
import type { Decision, Proposal, Taking } from './decision.js';
import type { Before, CaseStep, Step } from './step.js';
import type { Waived } from './answering/waiver.js';

/** What can happen to a case. Each event carries exactly the facts that the next state needs. */
export type CaseEvent =
  /** Written down before the question is sent (safety rule 9). */
  | { readonly type: 'askIntended'; readonly askedOf: PersonRef }
  | {
      readonly type: 'asked';
      readonly askedOf: PersonRef;
      readonly message: MessageRef;
      readonly answerDue: Instant;
      readonly remindAt?: Instant | undefined;
    }
  /** An admin wants whoever was asked reminded then, before the timetable does so. */
  | { readonly type: 'reminderAsked'; readonly by: PersonRef; readonly remindAt: Instant }
  /** Written down before the question is sent once more (safety rule 9). */
  | { readonly type: 'remindIntended' }
  /** The question was sent once more, because no answer came; the clock runs on. */
  | { readonly type: 'reminded'; readonly message: MessageRef; readonly remindAt: Instant | undefined }
  /** Somebody else is to be asked; `from` had the question before, and named them where `named` says so. */
  | {
      readonly type: 'passedOn';
      readonly to: PersonRef;
      readonly from: PersonRef | undefined;
      readonly why: string;
      readonly named?: true;
    }
  /** The question was sent anew into an emptied chat; the clock runs on. */
  | { readonly type: 'askedAgain'; readonly message: MessageRef }
  | { readonly type: 'notDelivered'; readonly code: string; readonly tryAgainAt: Instant }
  | { readonly type: 'sentToAdmins'; readonly from: PersonRef | undefined; readonly why: string }
  /** HR's lane: reclaim or park, if somebody else of HR agrees. */
  | { readonly type: 'proposed'; readonly decision: Proposal }
  | { readonly type: 'proposalDeclined'; readonly by: PersonRef }
  | { readonly type: 'kept'; readonly decision: Extract<Decision, { kind: 'keep' | 'onLeave' }> }
  | {
      readonly type: 'decided';
      readonly decision: Taking;
      readonly steps: readonly CaseStep[];
      readonly actsFrom: Instant;
      readonly tellFrom?: Instant | undefined;
      /** By the policy of this moment the account is deleted in the end. */
      readonly deletes?: boolean;
    }
  | { readonly type: 'keepEnded' }
  | { readonly type: 'reviewPassed' }
  /** An admin has looked, and the steps may begin before the review time is over. */
  | { readonly type: 'released'; readonly by: PersonRef }
  /** An admin has looked and decides against it, before anything was done. */
  | { readonly type: 'vetoed'; readonly by: PersonRef; readonly reason: string }
  /** The policy is another one now: the steps that were not begun follow it. */
  | {
      readonly type: 'replanned';
      readonly steps: readonly CaseStep[];
      readonly tellFrom?: Instant | undefined;
    }
  /** Written down before the person themself is told what happens to their licenses (safety rule 9). */
  | { readonly type: 'tellIntended' }
  | { readonly type: 'told'; readonly message: MessageRef; readonly stepsFrom: Instant }
  /** `tryAgainAt` undefined: they cannot be told. */
  | { readonly type: 'notTold'; readonly code: string; readonly tryAgainAt: Instant | undefined }
  /** The person themself still needs it: an admin looks, before anything was done. `reason`: in their words, perhaps none. */
  | { readonly type: 'objected'; readonly by: PersonRef; readonly reason: string }
  /** The step waits: a brake holds it, or Graph could not be used. */
  | { readonly type: 'stepPostponed'; readonly why: string; readonly until: Instant }
  | { readonly type: 'stepIntended'; readonly index: number; readonly before: Before }
  /** Software cannot take the step: a person has it as a task, and software looks for its effect. */
  | {
      readonly type: 'stepHandedOver';
      readonly index: number;
      readonly before: Before;
      readonly task: string;
      readonly lookAt: Instant;
    }
  /** Something has to be put right before the step may be taken; nothing was done. */
  | {
      readonly type: 'stepBlocked';
      readonly index: number;
      readonly task: string;
      readonly lookAt: Instant;
      readonly giveBackFrom?: Instant;
      /** Of an undo: the tenant does not have any more what is to come back. */
      readonly notServed?: true;
    }
  /** A step that was begun cannot be done, or undone, just now: it is looked at, and tried once more from `tryFrom` on. */
  | {
      readonly type: 'stepRefused';
      readonly index: number;
      readonly task: string;
      readonly lookAt: Instant;
      readonly tryFrom: Instant;
    }
  /** `again`: nothing tells that what stood in its way is gone, and it is tried once more. */
  | { readonly type: 'stepCleared'; readonly index: number; readonly again?: true }
  /** While the case is held, what the step did has come undone: a person has the task, and software looks. */
  | {
      readonly type: 'stepReverted';
      readonly index: number;
      readonly task: string;
      readonly lookAt: Instant;
    }
  /** It is so again. */
  | { readonly type: 'stepRestored'; readonly index: number }
  | { readonly type: 'stepSent'; readonly index: number; readonly checkAt: Instant }
  | { readonly type: 'stepDone'; readonly index: number }
  | { readonly type: 'stepSkipped'; readonly index: number; readonly why: string }
  | { readonly type: 'stepsFinished'; readonly holdUntil: Instant }
  /** `files`: what somebody has to see to; absent: nothing. */
  | { readonly type: 'holdEnded'; readonly files?: CaseIn<'closed'>['files'] }
  /** What was parked comes back: the person is to be back from leave, or was seen to be. */
  | { readonly type: 'leaveEnded'; readonly why: string }
  /** The undo window has ended, and the policy deletes accounts like this one. */
  | { readonly type: 'deletionPlanned'; readonly step: CaseStep }
  /** An admin takes something upon themself that stands in a step's way; `name` is what people call it. */
  | {
      readonly type: 'waived';
      readonly waived: Waived;
      readonly name: string;
      readonly by: PersonRef;
      readonly reason: string;
    }
  | { readonly type: 'undoAsked'; readonly by: PersonRef }
  /** What was taken for a receiver cannot come to them: all of it goes back. */
  | { readonly type: 'notGiven'; readonly index: number; readonly why: string }
  | {
      readonly type: 'undoIntended';
      readonly index: number;
      /** Until when files stay that lose their license with it is written down beside it; absent: none do. */
      readonly saysFiles?: true;
    }
  | { readonly type: 'undoSent'; readonly index: number; readonly checkAt: Instant }
  | { readonly type: 'undoDone'; readonly index: number }
  | {
      readonly type: 'undoHandedOver';
      readonly index: number;
      readonly task: string;
      readonly lookAt: Instant;
    }
  | { readonly type: 'undoFinished' }
  | { readonly type: 'personNeeded'; readonly task: string }
  | { readonly type: 'cancelled'; readonly cause: CancelCause; readonly why: string };

export type EventType = CaseEvent['type'];

/** Facts of an event that may stand in the history for ever: no names, no ids of people, no texts by people. */
export type PublicFacts = Readonly<Record<string, string | number | readonly string[]>>;

/** What of an event goes into the open part of the history. */
export function publicFacts(event: CaseEvent): PublicFacts {
  if ('index' in event) return factsOfStep(event);
  switch (event.type) {
    case 'asked':
      return { answerDue: event.answerDue };
    case 'notDelivered':
      return { code: event.code, tryAgainAt: event.tryAgainAt };
    case 'kept':
      return { decision: 'keep', until: event.decision.until };
    case 'proposed':
      return { decision: event.decision.kind };
    case 'decided':
      return decidedFacts(event);
    case 'replanned':
      return { steps: event.steps.map(({ step }) => stepFact(step)) };
    case 'told':
      return { stepsFrom: event.stepsFrom };
    case 'notTold':
      return {
        code: event.code,
        ...(event.tryAgainAt === undefined ? {} : { tryAgainAt: event.tryAgainAt }),
      };
    case 'stepPostponed':
      return { why: event.why, until: event.until };
    case 'waived':
      return waivedFacts(event.waived);
    case 'stepsFinished':
      return { holdUntil: event.holdUntil };
    case 'deletionPlanned':
      return { notBefore: event.step.notBefore };
    case 'leaveEnded':
    case 'sentToAdmins':
    case 'passedOn':
      return { why: event.why };
    case 'cancelled':
      return { cause: event.cause, why: event.why };
    case 'personNeeded':
      return { task: event.task };
    case 'reminderAsked':
      return { remindAt: event.remindAt };
    case 'askIntended':
    case 'askedAgain':
    case 'remindIntended':
    case 'reminded':
    case 'released':
    case 'proposalDeclined':
    case 'vetoed':
    case 'tellIntended':
    case 'objected':
    case 'keepEnded':
    case 'reviewPassed':
    case 'holdEnded':
    case 'undoAsked':
    case 'undoFinished':
      return {};
    default:
      return event satisfies never;
  }
}

function factsOfStep(event: Extract<CaseEvent, { readonly index: number }>): PublicFacts {
  const step = event.index;
  switch (event.type) {
    case 'stepIntended':
    case 'stepHandedOver':
      return { step, ...beforeFacts(event.before) };
    case 'stepSent':
    case 'undoSent':
      return { step, checkAt: event.checkAt };
    case 'stepSkipped':
      return { step, why: event.why };
    case 'stepCleared':
      return event.again === true ? { step, again: 'yes' } : { step };
    case 'stepRefused':
      return { step, tryFrom: event.tryFrom };
    default:
      return { step };
  }
}

function decidedFacts({ decision, actsFrom, steps }: Extract<CaseEvent, { type: 'decided' }>): PublicFacts {
  return {
    decision: decision.kind,
    ...(decision.files === undefined ? {} : { files: decision.files.is }),
    actsFrom,
    steps: steps.map(({ step }) => stepFact(step)),
  };
}

function waivedFacts(waived: Waived): PublicFacts {
  if (!('left' in waived)) return { of: waived.of };
  const { of, left, found } = waived;
  const steps = left.map(({ index }) => String(index + 1));
  return { of, steps, ...(found === undefined ? {} : { [found.is]: String(found.index + 1) }) };
}

function stepFact(step: Step): string {
  if (!('licenses' in step)) return step.kind;
  const taken = `${step.kind}:${skus(step.licenses).join('+')}`;
  const instead = step.kind === 'removeLicenses' ? (step.instead ?? []) : [];
  return instead.length === 0 ? taken : `${taken}, instead:${skus(instead).join('+')}`;
}

/** The before-state without names (safety rule 6). */
function beforeFacts(before: Before): PublicFacts {
  switch (before.of) {
    case 'licenses':
      return {
        skus: skus(before.licenses),
        ...(before.gives === undefined ? {} : { gives: skus(before.gives) }),
      };
    case 'membership':
      return { before: 'member of the group', skus: skus(before.licenses) };
    case 'signIn':
      return { before: 'sign-in enabled' };
    case 'mailbox':
      return { before: `${before.type} mailbox` };
    case 'account':
      return { before: 'account present' };
    case 'usageLocation':
      return { before: 'no usage location' };
    default:
      return before satisfies never;
  }
}

function skus(licenses: readonly { readonly skuId: SkuId }[]): string[] {
  return licenses.map((license) => license.skuId);
}
