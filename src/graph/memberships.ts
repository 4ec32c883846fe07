import type { GroupId, UserId } from '../audit/person.js';
import { errorOf, failureOf } from './classify.js';
import { exists } from './deletions.js';
import type { GraphAnswer } from './graph-call.js';
import type { ChangeAnswer, GroupKind } from './graph-door.js';
import { readGroupFacts } from './group-facts.js';
import type { Operation } from './permissions.js';
import { isMasteredInAd } from './refusals.js';
import { addressBelow } from './wire.js';
import type { Wire } from './wire.js';

/** Why Graph does not change the members of a group, and who does. */
const HANDS_OFF: Partial<Record<GroupKind, string>> = {
  dynamic: 'A rule says who is in the group: change what the rule goes by, or the rule.',
  mailEnabled: 'The group belongs to Exchange: change its members there.',
  synced: 'The group is mastered in AD: change its members there.',
  roleAssignable: 'The group may hold directory roles: a Privileged Role Administrator changes its members.',
};
const NO_GROUP = 'The group no longer exists.';

/** Makes somebody a member of a group. */
export async function joinGroup(wire: Wire, groupId: GroupId, userId: UserId): Promise<ChangeAnswer> {
  const operation = 'groups.members.add';
  const answer = await wire.send({
    operation,
    family: 'identityWrites',
    method: 'POST',
    address: `/groups/${encodeURIComponent(groupId)}/members/$ref`,
    body: { '@odata.id': addressBelow(wire.base, `/directoryObjects/${encodeURIComponent(userId)}`) },
    write: 'repeatable',
    alsoAccept: [400, 403, 404],
  });
  if (answer.status < 300) return { kind: 'accepted' };
  if (answer.status === 404)
    return (await exists(wire, userId)) ? { kind: 'refused', message: NO_GROUP } : { kind: 'personGone' };
  if (isMemberAlready(answer)) return { kind: 'unchanged' };
  return groupRefusal(wire, operation, groupId, answer);
}

/** Takes somebody out of a group. In a group that is gone nobody is any more. */
export async function leaveGroup(wire: Wire, groupId: GroupId, userId: UserId): Promise<ChangeAnswer> {
  const operation = 'groups.members.remove';
  const answer = await wire.send({
    operation,
    family: 'identityWrites',
    method: 'DELETE',
    address: membershipPath(groupId, userId),
    write: 'repeatable',
    alsoAccept: [400, 403, 404],
  });
  if (answer.status < 300) return { kind: 'accepted' };
  if (answer.status === 404)
    return (await exists(wire, userId)) ? { kind: 'unchanged' } : { kind: 'personGone' };
  return groupRefusal(wire, operation, groupId, answer);
}

/** Safety rule 11: the only place where this path is built. Without `/$ref` it names the person, not the membership. */
function membershipPath(groupId: GroupId, userId: UserId): string {
  return `/groups/${encodeURIComponent(groupId)}/members/${encodeURIComponent(userId)}/$ref`;
}

function isMemberAlready({ status, json }: GraphAnswer): boolean {
  return status === 400 && /already exist/i.test(errorOf(json).message ?? '');
}

/** What Graph says differs from kind to kind of group, and from one call to the other; the kind itself does not. */
async function groupRefusal(
  wire: Wire,
  operation: Operation,
  groupId: GroupId,
  answer: GraphAnswer,
): Promise<ChangeAnswer> {
  const facts = (await readGroupFacts(wire, [groupId])).get(groupId);
  const message = isMasteredInAd(answer) ? HANDS_OFF.synced : HANDS_OFF[facts?.kind ?? 'assigned'];
  if (message === undefined) throw failureOf(operation, answer);
  return { kind: 'refused', message };
}
