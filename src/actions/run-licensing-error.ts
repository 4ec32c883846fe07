import type { Instant } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import type { Step } from '../cases/step.js';
import { licensingError } from './licensing-error.js';
import { showsAllBefore } from './run-step-moves.js';

/**
 * Why what was sent at `since` shows no effect, as Entra notes it; undefined: it notes nothing, or not yet anything that is
 * later than the step. @throws GraphFailure
 */
export async function readLicensingError(
  doors: Pick<Doors, 'graph' | 'clock' | 'pace'>,
  step: Step,
  since: Instant,
): Promise<string | undefined> {
  if (!('licenses' in step) || !showsAllBefore(doors, since)) return undefined;
  const person = await doors.graph.person(step.userId);
  return person === undefined ? undefined : licensingError(step, person);
}
