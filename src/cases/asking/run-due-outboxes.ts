import { openRosterSource } from '../../audit/roster/run-store.js';
import { claimDue } from '../../store/leases.js';
import type { Doors } from '../doors.js';
import type { DueWork, WorkTerms } from '../due-work.js';
import { attempt } from '../run-attempt.js';
import { underWay } from '../under-way.js';
import type { Outbox } from './outbox.js';
import { runOutbox } from './run-sending.js';

/**
 * A message takes a second or two, most of which goes into waiting for Graph, Teams and the store: so many at once keep
 * the 25 calls a second going that Teams gets from us.
 */
const AT_ONCE = 60;
/** While so many are under way still, the next begin: nobody waits for the slowest of a round. */
const GOING_ON = 45;

/** The due outboxes: each is somebody else's chat. */
export function dueOutboxes(
  doors: Doors,
  { owner, leaseMs, pollMs, sleep }: WorkTerms,
  ending: AbortSignal,
): DueWork {
  const going = underWay();
  const ready: Doors = { ...doors, roster: openRosterSource(doors.store) };
  return {
    workOn: async () => {
      if (ending.aborted) return false;
      const limit = AT_ONCE - going.size();
      const claimed = await claimDue<Outbox>(doors.store, {
        container: 'commands',
        kind: 'outbox',
        limit,
        now: doors.clock.now(),
        owner,
        leaseMs,
        random: () => doors.random.fraction(),
        except: ({ id }) => going.has(id),
      });
      for (const stored of claimed)
        going.begin(stored.doc.id, () => attempt(doors, stored, () => runOutbox(ready, stored)));
      const isMore = going.size() > 0;
      // With nothing left to claim, one that ends may leave the next message of the same person.
      if (claimed.length < limit && isMore) await going.oneEndsOr((over) => sleep(pollMs, over), ending);
      await going.until(claimed.length < limit ? AT_ONCE - 1 : GOING_ON);
      return isMore;
    },
    end: () => going.until(0),
  };
}
