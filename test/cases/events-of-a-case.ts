import type { GroupId, UserId } from '../../src/audit/person.js';
import type { Instant } from '../../src/cases/case.js';
import type { Before, CaseStep, StepLicense, StepProgress } from '../../src/cases/step.js';
import type { CaseEvent, EventType } from '../../src/cases/events.js';
import { ADELE, ADMIN, CASES, FACTS, MANAGER, RECEIVER } from '../cards/a-case.js';

export const AT = '2026-12-01T10:00:00.000Z' as Instant;
export const LATER = '2026-12-02T10:00:00.000Z' as Instant;
export const MESSAGE = { conversationId: 'chat', activityId: 'message', serviceUrl: 'https://teams.example' };

export const STEP_LICENSES: readonly StepLicense[] = FACTS.licenses.map(({ skuId, name, disabledPlans }) => ({
  skuId,
  name,
  disabledPlans,
}));

export const BEFORE: Before = { of: 'licenses', licenses: STEP_LICENSES };

/** A step so far along; reassigning ones for the receiver. */
export function aStep(progress: StepProgress, receiver?: UserId): CaseStep {
  const step =
    receiver === undefined
      ? ({ kind: 'removeLicenses', userId: ADELE.id, licenses: STEP_LICENSES } as const)
      : ({ kind: 'assignLicenses', userId: receiver, licenses: STEP_LICENSES } as const);
  return { step, progress, notBefore: LATER };
}

/** A step's progress of every kind. */
export const PROGRESS: { readonly [P in StepProgress['is']]: Extract<StepProgress, { is: P }> } = {
  planned: { is: 'planned' },
  intended: { is: 'intended', at: AT, before: BEFORE, tries: 1 },
  sent: { is: 'sent', at: AT, before: BEFORE, tries: 1 },
  handedOver: { is: 'handedOver', at: AT, before: BEFORE, task: 'Take the person out of the group.' },
  done: { is: 'done', at: AT, before: BEFORE },
  undoIntended: { is: 'undoIntended', at: AT, before: BEFORE, tries: 1 },
  undoSent: { is: 'undoSent', at: AT, before: BEFORE, tries: 1 },
  undoHandedOver: { is: 'undoHandedOver', at: AT, before: BEFORE, task: 'Put the person back.' },
  undone: { is: 'undone', at: AT },
  left: { is: 'left', at: AT, before: BEFORE },
  skipped: { is: 'skipped', why: 'gone already' },
};

const RECLAIM = { kind: 'reclaim', by: MANAGER, at: AT, reason: 'Left the project' } as const;

/** One event of every type. */
export const EVENTS: { readonly [T in EventType]: Extract<CaseEvent, { type: T }> } = {
  askIntended: { type: 'askIntended', askedOf: MANAGER },
  asked: { type: 'asked', askedOf: MANAGER, message: MESSAGE, answerDue: LATER },
  askedAgain: { type: 'askedAgain', message: { ...MESSAGE, activityId: 'again' } },
  reminderAsked: { type: 'reminderAsked', by: ADMIN, remindAt: LATER },
  remindIntended: { type: 'remindIntended' },
  reminded: { type: 'reminded', message: { ...MESSAGE, activityId: 'reminder' }, remindAt: undefined },
  passedOn: { type: 'passedOn', to: RECEIVER, from: MANAGER, why: 'Nobody answered in time.' },
  notDelivered: { type: 'notDelivered', code: 'Throttled', tryAgainAt: LATER },
  sentToAdmins: { type: 'sentToAdmins', from: undefined, why: 'Nobody answered in time.' },
  kept: { type: 'kept', decision: CASES.kept.decision },
  proposed: { type: 'proposed', decision: RECLAIM },
  proposalDeclined: { type: 'proposalDeclined', by: ADMIN },
  decided: {
    type: 'decided',
    decision: { ...RECLAIM, approvedBy: ADMIN },
    steps: [aStep(PROGRESS.planned)],
    actsFrom: LATER,
  },
  keepEnded: { type: 'keepEnded' },
  reviewPassed: { type: 'reviewPassed' },
  stepPostponed: { type: 'stepPostponed', why: 'The campaign is paused.', until: LATER },
  released: { type: 'released', by: ADMIN },
  vetoed: { type: 'vetoed', by: ADMIN, reason: 'She is back in January' },
  replanned: { type: 'replanned', steps: [aStep(PROGRESS.planned)] },
  tellIntended: { type: 'tellIntended' },
  told: { type: 'told', message: { ...MESSAGE, activityId: 'notice' }, stepsFrom: LATER },
  notTold: { type: 'notTold', code: 'MessageWritesBlocked', tryAgainAt: undefined },
  objected: { type: 'objected', by: ADELE, reason: 'The audit needs it' },
  stepIntended: { type: 'stepIntended', index: 0, before: BEFORE },
  stepHandedOver: {
    type: 'stepHandedOver',
    index: 0,
    before: BEFORE,
    task: 'Take the person out of the group.',
    lookAt: LATER,
  },
  stepBlocked: { type: 'stepBlocked', index: 0, task: 'Add another owner first.', lookAt: LATER },
  stepRefused: {
    type: 'stepRefused',
    index: 0,
    task: 'Another license depends on it: Plan X is needed.',
    lookAt: LATER,
    tryFrom: LATER,
  },
  stepReverted: { type: 'stepReverted', index: 0, task: 'Undo.', lookAt: LATER },
  stepRestored: { type: 'stepRestored', index: 0 },
  stepCleared: { type: 'stepCleared', index: 0 },
  stepSent: { type: 'stepSent', index: 0, checkAt: LATER },
  stepDone: { type: 'stepDone', index: 0 },
  stepSkipped: { type: 'stepSkipped', index: 0, why: 'The licenses were gone already.' },
  stepsFinished: { type: 'stepsFinished', holdUntil: LATER },
  holdEnded: { type: 'holdEnded' },
  leaveEnded: { type: 'leaveEnded', why: 'The person is to be back from leave.' },
  deletionPlanned: {
    type: 'deletionPlanned',
    step: {
      step: { kind: 'deleteAccount', userId: ADELE.id },
      progress: { is: 'planned' },
      notBefore: LATER,
    },
  },
  waived: {
    type: 'waived',
    waived: { of: 'owned', groupId: 'group-1' as GroupId },
    name: 'the team Harbor crew',
    by: ADMIN,
    reason: 'The team is archived',
  },
  undoAsked: { type: 'undoAsked', by: ADMIN },
  notGiven: { type: 'notGiven', index: 0, why: 'The receiver no longer exists: choose another one.' },
  undoIntended: { type: 'undoIntended', index: 0 },
  undoSent: { type: 'undoSent', index: 0, checkAt: LATER },
  undoHandedOver: { type: 'undoHandedOver', index: 0, task: 'Put the person back.', lookAt: LATER },
  undoDone: { type: 'undoDone', index: 0 },
  undoFinished: { type: 'undoFinished' },
  personNeeded: { type: 'personNeeded', task: 'There is no free seat of this license: free or buy one.' },
  cancelled: {
    type: 'cancelled',
    cause: 'reasonGone',
    why: 'The person is active again, protected, or out of scope.',
  },
};

export const REASSIGN_DECIDED: Extract<CaseEvent, { type: 'decided' }> = {
  type: 'decided',
  decision: { kind: 'reassign', by: MANAGER, at: AT, reason: 'Isaiah needs it', receiver: RECEIVER },
  steps: [aStep(PROGRESS.planned), aStep(PROGRESS.planned, RECEIVER.id)],
  actsFrom: LATER,
};
