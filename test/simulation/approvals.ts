import { DAY_MS } from '../../src/config/durations.js';
import { order } from './personas.js';
import { latestRunOf } from './rules/runs.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;
/** So many plans are looked at in a life: an approval of a stale one begins another audit. */
const MOST_LOOKS = 12;

/** Where few questions at once are many, admins look at the newest plan and approve it, one after the other, or do not. */
export function beginApprovals(world: World): void {
  const { chances, time, cast, choice } = world;
  const chance = chances.approvals;
  if (choice.bulkOver > 10) return;
  let seen: string | undefined;
  let looks = 0;
  const approve = (): void =>
    order(world, { order: 'approve' }, chance.happens(0.2) ? 'terminal' : chance.pick(cast.admins));
  const look = (): void => {
    if (looks < MOST_LOOKS) time.after(chance.around(8 * HOUR_MS) + HOUR_MS, look);
    const run = latestRunOf(world);
    if (run === undefined || run.runId === seen || time.now() > run.storedAt + DAY_MS) return;
    seen = run.runId;
    looks += 1;
    approve();
    if (chance.happens(0.7)) time.after(chance.around(4 * HOUR_MS), approve);
  };
  const audit = (): void => {
    if (world.isCalm) return;
    time.after(chance.around(16 * DAY_MS) + DAY_MS, audit);
    order(world, { order: 'audit' }, chance.pick(cast.admins));
  };
  time.after(chance.around(HOUR_MS) + HOUR_MS, look);
  time.after(chance.around(16 * DAY_MS), audit);
}
