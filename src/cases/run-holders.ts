import type { GroupId, Person, UserId } from '../audit/person.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { PersonRef } from './case.js';
import type { Doors } from './doors.js';
import type { Role } from './roles.js';

export type HolderDoors = Pick<Doors, 'graph' | 'policy' | 'rolesOf' | 'log'>;

const LISTS = { admin: 'admins', hr: 'hr', finance: 'finance' } as const satisfies Record<Role, string>;

/** Somebody for whom an entry of the policy stands; `person`: as the look for them has found them. */
export interface Named {
  readonly id: UserId;
  readonly person?: Person;
}

/**
 * Everybody who has a role, by id: enabled members of the organization whom the policy names or who are in one of the
 * groups that it names.
 * @param except who is not asked about, and left out
 * @throws GraphFailure
 */
export async function holdersOf(
  doors: HolderDoors,
  role: Role,
  except: readonly UserId[] = [],
): Promise<readonly PersonRef[]> {
  const holders: PersonRef[] = [];
  for (const named of await namedFor(doors, role)) {
    if (except.includes(named.id)) continue;
    const holder = await holderOf(doors, role, named);
    if (holder !== undefined) holders.push(holder);
  }
  return holders;
}

/** Whom the policy names for a role, by themselves or by a group. @throws GraphFailure */
async function namedFor(doors: HolderDoors, role: Role): Promise<readonly Named[]> {
  const all = new Map<UserId, Named>();
  for (const id of doors.policy.roles[LISTS[role]])
    for (const named of await peopleBehind(doors, role, id))
      all.set(named.id, { ...all.get(named.id), ...named });
  return [...all.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** One of them; undefined: they do not have it, or are no enabled member of the organization. @throws GraphFailure */
export async function holderOf(
  doors: HolderDoors,
  role: Role,
  { id, person: found }: Named,
): Promise<PersonRef | undefined> {
  if (!(await doors.rolesOf(id)).includes(role)) return undefined;
  const person = found ?? (await doors.graph.person(id));
  if (person?.accountEnabled !== true || person.kind !== 'member') return undefined;
  return { id, displayName: person.displayName };
}

/** An entry of the policy is a user or a group; one that is neither any more names nobody. @throws GraphFailure */
export async function peopleBehind(
  { graph, log }: HolderDoors,
  role: Role,
  id: string,
): Promise<readonly Named[]> {
  const key = id.toLowerCase();
  const person = await graph.person(key);
  if (person !== undefined) return [{ id: person.id, person }];
  try {
    return [...(await graph.membersOf(key as GroupId))].map((member) => ({ id: member }));
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind !== 'notFound') throw error;
    log.warn(`An entry of roles.${LISTS[role]} is neither a user nor a group of this tenant.`);
    return [];
  }
}
