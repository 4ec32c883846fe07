import type { Case } from '../../src/cases/case.js';
import { DAY_MS } from '../../src/config/durations.js';
import { nameOf } from './cast.js';
import type { World } from './world.js';

const SHARE = 0.1;
/** Longer than a question may take, mostly. */
const SHORT_MS = [2 * DAY_MS, 4 * DAY_MS] as const;
/** Longer than a product that never gives up could be excused by failures of Graph. */
const LONG_MS = [10 * DAY_MS, 14 * DAY_MS] as const;

/** Worlds in which whoever is asked next cannot be reached. */
const coming = new WeakSet<World>();

/** In some weeks Teams takes nothing for days for the person who is asked next, and never says that it is for good. */
export function beginStalls(world: World): void {
  const { chances, faults, time } = world;
  const week = (): void => {
    if (world.isCalm) return;
    time.after(7 * DAY_MS, week);
    const isStruck = chances.deliveries.happens(SHARE);
    faults.met('deliveryStalls', isStruck);
    if (isStruck) coming.add(world);
  };
  week();
}

/** To be called for every case that begins. */
export function planStall(world: World, c: Case): void {
  if (c.state !== 'opened' || c.asking.kind !== 'ask' || !coming.delete(world)) return;
  const { chances, teams, time, story, start, calendar } = world;
  const { id } = c.asking.person;
  const wait = chances.deliveries.whole(...(chances.deliveries.happens(0.6) ? LONG_MS : SHORT_MS));
  const until = Math.min(time.now() + wait, start + calendar.calmAfter);
  teams.stalled.set(id, until);
  const then = new Date(until).toISOString();
  story.tell(time.now(), 'teams', () => `takes nothing for ${nameOf(id)} until ${then}`);
}
