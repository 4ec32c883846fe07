import { DAY_MS } from '../../src/config/durations.js';
import { order } from './personas.js';
import { latestRunOf } from './rules/runs.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;

/** Where few questions at once are many, admins look at each plan and approve it, one after the other, or do not. */
export function beginApprovals(world: World): void {
  const { chances, time, cast } = world;
  const chance = chances.approvals;
  if (!isOften(world)) return;
  let seen: string | undefined;
  const round = (): void => {
    time.after(chance.around(3 * HOUR_MS) + HOUR_MS, round);
    const run = latestRunOf(world);
    const isOver = run === undefined || time.now() > run.storedAt + DAY_MS - HOUR_MS;
    if (isOver || run.runId === seen) return;
    // Of some plans only the first approval comes, or a third.
    if (chance.happens(0.3)) seen = run.runId;
    order(world, { order: 'approve' }, chance.happens(0.2) ? 'terminal' : chance.pick(cast.admins));
  };
  const audit = (): void => {
    if (world.isCalm) return;
    time.after(chance.around(16 * DAY_MS) + DAY_MS, audit);
    order(world, { order: 'audit' }, chance.pick(cast.admins));
  };
  time.after(chance.around(HOUR_MS) + HOUR_MS, round);
  time.after(chance.around(16 * DAY_MS), audit);
}

function isOften({ choice }: World): boolean {
  return choice.bulkOver < 10;
}
