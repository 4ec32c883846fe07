import type {
  Case,
  CaseFacts,
  CaseIn,
  CaseState,
  CaseStep,
  Instant,
  StateName,
  StepProgress,
  Watch,
} from './case.js';
import type { UserId } from '../audit/person.js';
import type { CaseEvent, EventType } from './events.js';
import { LIFE } from './life.js';
import { messageAfter } from './stored-message.js';
import { endOf, isGivenBack, isSettled, progressAfter, type ProgressEvent } from './step-progress.js';

export type Transition =
  | { readonly kind: 'moved'; readonly case: Case }
  | { readonly kind: 'refused'; readonly state: StateName; readonly event: EventType };

/**
 * Moves a case by one event. Pure: the caller stores the result with its history entry in one batch.
 * The lease is kept; who holds it decides when to give it back.
 */
export function transition(c: Case, event: CaseEvent, at: Instant): Transition {
  const leads = LIFE[c.state][event.type] ?? [];
  const next = leads.length > 0 ? nextState(c, event, at) : undefined;
  if (next === undefined || !leads.includes(next.state))
    return { kind: 'refused', state: c.state, event: event.type };
  const facts: CaseFacts = {
    ...factsOf(c),
    version: c.version + 1,
    attempts: 0,
    protections: protectionsAfter(c, event),
    ...hopsAfter(c, event, at),
  };
  // The state's properties come first: where the state stays, `next` is the old case whose facts must not win.
  const moved = { ...next, ...facts, ...messageAfter(c, event) } as Case;
  return { kind: 'moved', case: { ...moved, dueAt: dueAfter(moved, event, at) } };
}

/** true: the card in Teams shows an older version than the case has. */
export function cardIsStale(c: Case): boolean {
  return c.message !== undefined && c.message.shows < c.version;
}

/** When the worker has to look at a case for its own sake, its card aside. */
export function workDueAt(c: Case): Instant | undefined {
  switch (c.state) {
    case 'opened':
      return c.openedAt;
    case 'escalated':
      return c.since;
    case 'asked':
      return c.remindAt !== undefined && c.remindAt < c.answerDue ? c.remindAt : c.answerDue;
    case 'kept':
      return c.decision.until;
    case 'decided':
      return c.actsFrom;
    case 'scheduled':
      return c.steps.find((step) => step.progress.is === 'planned')?.notBefore ?? c.openedAt;
    case 'acting':
    case 'undoing':
      return c.openedAt;
    case 'holding':
      return c.holdUntil;
    case 'needsPerson':
      return c.watch?.lookAt;
    case 'adminReview':
    case 'hrReview':
    case 'closed':
    case 'cancelled':
    case 'undone':
      return undefined;
    default:
      return c satisfies never;
  }
}

function dueAfter(c: Case, event: CaseEvent, at: Instant): Instant | undefined {
  const waits = waitOf(event);
  if (waits !== undefined) return waits;
  return cardIsStale(c) ? at : workDueAt(c);
}

/** Events that name the time at which the worker looks again. */
function waitOf(event: CaseEvent): Instant | undefined {
  switch (event.type) {
    case 'notDelivered':
      return event.tryAgainAt;
    case 'stepPostponed':
      return event.until;
    case 'stepSent':
    case 'undoSent':
      return event.checkAt;
    default:
      return undefined;
  }
}

/** Every fact that a case has in all its states; the compiler sees to it that none is left out. */
const FACTS: Readonly<Record<keyof CaseFacts, true>> = {
  id: true,
  kind: true,
  caseId: true,
  userId: true,
  subject: true,
  runId: true,
  scenario: true,
  scenarioNote: true,
  evidence: true,
  evidenceDate: true,
  daysInactive: true,
  licenses: true,
  annualCost: true,
  protections: true,
  hops: true,
  mailbox: true,
  manager: true,
  openedAt: true,
  version: true,
  seq: true,
  head: true,
  subjectKey: true,
  actorSalt: true,
  message: true,
  dueAt: true,
  lease: true,
  attempts: true,
};

/** The facts without the state's own properties, so that no old ones are carried over. */
function factsOf(c: Case): CaseFacts {
  const facts = Object.entries(c).filter(([key]) => key in FACTS);
  return Object.fromEntries(facts) as unknown as CaseFacts;
}

/** The next state; undefined when the event does not fit the state's own facts. */
function nextState(c: Case, event: CaseEvent, at: Instant): CaseState | undefined {
  switch (event.type) {
    case 'askIntended':
    case 'notDelivered':
    case 'askedAgain':
      return c;
    case 'asked':
      return {
        state: 'asked',
        askedOf: event.askedOf.id,
        askedAt: at,
        answerDue: event.answerDue,
        ...remindAtOf(event),
      };
    case 'reminded':
      return c.state === 'asked' ? { ...c, remindAt: event.remindAt } : undefined;
    case 'passedOn':
      return { state: 'escalated', asking: { kind: 'ask', person: event.to }, since: at };
    case 'sentToAdmins':
      return { state: 'adminReview', why: event.why, askedOf: c.state === 'asked' ? c.askedOf : undefined };
    case 'kept':
      return { state: 'kept', askedOf: event.decision.by.id, decision: event.decision };
    case 'decided':
      return {
        state: 'decided',
        askedOf: event.decision.by.id,
        decision: event.decision,
        steps: event.steps,
        actsFrom: event.actsFrom,
      };
    case 'keepEnded':
      return { state: 'closed', outcome: 'keptUntilPassed', closedAt: at, ...askedBefore(c) };
    case 'cancelled':
      return { state: 'cancelled', cause: event.cause, why: event.why, closedAt: at, ...askedBefore(c) };
    default:
      return hasSteps(c) ? nextWithSteps(c, event, at) : undefined;
  }
}

function remindAtOf({ remindAt }: { readonly remindAt?: Instant | undefined }): {
  readonly remindAt?: Instant;
} {
  return remindAt === undefined ? {} : { remindAt };
}

/** Whom the question went to so far, and why it went on from there; nobody is asked twice. */
function hopsAfter(c: Case, event: CaseEvent, at: Instant): Pick<CaseFacts, 'hops'> {
  if (event.type !== 'passedOn' || event.from === undefined)
    return c.hops === undefined ? {} : { hops: c.hops };
  return { hops: [...(c.hops ?? []), { askedOf: event.from, until: at, why: event.why }] };
}

function protectionsAfter(c: Case, event: CaseEvent): CaseFacts['protections'] {
  const added = event.type === 'cancelled' ? (event.protections ?? []) : [];
  return added.length === 0 ? c.protections : [...new Set([...c.protections, ...added])];
}

/** Whoever was asked may look at the end, too: their late click is no stranger's. */
function askedBefore(c: Case): { readonly askedOf?: UserId } {
  return 'askedOf' in c && c.askedOf !== undefined ? { askedOf: c.askedOf } : {};
}

type WithSteps = CaseIn<'decided' | 'scheduled' | 'acting' | 'holding' | 'undoing' | 'needsPerson'>;

function hasSteps(c: Case): c is WithSteps {
  return 'steps' in c;
}

function nextWithSteps(c: WithSteps, event: CaseEvent, at: Instant): CaseState | undefined {
  const { askedOf, decision, steps } = c;
  const kept = { askedOf, decision, steps };
  switch (event.type) {
    case 'reviewPassed':
    case 'released':
      return steps.length > 0 ? { state: 'scheduled', ...kept } : undefined;
    case 'stepPostponed':
      return c;
    case 'stepIntended':
    case 'stepSent':
    case 'undoSent':
    case 'undoIntended':
    case 'undoDone':
    case 'stepDone':
    case 'stepSkipped':
      return stepMoved(c, event, at);
    case 'stepHandedOver':
    case 'undoHandedOver':
      return handedOver(c, event, at);
    case 'stepBlocked':
      return { state: 'needsPerson', ...kept, task: event.task, watch: watchOf('clear', event) };
    case 'stepCleared':
      return isWatched(c, 'clear', event.index) ? { state: 'scheduled', ...kept } : undefined;
    case 'stepsFinished':
      return steps.every(isSettled) ? { state: 'holding', ...kept, holdUntil: event.holdUntil } : undefined;
    case 'holdEnded':
      return {
        state: 'closed',
        outcome: decision.kind === 'reassign' ? 'reassigned' : 'reclaimed',
        closedAt: at,
        askedOf,
        took: endOf(c).took,
      };
    case 'undoAsked':
      return undoOf(c, event.by, at);
    case 'undoFinished':
      return c.state === 'undoing' && steps.every(isGivenBack)
        ? { state: 'undone', undoneBy: c.undoneBy, closedAt: at, askedOf, ...endOf(c) }
        : undefined;
    case 'personNeeded':
      return { state: 'needsPerson', ...kept, task: event.task, ...undoerOf(c) };
    default:
      return undefined;
  }
}

/** Undo before anything was tried is a plain stop; afterwards the before-state has to be restored. */
function undoOf(c: WithSteps, by: CaseIn<'undoing'>['undoneBy'], at: Instant): CaseState {
  const { askedOf, decision, steps } = c;
  if (steps.every(({ progress }) => progress.is === 'planned' || progress.is === 'skipped')) {
    return {
      state: 'cancelled',
      cause: 'takenBack',
      why: 'It was taken back before anything was done.',
      closedAt: at,
      askedOf,
    };
  }
  return { state: 'undoing', askedOf, decision, steps, undoneBy: by };
}

function stepMoved(c: WithSteps, event: ProgressEvent, at: Instant): CaseState | undefined {
  const progress = c.steps[event.index]?.progress;
  const next = progress && progressAfter(progress, event, at);
  if (next === undefined) return undefined;
  const kept = { askedOf: c.askedOf, decision: c.decision, steps: withStep(c, event.index, next) };
  const { undoneBy } = undoerOf(c);
  return undoneBy === undefined
    ? { state: stateAfterStep(event), ...kept }
    : { state: 'undoing', ...kept, undoneBy };
}

/** A person has the task; whose undo it is part of stays known. */
function handedOver(
  c: WithSteps,
  event: Extract<ProgressEvent, { type: 'stepHandedOver' | 'undoHandedOver' }>,
  at: Instant,
): CaseState | undefined {
  const progress = c.steps[event.index]?.progress;
  const next = progress && progressAfter(progress, event, at);
  if (next === undefined) return undefined;
  return {
    state: 'needsPerson',
    askedOf: c.askedOf,
    decision: c.decision,
    steps: withStep(c, event.index, next),
    task: event.task,
    watch: watchOf(event.type === 'stepHandedOver' ? 'effect' : 'giveBack', event),
    ...undoerOf(c),
  };
}

function watchOf(
  what: Watch['for'],
  { index, lookAt }: { readonly index: number; readonly lookAt: Instant },
): Watch {
  return { for: what, index, lookAt };
}

function isWatched(c: WithSteps, what: Watch['for'], index: number): boolean {
  return c.state === 'needsPerson' && c.watch?.for === what && c.watch.index === index;
}

function undoerOf(c: WithSteps): { readonly undoneBy?: CaseIn<'undoing'>['undoneBy'] } {
  return 'undoneBy' in c && c.undoneBy !== undefined ? { undoneBy: c.undoneBy } : {};
}

/** Once a step is done or skipped, the next one waits for its date. */
function stateAfterStep(event: ProgressEvent): 'acting' | 'scheduled' {
  return event.type === 'stepDone' || event.type === 'stepSkipped' ? 'scheduled' : 'acting';
}

function withStep(c: WithSteps, index: number, progress: StepProgress): readonly CaseStep[] {
  return c.steps.map((step, i) => (i === index ? { ...step, progress } : step));
}
