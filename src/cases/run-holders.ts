import type { GroupId, UserId } from '../audit/person.js';
import { GraphFailure } from '../graph/graph-failure.js';
import type { PersonRef } from './case.js';
import type { Doors } from './doors.js';
import type { Role } from './roles.js';

export type HolderDoors = Pick<Doors, 'graph' | 'policy' | 'rolesOf' | 'log'>;

const LISTS = { admin: 'admins', hr: 'hr', finance: 'finance' } as const satisfies Record<Role, string>;

/**
 * Everybody who has a role, by id: enabled members of the organization whom the policy names or who are in one of the
 * groups that it names.
 * @throws GraphFailure
 */
export async function holdersOf(doors: HolderDoors, role: Role): Promise<readonly PersonRef[]> {
  const holders: PersonRef[] = [];
  for (const userId of await namedFor(doors, role)) {
    const holder = await holderOf(doors, role, userId);
    if (holder !== undefined) holders.push(holder);
  }
  return holders;
}

/** Whom the policy names for a role, by themselves or by a group. @throws GraphFailure */
async function namedFor(doors: HolderDoors, role: Role): Promise<readonly UserId[]> {
  const named = new Set<UserId>();
  for (const id of doors.policy.roles[LISTS[role]])
    for (const userId of await peopleBehind(doors, role, id)) named.add(userId);
  return [...named].sort();
}

/** One of them; undefined: they do not have it, or are no enabled member of the organization. @throws GraphFailure */
export async function holderOf(
  doors: HolderDoors,
  role: Role,
  userId: UserId,
): Promise<PersonRef | undefined> {
  if (!(await doors.rolesOf(userId)).includes(role)) return undefined;
  const person = await doors.graph.person(userId);
  if (person?.accountEnabled !== true || person.kind !== 'member') return undefined;
  return { id: userId, displayName: person.displayName };
}

/** An entry of the policy is a user or a group; one that is neither any more names nobody. @throws GraphFailure */
export async function peopleBehind(
  { graph, log }: HolderDoors,
  role: Role,
  id: string,
): Promise<readonly UserId[]> {
  const key = id.toLowerCase();
  const person = await graph.person(key);
  if (person !== undefined) return [person.id];
  try {
    return [...(await graph.membersOf(key as GroupId))];
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind !== 'notFound') throw error;
    log.warn(`An entry of roles.${LISTS[role]} is neither a user nor a group of this tenant.`);
    return [];
  }
}
