import type { Instant } from '../cases/case.js';
import type { Before } from '../cases/step.js';
import { goesBack } from '../cases/not-given.js';
import type { Doors } from '../cases/doors.js';
import { readBrake } from '../cases/campaign/run-switch.js';
import type { Stored } from '../store/store.js';
import { effectOf } from './effects/run-effect.js';
import { isGoneWithAccount } from './gone-with-account.js';
import { call, wasRefused } from './run-call.js';
import { forget } from './run-forget.js';
import { waitWhileHeld } from './run-held.js';
import { isProtectedSince } from './run-protected-since.js';
import { withoutAccount } from './run-return.js';
import {
  holdOn,
  isGivenUp,
  lookAtIt,
  lookMoreSeldom,
  refused,
  say,
  stepAt,
  wait,
  type Acting,
} from './run-step-moves.js';
import { looking, tryOne } from './run-turn.js';
import { waitForEffect } from './run-without-effect.js';
import { stepInWords } from './step-words.js';
import { whyNotAgain } from './why-not-again.js';

/** A step that was begun: reads whether it took effect. */
export async function settle(doors: Doors, stored: Stored<Acting>, index: number): Promise<void> {
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
  if (brake !== 'running') return waitWhileHeld(doors, stored, brake);
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
      await waitWhileHeld(doors, stored, again);
      return 'notTried';
    });
  }
  // The effect showed up between two reads: it is looked at again, so that it counts as done and can be undone.
  if (verdict.kind === 'skip') return waitToSee(doors, stored, index);
  if (verdict.kind === 'postpone') return wait(doors, stored, verdict.why);
  if (verdict.kind === 'cancel') return begunAndStopped(doors, stored, verdict.why);
  // A person had the time until the next try to put it right.
  const isForNobody = 'ofReceiver' in verdict && goesBack(stored.doc, index);
  const mayWait = verdict.kind === 'blocked' && !wasRefused(stored.doc, index);
  await (isForNobody && !mayWait
    ? say(doors, stored, { type: 'notGiven', index, why: verdict.task })
    : refused(doors, stored, index, beforeAgain(verdict.task)));
}

/** License changes take their time: it is looked at again, and after long a person looks as well. */
function waitToSee(doors: Doors, stored: Stored<Acting>, index: number): Promise<void> {
  const since = begunAt(stored.doc, index);
  return isGivenUp(doors, since)
    ? refused(doors, stored, index, lookAtIt('A step that was begun shows no effect'))
    : lookMoreSeldom(doors, stored, since);
}

function begunAt(c: Acting, index: number): Instant {
  const { progress } = stepAt(c, index);
  return 'at' in progress ? progress.at : c.openedAt;
}

async function begunAndStopped(doors: Doors, stored: Stored<Acting>, why: string): Promise<void> {
  await say(doors, stored, { type: 'personNeeded', task: beforeAgain(why) });
}

function beforeAgain(why: string): string {
  return `${why} The step had been begun: see whether it took effect, then undo or leave it as it is.`;
}
