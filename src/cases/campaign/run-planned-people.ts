import type { Finding } from '../../audit/finding.js';
import type { Manager, UserId } from '../../audit/person.js';
import { findingOfPerson } from '../../audit/run-store.js';
import { GraphFailure, passesByItself } from '../../graph/graph-failure.js';
import { whomToAsk, type Routed } from '../asking/routing.js';
import { firstToAsk, type RoutingDoors } from '../asking/run-routing.js';
import type { Doors } from '../doors.js';

/** Enough to fill batches of reads. */
const AT_ONCE = 60;

/**
 * Who would be asked about each of some people if they were asked now: by the code that asks, which reads nobody twice
 * here, because hundreds of managers have thousands of reports.
 * @throws GraphFailure
 */
export async function readPlannedPeople(
  doors: Pick<Doors, 'graph' | 'store' | 'policy'>,
  runId: string,
  findings: readonly Finding[],
): Promise<ReadonlyMap<UserId, Routed>> {
  const reads = readOnce(doors, runId);
  const planned = new Map<UserId, Routed>();
  const waiting = findings.values();
  const work = async (): Promise<void> => {
    for (const finding of waiting) {
      const { id: userId, department } = finding.person;
      const c = { userId, subject: { department } };
      planned.set(userId, await firstToAsk(reads, c, whomToAsk(finding)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return planned;
}

function readOnce(
  { graph, store, policy }: Pick<Doors, 'graph' | 'store' | 'policy'>,
  runId: string,
): RoutingDoors {
  const managerOf = once(async (id: UserId) => (await graph.managersOf([id])).get(id) ?? 'none');
  return {
    policy,
    graph: {
      person: once((key) => graph.person(key)),
      managersOf: async (ids) => {
        const read = async (id: UserId): Promise<[UserId, Manager | 'none']> => [id, await managerOf(id)];
        return new Map(await Promise.all(ids.map(read)));
      },
      // The same groups for everybody.
      groupsContaining: once((userId, groups) => graph.groupsContaining(userId, groups)),
    },
    findingOf: once(async (userId) => (await findingOfPerson(store, runId, userId))?.finding),
  };
}

/** So often is one read tried, so that one of hundreds that fails by chance does not cost them all. */
const MOST_TRIES = 3;

/** Answers from then on what it was answered first; remembers by the first argument. */
function once<Key, Rest extends readonly unknown[], Value>(
  read: (key: Key, ...rest: Rest) => Promise<Value>,
): (key: Key, ...rest: Rest) => Promise<Value> {
  const known = new Map<Key, Promise<Value>>();
  return (key, ...rest) => {
    const value = known.get(key) ?? tried(() => read(key, ...rest));
    known.set(key, value);
    return value;
  };
}

async function tried<Value>(read: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof GraphFailure) || !passesByItself(error) || tries === MOST_TRIES) throw error;
    }
  }
}
