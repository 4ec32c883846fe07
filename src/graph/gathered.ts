import type { Person, UserId } from '../audit/person.js';
import { gather, type Moment } from './gather.js';
import type { GraphDoor, OwnedThing } from './graph-door.js';

/** Reads of many people that the door offers one by one. */
export interface ReadsOfMany {
  /** By the keys asked for; who is not there is absent. */
  people(
    keys: readonly string[],
    options: { readonly leaveDates: boolean },
  ): Promise<ReadonlyMap<string, Person>>;
  /** Who has to be read alone is absent. */
  ownedThingsOf(userIds: readonly UserId[]): Promise<ReadonlyMap<UserId, readonly OwnedThing[]>>;
}

/**
 * A door whose live reads before and after a step go out in batches when many steps are taken side by side. Each is read
 * after it was asked for, as if it were alone (safety rule 5).
 */
export function gatheredReads(door: GraphDoor, many: ReadsOfMany, moment: Moment): GraphDoor {
  const people = {
    plain: gather((keys: readonly string[]) => many.people(keys, { leaveDates: false }), moment),
    leaveDates: gather((keys: readonly string[]) => many.people(keys, { leaveDates: true }), moment),
  };
  const mailboxes = gather((ids: readonly UserId[]) => door.mailboxPurposesOf(ids), moment);
  const managers = gather((ids: readonly UserId[]) => door.managersOf(ids), moment);
  const signIns = gather((ids: readonly UserId[]) => door.signInsOf(ids), moment);
  const owned = gather((ids: readonly UserId[]) => many.ownedThingsOf(ids), moment);
  const roles = gather<never, Awaited<ReturnType<GraphDoor['roleHolders']>>>(
    () => door.roleHolders(),
    moment,
  );
  const skus = gather<never, Awaited<ReturnType<GraphDoor['skus']>>>(() => door.skus(), moment);
  return {
    ...door,
    person: async (key, options) =>
      (await people[options?.leaveDates === true ? 'leaveDates' : 'plain']([key])).get(key),
    mailboxPurposesOf: async (ids) => only(ids, await mailboxes(ids)),
    managersOf: async (ids) => only(ids, await managers(ids)),
    signInsOf: async (ids) => {
      const asked = new Set(ids);
      return (await signIns(ids)).filter(({ userId }) => asked.has(userId));
    },
    ownedThings: async (userId) => (await owned([userId])).get(userId) ?? (await door.ownedThings(userId)),
    roleHolders: () => roles([]),
    skus: () => skus([]),
  };
}

function only<Key, Value>(keys: readonly Key[], all: ReadonlyMap<Key, Value>): ReadonlyMap<Key, Value> {
  const asked = new Set(keys);
  return new Map([...all].filter(([key]) => asked.has(key)));
}
