import { DAY_MS } from '../../src/config/durations.js';
import type { UserId } from '../../src/audit/person.js';
import { damageAt, type Damage } from './damages.js';
import { order } from './personas.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;
const SHARE = 0.065;
const WHAT: readonly Damage['of'][] = ['rows', 'dates', 'signIns', 'both', 'both'];
/** So many lack that it is more than the tenth that a source may lose, */
const MANY = [3, 4, 5, 6, 7] as const;
/** or so few that no guard minds: then another source has to tell that they are active. */
const FEW = [45, 60] as const;

/** Now and then a source lacks a part for a day or two, and somebody orders an audit meanwhile. */
export function beginPartialSources(world: World): void {
  const { time } = world;
  const chance = world.chances.sources;
  const week = (): void => {
    if (world.isCalm) return;
    time.after(7 * DAY_MS, week);
    // The very first audit has none before it that it could be compared with.
    if (strikesPartial(world)) time.after(chance.whole(DAY_MS, 7 * DAY_MS), () => damage(world));
  };
  week();
}

/** Whether it strikes at this opportunity, by a sequence of its own. */
export function strikesPartial({ chances, faults }: World, share = SHARE): boolean {
  const isStruck = chances.sources.happens(share);
  faults.met('partialSource', isStruck);
  return isStruck;
}

function damage(world: World): void {
  const { time } = world;
  const chance = world.chances.sources;
  const of = chance.pick(WHAT);
  const every = chance.pick(of !== 'both' && chance.happens(0.5) ? FEW : MANY);
  if (!begin(world, of, every)) return;
  time.after(chance.whole(HOUR_MS, 20 * HOUR_MS), () => order(world, { order: 'audit' }, 'terminal', chance));
}

/** From now on the sign-ins of this person are not shown. @returns false: something else is lacking just now */
export function lackingSignIns(world: World, id: UserId): boolean {
  return begin(world, 'signIns', Number(id.slice(-3)));
}

function begin(world: World, of: Damage['of'], every: number): boolean {
  const { tenant, time, start, calendar, chances } = world;
  const since = time.now();
  const until = Math.min(since + chances.sources.whole(DAY_MS, 2 * DAY_MS), start + calendar.calmAfter);
  if (until <= since || damageAt(tenant.damages, since) !== undefined) return false;
  tenant.damages.push({ of, every, since, until });
  const then = new Date(until).toISOString();
  world.story.tell(since, 'tenant', () => `every ${every}th person lacks ${WORDS[of]} until ${then}`);
  return true;
}

const WORDS: Readonly<Record<Damage['of'], string>> = {
  rows: 'rows of the reports',
  dates: 'dates in the reports',
  signIns: 'dates of sign-in',
  both: 'dates in the reports and of sign-in',
};
