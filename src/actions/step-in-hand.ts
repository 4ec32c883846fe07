import type { StepProgress } from '../cases/step.js';
import { staysWithReceiver } from '../cases/step-progress.js';
import type { Acting } from './run-step-moves.js';

type Progresses = ReadonlySet<StepProgress['is']>;

const BEGUN: Progresses = new Set(['intended', 'sent']);
const TO_UNDO: Progresses = new Set(['done', 'handedOver', 'undoIntended', 'undoSent', 'undoHandedOver']);

/** The step that was begun and not seen to take effect; -1: there is none. Pure. */
export function begunStep({ steps }: Acting): number {
  return steps.findIndex(({ progress }) => BEGUN.has(progress.is));
}

/** The step that is undone next, the last one first; -1: none is left. What a receiver got stays with them. Pure. */
export function nextToUndo(c: Acting): number {
  return c.steps.findLastIndex((each) => !staysWithReceiver(each, c) && TO_UNDO.has(each.progress.is));
}

/** The step that comes next; -1: none is left. Pure. */
export function nextPlanned({ steps }: Acting): number {
  return steps.findIndex(({ progress }) => progress.is === 'planned');
}

/** Which step a case works on; -1: none is left. Pure. */
export function stepInHand(c: Acting): number {
  const begun = begunStep(c);
  if (begun !== -1) return begun;
  return c.state === 'undoing' ? nextToUndo(c) : nextPlanned(c);
}
