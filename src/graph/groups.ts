import { z } from 'zod';
import type { GroupId, UserId } from '../audit/person.js';
import { GraphFailure } from './graph-failure.js';
import { piecesOf, withQuery } from './odata.js';
import { readAll } from './pages.js';
import { LOW_PRIORITY } from './users.js';
import { groupId as groupIdField, userId as userIdField } from './wire-fields.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const GROUPS_PER_CHECK = 20;
const LARGEST_PAGE = 999;
const USER = '#microsoft.graph.user';

const MEMBER = z.object({ id: userIdField, '@odata.type': z.string().nullish() });
const GROUPS = z.object({ value: z.array(groupIdField) });

/**
 * The people in a group, nested groups included. A member whose type is not named is taken as a person: the set is for
 * protecting, and a foreign id in it protects nobody.
 */
export async function readMembers(wire: Wire, groupId: GroupId): Promise<ReadonlySet<UserId>> {
  const members = await readAll(wire, {
    operation: 'groups.transitiveMembers.list',
    path: withQuery(`/groups/${encodeURIComponent(groupId)}/transitiveMembers`, {
      $select: 'id',
      $top: LARGEST_PAGE,
    }),
    headers: LOW_PRIORITY,
    row: MEMBER,
    keyOf: (member) => member.id,
  }).catch((error: unknown) => {
    throw isMissing(error) ? noSuchGroup(groupId, error) : error;
  });
  const people = members.filter((member) => (member['@odata.type'] ?? USER) === USER);
  return new Set(people.map((member) => member.id));
}

/** Which of `groupIds` the person is in. A person who is gone is a failure, not "in none". */
export async function readGroupsContaining(
  wire: Wire,
  userId: UserId,
  groupIds: readonly GroupId[],
): Promise<ReadonlySet<GroupId>> {
  const operation = 'users.checkMemberGroups';
  const found = new Set<GroupId>();
  for (const some of piecesOf([...new Set(groupIds)], GROUPS_PER_CHECK)) {
    const answer = await wire.send({
      operation,
      family: 'identity',
      method: 'POST',
      address: `/users/${encodeURIComponent(userId)}/checkMemberGroups`,
      body: { groupIds: some },
    });
    for (const id of parseAnswer(operation, GROUPS, answer.json).value) found.add(id);
  }
  return found;
}

function isMissing(error: unknown): error is GraphFailure {
  return error instanceof GraphFailure && error.kind === 'notFound';
}

/** Groups are named in the policy; a wrong id there is the operator's most likely slip. */
function noSuchGroup(groupId: GroupId, failure: GraphFailure): GraphFailure {
  return new GraphFailure(
    'notFound',
    `There is no group ${groupId} in this tenant. Correct its id where the policy names it; ` +
      'if it does not, the group was just deleted, and the audit can be run again.',
    failure.details,
    failure,
  );
}
