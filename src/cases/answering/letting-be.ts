import type { CaseIn, Instant } from '../case.js';
import type { StepProgress } from '../step.js';
import { isSettled, isUntouched } from '../step-progress.js';
import type { LetBe } from './waiver.js';

type Waiting = CaseIn<'needsPerson'>;

/** What an admin can let be. */
export type Leavable =
  | {
      readonly is: 'leavable';
      readonly of: LetBe['of'];
      readonly indexes: readonly number[];
      /** A step that was begun, and of which nobody knows whether its call went out: it has to be read as not so first. */
      readonly unsure?: number;
    }
  /** A step was sent: only an undo gives it up. */
  | { readonly is: 'mayTakeEffect' };

/** An undo that a person has a part of, or that Graph refused. */
const BEING_UNDONE: ReadonlySet<StepProgress['is']> = new Set(['undoIntended', 'undoSent', 'undoHandedOver']);

/**
 * What stays as it is when an admin lets be what a person was to do: the step at hand or every step that is left; while
 * it is undone, what could not be given back. Pure.
 */
export function leavableIn(c: Waiting, which: 'task' | 'rest'): Leavable {
  const { steps, watch } = c;
  const begun = steps.findIndex(({ progress }) => progress.is === 'intended');
  if (steps.some(({ progress }) => progress.is === 'sent')) return { is: 'mayTakeEffect' };
  if (c.undoneBy !== undefined) {
    if (begun !== -1) return { is: 'mayTakeEffect' };
    const index = watch?.index ?? steps.findLastIndex(({ progress }) => BEING_UNDONE.has(progress.is));
    return { is: 'leavable', of: 'undo', indexes: index === -1 ? [] : [index] };
  }
  const open = [...steps.entries()].filter(([, step]) => !isSettled(step)).map(([index]) => index);
  const [first] = open;
  const atHand = watch?.index ?? first;
  const one = atHand === undefined ? [] : [atHand];
  const indexes = which === 'rest' ? open : one;
  return { is: 'leavable', of: which, indexes, ...(begun === -1 ? {} : { unsure: begun }) };
}

/** How a step is called that nobody takes any more. */
const LEFT = 'An administrator left it as it is.';

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
  if (of !== 'undo') return { is: 'skipped', why: LEFT };
  return 'before' in progress ? { is: 'left', at, before: progress.before } : progress;
}
