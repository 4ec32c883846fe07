import type { GroupId, UserId } from '../../src/audit/person.js';
import { setSwitch } from '../../src/cases/campaign/run-switch.js';
import { instant } from '../../src/cases/case.js';
import { DAY_MS } from '../../src/config/durations.js';
import { change, tell } from './by-hand.js';
import { GROUPS } from './cast.js';
import type { Instance } from './instance.js';
import { order } from './personas.js';
import type { World } from './world.js';

const HOUR_MS = 3_600_000;

/** What happens to the whole campaign: week by week. */
export function beginWeeks(world: World): void {
  const { faults, chances, time, tenant } = world;
  const chance = chances.world;
  const sometime = (): number => chance.whole(0, 7 * DAY_MS);
  // The very first audit has none before it that it could be compared with.
  if (faults.strikes('blankReport', 0.1)) blank(world);
  const week = (): void => {
    if (world.isCalm) return;
    time.after(7 * DAY_MS, week);
    if (faults.strikes('killSwitch')) time.after(sometime(), () => pullSwitch(world));
    if (faults.strikes('tenantRefuses', 0.2))
      time.after(sometime(), () => {
        tenant.refusing = chance.pick([
          { kind: 'dependency', message: 'another plan needs it' } as const,
          { kind: 'conflict', message: 'plans exclude each other' } as const,
        ]);
        tell(world, 'tenant', 'refuses every license change from now on');
        time.after(2 * DAY_MS + chance.around(2 * DAY_MS), () => (tenant.refusing = undefined));
      });
    if (faults.strikes('productEnds')) time.after(sometime(), () => productEnds(world));
    if (faults.strikes('blankReport')) time.after(sometime(), () => blank(world));
    if (faults.strikes('syncStands'))
      time.after(sometime(), () => world.accounts.stopSync(time.now() + DAY_MS));
    if (faults.strikes('reviewerLeaves')) time.after(sometime(), () => reviewerLeaves(world));
    if (chance.happens(0.05)) time.after(sometime(), () => order(world, { order: 'audit' }));
  };
  week();
}

function productEnds(world: World): void {
  const { tenant, chances, time } = world;
  if (tenant.ended !== undefined) return;
  const { skuId, partNumber } = chances.world.pick(tenant.skus);
  tenant.ended = skuId;
  tell(world, 'tenant', `the subscription of ${partNumber} has run out`);
  if (chances.world.happens(0.2)) return;
  time.after(DAY_MS + chances.world.around(6 * DAY_MS), () => {
    tenant.ended = undefined;
    tell(world, 'tenant', `has ${partNumber} again`);
  });
}

/** Somebody else comes for them some days later, so that two can agree again. */
function reviewerLeaves(world: World): void {
  const { chances, tenant, time, cast } = world;
  const [, ...inGroup] = cast.hr;
  const groupsOf = (id: UserId): ReadonlySet<GroupId> => tenant.someone(id).account.groups;
  const leaving = inGroup.find((id) => groupsOf(id).has(GROUPS.hr));
  if (leaving === undefined) return;
  tell(world, leaving, 'is no reviewer of HR any more');
  change(world, leaving, { groups: new Set([...groupsOf(leaving)].filter((id) => id !== GROUPS.hr)) });
  const [next = leaving] = inGroup.filter((id) => id !== leaving);
  time.after(chances.world.around(2 * DAY_MS), () => {
    tell(world, next, 'is a reviewer of HR from now on');
    change(world, next, { groups: new Set([...groupsOf(next), GROUPS.hr]) });
  });
}

export function blank(
  world: World,
  what: NonNullable<World['tenant']['blank']> = world.chances.world.pick([
    'usage',
    'signIns',
    'both',
  ] as const),
): void {
  const { chances, time, tenant } = world;
  tenant.blank = what;
  tell(world, 'tenant', `reports are blank from now on: ${tenant.blank}`);
  const lasts = chances.world.around(2 * DAY_MS);
  // What was read while nobody had a date may be at hand still when dates are shown again.
  if (chances.sources.happens(0.5))
    for (const at of [
      lasts - chances.sources.whole(0, 6 * HOUR_MS),
      lasts + chances.sources.whole(0, 6 * HOUR_MS),
    ])
      if (at > 0) time.after(at, () => world.isCalm || order(world, { order: 'audit', acceptJump: true }));
  time.after(lasts, () => {
    tenant.blank = undefined;
    // What the next audits find is a jump against one that found too little: an admin looks at it and accepts it.
    for (const days of [2, 9])
      time.after(days * DAY_MS, () => order(world, { order: 'audit', acceptJump: true }));
  });
}

export function pullSwitch(world: World): void {
  const { time, chances } = world;
  turnSwitch(world, chances.world.happens(0.75) ? 'paused' : 'stopped');
  time.after(chances.world.around(2 * DAY_MS), () => turnSwitch(world, 'running'));
}

export function turnSwitch({ story, store, time }: World, to: 'running' | 'paused' | 'stopped'): void {
  story.tell(time.now(), 'admin', () => `sets the switch to ${to}`);
  void setSwitch(store, to, 'admin', instant(new Date(time.now())));
}

export function jump(world: World, instance: Instance, offset: number): void {
  instance.offset = offset;
  world.mostOffset = Math.max(world.mostOffset, Math.abs(offset));
  world.story.tell(world.time.now(), instance.name, () => `its clock is ${offset / 1000} s ahead now`);
}

/** Clocks of processes run a little wrong, and jump. */
export function beginClocks(world: World): void {
  const { time, chances, faults } = world;
  const chance = chances.world;
  const day = (): void => {
    if (world.isCalm) return;
    time.after(DAY_MS, day);
    for (const instance of world.running) {
      if (!faults.strikes('clockJump')) continue;
      time.after(chance.whole(0, DAY_MS), () => {
        const size = chance.happens(0.3) ? HOUR_MS : chance.whole(1_000, 10 * 60_000);
        jump(world, instance, chance.happens(0.4) ? 0 : chance.happens(0.5) ? size : -size);
      });
    }
  };
  day();
}
