import type { CaseIn, StepLicense } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { move } from '../cases/run-move.js';
import type { Stored } from '../store/store.js';
import { giving, isRestored } from './licenses.js';
import { at, holdOn, notYet, say, stepAt, type Acting } from './run-step-moves.js';
import { refusalInWords, stepInWords } from './step-words.js';

/**
 * Takes the next move of an undo, the last step first: intention, call, check. What a receiver got stays with them.
 */
export async function undoNext(doors: Doors, stored: Stored<CaseIn<'undoing'>>): Promise<void> {
  const c = stored.doc;
  const index = c.steps.findLastIndex(
    ({ step, progress }) =>
      step.kind === 'removeLicenses' && ['done', 'undoIntended', 'undoSent'].includes(progress.is),
  );
  if (index === -1) return say(doors, stored, { type: 'undoFinished' });
  const { step, progress } = stepAt(c, index);
  if (progress.is === 'done') {
    const intended = await move(
      doors,
      stored,
      { type: 'undoIntended', index },
      { actor: 'system', lease: 'keep' },
    );
    return giveBack(doors, intended as Stored<Acting>, index, progress.before);
  }
  if (progress.is !== 'undoIntended' && progress.is !== 'undoSent') return;
  const person = await doors.graph.person(step.userId);
  if (person !== undefined && isRestored(person, progress.before)) {
    return say(doors, stored, { type: 'undoDone', index }, stepInWords({ step, licenses: progress.before }));
  }
  if (progress.is === 'undoIntended')
    return giveBack(doors, await holdOn(doors, stored, index), index, progress.before);
  await notYet(doors, stored, progress.at, 'The licenses are not back yet');
}

async function giveBack(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  before: readonly StepLicense[],
): Promise<void> {
  const { step } = stepAt(stored.doc, index);
  const person = await doors.graph.person(step.userId);
  if (person === undefined) {
    return say(doors, stored, {
      type: 'personNeeded',
      task: 'The account no longer exists: restore it first, then undo.',
    });
  }
  // All of it, whatever was read: minutes after a change the answer may be the older one, in which nothing is missing.
  const answer = await doors.graph.changeLicenses(step.userId, giving(before));
  if (answer.kind !== 'accepted') {
    return say(doors, stored, {
      type: 'personNeeded',
      task: `The undo was refused. ${refusalInWords(answer)}`,
    });
  }
  await say(doors, stored, { type: 'undoSent', index, checkAt: at(doors, doors.pace.checkStep) });
}
