import { effectOf } from '../../actions/effects/run-effect.js';
import { lackedBy } from '../../actions/receiver.js';
import { returnStands } from '../../actions/run-return.js';
import { showsAllBefore } from '../../actions/run-step-moves.js';
import { stepInWords } from '../../actions/step-words.js';
import type { Stored } from '../../store/store.js';
import type { Case, CaseIn, Instant, PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import type { CaseEvent } from '../events.js';
import { isSealed } from '../hr/sealed.js';
import { isReturn } from '../parked-return.js';
import { move } from '../run-move.js';
import { meaningOf } from '../state-meanings.js';
import type { Before, CaseStep, Step } from '../step.js';
import { leavableIn } from './letting-be.js';
import { isLetBe, type FoundStep, type LeftStep, type LetBe } from './waiver.js';

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
/** What is named, and what is said of it, where the step at hand was done by then and the rest is let be. */
const FOUND: Readonly<Record<FoundStep['is'], { readonly name: string; readonly says: string }>> = {
  done: {
    name: 'everything after a step that was done after all',
    says: 'The step at hand was done after all and counts as done: everything after it is waived in this case.',
  },
  looksDone: {
    name: 'everything after a step that looks done',
    says: 'The step at hand looks as if it was done, and is looked at until that is sure: everything after it is waived in this case.',
  },
};

/**
 * An admin, or HR in its own lane, lets be what a person was to do, so that the case goes on without it or comes to its
 * end. Nothing is changed in the tenant. Safe to repeat.
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
  if (found.is === 'comesBack' || (await canComeBack(doors, c))) return failed(COMES_BACK);
  if (found.of === 'task' && isSealed(c)) return failed(HR_LEAVES_REST);
  const { unsure } = found;
  const look = await lookAt(doors, c, unsure, askedAt);
  if (look.is === 'refused') return failed(look.says);
  const left = found.indexes.filter((index) => look.is === 'notSo' || index !== unsure);
  if (look.is !== 'notSo' && (found.of !== 'rest' || left.length === 0))
    return countAsDone(doors, { doc: c, etag: stored.etag }, look);
  const { name, says, ...others } = saidOf(found.of, look);
  const waived: LetBe = { of: found.of, left: left.map((index) => leftStep(c, index, look)), ...others };
  await move(doors, stored, { type: 'waived', waived, name, by, reason }, { actor: by, lease: 'release' });
  return done(says);
}

/** The tenant has again what was parked, or the account is gone, with which the case ends by itself. */
async function canComeBack(doors: Doors, c: CaseIn<'needsPerson'>): Promise<boolean> {
  if (!isReturn(c)) return false;
  const { progress } = stepOf(c, c.watch?.index ?? 0);
  const before = 'before' in progress ? progress.before : undefined;
  return (await returnStands(doors, c.userId, before)) !== 'notServed';
}

/** How it is told that something is let be, and what of it was done by then. */
function saidOf(
  of: LetBe['of'],
  look: Exclude<LookedAt, { is: 'refused' }>,
): Pick<LetBe, 'found'> & { readonly name: string; readonly says: string } {
  if (look.is !== 'notSo') return { ...FOUND[look.is], found: look };
  const name = NAMES[of];
  return { name, says: `${name} is waived in this case: it goes on.` };
}

function leftStep(c: CaseIn<'needsPerson'>, index: number, look: LookedAt): LeftStep {
  const words = look.is === 'notSo' && look.missing?.index === index ? look.missing.words : undefined;
  return { index, words: words ?? wordsFor(stepOf(c, index)) };
}

const MAY_TAKE_EFFECT =
  'A step of this case may take effect yet: have the case undone, once more if need be, or wait until it shows.';
const ONLY_REST =
  'This is not a task that can be left out alone: put right what is in the way, waive that by name, or leave the rest.';
const COMES_BACK =
  'What was parked comes back to whoever is back, and nobody ends that: put right what the card says, for example free or buy a license, then it goes on.';
/** Said wherever HR wants more, or less, than to leave the rest. */
export const HR_LEAVES_REST =
  'In a case of HR only the rest can be left, all of it: nothing goes on that two of HR did not agree to in whole.';
const NOT_KNOWN_YET =
  'A step of this case was begun minutes ago, and Microsoft 365 may not show yet whether it took effect: try again in some minutes.';
const IS_DONE = 'It was done after all: it counts as done, and the case goes on.';
const IS_UNDONE = 'Everything is as it was before this step: it counts as undone, and the case goes on.';
const NEVER_SEEN = 'It was never seen to take effect.';
const LOOKS_DONE = 'It looks as if it was done: the case goes on by itself once that is sure.';
const ANOTHER_TASK = 'Another task has come since that was ordered: look at it, and order it once more.';

type LookedAt =
  /** Or its undo is not, and its call did not go out. `missing`: where less of a step is to be given back than it took. */
  | { readonly is: 'notSo'; readonly missing?: LeftStep }
  | FoundStep
  | { readonly is: 'refused'; readonly says: string };

/** Somebody may have done it without anybody having looked since. */
async function lookAt(
  doors: Doors,
  c: CaseIn<'needsPerson'>,
  index: number | undefined,
  askedAt: Instant,
): Promise<LookedAt> {
  if (index === undefined) return { is: 'notSo' };
  const { step, progress } = stepOf(c, index);
  if (!('before' in progress) || !('at' in progress)) return { is: 'notSo' };
  const { before, at } = progress;
  if (progress.is === 'handedOver' && at > askedAt) return refused(ANOTHER_TASK);
  // It may take effect yet, so that nothing that is read proves its undo.
  if (progress.is === 'undoIntended' && progress.unseen === true) return { is: 'notSo' };
  const isUndo = c.undoneBy !== undefined;
  const effect = effectOf(step);
  // What another directory writes over is for the watch to tell, which looks twice.
  const written = await effect.overwritten?.(doors, step, isUndo ? 'giveBack' : 'effect');
  if (written !== undefined) return written.isSo ? { is: 'looksDone', index } : { is: 'notSo' };
  const found = isUndo
    ? await effect.isGivenBack(doors, step, before, at)
    : await effect.tookEffect(doors, step, before, at);
  // What was sent takes effect no more where there is no account.
  if (progress.is === 'sent' && found !== 'personGone') return refused(MAY_TAKE_EFFECT);
  // An answer from before the step shows it as not so, and its undo as so.
  const isOpen = progress.is === 'intended' || (isUndo && progress.is === 'undoIntended' && found === 'yes');
  const proves = found === 'yes' && !isUndo;
  if (isOpen && !proves && !showsAllBefore(doors, at)) return refused(NOT_KNOWN_YET);
  if (found === 'yes') return { is: 'done', index };
  return isUndo ? missingOf(doors, step, before, index) : { is: 'notSo' };
}

/** What of a step's licenses is missing, where somebody has given back some of them by now, or has taken them. */
async function missingOf(
  { graph }: Pick<Doors, 'graph'>,
  step: Step,
  before: Before,
  index: number,
): Promise<Extract<LookedAt, { is: 'notSo' }>> {
  if (!('licenses' in before) || step.kind === 'assignLicenses') return { is: 'notSo' };
  const person = await graph.person(step.userId);
  const licenses = person === undefined ? [] : lackedBy(person, before.licenses);
  if (licenses.length === 0) return { is: 'notSo' };
  return { is: 'notSo', missing: { index, words: stepInWords(step, { ...before, licenses }) } };
}

/** It is done, or undone, and nothing beside it is let be. */
async function countAsDone(
  doors: Doors,
  stored: Stored<CaseIn<'needsPerson'>>,
  { index, is }: FoundStep,
): Promise<LettingBe> {
  if (is === 'looksDone') return failed(LOOKS_DONE);
  const { step, progress } = stepOf(stored.doc, index);
  const isUndo = stored.doc.undoneBy !== undefined;
  const event: CaseEvent =
    isUndo && progress.is === 'intended'
      ? { type: 'stepSkipped', index, why: NEVER_SEEN }
      : { type: isUndo ? 'undoDone' : 'stepDone', index };
  const details = 'before' in progress ? { step: stepInWords(step, progress.before) } : {};
  await move(doors, stored, event, { actor: 'system', lease: 'release', details });
  return failed(isUndo ? IS_UNDONE : IS_DONE);
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

function refused(says: string): LookedAt {
  return { is: 'refused', says };
}
