import type { Case } from '../../src/cases/case.js';
import { parkingOf } from '../../src/cases/decision.js';
import { receiverIsDisabled, tell } from './by-hand.js';
import type { Effect } from './tenant.js';
import { undoAnyTime } from './troubles.js';
import { pullSwitch } from './weeks.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;

/** To be called when a process has changed something in the tenant: what can come before it does the next thing. */
export function troubleAtEffect(world: World, effect: Effect): void {
  if (effect.took.length > 0) troubleAtTaking(world, effect);
  if (effect.gave.length > 0) troubleAtReturn(world, effect);
  if (effect.kind === 'revokeSessions') troubleAtSigningOut(world, effect);
}

/** Licenses are taken for somebody else: who may not get them any more, by then or at all. */
function troubleAtTaking(world: World, { userId, took }: Effect): void {
  const about = begunAbout(world, userId, 'acting');
  if (about === undefined || !('decision' in about) || about.decision.kind !== 'reassign') return;
  const { chances, time, tenant } = world;
  // So few come this far that what can come between would be next to nothing.
  if (!world.faults.strikes('receiverChanges', 0.7)) return;
  if (chances.world.happens(0.7)) return noneForReceiver(world, about);
  // The receiver may have to wait for the next day, or until the campaign goes on.
  const longest = chances.world.pick([2 * 60_000, HOUR_MS]);
  if (chances.world.happens(0.5)) pullSwitch(world);
  time.after(chances.world.whole(0, longest), () => {
    if (world.isCalm || !tenant.someone(userId).account.exists) return;
    tell(world, userId, 'gets back by hand what was to be reassigned');
    tenant.changeLicenses(userId, { add: [...took], remove: [] }, 'hand');
  });
}

function disableReceiver(world: World, c: Case): void {
  if (!('decision' in c) || c.decision.kind !== 'reassign') return;
  const { id } = c.decision.receiver;
  if (world.tenant.someone(id).account.exists) receiverIsDisabled(world, c, id);
}

function noneForReceiver(world: World, c: Case): void {
  const { chances, time, tenant } = world;
  const isRefused = chances.receivers.happens(0.5) && tenant.refusing === undefined;
  if (!isRefused) return disableReceiver(world, c);
  tell(world, 'tenant', 'refuses every license change for a while');
  tenant.refusing = { kind: 'conflict', message: 'plans exclude each other' };
  time.after(HOUR_MS, () => (tenant.refusing = undefined));
}

/** Somebody is signed out for a step: whoever wants it back is faster than the block that follows. */
function troubleAtSigningOut(world: World, { userId }: Effect): void {
  const about = begunAbout(world, userId, 'acting');
  if (about !== undefined && world.faults.strikes('undoAnyTime', 0.3)) undoAnyTime(world, about);
}

/** Licenses are given: what comes back after a leave may be taken again by hand, at once. */
function troubleAtReturn(world: World, { userId, gave }: Effect): void {
  const { chances, time, tenant } = world;
  const about = begunAbout(world, userId, 'undoing');
  if (about === undefined || parkingOf(about) === undefined || !chances.parking.happens(0.5)) return;
  time.after(chances.parking.whole(1_000, 60_000), () => {
    if (world.isCalm || !tenant.someone(userId).account.exists) return;
    tell(world, userId, 'loses by hand what has just come back');
    tenant.changeLicenses(userId, { add: [], remove: gave.map(({ skuId }) => skuId) }, 'hand');
  });
}

function begunAbout({ store }: World, userId: Case['userId'], state: Case['state']): Case | undefined {
  return store.peekKind<Case>('cases', 'case').find((c) => c.userId === userId && c.state === state);
}
