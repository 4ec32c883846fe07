import type { CaseIn, Instant } from '../cases/case.js';
import type { Before, StepProgress } from '../cases/step.js';
import type { Doors } from '../cases/doors.js';
import { parkingOf } from '../cases/decision.js';
import { move } from '../cases/run-move.js';
import { without } from '../cases/step-progress.js';
import type { Stored } from '../store/store.js';
import type { EffectAnswer } from './effects/effect.js';
import { effectOf } from './effects/run-effect.js';
import { readLicensingError } from './run-licensing-error.js';
import { noSeatFor } from './recheck-receiver.js';
import { againstReturn } from './run-return.js';
import { lacksSeat } from './run-spent-seats.js';
import { lookBeforeTaking } from './run-taking-back.js';
import {
  at,
  holdOn,
  isGivenUp,
  lookAgain,
  lookAtIt,
  lookMoreSeldom,
  refused,
  say,
  showsAllBefore,
  stepAt,
  type Acting,
} from './run-step-moves.js';
import { nextToUndo } from './step-in-hand.js';
import { stepInWords } from './step-words.js';

/**
 * Takes the next move of an undo, the last step first: intention, call, check. What a receiver got stays with them.
 */
export async function undoNext(doors: Doors, stored: Stored<CaseIn<'undoing'>>): Promise<void> {
  const c = stored.doc;
  const index = nextToUndo(c);
  if (index === -1) return say(doors, stored, { type: 'undoFinished' });
  const { step, progress } = stepAt(c, index);
  switch (progress.is) {
    case 'handedOver':
      return withdraw(doors, stored, index, progress);
    case 'done': {
      const taking = await lookBeforeTaking(doors, c, index, progress.before);
      if (taking.task !== undefined) return leave(doors, stored, index, taking.task);
      return giveBack(doors, await intend(doors, stored, index, taking.files), index, progress.before);
    }
    case 'undoIntended':
    case 'undoSent': {
      const { before } = progress;
      // What was never seen to take effect may do so yet: it is given back whatever is read.
      const isUnseen = progress.is === 'undoIntended' && progress.unseen === true;
      const found = isUnseen ? 'no' : await effectOf(step).isGivenBack(doors, step, before, progress.at);
      // Nobody knows whether the call went out, and an answer from before the step looks as if it had.
      if (found === 'yes' && progress.is === 'undoIntended' && !showsAllBefore(doors, progress.at))
        return lookAgain(doors, stored);
      if (found === 'yes') return say(doors, stored, { type: 'undoDone', index }, stepInWords(step, before));
      if (progress.is === 'undoSent') {
        const what = `Not yet as it was before (${stepInWords(step, before)})`;
        const why = await readLicensingError(doors, step, progress.at);
        if (why !== undefined) return leave(doors, stored, index, `${what}. ${why}`);
        if (!isGivenUp(doors, progress.at)) return lookMoreSeldom(doors, stored, progress.at);
        return leave(doors, stored, index, lookAtIt(what));
      }
      // Since it was intended, somebody may have taken what kept mail or files.
      const taking = await lookBeforeTaking(doors, c, index, before);
      if (taking.task !== undefined) return leave(doors, stored, index, taking.task);
      const isSaid = taking.files === undefined || progress.saysFiles === true;
      const held = isSaid ? holdOn(doors, stored, index) : intend(doors, stored, index, taking.files);
      return giveBack(doors, await held, index, before);
    }
    case 'undoHandedOver':
      return askAgain(doors, stored, index, progress);
    default:
      return;
  }
}

/** @param files until when files stay that lose their license with it; undefined: none do */
async function intend(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  files: string | undefined,
): Promise<Stored<Acting>> {
  const event = {
    type: 'undoIntended',
    index,
    ...(files === undefined ? {} : ({ saysFiles: true } as const)),
  } as const;
  const details = files === undefined ? {} : { files };
  const intended = await move(doors, stored, event, { actor: 'system', lease: 'keep', details });
  return intended as Stored<Acting>;
}

/** The undo was asked for once more while a person has a part of it to do: they have it still, unless it is done. */
async function askAgain(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  { before, at: since, task }: Extract<StepProgress, { is: 'undoHandedOver' }>,
): Promise<void> {
  const { step } = stepAt(stored.doc, index);
  const effect = effectOf(step);
  // What another directory writes over is for the watch to tell, which looks twice.
  const isOurs = (await effect.overwritten?.(doors, step, 'giveBack')) === undefined;
  if (
    isOurs &&
    showsAllBefore(doors, since) &&
    (await effect.isGivenBack(doors, step, before, since)) === 'yes'
  )
    return say(doors, stored, { type: 'undoDone', index }, stepInWords(step, before));
  await leave(doors, stored, index, task);
}

/** A person has it to do; software looks until it is done. */
export function leave(doors: Doors, stored: Stored<Acting>, index: number, task: string): Promise<void> {
  return say(doors, stored, { type: 'undoHandedOver', index, task, lookAt: at(doors, doors.pace.watch) });
}

const NOT_IN_AD =
  'It was taken back: the account is not to be disabled in Active Directory any more. Enable it there if that was done.';

/** A person had the task. If they did it, it is undone as any other step; if not, it need not be done any more. */
async function withdraw(
  doors: Doors,
  stored: Stored<CaseIn<'undoing'>>,
  index: number,
  { before, at: since }: { readonly before: Before; readonly at: Instant },
): Promise<void> {
  const { undoAskedAt } = stored.doc;
  const { step } = stepAt(stored.doc, index);
  const effect = effectOf(step);
  // What they did in another directory may show only with its next write: the watch waits for that, and looks twice.
  if ((await effect.overwritten?.(doors, step, 'giveBack')) !== undefined)
    return leave(doors, stored, index, NOT_IN_AD);
  const found = await effect.tookEffect(doors, step, before, since);
  if (found === 'yes') return say(doors, stored, { type: 'stepDone', index }, stepInWords(step, before));
  // What they did a moment ago may not show yet, and has to be given back as well.
  return undoAskedAt !== undefined && !showsAllBefore(doors, undoAskedAt)
    ? lookAgain(doors, stored)
    : say(doors, stored, { type: 'stepSkipped', index, why: 'It was taken back before anybody did it.' });
}

/** The call that gives back what a step took. The case stands at `undoIntended`. */
export async function giveBack(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  before: Before,
): Promise<void> {
  const against = await againstReturn(doors, stored.doc, index, before);
  if (against !== undefined) return say(doors, stored, against);
  const answer = await giveBackFree(doors, stored.doc, index, before);
  switch (answer.kind) {
    case 'accepted':
      return say(doors, stored, { type: 'undoSent', index, checkAt: at(doors, doors.pace.checkStep) });
    case 'byHand':
      return leave(doors, stored, index, answer.task);
    case 'refused':
      return refuseBack(doors, stored, index, {
        ...answer,
        task: isParked(stored.doc)
          ? `It could not be given back yet. ${answer.task}`
          : `The undo was refused. ${answer.task}`,
      });
    default:
      return answer satisfies never;
  }
}

/** Whose seat was given on gets another one that is free, and no other undo waits for what this one cannot have. */
async function giveBackFree(doors: Doors, c: Acting, index: number, before: Before): Promise<EffectAnswer> {
  const { step } = stepAt(c, index);
  const [short, ...others] = await lacksSeat(doors, c, index, before);
  if (short === undefined) return effectOf(step).giveBack(doors, step, before);
  const licenses = 'licenses' in before ? without(before.licenses, [short, ...others]) : [];
  if (before.of === 'licenses' && licenses.length > 0)
    await effectOf(step).giveBack(doors, step, { ...before, licenses });
  return { kind: 'refused', task: noSeatFor(short), forWant: 'ofSeats' };
}

/** What cannot be given back is for a person; it is asked for once more, as soon as there is a seat where none was free. */
export function refuseBack(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  { task, forWant }: Extract<EffectAnswer, { kind: 'refused' }>,
): Promise<void> {
  if (forWant === undefined) return refused(doors, stored, index, task);
  // Refused although a seat looked free: what is read is not what Graph goes by just now.
  const isRefusedAnew = 'told' in stored.doc && stored.doc.told !== undefined;
  const wait = isRefusedAnew ? Math.max(doors.pace.watch, HOUR_MS) : doors.pace.watch;
  return say(doors, stored, { type: 'stepBlocked', index, task, lookAt: at(doors, wait) });
}

const HOUR_MS = 3_600_000;

function isParked(c: Acting): boolean {
  return parkingOf(c) !== undefined;
}
