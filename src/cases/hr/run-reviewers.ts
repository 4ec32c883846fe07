import type { GroupId, UserId } from '../../audit/person.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import type { PersonRef } from '../case.js';
import type { Doors } from '../doors.js';

type ReviewerDoors = Pick<Doors, 'graph' | 'policy' | 'rolesOf' | 'log'>;

/**
 * Everybody of HR who can look at a case about somebody, by id: enabled members of the organization whom `roles.hr`
 * names or who are in one of its groups. Nobody looks at a case about themself.
 * @throws GraphFailure
 */
export async function reviewersOf(doors: ReviewerDoors, subject: UserId): Promise<readonly PersonRef[]> {
  const named = new Set<UserId>();
  for (const id of doors.policy.roles.hr)
    for (const userId of await peopleBehind(doors, id)) named.add(userId);
  const reviewers: PersonRef[] = [];
  for (const userId of [...named].sort()) {
    if (userId === subject || !(await doors.rolesOf(userId)).includes('hr')) continue;
    const person = await doors.graph.person(userId);
    if (person?.accountEnabled === true && person.kind === 'member')
      reviewers.push({ id: userId, displayName: person.displayName });
  }
  return reviewers;
}

/** An entry of the policy is a user or a group; one that is neither any more names nobody. */
async function peopleBehind({ graph, log }: ReviewerDoors, id: string): Promise<readonly UserId[]> {
  const key = id.toLowerCase();
  const person = await graph.person(key);
  if (person !== undefined) return [person.id];
  try {
    return [...(await graph.membersOf(key as GroupId))];
  } catch (error) {
    if (!(error instanceof GraphFailure) || error.kind !== 'notFound') throw error;
    log.warn('An entry of roles.hr is neither a user nor a group of this tenant.');
    return [];
  }
}
