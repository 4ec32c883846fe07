import type { Doors } from '../cases/doors.js';
import type { CaseEvent } from '../cases/events.js';
import { isUntouched } from '../cases/step-progress.js';
import type { Stored } from '../store/store.js';
import { replan, type Planned } from './replan.js';
import { say } from './run-step-moves.js';

/**
 * Lets the steps of a case that were not begun follow the policy, where it has changed since they were planned.
 * @returns true: the case has moved, and its lease was given back
 */
export async function followPolicy(doors: Doors, stored: Stored<Planned>): Promise<boolean> {
  const event = changeOf(stored.doc, doors);
  if (event === undefined) return false;
  await say(doors, stored, event);
  return true;
}

function changeOf(c: Planned, { policy }: Pick<Doors, 'policy'>): CaseEvent | undefined {
  const change = replan(c, policy);
  switch (change.kind) {
    case 'same':
      return undefined;
    case 'steps':
      return { type: 'replanned', steps: change.steps, tellFrom: change.tellFrom };
    case 'noDeletion':
      return { type: 'stepSkipped', index: change.index, why: change.why };
    case 'nothingLeft':
      // Once something was done, a plain end would hide it: a person has to look.
      return isUntouched(c.steps)
        ? { type: 'cancelled', cause: 'policyChanged', why: NOTHING_LEFT }
        : { type: 'personNeeded', task: `${NOTHING_LEFT} Undo, or leave it as it is.` };
    default:
      return change satisfies never;
  }
}

const NOTHING_LEFT = 'The policy has changed: it takes nothing any more in a case like this one.';
