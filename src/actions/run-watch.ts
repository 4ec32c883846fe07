import type { CaseIn, Instant } from '../cases/case.js';
import type { CaseEvent } from '../cases/events.js';
import type { Doors } from '../cases/doors.js';
import type { Before, Step, StepProgress } from '../cases/step.js';
import type { Watch } from '../cases/watch.js';
import { ACCOUNT_GONE } from '../cases/reason-gone.js';
import { isReturn } from '../cases/parked-return.js';
import { isUntold } from '../cases/telling/notice.js';
import { readBrake } from '../cases/campaign/run-switch.js';
import type { Stored } from '../store/store.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { Look } from './effects/effect.js';
import { effectOf } from './effects/run-effect.js';
import { isGoneWithAccount } from './gone-with-account.js';
import { returnStands } from './run-return.js';
import { lacksSeat } from './run-spent-seats.js';
import { at, say, showsAllBefore, stepAt } from './run-step-moves.js';
import { recheck } from './run-recheck.js';
import { stepInWords } from './step-words.js';

type Waiting = Stored<CaseIn<'needsPerson'>>;

/** A task that stays. What is known by now is not written yet, and the lease is kept. */
export interface StillWaits {
  readonly stored: Waiting;
  /** When it is to be looked at again; undefined: never by itself. */
  readonly next: Instant | undefined;
}

/**
 * A person has a task: looks, when it is time, whether it is done, by reading and not by trust. Nothing is changed in the
 * tenant.
 * @returns undefined: the case has moved
 */
export async function runWatch(doors: Doors, stored: Waiting): Promise<StillWaits | undefined> {
  const { watch } = stored.doc;
  if (watch === undefined) return { stored, next: undefined };
  if (watch.lookAt > at(doors, 0)) return { stored, next: watch.lookAt };
  const next = at(doors, doors.pace.watch);
  const found = await lookIfAnswered(doors, stored.doc, watch);
  switch (found) {
    case 'done':
      await goOn(doors, stored, watch);
      return undefined;
    case 'tryAgain':
      await say(doors, stored, cleared(watch));
      return undefined;
    case 'notGiven':
      await say(doors, stored, { type: 'notGiven', index: watch.index, why: stored.doc.task });
      return undefined;
    case 'gone':
      await leaveOut(doors, stored, watch);
      return undefined;
    case 'noAccount':
      await say(doors, stored, { type: 'cancelled', ...ACCOUNT_GONE });
      return undefined;
    case 'held':
      // Its time stays as it is, so that whoever lets the campaign go on makes it due.
      return { stored, next };
    default:
      return { stored: withWatch(stored, { ...seen(watch, found), lookAt: next }), next };
  }
}

/** What cannot be read is looked at later. */
async function lookIfAnswered(doors: Doors, c: CaseIn<'needsPerson'>, watch: Watch): Promise<Found> {
  try {
    return await lookAt(doors, c, watch);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    doors.log.warn('What a person has to do could not be looked at.', {
      caseId: c.caseId,
      failure: error.kind,
    });
    return 'notYet';
  }
}

function withWatch({ doc, etag }: Waiting, watch: Watch): Waiting {
  return { doc: { ...doc, watch }, etag };
}

type Found =
  | 'done'
  /** Nothing stands in the way that could be seen. */
  | 'tryAgain'
  /** Whoever was to get what was taken cannot, for long enough. */
  | 'notGiven'
  | 'notYet'
  /** The account, and with it what the step takes. */
  | 'gone'
  /** The account, and with it whoever something that was parked is to come back to. */
  | 'noAccount'
  /** The campaign does not go on now. */
  | 'held'
  /** It was seen to be so for the first time. */
  | { readonly seenAfter: Instant }
  /** It was so before, and is not any more. */
  | 'reverted';

function seen(
  watch: Watch,
  found: Exclude<Found, 'done' | 'tryAgain' | 'notGiven' | 'gone' | 'noAccount' | 'held'>,
): Watch {
  if (found === 'notYet') return watch;
  const { seenAfter: _before, ...rest } = watch;
  return found === 'reverted' ? rest : { ...rest, ...found };
}

async function lookAt(doors: Doors, c: CaseIn<'needsPerson'>, watch: Watch): Promise<Found> {
  const { step, progress } = stepAt(c, watch.index);
  const stands = isReturn(c) ? await returnStands(doors, c.userId, beforeOf(progress)) : 'open';
  if (stands === 'noAccount') return stands;
  switch (watch.for) {
    case 'effect':
      if (progress.is !== 'handedOver' && progress.is !== 'sent') return 'notYet';
      return unlessGone(doors, step, () => tookEffect(doors, watch, step, progress));
    case 'giveBack':
      if (progress.is !== 'undoHandedOver') return 'notYet';
      return isGivenBack(doors, watch, step, progress);
    case 'clear': {
      // No brake holds what is given back.
      if (stands === 'notServed') return watch.notServed === true ? 'notYet' : 'tryAgain';
      if (c.undoneBy !== undefined) return seatsAreFree(doors, c, watch.index);
      if ((await readBrake(doors)) !== 'running') return 'held';
      if (isUntold(c, doors.policy)) return 'notYet';
      // Anything but the same obstacle is for the step itself to find out, with its own words.
      const verdict = await recheck(doors, c, watch.index);
      if (verdict.kind !== 'blocked' || verdict.task !== c.task) return 'tryAgain';
      return watch.giveBackFrom !== undefined && watch.giveBackFrom <= at(doors, 0) ? 'notGiven' : 'notYet';
    }
    case 'again':
      return again(doors, c, watch);
    case 'stays':
      return (await effectOf(step).hasReverted?.(doors, step)) === true ? 'notYet' : 'done';
    default:
      return watch.for satisfies never;
  }
}

/** What could not be done is so by now, in whatever way, or it is time to try it once more. */
async function again(doors: Doors, c: CaseIn<'needsPerson'>, watch: Watch): Promise<Found> {
  if (watch.tryFrom === undefined) return 'tryAgain';
  const { step, progress } = stepAt(c, watch.index);
  const isUndo = c.undoneBy !== undefined;
  if (!isUndo && progress.is === 'intended') {
    const found = await unlessGone(doors, step, () => tookEffect(doors, watch, step, progress));
    if (found !== 'notYet') return found;
  }
  // An answer from before the step looks as if it was given back.
  const isSure = progress.is === 'undoIntended' && progress.unseen !== true;
  if (isUndo && isSure && showsAllBefore(doors, progress.at)) {
    const found = await isGivenBack(doors, watch, step, progress);
    if (found !== 'notYet') return found;
  }
  if (watch.tryFrom > at(doors, 0)) return 'notYet';
  if (!isUndo && (await readBrake(doors)) !== 'running') return 'held';
  // Where Graph does not answer at all, the task stays, and nothing is tried.
  await doors.graph.person(step.userId);
  return 'tryAgain';
}

type Begun = Extract<StepProgress, { readonly at: Instant; readonly before: Before }>;

function tookEffect(doors: Doors, watch: Watch, step: Step, { before, at: since }: Begun): Promise<Found> {
  return lookTwice(doors, watch, step, 'effect', () => effectOf(step).tookEffect(doors, step, before, since));
}

function isGivenBack(doors: Doors, watch: Watch, step: Step, { before, at: since }: Begun): Promise<Found> {
  return lookTwice(doors, watch, step, 'giveBack', () =>
    effectOf(step).isGivenBack(doors, step, before, since),
  );
}

function beforeOf(progress: StepProgress): Before | undefined {
  return 'before' in progress ? progress.before : undefined;
}

/** Of an undo that was refused because no seat was free. */
async function seatsAreFree(doors: Doors, c: CaseIn<'needsPerson'>, index: number): Promise<Found> {
  const { step, progress } = stepAt(c, index);
  const before = beforeOf(progress);
  if (before === undefined || (await lacksSeat(doors, c, index, before)).length > 0) return 'notYet';
  const isFree = (await effectOf(step).hasSeatsFor?.(doors, step, before)) ?? true;
  return isFree ? 'tryAgain' : 'notYet';
}

/** Whoever had to take something from an account may have deleted it, which is more than was asked for. */
async function unlessGone(doors: Doors, step: Step, look: () => Promise<Found>): Promise<Found> {
  const found = await look();
  if (found !== 'notYet' || !isGoneWithAccount(step)) return found;
  return (await doors.graph.person(step.userId)) === undefined ? 'gone' : found;
}

/**
 * What another directory writes over (microsoft-graph.md 5) counts only when it is so before and after one more time that
 * it did: somebody may have changed it here, which the next synchronization reverts.
 */
async function lookTwice(
  doors: Doors,
  { seenAfter }: Watch,
  step: Step,
  want: 'effect' | 'giveBack',
  isSo: () => Promise<Look>,
): Promise<Found> {
  const found = await effectOf(step).overwritten?.(doors, step, want);
  if (found === undefined) return (await isSo()) === 'yes' ? 'done' : 'notYet';
  if (!found.isSo) return seenAfter === undefined ? 'notYet' : 'reverted';
  if (seenAfter === undefined) return { seenAfter: found.writtenAt };
  return found.writtenAt > seenAfter ? 'done' : 'notYet';
}

/** Of what was begun nobody knows whether it came before the end of the account: it can be undone once that is restored. */
function leaveOut(doors: Doors, stored: Waiting, { index }: Watch): Promise<void> {
  const { step, progress } = stepAt(stored.doc, index);
  return progress.is === 'sent' || progress.is === 'intended'
    ? say(doors, stored, { type: 'stepDone', index }, stepInWords(step, progress.before))
    : say(doors, stored, { type: 'stepSkipped', index, why: ACCOUNT_GONE.why });
}

function cleared({ for: what, index }: Watch): CaseEvent {
  return { type: 'stepCleared', index, ...(what === 'again' ? { again: true } : {}) };
}

/** What a person was to bring about is so. */
function goOn(doors: Doors, stored: Waiting, { for: what, index }: Watch): Promise<void> {
  const { step, progress } = stepAt(stored.doc, index);
  const words = 'before' in progress ? stepInWords(step, progress.before) : undefined;
  const type = stored.doc.undoneBy === undefined ? 'stepDone' : 'undoDone';
  return say(doors, stored, { type: what === 'stays' ? 'stepRestored' : type, index }, words);
}
