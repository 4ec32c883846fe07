import { DAY_MS } from '../config/durations.js';
import type { CancelCause } from '../cases/cancel-cause.js';
import { instant, type Case, type CaseIn, type Instant } from '../cases/case.js';
import type { CaseStep } from '../cases/step.js';
import type { Doors } from '../cases/doors.js';
import { isUntouched } from '../cases/step-progress.js';
import type { CaseEvent } from '../cases/events.js';
import { move, renewed } from '../cases/run-move.js';
import { eventId, type HistoryEvent } from '../store/history.js';
import type { Stored } from '../store/store.js';
import { untilNextDay } from './run-daily-limit.js';

/** A case that has steps to take or to undo. */
export type Acting = CaseIn<'scheduled' | 'acting' | 'undoing'>;

export interface WithSteps {
  readonly steps: readonly CaseStep[];
}

/** Moves the case and gives its lease back. `step` is the step in words, for the history. */
export async function say(
  doors: Doors,
  stored: Stored<Case>,
  event: CaseEvent,
  step?: string,
): Promise<void> {
  const details = step === undefined ? {} : { details: { step } };
  await move(doors, stored, event, { actor: 'system', lease: 'release', ...details });
}

/** The reason for a case is gone just before a step. */
export function endFor(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  { cause, why }: { readonly cause: CancelCause; readonly why: string },
): Promise<void> {
  if (isUntouched(stored.doc.steps)) return say(doors, stored, { type: 'cancelled', cause, why });
  // What is left to take is gone with the account, which can be restored and undone until the hold ends.
  if (cause === 'gone') return say(doors, stored, { type: 'stepSkipped', index, why });
  // Once something was done, a plain end would hide it: a person has to look.
  return say(doors, stored, { type: 'personNeeded', task: `${why} Undo, or leave it as it is.` });
}

/** What shows at all mostly shows within minutes: the longer it was waited for, the more seldom it is looked at. */
export function lookMoreSeldom(doors: Doors, stored: Stored<Acting>, since: Instant): Promise<void> {
  return lookAgain(doors, stored, Math.max(doors.pace.checkStep, waitedSince(doors, since) / SHARE_OF_WAIT));
}

/** The next look comes after a tenth of the time that has passed. */
const SHARE_OF_WAIT = 10;

/** Milliseconds. */
function waitedSince({ clock }: Pick<Doors, 'clock'>, since: Instant): number {
  return clock.now().getTime() - Date.parse(since);
}

/** Too long ago for software to wait alone. */
export function isGivenUp({ clock, pace }: Pick<Doors, 'clock' | 'pace'>, since: Instant): boolean {
  return waitedSince({ clock }, since) > pace.giveUpStep;
}

/** @param what the first half of a sentence that says what does not show */
export function lookAtIt(what: string): string {
  return `${what}; look at it in the Microsoft 365 admin center.`;
}

/**
 * Something holds the step: said once in the history, then looked at quietly.
 * @param ms milliseconds until the next look; else the longer it lasts, the more seldom: every look is a whole live
 * re-check, and of thousands of cases
 */
export async function wait(doors: Doors, stored: Stored<Acting>, why: string, ms?: number): Promise<void> {
  const { retry, watch } = doors.pace;
  const usual = ms ?? retry * 10;
  const since = await saidLastAt(doors, stored.doc, why);
  if (since === undefined) return say(doors, stored, { type: 'stepPostponed', why, until: at(doors, usual) });
  const seldom = Math.min(waitedSince(doors, since) / SHARE_OF_WAIT, watch);
  await lookAgain(doors, stored, ms ?? Math.max(usual, seldom));
}

/** Places are counted by the day, and none becomes free before the next. */
export function waitForTomorrow(doors: Doors, stored: Stored<Acting>): Promise<void> {
  return wait(doors, stored, 'The limit of steps per day is reached.', untilNextDay(doors.clock.now()));
}

/** When the history came to say so, if it says nothing since. */
async function saidLastAt(doors: Doors, { caseId, seq }: Acting, why: string): Promise<Instant | undefined> {
  const last = await doors.store.read<HistoryEvent>('cases', caseId, eventId(seq - 1));
  if (last?.doc.type !== 'stepPostponed') return undefined;
  const { public: facts, at: since } = last.doc;
  const isSame = typeof facts === 'object' && facts !== null && 'why' in facts && facts.why === why;
  return isSame ? (since as Instant) : undefined;
}

/** Gives the case back for a while, with no change of its state. */
export async function lookAgain(
  doors: Doors,
  stored: Stored<Acting>,
  ms: number = doors.pace.checkStep,
): Promise<void> {
  const until = at(doors, ms);
  await doors.store.replace(
    'cases',
    { ...stored.doc, dueAt: until, lease: undefined, attempts: 0 },
    stored.etag,
  );
}

/** Looks after which an answer of Graph no longer shows what was before (microsoft-graph.md 4: some minutes). */
const LOOKS_UNTIL_SURE = 10;

/** true: what Graph answers now shows everything that happened before `since`; minutes after a change it may not. */
export function showsAllBefore({ clock, pace }: Pick<Doors, 'clock' | 'pace'>, since: Instant): boolean {
  return waitedSince({ clock }, since) >= pace.checkStep * LOOKS_UNTIL_SURE;
}

/**
 * Writes the case under its etag just before something is sent anew: whoever lost it meanwhile, and does not know,
 * must not send. The whole lease is left again for the call, and the step counts as begun now: whoever waits for its
 * effect waits from here.
 * @throws ChangedMeanwhile when somebody else has the case now
 */
export async function holdOn(doors: Doors, stored: Stored<Acting>, index: number): Promise<Stored<Acting>> {
  const now = at(doors, 0);
  const steps = stored.doc.steps.map((each, i) =>
    i === index && 'tries' in each.progress
      ? { ...each, progress: { ...each.progress, at: now, tries: each.progress.tries + 1 } }
      : each,
  );
  const doc: Acting = { ...stored.doc, steps, lease: renewed(doors, stored.doc) };
  return doors.store.replace('cases', doc, stored.etag);
}

export function stepAt(c: WithSteps, index: number): CaseStep {
  const step = c.steps[index];
  if (step === undefined) throw new RangeError(`no step ${index}`);
  return step;
}

/** So many milliseconds from now. */
export function at(doors: Doors, ms: number): Instant {
  return instant(new Date(doors.clock.now().getTime() + ms));
}

/**
 * A step, or its undo, cannot be done just now, mostly because Microsoft said no or did not answer: a person has it as a
 * task, and software tries it once more, after longer and longer where it was begun, for what stood in its way may be gone
 * without anything that tells so.
 */
export function refused(doors: Doors, stored: Stored<Acting>, index: number, task: string): Promise<void> {
  const { progress } = stepAt(stored.doc, index);
  const before = ('tries' in progress ? progress.refused : undefined) ?? 0;
  const { watch } = doors.pace;
  const wait = Math.min(watch * Math.min(FIRST_WAIT * 2 ** before, LONGEST_WAIT), Math.max(watch, DAY_MS));
  const times = { lookAt: nextLook(doors), tryFrom: at(doors, wait) };
  return say(doors, stored, { type: 'stepRefused', index, task, ...times });
}

/** How many looks lie between two tries: of hours, a quarter of a day at first, and a day then. */
const FIRST_WAIT = 6;
const LONGEST_WAIT = 24;

/** When a task for a person is looked at next. */
export function nextLook(doors: Doors): Instant {
  return at(doors, doors.pace.watch);
}
