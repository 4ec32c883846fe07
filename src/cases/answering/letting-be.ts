import type { CaseIn, Instant } from '../case.js';
import { parkingOf } from '../decision.js';
import type { CaseStep, StepKind, StepProgress } from '../step.js';
import { isSealed } from '../hr/sealed.js';
import { isSettled, isUntouched, progressAfter } from '../step-progress.js';
import type { Watch } from '../watch.js';
import type { LetBe } from './waiver.js';

type Waiting = CaseIn<'needsPerson'>;

/** What an admin can let be. */
export type Leavable =
  | {
      readonly is: 'leavable';
      readonly of: LetBe['of'];
      readonly indexes: readonly number[];
      /**
       * A step that was begun, or that a person has: it has to be read as not so first, or, of an undo, as not given back.
       */
      readonly unsure?: number;
    }
  /** A step was sent: only an undo gives it up. */
  | { readonly is: 'mayTakeEffect' }
  /** Something stands in a step's way, or what comes after rests on the step: it is put right, or all of it is left. */
  | { readonly is: 'onlyRest' }
  /** What was parked comes back, and nobody ends that as long as the tenant has it. */
  | { readonly is: 'comesBack' };

/**
 * A part of an undo that a person has, that Graph refused, or that nobody can tell anything of: what was begun or sent may
 * have taken something, too.
 */
const BEING_UNDONE: ReadonlySet<StepProgress['is']> = new Set([
  ...(['undoIntended', 'undoSent', 'undoHandedOver', 'intended', 'sent'] as const),
]);
/** Nothing rests on these: no license goes because of them, and none stays. */
const ALONE: ReadonlySet<StepKind> = new Set(['disableSignIn', 'deleteAccount']);

/**
 * What stays as it is when an admin lets be what a person was to do: the step at hand or every step that is left; while
 * it is undone, what could not be given back. Pure.
 */
export function leavableIn(c: Waiting, which: 'task' | 'rest'): Leavable {
  if (c.undoneBy === undefined) return ofSteps(c, which);
  const mayEnd = parkingOf(c) === undefined || c.watch?.notServed === true;
  return mayEnd ? ofUndo(c.steps, c.watch) : { is: 'comesBack' };
}

function ofSteps({ steps, watch }: Waiting, which: 'task' | 'rest'): Leavable {
  if (steps.some(({ progress }) => progress.is === 'sent')) return { is: 'mayTakeEffect' };
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

/** What becomes of the case. `stays`: a person still has what only looks done. */
export type AfterLettingBe =
  { readonly is: 'nothingDone' } | { readonly is: 'goesOn' | 'stays'; readonly steps: readonly CaseStep[] };

/**
 * What becomes of the case then. One in which nothing was done ends at once.
 * @returns undefined: a step may take effect yet, or is none of those that can be let be. Pure.
 */
export function afterLettingBe(
  c: Waiting,
  { of, left, found }: LetBe,
  at: Instant,
): AfterLettingBe | undefined {
  const leavable = leavableIn(c, of === 'rest' ? 'rest' : 'task');
  if (leavable.is !== 'leavable' || leavable.of !== of) return undefined;
  if (found !== undefined && (of !== 'rest' || found.index !== leavable.unsure)) return undefined;
  const wanted = leavable.indexes.filter((index) => index !== found?.index);
  const isSame = wanted.length === left.length && left.every(({ index }) => wanted.includes(index));
  if (!isSame) return undefined;
  const steps = c.steps.map((each, index) => {
    if (wanted.includes(index)) return { ...each, progress: leftAs(c, each.progress, of, at) };
    return found?.is === 'done' && index === found.index ? asDone(each, index, at) : each;
  });
  if (found?.is === 'looksDone') return { is: 'stays', steps };
  const isOver = of !== 'undo' && isUntouched(steps) && steps.every(isSettled);
  return isOver ? { is: 'nothingDone' } : { is: 'goesOn', steps };
}

function asDone(each: CaseStep, index: number, at: Instant): CaseStep {
  return {
    ...each,
    progress: progressAfter(each.progress, { type: 'stepDone', index }, at) ?? each.progress,
  };
}

function leftAs(c: Waiting, progress: StepProgress, of: LetBe['of'], at: Instant): StepProgress {
  const why = isSealed(c) ? 'Somebody of HR left it as it is.' : 'An administrator left it as it is.';
  if (of !== 'undo') return { is: 'skipped', why, letBe: true };
  return 'before' in progress ? { is: 'left', at, before: progress.before } : progress;
}
