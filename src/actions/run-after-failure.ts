import type { Doors } from '../cases/doors.js';
import { passesByItself, type GraphFailure } from '../graph/graph-failure.js';
import type { Stored } from '../store/store.js';
import { noteFailure } from './run-failure-guard.js';
import { at, refused, stepAt, type Acting } from './run-step-moves.js';
import { stepInHand } from './step-in-hand.js';

/** A failing step is tried this often before a person is asked for: for about two hours. */
const MOST_TRIES = 8;
/**
 * What passes by itself is waited for longer, for about a day: an outage of some hours is over by itself, and a task for
 * each of thousands of cases would not be.
 */
const MOST_TRIES_IN_OUTAGE = 52;

/** Graph could not be used: try again later; after many tries a person has to look, and it is tried again more seldom. */
export async function afterFailure(
  doors: Doors,
  stored: Stored<Acting>,
  failure: GraphFailure,
): Promise<void> {
  const { caseId } = stored.doc;
  doors.log.warn('A step could not reach Microsoft Graph.', { caseId, failure: failure.kind });
  const current = await doors.store.read<Acting>('cases', caseId, caseId);
  if (current === undefined || current.doc.lease?.owner !== stored.doc.lease?.owner) return;
  const passes = passesByItself(failure);
  const why = `Microsoft Graph keeps failing: ${failure.message}`;
  if (!passes) await noteFailure(doors, current.doc, why);
  const tries = current.doc.attempts;
  const index = stepInHand(current.doc);
  if (index !== -1 && tries >= mostTries(current.doc, index, passes))
    return refused(doors, current, index, why);
  const wait = Math.min(doors.pace.retry * 2 ** tries, 30 * 60_000);
  await doors.store.replace(
    'cases',
    { ...current.doc, dueAt: at(doors, wait), lease: undefined },
    current.etag,
  );
}

/** A person has it as a task already where it was said once that it fails. */
function mostTries(c: Acting, index: number, passes: boolean): number {
  const { progress } = stepAt(c, index);
  if ('tries' in progress && progress.refused !== undefined) return 1;
  return passes ? MOST_TRIES_IN_OUTAGE : MOST_TRIES;
}
