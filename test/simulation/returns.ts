import type { Case } from '../../src/cases/case.js';
import { parkingOf } from '../../src/cases/decision.js';
import { DAY_MS } from '../../src/config/durations.js';
import { turnSwitch } from './weeks.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;
/** A campaign waits no longer because of one return. */
const LONGEST_MS = 4 * DAY_MS;
/** Clocks of processes may be hours apart. */
const AFTERWARDS_MS = [4 * HOUR_MS, 12 * HOUR_MS] as const;

/** To be called when steps are planned: what is to be parked may be held until the person is back already. */
export function planForReturn(world: World, c: Case): void {
  const { chances, time, store } = world;
  const parking = parkingOf(c);
  if (parking === undefined || !('steps' in c)) return;
  const until = Date.parse(parking.until);
  const first = Math.min(...c.steps.map(({ notBefore }) => Date.parse(notBefore)));
  const from = Math.max(first - HOUR_MS, time.now());
  if (until < from || until > from + LONGEST_MS || !chances.parking.happens(0.9)) return;
  time.at(from, () => {
    const now = store.peek<Case>('cases', c.caseId, c.caseId)?.doc;
    if (world.isCalm || now?.state !== 'scheduled') return;
    turnSwitch(world, 'paused');
    time.at(until + chances.parking.whole(...AFTERWARDS_MS), () => turnSwitch(world, 'running'));
  });
}
