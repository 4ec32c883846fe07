import { z } from 'zod';
import type { UserId } from '../audit/person.js';
import { userPath } from './accounts.js';
import { NO_RESOURCE, readBatches } from './batch.js';
import type { BatchAnswer } from './batch.js';
import type { OwnedThing } from './graph-door.js';
import { withQuery } from './odata.js';
import { readAll } from './pages.js';
import { groupId, optionalText, userId as userIdField } from './wire-fields.js';
import { parseAnswer } from './wire.js';
import type { Wire } from './wire.js';

const LARGEST_PAGE = 999;
const USER = '#microsoft.graph.user';
const TEAM = 'Team';

const GROUP = z.object({
  id: groupId,
  displayName: optionalText,
  resourceProvisioningOptions: z.array(z.string()).nullish(),
});
type Group = z.output<typeof GROUP>;
const GROUPS = z.object({ value: z.array(GROUP), '@odata.nextLink': z.string().nullish() });
const OWNERS = z.object({
  value: z.array(z.object({ id: userIdField, '@odata.type': z.string().nullish() })),
  '@odata.nextLink': z.string().nullish(),
});

/**
 * Groups and teams that somebody owns. An application that owns a group as well is nobody who could look after it.
 * Somebody who is gone is a failure, not an owner of nothing.
 */
export async function readOwnedThings(wire: Wire, userId: UserId): Promise<readonly OwnedThing[]> {
  const groups = await readAll(wire, {
    operation: 'users.ownedObjects.groups',
    path: pathOf(userId),
    row: GROUP,
    keyOf: (group) => group.id,
  });
  return (await withOwners(wire, new Map([[userId, groups]]))).get(userId) ?? [];
}

/** The same for some people in batches. Who is gone or owns more than a page of groups is absent. */
export async function readOwnedThingsOf(
  wire: Wire,
  userIds: readonly UserId[],
): Promise<ReadonlyMap<UserId, readonly OwnedThing[]>> {
  const answers = await readBatches(wire, {
    operation: 'users.ownedObjects.groups',
    paths: userIds.map(pathOf),
    absent: [NO_RESOURCE],
  });
  const owned = new Map<UserId, readonly Group[]>();
  for (const [at, userId] of userIds.entries()) {
    const answer = answers[at];
    if (answer?.kind !== 'found') continue;
    const page = parseAnswer('users.ownedObjects.groups', GROUPS, answer.json);
    if (!page['@odata.nextLink']) owned.set(userId, page.value);
  }
  return withOwners(wire, owned);
}

function pathOf(userId: UserId): string {
  return withQuery(`${userPath(userId)}/ownedObjects/microsoft.graph.group`, {
    $select: 'id,displayName,resourceProvisioningOptions',
    $top: LARGEST_PAGE,
  });
}

/** Each group is asked for its owners once, however many of the people own it. */
async function withOwners(
  wire: Wire,
  owned: ReadonlyMap<UserId, readonly Group[]>,
): Promise<ReadonlyMap<UserId, readonly OwnedThing[]>> {
  const ids = [...new Set([...owned.values()].flatMap((groups) => groups.map(({ id }) => id)))];
  const answers = await readBatches(wire, {
    operation: 'groups.owners.list',
    paths: ids.map((id) => withQuery(`/groups/${encodeURIComponent(id)}/owners`, { $select: 'id' })),
    absent: [NO_RESOURCE],
  });
  const owners = new Map(ids.map((id, at) => [id, answers[at]]));
  const thingOf = (userId: UserId, group: Group): OwnedThing => ({
    id: group.id,
    displayName: group.displayName ?? group.id,
    isTeam: group.resourceProvisioningOptions?.includes(TEAM) ?? false,
    isSole: isSole(owners.get(group.id), userId),
  });
  return new Map(
    [...owned].map(([userId, groups]) => [userId, groups.map((group) => thingOf(userId, group))]),
  );
}

function isSole(answer: BatchAnswer | undefined, userId: UserId): boolean {
  if (answer?.kind !== 'found') return false;
  const { value, '@odata.nextLink': next } = parseAnswer('groups.owners.list', OWNERS, answer.json);
  const others = value.filter(({ id, '@odata.type': type }) => id !== userId && (type ?? USER) === USER);
  return others.length === 0 && !next;
}
