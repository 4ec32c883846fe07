import type { GroupId, UserId } from '../audit/person.js';
import type { Role } from '../cases/roles.js';
import type { Policy } from '../config/policy.js';
import type { GraphDoor } from '../graph/graph-door.js';
import { GraphFailure } from '../graph/graph-failure.js';

export interface WhoMayOptions {
  readonly policy: Pick<Policy, 'roles'>;
  readonly graph: Pick<GraphDoor, 'groupsContaining'>;
  readonly clock: { now(): Date };
}

/** `gone`: there is no such account any more. */
type Groups = ReadonlySet<string> | 'gone';

const FRESH_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/**
 * Roles by Entra object id, from the policy and from Graph for groups; at most a minute old. An account that is gone has
 * none. The function that it gives throws GraphFailure when groups decide and Graph cannot be read.
 */
export function whoMay({
  policy,
  graph,
  clock,
}: WhoMayOptions): (userId: UserId) => Promise<readonly Role[]> {
  const { roles } = policy;
  const lists = [
    ['admin', roles.admins.map((id) => id.toLowerCase())],
    ['hr', roles.hr.map((id) => id.toLowerCase())],
    ['finance', roles.finance.map((id) => id.toLowerCase())],
  ] as const;
  const ids = [...new Set(lists.flatMap(([, list]) => list))];
  const known = new Map<UserId, { readonly at: number; readonly groups: Promise<Groups> }>();

  const groupsOf = (userId: UserId): Promise<Groups> => {
    const now = clock.now().getTime();
    const cached = known.get(userId);
    // A clock that was put back must not make a role last.
    if (cached && now >= cached.at && now - cached.at < FRESH_MS) return cached.groups;
    // A list entry may be a user or a group; those that name this user need no asking.
    const asked = ids.filter((id) => id !== userId) as unknown as readonly GroupId[];
    const groups: Promise<Groups> =
      asked.length === 0 ? Promise.resolve(new Set()) : groupsUnlessGone(graph, userId, asked);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(userId, { at: now, groups });
    // A failure is not remembered: the next question asks again.
    groups.catch(() => known.get(userId)?.groups === groups && known.delete(userId));
    return groups;
  };

  return async (userId) => {
    const groups = await groupsOf(userId);
    if (groups === 'gone') return [];
    return lists.flatMap(([role, list]) =>
      list.some((id) => id === userId || groups.has(id)) ? [role] : [],
    );
  };
}

async function groupsUnlessGone(
  graph: WhoMayOptions['graph'],
  userId: UserId,
  groups: readonly GroupId[],
): Promise<Groups> {
  try {
    return await graph.groupsContaining(userId, groups);
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind !== 'notFound') throw error;
    return 'gone';
  }
}
