import type { UserId } from '../../audit/person.js';
import { latestRun } from '../../audit/run-store.js';
import type { Doors } from '../doors.js';
import type { NotAllowed, PositionSeen } from './admin-desk.js';
import { asOneOf } from './run-rights.js';

/** Where the seats of each license are, by the newest audit: for admins and finance, and nobody is named in it. */
export function positionFor(doors: Doors, by: UserId): Promise<PositionSeen | NotAllowed> {
  return asOneOf(doors, ['admin', 'finance'], by, async () => {
    const run = await latestRun(doors.store);
    return { kind: 'position' as const, rows: run?.position ?? [], finishedAt: run?.finishedAt };
  });
}
