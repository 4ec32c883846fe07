import { recheck } from '../../actions/run-recheck.js';
import type { CaseIn } from '../case.js';
import type { Doors } from '../doors.js';

/**
 * Whether the step that the person is told about may still be taken, by what is read now: nobody is told who is protected
 * or active again by now, least of all an executive.
 * @throws GraphFailure
 */
export async function mayBeTold(doors: Doors, c: CaseIn<'scheduled'>): Promise<boolean> {
  const index = c.steps.findIndex(({ progress }) => progress.is === 'planned');
  if (index === -1) return false;
  const { kind } = await recheck(doors, c, index);
  return kind === 'go' || kind === 'byHand';
}
