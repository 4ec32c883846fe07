import type { Policy } from '../../config/policy.js';
import type { GraphDoor } from '../../graph/graph-door.js';
import type { Manager, UserId } from '../person.js';
import { climb, levelsToRead, type Climb, type KnownManagers } from './executives.js';

export interface Hierarchy {
  /** Those at most so many levels below one of the top people as the policy says. */
  readonly underTop: ReadonlySet<UserId>;
  /** People of whom a manager on the way up was not read: they may be executives, so they count as such. */
  readonly wayUnknown: ReadonlySet<UserId>;
}

/**
 * Follows managers upwards, level by level: of each level only those who were not asked for before, so that a common
 * boss is read once and a loop ends by itself. Reads nothing unless the policy names a top.
 * @param known managers that were read already
 * @throws GraphFailure
 */
export async function readUnderTop(
  graph: Pick<GraphDoor, 'managersOf'>,
  executives: Pick<Policy['protect']['executives'], 'top' | 'levels'>,
  people: readonly UserId[],
  known: KnownManagers,
): Promise<Hierarchy> {
  const levels = levelsToRead(executives);
  if (levels === 0) return { underTop: new Set(), wayUnknown: new Set() };
  const managers = new Map(known);
  const walked = new Set<UserId>();
  const below = people.filter((id) => !executives.top.includes(id));
  let level: ReadonlySet<UserId> = new Set(below);
  for (let read = 0; read < levels && level.size > 0; read += 1) {
    for (const id of level) walked.add(id);
    const missing = [...level].filter((id) => !managers.has(id));
    if (missing.length > 0) {
      for (const [id, manager] of await graph.managersOf(missing)) managers.set(id, manager);
    }
    const above = [...level].flatMap((id) => idOf(managers.get(id)));
    level = new Set(above.filter((id) => !walked.has(id) && !executives.top.includes(id)));
  }
  const ends = below.map((id) => [id, climb(id, managers, executives)] as const);
  const ending = (end: Climb): readonly UserId[] => ends.flatMap(([id, was]) => (was === end ? id : []));
  return { underTop: new Set(ending('underTop')), wayUnknown: new Set(ending('unknown')) };
}

function idOf(manager: Manager | 'none' | undefined): readonly UserId[] {
  return manager === undefined || manager === 'none' ? [] : [manager.id];
}
