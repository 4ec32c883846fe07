import { dayOf } from '../../src/audit/day.js';
import type { GroupId, License, LicensePath, SkuId, UserId } from '../../src/audit/person.js';
import type { ChangeAnswer, GroupFacts } from '../../src/graph/graph-door.js';
import type { Chance } from './random.js';
import type { Scheduler } from './scheduler.js';
import type { Hand, Tenant } from './tenant.js';

const MINUTE_MS = 60_000;
/** Licenses follow a change of members after this time at the most. */
export const FOLLOW_MS = 120 * MINUTE_MS;

/** Groups that give licenses, as Entra changes them. */
export interface TenantGroups {
  join(group: GroupId, id: UserId, by: Hand): ChangeAnswer;
  leave(group: GroupId, id: UserId, by: Hand): ChangeAnswer;
  facts(groups: readonly GroupId[]): ReadonlyMap<GroupId, GroupFacts>;
  /** Somebody adds a license to what a group gives; its members get it after a while. */
  gives(group: GroupId, skuId: SkuId): void;
}

export function tenantGroups(tenant: Tenant, time: Scheduler, chance: Chance): TenantGroups {
  function change(group: GroupId, id: UserId, isIn: boolean, by: Hand): ChangeAnswer {
    const known = tenant.groups.get(group);
    const account = tenant.people.get(id)?.account;
    if (known === undefined || account?.exists !== true) return { kind: 'personGone' };
    if (by !== 'hand' && known.kind !== 'assigned' && known.kind !== 'microsoft365')
      return { kind: 'refused', message: `The group is ${known.kind}.` };
    if (account.groups.has(group) === isIn) return { kind: 'unchanged' };
    const others = [...account.groups].filter((each) => each !== group);
    tenant.change(id, { groups: new Set(isIn ? [...others, group] : others) });
    tenant.note({ kind: isIn ? 'joinGroup' : 'leaveGroup', userId: id, by });
    follow(id);
    return { kind: 'accepted' };
  }

  function follow(id: UserId): void {
    time.after(chance.whole(MINUTE_MS, FOLLOW_MS), () => {
      const { account } = tenant.someone(id);
      const licenses = followed(id);
      if (account.exists && licenses !== undefined)
        tenant.change(id, { person: { ...account.person, licenses } });
    });
  }

  return {
    join: (group, id, by) => change(group, id, true, by),
    leave: (group, id, by) => change(group, id, false, by),
    facts: (ids) => {
      const known = ids.flatMap((id) => tenant.groups.get(id) ?? []);
      return new Map(known.map((group) => [group.id, group]));
    },
    gives: (group, skuId) => {
      const known = tenant.groups.get(group);
      if (known === undefined || known.licenses.includes(skuId)) return;
      known.licenses = [...known.licenses, skuId];
      known.changedAt = time.now();
      for (const { id, account } of tenant.people.values()) if (account.groups.has(group)) follow(id);
    },
  };

  /** Somebody's licenses as their groups want them, as far as there are seats; undefined: as they are. */
  function followed(id: UserId): readonly License[] | undefined {
    const { account } = tenant.someone(id);
    const { licenses } = account.person;
    const wanted = [...account.groups].flatMap((group) =>
      (tenant.groups.get(group)?.licenses ?? []).map((skuId) => ({ group, skuId })),
    );
    const isWanted = (skuId: SkuId, path: LicensePath): boolean =>
      path.kind === 'direct' || wanted.some((each) => each.group === path.groupId && each.skuId === skuId);
    const left = licenses
      .map((license) => ({
        ...license,
        paths: license.paths.filter((path) => isWanted(license.skuId, path)),
      }))
      .filter(({ paths }) => paths.length > 0);
    const missing = wanted.filter(
      ({ group, skuId }) => !left.some((license) => license.skuId === skuId && hasPath(license, group)),
    );
    if (missing.length === 0 && isAsBefore(licenses, left)) return undefined;
    return missing.reduce<readonly License[]>((all, { group, skuId }) => {
      const held = all.find((license) => license.skuId === skuId);
      if (held === undefined && tenant.seatsFree(skuId) < 1) return all;
      const path = pathThrough(group, dayOf(new Date(time.now())));
      const others = all.filter((license) => license.skuId !== skuId);
      return [...others, { skuId, disabledPlans: [], paths: [...(held?.paths ?? []), path] }];
    }, left);
  }
}

function hasPath({ paths }: License, group: GroupId): boolean {
  return paths.some((path) => path.kind === 'group' && path.groupId === group);
}

function isAsBefore(before: readonly License[], after: readonly License[]): boolean {
  return (
    before.length === after.length && before.every(({ paths }, n) => paths.length === after[n]?.paths.length)
  );
}

export function pathThrough(groupId: GroupId, since: LicensePath['since']): LicensePath {
  return { kind: 'group', groupId, state: 'active', error: undefined, disabledPlans: [], since };
}
