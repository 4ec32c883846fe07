import type { CaseIn } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import type { CaseEvent } from '../cases/events.js';
import { mayRevert } from '../cases/hold.js';
import { effectOf } from './effects/run-effect.js';
import { at, stepAt } from './run-step-moves.js';

/**
 * Looks whether what was done in a case that is held has come undone by itself; undefined: it has not. Nothing is changed in
 * the tenant.
 * @throws GraphFailure
 */
export async function revertedStep(doors: Doors, c: CaseIn<'holding'>): Promise<CaseEvent | undefined> {
  const index = mayRevert(c);
  if (index === undefined) return undefined;
  const { step } = stepAt(c, index);
  if ((await effectOf(step).hasReverted?.(doors, step)) !== true) return undefined;
  return { type: 'stepReverted', index, task: NOT_SHARED, lookAt: at(doors, doors.pace.watch) };
}

const NOT_SHARED =
  'The mailbox had become a shared one and is none any more, and its license is gone: 30 days later its mail is deleted for good. ' +
  'Undo, which gives the license back, or make it a shared one again in Exchange: where it comes from Active Directory, change it there first.';
