import type { Before } from '../cases/step.js';
import { goesBack } from '../cases/not-given.js';
import type { Doors } from '../cases/doors.js';
import type { Tried } from '../cases/side-by-side.js';
import type { Stored } from '../store/store.js';
import { noteFailure, noteSuccess } from './run-failure-guard.js';
import { handOver } from './run-not-now.js';
import { sendStep } from './run-sending-step.js';
import { at, refused, say, stepAt, type Acting } from './run-step-moves.js';

/** The call and what its answer means. The case stands at `intended`. */
export async function call(
  doors: Doors,
  begun: Stored<Acting>,
  index: number,
  before: Before,
): Promise<Tried> {
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
  // That it still fails says nothing new of the campaign.
  if (!wasRefused(stored.doc, index)) await noteFailure(doors, stored.doc, answer.task);
  const { step } = stepAt(stored.doc, index);
  await (step.kind === 'assignLicenses' && goesBack(stored.doc, index)
    ? say(doors, stored, { type: 'notGiven', index, why: answer.task })
    : refused(doors, stored, index, answer.task));
  return 'failed';
}

/** It could not be done before, and was said to be tried again. */
export function wasRefused(c: Acting, index: number): boolean {
  const { progress } = stepAt(c, index);
  return progress.is === 'intended' && progress.refused !== undefined;
}
