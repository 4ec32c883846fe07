import type { Case, CaseIn, CaseState, Instant } from './case.js';
import type { CaseStep, StepProgress } from './step.js';
import type { CaseEvent } from './events.js';
import type { Watch } from './watch.js';
import { taskSince } from './waits-since.js';
import { afterLettingBe } from './answering/letting-be.js';
import type { LetBe } from './answering/waiver.js';
import { isSealed } from './hr/sealed.js';
import { heldUntil } from './hold.js';
import { tellingOf } from './hr/telling.js';
import { parkingOf } from './decision.js';
import { againLater, askedAnew, undoIn } from './parked-return.js';
import { takesObjection } from './telling/notice.js';
import { isSettled, isUntouched, progressAfter, type ProgressEvent } from './step-progress.js';
import { carried, type Carried } from './carried.js';
import { nextBack } from './transition-back.js';
import { closedAfter, withoutEffect, type WithSteps } from './transition-ends.js';

export function hasSteps(c: Case): c is WithSteps {
  return 'steps' in c;
}

/** The next state of a case that has steps; undefined when the event does not fit. Pure. */
export function nextWithSteps(c: WithSteps, event: CaseEvent, at: Instant): CaseState | undefined {
  const { askedOf, steps } = c;
  const kept = carried(c);
  switch (event.type) {
    case 'reviewPassed':
    case 'released':
      return steps.length > 0 ? { state: 'scheduled', ...kept } : undefined;
    case 'stepPostponed':
    case 'tellIntended':
    case 'told':
    case 'notTold':
      return c;
    case 'objected':
      return takesObjection(c)
        ? { state: 'adminReview', why: objectionText(event.reason), askedOf, since: at }
        : undefined;
    case 'waived':
      return 'left' in event.waived ? leftAsIs(c, event.waived, event.reason, at) : lookedAtNow(c, at);
    case 'replanned':
      return keepsBegun(steps, event.steps) ? planned(c, event) : undefined;
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
      return waiting(c, kept, { task: event.task, watch: watchOf('clear', event) }, at);
    case 'stepRefused':
      return refused(c, event, at);
    case 'stepCleared':
      return isWatched(c, event.index, 'clear', 'again')
        ? goesOn(c, { ...kept, steps: askedAnew(c) })
        : undefined;
    case 'stepsFinished':
      return steps.every(isSettled)
        ? { state: 'holding', ...kept, ...heldUntil(event.holdUntil, c, at) }
        : undefined;
    case 'stepReverted':
      return reverted(c, event, at);
    case 'stepRestored':
      return restored(c, event, at);
    case 'deletionPlanned':
      return { state: 'scheduled', ...kept, steps: [...steps, event.step] };
    case 'holdEnded':
      return closedAfter(c, at, event.files);
    case 'vetoed':
      return isUntouched(steps) ? withoutEffect(c, 'vetoed', vetoText(event.reason), at) : undefined;
    case 'personNeeded':
      return waiting(c, kept, { task: event.task, ...watchAgain(c, at) }, at);
    default:
      return nextBack(c, event, at);
  }
}

/** A person has a task; whose undo it is part of stays known. */
function waiting(
  c: WithSteps,
  kept: Carried,
  what: Pick<CaseIn<'needsPerson'>, 'task' | 'watch'>,
  at: Instant,
): CaseState {
  const { told: _told, ...undo } = undoIn(c) ?? {};
  const { hrTold: _hrTold, ...rest } = kept;
  return {
    ...{ state: 'needsPerson', ...rest, ...what, ...undo },
    ...tellingHr(c, what.task, at),
    ...taskSince(c, at),
  };
}

/** HR hears of a task in one of its cases, of which nobody else may know, and anew as long as it waits. */
function tellingHr(c: WithSteps, task: string, at: Instant): Pick<CaseIn<'needsPerson'>, 'tell'> {
  const asked = undoIn(c);
  // Somebody back from leave misses what they need for their work.
  const isReturn = asked !== undefined && parkingOf(c) !== undefined;
  if (!isReturn && !isSealed(c)) return {};
  return { tell: tellingOf(task, asked === undefined ? carried(c).hrTold : asked.told, at) };
}

/** It is held on, and goes on so once it is put right. */
function reverted(
  c: WithSteps,
  event: Extract<CaseEvent, { type: 'stepReverted' }>,
  at: Instant,
): CaseState | undefined {
  if (c.state !== 'holding' || c.steps[event.index]?.progress.is !== 'done') return undefined;
  const { hrTold: _hrTold, ...kept } = carried(c);
  return {
    ...{ state: 'needsPerson', ...kept, task: event.task, watch: watchOf('stays', event) },
    ...{ hold: { holdUntil: c.holdUntil }, ...tellingHr(c, event.task, at) },
  };
}

function restored(
  c: WithSteps,
  { index }: Extract<CaseEvent, { type: 'stepRestored' }>,
  at: Instant,
): CaseState | undefined {
  return isWatched(c, index, 'stays') && c.hold !== undefined
    ? { state: 'holding', ...carried(c), ...heldUntil(c.hold.holdUntil, c, at) }
    : undefined;
}

/** What stood in the way is gone, or what a person was to do is let be. */
function goesOn(c: WithSteps, kept: Carried): CaseState {
  const undo = undoIn(c);
  if (undo !== undefined) return { state: 'undoing', ...kept, ...undo };
  const isBegun = kept.steps.some(({ progress }) => progress.is === 'intended' || progress.is === 'sent');
  return { state: isBegun ? 'acting' : 'scheduled', ...kept };
}

/** Of a step, or of the undo of one. How often counts only where it was begun. */
function refused(
  c: WithSteps,
  event: Extract<CaseEvent, { type: 'stepRefused' }>,
  at: Instant,
): CaseState | undefined {
  const progress = c.steps[event.index]?.progress;
  if (progress === undefined) return undefined;
  const kept = carried(c);
  const noted =
    'tries' in progress
      ? withStep(c, event.index, { ...progress, refused: (progress.refused ?? 0) + 1 })
      : c.steps;
  const { index, task, lookAt, tryFrom } = event;
  const watch = againLater(c, at) ?? { for: 'again', index, lookAt, tryFrom };
  return waiting(c, { ...kept, steps: noted }, { task, watch }, at);
}

/** What stood in a step's way may be gone: a case that waits for that is looked at at once. */
function lookedAtNow(c: WithSteps, at: Instant): CaseState {
  return c.state === 'needsPerson' && c.watch !== undefined ? { ...c, watch: { ...c.watch, lookAt: at } } : c;
}

/** Nobody does what a person was to do, or not all of it: the case goes on without the rest. */
function leftAsIs(c: WithSteps, waived: LetBe, reason: string, at: Instant): CaseState | undefined {
  if (c.state !== 'needsPerson') return undefined;
  const next = afterLettingBe(c, waived, at);
  if (next === undefined) return undefined;
  if (next.is === 'nothingDone') return withoutEffect(c, 'vetoed', vetoText(reason, isSealed(c)), at);
  if (next.is === 'stays') return { ...c, steps: next.steps };
  if (c.hold !== undefined) return { state: 'holding', ...carried(c), holdUntil: c.hold.holdUntil };
  return goesOn(c, { ...carried(c), steps: next.steps });
}

/** Where the review time runs, it goes on. */
function planned(
  c: WithSteps,
  { steps, tellFrom }: Extract<CaseEvent, { readonly type: 'replanned' }>,
): CaseState {
  const { tellFrom: _before, ...kept } = carried(c);
  const now = { ...kept, steps, ...(tellFrom === undefined ? {} : { tellFrom }) };
  return c.state === 'decided'
    ? { state: 'decided', ...now, actsFrom: c.actsFrom }
    : { state: 'scheduled', ...now };
}

/** true: another plan leaves everything as it is that was begun. */
function keepsBegun(before: readonly CaseStep[], after: readonly CaseStep[]): boolean {
  const begun = before.filter(({ progress }) => progress.is !== 'planned');
  return (
    begun.every((step, index) => step === after[index]) &&
    after.slice(begun.length).every(({ progress }) => progress.is === 'planned')
  );
}

function objectionText(reason: string): string {
  return `The person says that they still need it${reason === '' ? '.' : `: ${reason}`}`;
}

function vetoText(reason: string, isOfHr = false): string {
  return isOfHr
    ? `Somebody of HR decided against it: ${reason}`
    : `An administrator decided against it: ${reason}`;
}

function stepMoved(c: WithSteps, event: ProgressEvent, at: Instant): CaseState | undefined {
  const progress = c.steps[event.index]?.progress;
  const next = progress && progressAfter(progress, event, at);
  if (next === undefined) return undefined;
  const kept = { ...carried(c), steps: withStep(c, event.index, next) };
  const undo = undoIn(c);
  // It may take effect yet: only an undo gives it up.
  if (progress?.is === 'sent' && event.type === 'stepSkipped' && undo === undefined) return undefined;
  return undo === undefined
    ? { state: stateAfterStep(event), ...kept }
    : { state: 'undoing', ...kept, ...undo };
}

function handedOver(
  c: WithSteps,
  event: Extract<ProgressEvent, { type: 'stepHandedOver' | 'undoHandedOver' }>,
  at: Instant,
): CaseState | undefined {
  const progress = c.steps[event.index]?.progress;
  const next = progress && progressAfter(progress, event, at);
  if (next === undefined) return undefined;
  const watch = againLater(c, at) ?? watchOf(event.type === 'stepHandedOver' ? 'effect' : 'giveBack', event);
  const kept = { ...carried(c), steps: withStep(c, event.index, next) };
  return waiting(c, kept, { task: event.task, watch }, at);
}

function watchOf(
  what: Watch['for'],
  { index, lookAt, notServed, giveBackFrom }: Pick<Watch, 'index' | 'lookAt' | 'notServed' | 'giveBackFrom'>,
): Watch {
  return {
    ...{ for: what, index, lookAt },
    ...(notServed === undefined ? {} : { notServed }),
    ...(giveBackFrom === undefined ? {} : { giveBackFrom }),
  };
}

function watchAgain(c: WithSteps, at: Instant): { readonly watch?: Watch } {
  const watch = againLater(c, at);
  return watch === undefined ? {} : { watch };
}

/** true: that is waited for, of this step. */
function isWatched(
  c: WithSteps,
  index: number,
  ...what: readonly Watch['for'][]
): c is CaseIn<'needsPerson'> {
  return c.state === 'needsPerson' && c.watch?.index === index && what.includes(c.watch.for);
}

/** Once a step is done or skipped, the next one waits for its date. */
function stateAfterStep(event: ProgressEvent): 'acting' | 'scheduled' {
  return event.type === 'stepDone' || event.type === 'stepSkipped' ? 'scheduled' : 'acting';
}

function withStep(c: WithSteps, index: number, progress: StepProgress): readonly CaseStep[] {
  return c.steps.map((step, i) => (i === index ? { ...step, progress } : step));
}
