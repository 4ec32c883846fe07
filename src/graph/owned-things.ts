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
    path: withQuery(`${userPath(userId)}/ownedObjects/microsoft.graph.group`, {
      $select: 'id,displayName,resourceProvisioningOptions',
      $top: LARGEST_PAGE,
    }),
    row: GROUP,
    keyOf: (group) => group.id,
  });
  const owners = await readBatches(wire, {
    operation: 'groups.owners.list',
    paths: groups.map(({ id }) => withQuery(`/groups/${encodeURIComponent(id)}/owners`, { $select: 'id' })),
    absent: [NO_RESOURCE],
  });
  return groups.map((group, at) => ({
    id: group.id,
    displayName: group.displayName ?? group.id,
    isTeam: group.resourceProvisioningOptions?.includes(TEAM) ?? false,
    isSole: isSole(owners[at], userId),
  }));
}

function isSole(answer: BatchAnswer | undefined, userId: UserId): boolean {
  if (answer?.kind !== 'found') return false;
  const { value, '@odata.nextLink': next } = parseAnswer('groups.owners.list', OWNERS, answer.json);
  const others = value.filter(({ id, '@odata.type': type }) => id !== userId && (type ?? USER) === USER);
  return others.length === 0 && !next;
}
