import type { GroupId, UserId } from '../audit/person.js';
import type { GraphDoor } from '../graph/graph-door.js';
import { GraphFailure } from '../graph/graph-failure.js';

/** Of somebody with very many groups only these are named. */
const MOST_NAMED = 40;

/** Without names a page is still right, so that a failing Graph is no reason to show none. */
export function groupNamesOf(
  { graph }: { readonly graph: Pick<GraphDoor, 'groupFacts'> },
  groupIds: readonly GroupId[],
): Promise<ReadonlyMap<GroupId, string>> {
  if (groupIds.length === 0) return Promise.resolve(new Map());
  return unlessGraphFails(async () => {
    const found = await graph.groupFacts(groupIds.slice(0, MOST_NAMED));
    return new Map([...found].map(([id, { displayName }]) => [id, displayName]));
  }, new Map());
}

/** undefined: Graph knows nobody of this id, or does not answer. */
export function personNameOf(
  { graph }: { readonly graph: Pick<GraphDoor, 'person'> },
  userId: UserId,
): Promise<string | undefined> {
  return unlessGraphFails(async () => (await graph.person(userId))?.displayName, undefined);
}

async function unlessGraphFails<T>(read: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return otherwise;
  }
}
