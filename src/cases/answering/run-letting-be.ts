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
  if (found.unsure !== undefined) {
    const outcome = await afterLook(doors, { doc: c, etag: stored.etag }, found.unsure);
    if (outcome !== undefined) return outcome;
  }
  const left = found.indexes.map((index) => ({ index, words: wordsFor(stepOf(c, index)) }));
  const waived: LetBe = { of: found.of, left };
  const name = NAMES[found.of];
  await move(doors, stored, { type: 'waived', waived, name, by, reason }, { actor: by, lease: 'release' });
  return done(`${name} is waived in this case: it goes on.`);
}

const MAY_TAKE_EFFECT =
  'A step of this case was sent to Microsoft 365 and may take effect yet: undo the case, or wait until it shows.';
const NOT_KNOWN_YET =
  'A step of this case was begun minutes ago, and Microsoft 365 may not show yet whether it took effect: try again in some minutes.';
const TOOK_EFFECT = 'The step that was begun took effect after all: it counts as done, and the case goes on.';

/** @returns undefined: the step is read as not so, and its call did not go out */
async function afterLook(
  doors: Doors,
  stored: Stored<CaseIn<'needsPerson'>>,
  index: number,
): Promise<LettingBe | undefined> {
  const { step, progress } = stepOf(stored.doc, index);
  if (progress.is !== 'intended') return undefined;
  const { before, at } = progress;
  if ((await effectOf(step).tookEffect(doors, step, before, at)) === 'yes') {
    const details = { step: stepInWords(step, before) };
    await move(doors, stored, { type: 'stepDone', index }, { actor: 'system', lease: 'release', details });
    return failed(TOOK_EFFECT);
  }
  return showsAllBefore(doors, at) ? undefined : failed(NOT_KNOWN_YET);
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
