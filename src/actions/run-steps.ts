import type { Instant } from '../cases/case.js';
import type { Before, Step } from '../cases/step.js';
import { isUntouched } from '../cases/step-progress.js';
import type { Doors } from '../cases/doors.js';
import { move } from '../cases/run-move.js';
import { heldFor } from '../cases/campaign/run-going-on.js';
import { readBrake, type Brake } from '../cases/campaign/run-switch.js';
import { toldFirst } from '../cases/telling/run-telling-first.js';
import type { Tried } from '../cases/side-by-side.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { Stored } from '../store/store.js';
import { effectOf } from './effects/run-effect.js';
import { isGoneWithAccount } from './gone-with-account.js';
import { holdOf } from './plan-deletion.js';
import { afterSteps } from './plan-parking.js';
import type { Recheck } from './recheck.js';
import { isProtectedSince } from './run-protected-since.js';
import { recheck, signInFor } from './run-recheck.js';
import { afterFailure } from './run-after-failure.js';
import { hasPlaceToday, mayTakeStepToday } from './run-daily-limit.js';
import { forget } from './run-forget.js';
import { followPolicy } from './run-replan.js';
import { withoutAccount } from './run-return.js';
import { noteFailure, noteSuccess } from './run-failure-guard.js';
import {
  at,
  endFor,
  holdOn,
  lookAgain,
  notYet,
  say,
  stepAt,
  wait,
  waitForTomorrow,
  type Acting,
} from './run-step-moves.js';
import { sendStep } from './run-sending-step.js';
import { undoNext } from './run-undo.js';
import { waitForEffect } from './run-without-effect.js';
import { stepInWords } from './step-words.js';
import { whyNotAgain } from './why-not-again.js';

/**
 * Takes the next move of a case that has steps: begin a step, look whether it took effect, undo one, or finish.
 * One effect at the most per call. Graph failures put the step off; nothing is guessed.
 */
export async function runSteps(doors: Doors, stored: Stored<Acting>): Promise<void> {
  try {
    await next(doors, stored);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    await afterFailure(doors, stored, error);
  }
}

async function next(doors: Doors, stored: Stored<Acting>): Promise<void> {
  const c = stored.doc;
  const unsettled = c.steps.findIndex(({ progress }) => progress.is === 'intended' || progress.is === 'sent');
  if (unsettled !== -1) return settle(doors, stored, unsettled);
  if (c.state === 'undoing') return undoNext(doors, { doc: c, etag: stored.etag });
  const planned = c.steps.findIndex(({ progress }) => progress.is === 'planned');
  if (planned !== -1) return beginStep(doors, stored, planned);
  await say(doors, stored, afterSteps(c, at(doors, holdOf(c, doors.policy))));
}

/** Brakes, limit, live re-check, intention, call: in this order. Sign-in dates are read first: they may take minutes. */
async function beginStep(doors: Doors, stored: Stored<Acting>, index: number): Promise<void> {
  const c = stored.doc;
  if (await isHeld(doors, stored)) return;
  if (c.state === 'scheduled' && (await followPolicy(doors, { doc: c, etag: stored.etag }))) return;
  const told = await toldFirst(doors, stored, index, () => recheck(doors, c, index));
  if (told !== 'goOn') return told === 'waits' ? undefined : notNow(doors, stored, index, told);
  if (!(await hasPlaceToday(doors, c, index))) return waitForTomorrow(doors, stored);
  const look = await looking(doors, c, index);
  const seen = await look();
  if (seen.verdict.kind !== 'go') return notNow(doors, stored, index, seen.verdict);
  const { step } = stepAt(c, index);
  const seatFor = sharesSeats(c, step) ? look : undefined;
  const turn = { stored, index, seen: { ...seen, verdict: seen.verdict }, seatFor };
  await tryOne(doors, turn, async (before) => {
    // It may have been its turn only after others, and after what they met with.
    if ((await isHeld(doors, stored)) || (await isProtectedSince(doors, stored, step))) return 'notTried';
    if (!(await mayTakeStepToday(doors, c, index))) {
      await waitForTomorrow(doors, stored);
      return 'notTried';
    }
    const intention = { type: 'stepIntended', index, before } as const;
    const details = { step: stepInWords(step, before) };
    const intended = await move(doors, stored, intention, { actor: 'system', lease: 'keep', details });
    return call(doors, intended as Stored<Acting>, index, before);
  });
}

/** A brake holds a step that was not begun yet. */
async function isHeld(doors: Doors, stored: Stored<Acting>): Promise<boolean> {
  const brake = await readBrake(doors);
  if (brake === 'running') return false;
  await (brake === 'stopped'
    ? afterStop(doors, stored)
    : wait(doors, stored, HELD[brake], heldFor(doors, stored.doc)));
  return true;
}

/** Whoever waited longer for their turn is looked at anew: what was read then is not what safety rule 5 wants to know. */
const LONGEST_TURN_MS = 60_000;

/** What a live re-check found. */
interface Seen<Verdict = Recheck> {
  readonly verdict: Verdict;
  /** When what must be of this minute began to be read, in milliseconds since 1970. */
  readonly readAt: number;
}

/** The live re-check of a step, with sign-in dates that are read once, before it. @throws GraphFailure */
async function looking(doors: Doors, c: Acting, index: number): Promise<() => Promise<Seen>> {
  const signIn = await signInFor(doors, c, index);
  return async () => {
    const readAt = doors.clock.now().getTime();
    return { readAt, verdict: await recheck(doors, c, index, signIn) };
  };
}

interface Turn {
  readonly stored: Stored<Acting>;
  readonly index: number;
  readonly seen: Seen<Extract<Recheck, { kind: 'go' }>>;
  /** A step that takes a seat which others may want as well is looked at once more, one after the other. */
  readonly seatFor?: (() => Promise<Seen>) | undefined;
}

/** What fails is counted before the next one's turn. */
async function tryOne(
  doors: Doors,
  { stored, index, seen, seatFor }: Turn,
  act: (before: Before) => Promise<Tried>,
): Promise<void> {
  const inTime = async ({ verdict, readAt }: Turn['seen']): Promise<Tried> => {
    const age = doors.clock.now().getTime() - readAt;
    // Less than nothing: the clock was put back, and nobody knows how old it is.
    if (age >= 0 && age <= LONGEST_TURN_MS) return act(verdict.before);
    await lookAgain(doors, stored, 0);
    return 'notTried';
  };
  const alone = async (look: NonNullable<Turn['seatFor']>): Promise<Tried> => {
    const { verdict, readAt } = await look();
    if (verdict.kind === 'go') return inTime({ verdict, readAt });
    await notNow(doors, stored, index, verdict);
    return 'notTried';
  };
  const counted = async (): Promise<Tried> => {
    try {
      const { sideBySide } = doors;
      if (seatFor === undefined || sideBySide === undefined) return await inTime(seen);
      return await sideBySide.alone(() => alone(seatFor));
    } catch (error) {
      if (!(error instanceof GraphFailure)) throw error;
      await afterFailure(doors, stored, error);
      return 'failed';
    }
  };
  await (doors.sideBySide === undefined ? counted() : doors.sideBySide.effect(counted));
}

/** What is given instead of a license, or by an admin, takes a seat that is left (safety rule 6). */
function sharesSeats({ scenario }: Acting, step: Step): boolean {
  if (step.kind === 'assignLicenses') return scenario === 'given';
  return step.kind === 'removeLicenses' && step.instead !== undefined;
}

const HELD: Readonly<Record<Exclude<Brake, 'running'>, string>> = {
  paused: 'The campaign is paused.',
  stopped: 'The campaign was stopped.',
  observing: 'The policy observes only.',
};

/** What was begun is not left half done in silence: a person decides. */
async function afterStop(doors: Doors, stored: Stored<Acting>): Promise<void> {
  if (isUntouched(stored.doc.steps)) {
    return say(doors, stored, { type: 'cancelled', cause: 'stopped', why: 'The campaign was stopped.' });
  }
  const task = 'The campaign was stopped after the first step: undo, or do the rest by hand.';
  await say(doors, stored, { type: 'personNeeded', task });
}

async function notNow(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  verdict: Exclude<Recheck, { kind: 'go' }>,
): Promise<void> {
  switch (verdict.kind) {
    case 'skip':
      return say(doors, stored, { type: 'stepSkipped', index, why: verdict.why });
    case 'personNeeded':
      return say(doors, stored, { type: 'personNeeded', task: verdict.task });
    case 'byHand':
      return handOver(doors, stored, index, verdict);
    case 'blocked':
      return say(doors, stored, { type: 'stepBlocked', index, task: verdict.task, lookAt: nextLook(doors) });
    case 'postpone':
      return wait(doors, stored, verdict.why);
    case 'cancel':
      return endFor(doors, stored, index, verdict);
    default:
      return verdict satisfies never;
  }
}

/** The before-state is written down with the task, so that what a person does can be undone as well. */
async function handOver(
  doors: Doors,
  stored: Stored<Acting>,
  index: number,
  { before, task }: { readonly before: Before; readonly task: string },
): Promise<void> {
  const { step } = stepAt(stored.doc, index);
  const event = { type: 'stepHandedOver', index, before, task, lookAt: nextLook(doors) } as const;
  await say(doors, stored, event, stepInWords(step, before));
}

function nextLook(doors: Doors): Instant {
  return at(doors, doors.pace.watch);
}

/** The call and what its answer means. The case stands at `intended`. */
async function call(doors: Doors, begun: Stored<Acting>, index: number, before: Before): Promise<Tried> {
  const { stored, answer } = await sendStep(doors, begun, index, before);
  if (answer.kind === 'accepted') {
    await noteSuccess(doors, stored.doc);
    await say(doors, stored, { type: 'stepSent', index, checkAt: at(doors, doors.pace.checkStep) });
    return 'worked';
  }
  if (answer.kind === 'byHand') {
    await handOver(doors, stored, index, { before, task: answer.task });
    return 'notTried';
  }
  await noteFailure(doors, stored.doc);
  await say(doors, stored, { type: 'personNeeded', task: answer.task });
  return 'failed';
}

/** A step that was begun: reads whether it took effect. */
async function settle(doors: Doors, stored: Stored<Acting>, index: number): Promise<void> {
  const { step, progress } = stepAt(stored.doc, index);
  if (progress.is !== 'intended' && progress.is !== 'sent') return;
  const { before } = progress;
  const found = await effectOf(step).tookEffect(doors, step, before, progress.at);
  const isGone = found === 'personGone' && stored.doc.state !== 'undoing' && isGoneWithAccount(step);
  if (found === 'yes' || isGone)
    return say(doors, stored, { type: 'stepDone', index }, stepInWords(step, before));
  if (found === 'personGone') return say(doors, stored, withoutAccount(stored.doc));
  if (progress.is === 'sent') return waitForEffect(doors, stored, index, progress);
  return stored.doc.state === 'undoing'
    ? forget(doors, stored, index, progress)
    : sendAgain(doors, stored, index, before);
}

/**
 * What a crash left at `intended` may or may not have been sent. Asking again changes nothing that was done already,
 * but hours may have passed: the brakes and the live re-check come first, as before any step.
 */
async function sendAgain(doors: Doors, stored: Stored<Acting>, index: number, before: Before): Promise<void> {
  const brake = await readBrake(doors);
  if (brake !== 'running') return wait(doors, stored, HELD[brake], heldFor(doors, stored.doc));
  const look = await looking(doors, stored.doc, index);
  const { verdict, readAt } = await look();
  if (verdict.kind === 'go') {
    const both = { recorded: before, now: verdict.before };
    const against = whyNotAgain(stored.doc, stepAt(stored.doc, index).step, both, doors.policy);
    if (against !== undefined) return begunAndStopped(doors, stored, against);
    return tryOne(doors, { stored, index, seen: { verdict, readAt } }, async () => {
      const again = await readBrake(doors);
      if (await isProtectedSince(doors, stored, stepAt(stored.doc, index).step)) return 'notTried';
      if (again === 'running') return call(doors, await holdOn(doors, stored, index), index, before);
      await wait(doors, stored, HELD[again], heldFor(doors, stored.doc));
      return 'notTried';
    });
  }
  // The effect showed up between two reads: it is looked at again, so that it counts as done and can be undone.
  if (verdict.kind === 'skip')
    return notYet(doors, stored, begunAt(stored.doc, index), 'A step that was begun shows no effect');
  if (verdict.kind === 'postpone') return wait(doors, stored, verdict.why);
  await begunAndStopped(doors, stored, 'task' in verdict ? verdict.task : verdict.why);
}

function begunAt(c: Acting, index: number): Instant {
  const { progress } = stepAt(c, index);
  return 'at' in progress ? progress.at : c.openedAt;
}

async function begunAndStopped(doors: Doors, stored: Stored<Acting>, why: string): Promise<void> {
  const task = `${why} The step had been begun: see whether it took effect, then undo or leave it as it is.`;
  await say(doors, stored, { type: 'personNeeded', task });
}
