import type { Step } from '../cases/step.js';
import { isUntouched } from '../cases/step-progress.js';
import type { Doors } from '../cases/doors.js';
import { move } from '../cases/run-move.js';
import { readBrake } from '../cases/campaign/run-switch.js';
import { toldFirst } from '../cases/telling/run-telling-first.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { Stored } from '../store/store.js';
import { holdOf } from './plan-deletion.js';
import { afterSteps } from './plan-parking.js';
import { afterFailure } from './run-after-failure.js';
import { settle } from './run-begun-step.js';
import { call } from './run-call.js';
import { hasPlaceToday, mayTakeStepToday } from './run-daily-limit.js';
import { waitWhileHeld } from './run-held.js';
import { notNow } from './run-not-now.js';
import { isProtectedSince } from './run-protected-since.js';
import { recheck } from './run-recheck.js';
import { followPolicy } from './run-replan.js';
import { at, say, stepAt, waitForTomorrow, type Acting } from './run-step-moves.js';
import { looking, tryOne } from './run-turn.js';
import { undoNext } from './run-undo.js';
import { begunStep, nextPlanned } from './step-in-hand.js';
import { stepInWords } from './step-words.js';

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
  const begun = begunStep(c);
  if (begun !== -1) return settle(doors, stored, begun);
  if (c.state === 'undoing') return undoNext(doors, { doc: c, etag: stored.etag });
  const planned = nextPlanned(c);
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
  await (brake === 'stopped' ? afterStop(doors, stored) : waitWhileHeld(doors, stored, brake));
  return true;
}

/** What is given instead of a license, or by an admin, takes a seat that is left (safety rule 6). */
function sharesSeats({ scenario }: Acting, step: Step): boolean {
  if (step.kind === 'assignLicenses') return scenario === 'given';
  return step.kind === 'removeLicenses' && step.instead !== undefined;
}

/** What was begun is not left half done in silence: a person decides. */
async function afterStop(doors: Doors, stored: Stored<Acting>): Promise<void> {
  if (isUntouched(stored.doc.steps)) {
    return say(doors, stored, { type: 'cancelled', cause: 'stopped', why: 'The campaign was stopped.' });
  }
  const task = 'The campaign was stopped after the first step: undo, or do the rest by hand.';
  await say(doors, stored, { type: 'personNeeded', task });
}
