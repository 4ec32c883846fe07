import type { CaseIn, Instant } from '../case.js';
import type { CaseStep, StepKind, StepProgress } from '../step.js';
import { isSettled, isUntouched } from '../step-progress.js';
import type { Watch } from '../watch.js';
import type { LetBe } from './waiver.js';

type Waiting = CaseIn<'needsPerson'>;

/** What an admin can let be. */
export type Leavable =
  | {
      readonly is: 'leavable';
      readonly of: LetBe['of'];
      readonly indexes: readonly number[];
      /** A step that was begun, or that a person has: it has to be read as not so first. */
      readonly unsure?: number;
    }
  /** A step was sent, or its undo was begun: only an undo gives it up. */
  | { readonly is: 'mayTakeEffect' }
  /** Something stands in a step's way, or what comes after rests on the step: it is put right, or all of it is left. */
  | { readonly is: 'onlyRest' };

/** An undo that a person has a part of, or that Graph refused. */
const BEING_UNDONE: ReadonlySet<StepProgress['is']> = new Set(['undoIntended', 'undoSent', 'undoHandedOver']);
/** Nothing rests on these: no license goes because of them, and none stays. */
const ALONE: ReadonlySet<StepKind> = new Set(['disableSignIn', 'deleteAccount']);

/**
 * What stays as it is when an admin lets be what a person was to do: the step at hand or every step that is left; while
 * it is undone, what could not be given back. Pure.
 */
export function leavableIn(c: Waiting, which: 'task' | 'rest'): Leavable {
  const { steps, watch } = c;
  if (steps.some(({ progress }) => progress.is === 'sent')) return { is: 'mayTakeEffect' };
  return c.undoneBy === undefined ? ofSteps(c, which) : ofUndo(steps, watch);
}

function ofSteps({ steps, watch }: Waiting, which: 'task' | 'rest'): Leavable {
  const begun = steps.findIndex(({ progress }) => progress.is === 'intended' || progress.is === 'handedOver');
  const unsure = begun === -1 ? {} : { unsure: begun };
  if (which === 'rest') {
    const open = [...steps.entries()].filter(([, step]) => !isSettled(step));
    return { is: 'leavable', of: which, indexes: open.map(([index]) => index), ...unsure };
  }
  const atHand = watch?.for === 'effect' ? steps[watch.index] : undefined;
  return watch === undefined || atHand === undefined || !ALONE.has(atHand.step.kind)
    ? { is: 'onlyRest' }
    : { is: 'leavable', of: which, indexes: [watch.index], ...unsure };
}

function ofUndo(steps: readonly CaseStep[], watch: Watch | undefined): Leavable {
  const at = watch?.index ?? steps.findLastIndex(({ progress }) => BEING_UNDONE.has(progress.is));
  const is = steps[at]?.progress.is;
  // What the undo has not come to yet, or gave up with no answer, is for the undo to be asked for once more.
  return is === undefined || !BEING_UNDONE.has(is)
    ? { is: 'mayTakeEffect' }
    : { is: 'leavable', of: 'undo', indexes: [at], unsure: at };
}

/**
 * What becomes of the case then. One in which nothing was done ends at once.
 * @returns undefined: a step may take effect yet, or is none of those that can be let be. Pure.
 */
export function afterLettingBe(
  c: Waiting,
  { of, left }: LetBe,
  at: Instant,
): Pick<Waiting, 'steps'> | 'nothingDone' | undefined {
  const leavable = leavableIn(c, of === 'rest' ? 'rest' : 'task');
  const isSame =
    leavable.is === 'leavable' &&
    leavable.of === of &&
    leavable.indexes.length === left.length &&
    left.every(({ index }) => leavable.indexes.includes(index));
  if (!isSame) return undefined;
  const steps = c.steps.map((each, index) =>
    leavable.indexes.includes(index) ? { ...each, progress: leftAs(each.progress, of, at) } : each,
  );
  return of !== 'undo' && isUntouched(steps) && steps.every(isSettled) ? 'nothingDone' : { steps };
}

function leftAs(progress: StepProgress, of: LetBe['of'], at: Instant): StepProgress {
  if (of !== 'undo') return { is: 'skipped', why: 'An administrator left it as it is.', letBe: true };
  return 'before' in progress ? { is: 'left', at, before: progress.before } : progress;
}
