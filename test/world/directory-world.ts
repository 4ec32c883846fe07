import type { GroupId, License, Person, SkuId, UserId } from '../../src/audit/person.js';
import type { ChangeAnswer, GraphDoor, GroupFacts, OwnedThing } from '../../src/graph/graph-door.js';
import { groupId, type WorldPerson } from './people.js';

/** What the small world needs to know of groups and ownership. */
export interface DirectoryOptions {
  readonly groups?: readonly GroupFacts[];
  readonly owned?: ReadonlyMap<UserId, readonly OwnedThing[]>;
  /** Whom a policy of Teams keeps from having apps. */
  readonly appBlocked?: readonly UserId[];
  /** Absent: nobody can tell when an account was deleted. */
  readonly now?: () => Date;
}

/** What AD and time do to the directory, for tests to bring about. */
export interface DirectoryTurns {
  /** What AD says of a synced account; the directory follows with the next sync. */
  setInAd(userId: UserId, enabled: boolean): void;
  /** The next sync cycle: synced accounts take AD's value back. */
  sync(at: Date): void;
  /** Who got an app, and which, in the order of installing. */
  readonly installed: ReadonlyMap<UserId, string>;
}

type DirectoryMethods = Pick<
  GraphDoor,
  | 'setAccountEnabled'
  | 'revokeSessions'
  | 'setUsageLocation'
  | 'groupFacts'
  | 'joinGroup'
  | 'leaveGroup'
  | 'ownedThings'
  | 'deletePerson'
  | 'restorePerson'
  | 'deletedItem'
  | 'installApp'
  | 'membersOf'
  | 'groupsContaining'
>;

/** A group in short: assigned and without licenses. */
export function aGroup(name: string, more: Partial<GroupFacts> = {}): GroupFacts {
  return { id: groupId(name), displayName: name, kind: 'assigned', licenses: [], ...more };
}

const REFUSED = { kind: 'refused', message: 'Graph does not change this.' } as const;
const ACCEPTED = { kind: 'accepted' } as const;
const UNCHANGED = { kind: 'unchanged' } as const;
const GONE = { kind: 'personGone' } as const;

/**
 * Accounts, memberships and deleted items in memory. Changes take effect at once.
 * @param state who is in the directory; is changed
 * @param called told each call before it is carried out
 */
export function directoryWorld(
  people: readonly WorldPerson[],
  state: Map<UserId, Person>,
  options: DirectoryOptions,
  called: (method: keyof GraphDoor) => void,
): DirectoryMethods & DirectoryTurns {
  const roles = new Set(people.filter(({ spec }) => spec.role).map(({ person }) => person.id));
  const groups = new Map((options.groups ?? []).map((group) => [group.id, group]));
  const members = new Map(people.map((each) => [each.person.id, groupsOf(each)]));
  const inAd = new Map(people.map(({ person }) => [person.id, person.accountEnabled]));
  const deleted = new Map<UserId, { readonly person: Person; readonly at: Date | undefined }>();
  const installed = new Map<UserId, string>();

  /** Answers for a person who is there. */
  const onPerson = (userId: UserId, act: (person: Person) => ChangeAnswer): ChangeAnswer => {
    const person = state.get(userId);
    return person === undefined ? GONE : act(person);
  };
  const put = (person: Person): ChangeAnswer => {
    state.set(person.id, person);
    return ACCEPTED;
  };
  const kindOf = (group: GroupId): GroupFacts['kind'] => groups.get(group)?.kind ?? 'assigned';
  const isFixed = (group: GroupId): boolean => !['assigned', 'microsoft365'].includes(kindOf(group));

  return {
    setAccountEnabled: async (userId, enabled) => {
      called('setAccountEnabled');
      return onPerson(userId, (person) =>
        roles.has(userId) ? REFUSED : put({ ...person, accountEnabled: enabled }),
      );
    },
    revokeSessions: async (userId) => {
      called('revokeSessions');
      return onPerson(userId, () => ACCEPTED);
    },
    setUsageLocation: async (userId, country) => {
      called('setUsageLocation');
      return onPerson(userId, (person) => put({ ...person, usageLocation: country }));
    },
    groupFacts: async (ids) => {
      called('groupFacts');
      return new Map(ids.flatMap((id) => (groups.has(id) ? [[id, groups.get(id) as GroupFacts]] : [])));
    },
    joinGroup: async (group, userId) => {
      called('joinGroup');
      return onPerson(userId, (person) => {
        if (isFixed(group) || !groups.has(group)) return REFUSED;
        if (members.get(userId)?.has(group)) return UNCHANGED;
        members.get(userId)?.add(group);
        const given = (groups.get(group)?.licenses ?? []).map((skuId) => licenseThrough(group, skuId));
        return put({ ...person, licenses: merged(person.licenses, given) });
      });
    },
    leaveGroup: async (group, userId) => {
      called('leaveGroup');
      return onPerson(userId, (person) => {
        if (isFixed(group)) return REFUSED;
        if (!members.get(userId)?.delete(group)) return UNCHANGED;
        return put({ ...person, licenses: withoutGroup(person.licenses, group) });
      });
    },
    ownedThings: async (userId) => {
      called('ownedThings');
      return options.owned?.get(userId) ?? [];
    },
    deletePerson: async (userId) => {
      called('deletePerson');
      if (deleted.has(userId)) return UNCHANGED;
      return onPerson(userId, (person) => {
        if (roles.has(userId)) return REFUSED;
        deleted.set(userId, { person, at: options.now?.() });
        state.delete(userId);
        return ACCEPTED;
      });
    },
    restorePerson: async (userId) => {
      called('restorePerson');
      const item = deleted.get(userId);
      if (item === undefined) return state.has(userId) ? UNCHANGED : GONE;
      deleted.delete(userId);
      return put(item.person);
    },
    deletedItem: async (userId) => {
      called('deletedItem');
      return deleted.get(userId);
    },
    installed,
    installApp: async (userId, appId) => {
      called('installApp');
      if (!state.has(userId)) return { kind: 'refused', code: 'NotFound' };
      if (options.appBlocked?.includes(userId)) return { kind: 'refused', code: 'Forbidden' };
      installed.set(userId, appId);
      return { kind: 'installed' };
    },
    membersOf: async (group) => {
      called('membersOf');
      return new Set([...state.keys()].filter((id) => members.get(id)?.has(group)));
    },
    groupsContaining: async (userId, ids) => {
      called('groupsContaining');
      return new Set(ids.filter((id) => members.get(userId)?.has(id)));
    },
    setInAd: (userId, enabled) => void inAd.set(userId, enabled),
    sync: (at) => {
      for (const person of state.values()) {
        if (person.onPremisesSync !== true) continue;
        const accountEnabled = inAd.get(person.id) ?? person.accountEnabled;
        state.set(person.id, { ...person, accountEnabled, lastSynced: at });
      }
    },
  };
}

function groupsOf({ person, spec }: WorldPerson): Set<GroupId> {
  const byLicense = person.licenses.flatMap(({ paths }) =>
    paths.flatMap((path) => (path.kind === 'group' ? path.groupId : [])),
  );
  return new Set([...(spec.groups ?? []).map(groupId), ...byLicense]);
}

function licenseThrough(group: GroupId, skuId: SkuId): License {
  const facts = { state: 'active', error: undefined, disabledPlans: [], since: undefined } as const;
  return { skuId, disabledPlans: [], paths: [{ kind: 'group', groupId: group, ...facts }] };
}

function merged(held: readonly License[], given: readonly License[]): readonly License[] {
  const more = given.filter(({ skuId }) => !held.some((license) => license.skuId === skuId));
  const both = held.map((license) => {
    const also = given.find(({ skuId }) => skuId === license.skuId);
    return also === undefined ? license : { ...license, paths: [...license.paths, ...also.paths] };
  });
  return [...both, ...more];
}

function withoutGroup(held: readonly License[], group: GroupId): readonly License[] {
  return held.flatMap((license): License[] => {
    const paths = license.paths.filter((path) => path.kind === 'direct' || path.groupId !== group);
    return paths.length === 0 ? [] : [{ ...license, paths }];
  });
}
