import { effectOf } from '../../actions/effects/run-effect.js';
import { showsAllBefore } from '../../actions/run-step-moves.js';
import { stepInWords } from '../../actions/step-words.js';
import type { Stored } from '../../store/store.js';
import type { Case, CaseIn, Instant, PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { move } from '../run-move.js';
import { meaningOf } from '../state-meanings.js';
import type { Before, CaseStep, Step } from '../step.js';
import { leavableIn } from './letting-be.js';
import { isLetBe, type LetBe } from './waiver.js';

/** In words that an admin reads. */
export interface LettingBe {
  readonly is: 'done' | 'failed';
  readonly says: string;
}

const NAMES: Readonly<Record<LetBe['of'], string>> = {
  task: 'what a person was to do',
  rest: 'everything that was not done yet',
  undo: 'what could not be given back',
};

/**
 * An admin lets be what a person was to do, so that the case goes on without it or comes to its end. Nothing is changed in
 * the tenant. Safe to repeat.
 * @param request.askedAt what was let be since then was let be by the same request
 * @throws GraphFailure, ChangedMeanwhile
 */
export async function letBe(
  doors: Doors,
  stored: Stored<Case>,
  request: {
    readonly which: 'task' | 'rest';
    readonly by: PersonRef;
    readonly reason: string;
    readonly askedAt: Instant;
  },
): Promise<LettingBe> {
  const c = stored.doc;
  const { which, by, reason, askedAt } = request;
  if (isLetBe(c, which, askedAt)) return done(`${NAMES[which]} was waived already.`);
  if (c.state !== 'needsPerson') return failed(`Nobody has a task in this case: ${meaningOf(c.state)}.`);
  const found = leavableIn(c, which);
  if (found.is === 'mayTakeEffect') return failed(MAY_TAKE_EFFECT);
  if (found.is === 'onlyRest') return failed(ONLY_REST);
  if (found.unsure !== undefined) {
    const outcome = await afterLook(doors, { doc: c, etag: stored.etag }, found.unsure, askedAt);
    if (outcome !== undefined) return outcome;
  }
  const left = found.indexes.map((index) => ({ index, words: wordsFor(stepOf(c, index)) }));
  const waived: LetBe = { of: found.of, left };
  const name = NAMES[found.of];
  await move(doors, stored, { type: 'waived', waived, name, by, reason }, { actor: by, lease: 'release' });
  return done(`${name} is waived in this case: it goes on.`);
}

const MAY_TAKE_EFFECT =
  'A step of this case may take effect yet: have the case undone, once more if need be, or wait until it shows.';
const ONLY_REST =
  'This is not a task that can be left out alone: put right what is in the way, waive that by name, or leave the rest.';
const NOT_KNOWN_YET =
  'A step of this case was begun minutes ago, and Microsoft 365 may not show yet whether it took effect: try again in some minutes.';
const IS_DONE = 'It was done after all: it counts as done, and the case goes on.';
const LOOKS_DONE = 'It looks as if it was done: the case goes on by itself once that is sure.';
const ANOTHER_TASK = 'Another task has come since that was ordered: look at it, and order it once more.';

/**
 * Somebody may have done it without anybody having looked since.
 * @returns undefined: the step is read as not so, or its undo is, and its call did not go out
 */
async function afterLook(
  doors: Doors,
  stored: Stored<CaseIn<'needsPerson'>>,
  index: number,
  askedAt: Instant,
): Promise<LettingBe | undefined> {
  const { step, progress } = stepOf(stored.doc, index);
  if (!('before' in progress) || !('at' in progress)) return undefined;
  const { before, at } = progress;
  if (progress.is === 'handedOver' && at > askedAt) return failed(ANOTHER_TASK);
  const isUndo = stored.doc.undoneBy !== undefined;
  const effect = effectOf(step);
  // What another directory writes over is for the watch to tell, which looks twice.
  const written = await effect.overwritten?.(doors, step, isUndo ? 'giveBack' : 'effect');
  if (written !== undefined) return written.isSo ? failed(LOOKS_DONE) : undefined;
  const found = isUndo
    ? await effect.isGivenBack(doors, step, before, at)
    : await effect.tookEffect(doors, step, before, at);
  if (found === 'yes') {
    const details = { step: stepInWords(step, before) };
    const event = { type: isUndo ? 'undoDone' : 'stepDone', index } as const;
    await move(doors, stored, event, { actor: 'system', lease: 'release', details });
    return failed(IS_DONE);
  }
  return progress.is !== 'intended' || showsAllBefore(doors, at) ? undefined : failed(NOT_KNOWN_YET);
}

function stepOf({ steps }: CaseIn<'needsPerson'>, index: number): CaseStep {
  const step = steps[index];
  if (step === undefined) throw new Error(`The case has no step ${index}.`);
  return step;
}

function wordsFor({ step, progress }: CaseStep): string {
  return stepInWords(step, 'before' in progress ? progress.before : plannedFor(step));
}

/** What a step that was not begun is about. */
function plannedFor(step: Step): Before {
  if (!('licenses' in step)) return { of: 'signIn', enabled: true };
  const gives = 'instead' in step && step.instead !== undefined ? { gives: step.instead } : {};
  return { of: 'licenses', licenses: step.licenses, ...gives };
}

function done(says: string): LettingBe {
  return { is: 'done', says };
}

function failed(says: string): LettingBe {
  return { is: 'failed', says };
}
