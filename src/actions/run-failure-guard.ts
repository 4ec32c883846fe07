import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { pauseByGuard } from '../cases/campaign/run-switch.js';
import { isSealed } from '../cases/hr/sealed.js';
import { changeDocument } from '../store/change-document.js';
import type { Doc } from '../store/store.js';

interface Failures extends Doc {
  readonly kind: 'failures';
  /** Different cases whose steps failed in a row. */
  readonly cases: readonly string[];
}

const ID = 'steps-failed-in-a-row';

/** Steps failing for so many different people in a row pause the campaign (safety rule 8, guards). */
const MOST_IN_A_ROW = 3;

/**
 * Counts a failed step; too many different ones in a row pause the campaign until an admin resumes it. Those of HR's
 * lane, which end one by one as tasks of HR, do not count: a pause without a failure that the admins can see would
 * tell of them. Gifts, which an admin ordered one by one, say nothing of the campaign.
 * @param why as the task says it: where it pauses the campaign, the admins read it there
 */
export async function noteFailure(doors: Doors, c: Case, why: string): Promise<void> {
  if (!counts(c)) return;
  const { caseId } = c;
  const cases = await change(doors, (before) => (before.includes(caseId) ? before : [...before, caseId]));
  if (cases.length < MOST_IN_A_ROW) return;
  await pauseByGuard(doors.store, 'steps failing in a row', why, doors.clock.now().toISOString());
  await change(doors, () => []);
  doors.log.error('The campaign was paused: steps failed for several people in a row.', {
    cases: cases.length,
  });
}

/** A step that worked ends the row. */
export async function noteSuccess(doors: Doors, c: Case): Promise<void> {
  if (!counts(c)) return;
  await change(doors, (before) => (before.length === 0 ? before : []));
}

function counts(c: Case): boolean {
  return !isSealed(c) && c.scenario !== 'given';
}

async function change(
  doors: Doors,
  next: (before: readonly string[]) => readonly string[],
): Promise<readonly string[]> {
  let after: readonly string[] = [];
  await changeDocument<Failures>(doors.store, 'meta', ID, (stored) => {
    const before = stored?.cases ?? [];
    after = next(before);
    return after === before ? undefined : { id: ID, kind: 'failures', cases: after };
  });
  return after;
}
