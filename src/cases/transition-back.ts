import { carried } from './carried.js';
import type { CaseIn, CaseState, Instant } from './case.js';
import { parkingOf } from './decision.js';
import type { CaseEvent } from './events.js';
import { mailGoneAt, mailGoneIn } from './mail-gone.js';
import { goesBack } from './not-given.js';
import { askedAnew, undoIn } from './parked-return.js';
import { isGivenBack, isUntouched } from './step-progress.js';
import { undoneAfter, withoutEffect, type WithSteps } from './transition-ends.js';

/** The next state of a case of which everything is to be as it was before; undefined when the event does not fit. Pure. */
export function nextBack(c: WithSteps, event: CaseEvent, at: Instant): CaseState | undefined {
  switch (event.type) {
    case 'leaveEnded':
      return leaveOver(c, at);
    case 'undoAsked':
      return undoOf(c, event.by, at);
    case 'notGiven':
      return goesBack(c, event.index) ? givenBackFor(c, event.why, at) : undefined;
    case 'undoFinished':
      return c.state === 'undoing' && isGivenBack(c) ? undoneAfter(c, at) : undefined;
    default:
      return undefined;
  }
}

/** Where nothing was parked, there is nothing to give back. */
function leaveOver(c: WithSteps, at: Instant): CaseState | undefined {
  const parking = parkingOf(c);
  if (parking === undefined || undoIn(c) !== undefined) return undefined;
  if (isUntouched(c.steps)) return withoutEffect(c, 'backFromLeave', NOTHING_PARKED, at);
  return { state: 'undoing', ...carried(c), undoneBy: parking.by, undoAskedAt: at, leaveOver: true };
}

/** Why a case ends in which HR decided to park, and nothing was taken. */
export const NOTHING_PARKED =
  'Nothing was parked: the person has their licenses as before, or lost them otherwise.';

/** Undo before anything was tried is a plain stop; afterwards the before-state has to be restored. */
function undoOf(c: WithSteps, by: CaseIn<'undoing'>['undoneBy'], at: Instant): CaseState {
  if (isUntouched(c.steps))
    return withoutEffect(c, 'takenBack', 'It was taken back before anything was done.', at);
  const { leaveOver: isOver, told } = (parkingOf(c) && undoIn(c)) ?? {};
  return {
    state: 'undoing',
    ...{ ...carried(c), steps: askedAnew(c), undoneBy: by, undoAskedAt: at },
    ...(isOver === undefined ? {} : { leaveOver: isOver }),
    ...(told === undefined ? {} : { told }),
    ...(undoIn(c) === undefined ? mailGoneAt(c, at) : mailGoneIn(c)),
  };
}

/** In the name of whoever decided the reassignment, and not by them. */
function givenBackFor(c: WithSteps, why: string, at: Instant): CaseState {
  return {
    state: 'undoing',
    ...carried(c),
    ...{ undoneBy: c.decision.by, undoAskedAt: at, notGiven: why },
  };
}
