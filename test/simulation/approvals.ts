import { DAY_MS } from '../../src/config/durations.js';
import { setEnabled } from './by-hand.js';
import { nameOf } from './cast.js';
import { order } from './personas.js';
import { askerOf, isOwn } from './rules/approvals.js';
import { latestRunOf, type KnownRun } from './rules/runs.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;
/** So many plans are looked at in a life: an approval of a stale one begins another audit. */
const MOST_LOOKS = 12;
const APPROVE = { order: 'approve' } as const;

/** Where few questions at once are many, admins look at the newest plan and approve it, one after the other, or do not. */
export function beginApprovals(world: World): void {
  const { chances, time, cast, choice } = world;
  const chance = chances.approvals;
  if (choice.bulkOver > 10) return;
  let seen: string | undefined;
  let looks = 0;
  const approve = (): void =>
    order(world, APPROVE, chance.happens(0.2) ? 'terminal' : chance.pick(cast.admins));
  const look = (): void => {
    if (looks < MOST_LOOKS) time.after(chance.around(8 * HOUR_MS) + HOUR_MS, look);
    const run = latestRunOf(world);
    if (run === undefined || run.runId === seen || time.now() > run.storedAt + DAY_MS) return;
    seen = run.runId;
    looks += 1;
    if (isSeenOtherwise(world, run)) return;
    approve();
    if (chance.happens(0.7)) time.after(chance.around(4 * HOUR_MS), approve);
  };
  const audit = (): void => {
    if (world.isCalm) return;
    time.after(chance.around(24 * DAY_MS) + DAY_MS, audit);
    order(world, { order: 'audit' }, chance.pick(cast.admins));
  };
  time.after(chance.around(HOUR_MS) + HOUR_MS, look);
  time.after(chance.around(16 * DAY_MS), audit);
}

/** Of plans that nobody asked for any approval is enough, so that somebody rather asks for one of their own. */
function isSeenOtherwise(world: World, run: KnownRun): boolean {
  const { chances, time, cast } = world;
  const { plans } = chances;
  const asker = askerOf(world, run);
  if (world.isCalm || !plans.happens(isOwn(asker) ? 0.5 : 0.8)) return false;
  if (isOwn(asker)) {
    const by = plans.happens(0.5) ? 'terminal' : plans.pick(cast.admins);
    time.after(plans.around(HOUR_MS), () => order(world, { order: 'audit' }, by, plans));
  } else approveOneByOne(world, asker);
  return true;
}

/** The first approval is not enough, and by the second one the plan may be another. */
function approveOneByOne(world: World, asker: string): void {
  const { chances, time, cast } = world;
  const { plans } = chances;
  const isTerminal = asker === 'terminal';
  const second = plans.pick(cast.admins.filter((id) => id !== asker));
  const others = isTerminal ? cast.admins.filter((id) => id !== second) : ['terminal', asker];
  order(world, APPROVE, plans.pick(others), plans);
  if (isTerminal && plans.happens(0.8)) time.after(HOUR_MS, () => managersLeave(world));
  time.after(2 * HOUR_MS + plans.around(4 * HOUR_MS), () => order(world, APPROVE, second, plans));
}

/** So many managers leave at once, who were to be asked. */
const LEAVING = 2;

/** Others are asked in their place. */
function managersLeave(world: World): void {
  const { chances, cast, story, time } = world;
  const managers = cast.everybody.flatMap(({ id, use, account }) => {
    const isIdle = use.activeSince === undefined || cast.leavers.includes(id);
    return isIdle && account.manager !== undefined ? [account.manager] : [];
  });
  if (world.isCalm || managers.length === 0) return;
  for (let n = 0; n < LEAVING; n += 1) {
    const id = chances.plans.pick(managers);
    story.tell(time.now(), 'tenant', () => `${nameOf(id)}: a manager, whose account is disabled`);
    setEnabled(world, id, false);
  }
}
