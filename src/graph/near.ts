import type { DirectoryEntry, UserId } from '../audit/person.js';
import type { Log } from '../telemetry/log.js';
import type { Clock } from './clock.js';
import type { GraphDoor } from './graph-door.js';

/** Milliseconds for which the people of one manager are known: whoever is chosen is looked up anew. */
const FRESH_MS = 3_600_000;
/** The same after a failure. */
const FAILED_MS = 60_000;
/** Milliseconds that a card waits for them. */
const PATIENCE_MS = 1_000;
const MOST_KEPT = 500;

/** The people around somebody, whom they may well mean before they have typed anything. It never fails, and soon answers. */
export type Near = (userId: UserId) => Promise<readonly DirectoryEntry[]>;

interface Known {
  until: number;
  readonly people: Promise<readonly DirectoryEntry[]>;
}

/** Who reports to somebody, as their own Teams shows it to everybody. A card goes without where Graph takes its time. */
export function openNear({
  graph,
  clock,
  log,
}: {
  readonly graph: Pick<GraphDoor, 'directReports'>;
  readonly clock: Clock;
  readonly log: Log;
}): Near {
  const known = new Map<UserId, Known>();
  const read = (userId: UserId, now: number): Known => {
    const people = graph.directReports(userId).catch(() => {
      log.warn('Direct reports could not be read; cards go without.', { userId });
      entry.until = now + FAILED_MS;
      return [];
    });
    const entry: Known = { until: now + FRESH_MS, people };
    return entry;
  };
  return async (userId) => {
    const now = clock.now().getTime();
    const before = known.get(userId);
    // A clock that was put back must not make them last.
    const isFresh = before !== undefined && now < before.until && before.until - now <= FRESH_MS;
    const entry = isFresh ? before : read(userId, now);
    if (!isFresh) {
      if (known.size >= MOST_KEPT) known.clear();
      known.set(userId, entry);
    }
    return soonOrNobody(entry.people, clock);
  };
}

async function soonOrNobody(
  people: Promise<readonly DirectoryEntry[]>,
  clock: Pick<Clock, 'sleep'>,
): Promise<readonly DirectoryEntry[]> {
  const over = new AbortController();
  const late = clock.sleep(PATIENCE_MS, over.signal).then(() => []);
  try {
    return await Promise.race([people, late]);
  } finally {
    over.abort();
  }
}
