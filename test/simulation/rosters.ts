import { dayOf } from '../../src/audit/day.js';
import { storeRoster } from '../../src/audit/roster/run-store.js';
import type { RosterEntry } from '../../src/audit/roster/roster.js';
import type { UserId } from '../../src/audit/person.js';
import type { Case } from '../../src/cases/case.js';
import { DAY_MS } from '../../src/config/durations.js';
import { nameOf } from './cast.js';
import { isOver } from './rules/books.js';
import type { World } from './world.js';

/** Cases of people who are not on leave yet. */
function open({ store, leave }: World): readonly Case[] {
  return store.peekKind<Case>('cases', 'case').filter((c) => !isOver(c) && !leave.has(c.userId));
}

/** Those in which a cheaper license could stand in on leave. */
function couldPark({ policy }: World, cases: readonly Case[]): readonly Case[] {
  return cases.filter(({ licenses }) =>
    licenses.some(
      ({ partNumber, direct, groupIds }) =>
        direct && groupIds.length === 0 && policy.reclaim.park.some(({ sku }) => sku === partNumber),
    ),
  );
}

/** HR says of somebody with an open case that they are on leave. */
function beginLeave(world: World): void {
  const all = open(world);
  if (all.length === 0) return;
  // Mostly of somebody of whom nothing was seen for long, as leave looks.
  const idle = all.filter(({ scenario }) => scenario === 'inactive' || scenario === 'neverSignedIn');
  const chance = world.chances.world;
  const some = chance.happens(0.7) ? [couldPark(world, idle), idle, all] : [all];
  const { userId } = chance.pick(some.find((each) => each.length > 0) ?? all);
  world.leave.set(userId, world.time.now());
  world.story.tell(world.time.now(), 'hr', () => `${nameOf(userId)} is on leave`);
}

/** HR sends its list every week. */
export function beginRosters(world: World): void {
  const { time, chances, cast, faults } = world;
  const gone = new Set(cast.leavers);
  const week = (): void => {
    time.after(7 * DAY_MS, week);
    for (const id of [...gone]) {
      if (time.now() === world.start || !faults.strikes('rosterCorrected')) continue;
      gone.delete(id);
      world.here.set(id, time.now());
      world.story.tell(time.now(), 'hr', () => `${nameOf(id)} has not left after all`);
    }
    if (faults.strikes('leaveBegins', 0.5)) beginLeave(world);
    // What can be parked is rare, so that such a week has two.
    if (couldPark(world, open(world)).length > 0 && faults.strikes('leaveBegins', 0.5)) beginLeave(world);
    const entry = (status: RosterEntry['status']): RosterEntry => ({
      status,
      leaveFrom: undefined,
      leaveUntil: undefined,
    });
    const people = new Map<UserId, RosterEntry>([
      ...[...cast.leavers, ...cast.admins].map(
        (id) => [id, entry(gone.has(id) ? 'left' : 'active')] as const,
      ),
      ...[...world.leave.keys()].map((id) => [id, entry('onLeave')] as const),
    ]);
    const left = [...gone].filter((id) => !world.leave.has(id)).length;
    const counts = {
      rows: people.size,
      people: people.size,
      active: people.size - left - world.leave.size,
      left,
      onLeave: world.leave.size,
      unknown: 0,
      unmatched: 0,
      unreadable: 0,
    };
    const now = new Date(time.now());
    const roster = { asOf: dayOf(now), origin: 'people.csv', sha256: '0', counts, people };
    void storeRoster(world.store, roster, { importId: chances.world.hex(8), now });
  };
  week();
}
