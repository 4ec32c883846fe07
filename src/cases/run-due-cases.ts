import { signInsAhead, type SignInsAhead } from '../actions/run-sign-ins-ahead.js';
import { openRosterSource } from '../audit/roster/run-store.js';
import { claimDue, release } from '../store/leases.js';
import type { Stored } from '../store/store.js';
import { heldSeatsTogether } from './campaign/run-held-seats.js';
import { instant, type Case } from './case.js';
import type { Doors } from './doors.js';
import type { DueWork, WorkTerms } from './due-work.js';
import { attempt } from './run-attempt.js';
import { runCase } from './run-cases.js';
import { oneByOne, sideBySide } from './side-by-side.js';
import { underWay, type UnderWay } from './under-way.js';

/** Enough to fill the batches of their live reads, and to hide how long Graph takes for one answer. */
const AT_ONCE = 60;
/** While so many are under way still, the next begin: their live reads are two full batches then. */
const GOING_ON = 20;
/** Claims before what was found begins: its leases run already. */
const MOST_CLAIMS = 5;

/** The due cases. A slow one holds nobody up, be it that Graph takes long or that it is the others' turn. */
export function dueCases(doors: Doors, terms: WorkTerms, ending: AbortSignal): DueWork {
  const going = underWay();
  const look = { doors, terms, ending, ahead: signInsAhead(doors) };
  const { store } = doors;
  const together = {
    sideBySide: sideBySide(),
    roster: openRosterSource(store),
    heldSeats: heldSeatsTogether(store),
  };
  const messages = oneByOne();

  /** Steps side by side, so that their live reads go out together; messages not: Teams takes 30 a second. */
  const begin = (ready: Doors, stored: Stored<Case>): Promise<void> => {
    const work = async (): Promise<void> => {
      // It may have waited too long for its turn, and somebody else have it by now.
      if (ending.aborted || !isOurs(stored, doors.clock.now())) return giveBack(doors, stored);
      await attempt(doors, stored, () => runCase(ready, stored));
    };
    return TAKES_STEPS.has(stored.doc.state) ? work() : messages(work);
  };

  return {
    workOn: async () => {
      const ready: Doors = { ...doors, graph: look.ahead.door(doors.graph), ...together };
      const isAll = await claimReady(look, going, (stored) =>
        going.begin(stored.doc.id, () => begin(ready, stored)),
      );
      const isMore = !isAll || going.size() > 0;
      if (isAll && isMore) await going.oneEndsOr((over) => terms.sleep(terms.pollMs, over), ending);
      await going.until(isAll ? AT_ONCE - 1 : GOING_ON);
      return isMore;
    },
    end: async () => {
      await going.until(0);
      await look.ahead.end();
    },
  };
}

const TAKES_STEPS: ReadonlySet<Case['state']> = new Set(['scheduled', 'acting', 'undoing']);

function isOurs({ doc }: Stored<Case>, now: Date): boolean {
  return doc.lease === undefined || doc.lease.until > instant(now);
}

interface Look {
  readonly doors: Doors;
  readonly terms: WorkTerms;
  readonly ahead: SignInsAhead;
  readonly ending: AbortSignal;
}

/**
 * Begins those who can be worked on now: whoever waits for sign-in dates makes room for others. What was claimed is begun
 * or given back whatever fails after it, or nobody would have it until its lease is over.
 * @returns true: nobody else is due
 */
async function claimReady(
  { doors, terms, ahead, ending }: Look,
  going: Pick<UnderWay, 'size' | 'has'>,
  begin: (stored: Stored<Case>) => void,
): Promise<boolean> {
  const { owner, leaseMs } = terms;
  for (let claims = 1; ; claims += 1) {
    const limit = AT_ONCE - going.size();
    const now = doors.clock.now();
    const claimed = await claimDue<Case>(doors.store, {
      container: 'cases',
      owner,
      leaseMs,
      limit,
      now,
      random: () => doors.random.fraction(),
      except: (c) => going.has(c.id) || ahead.whenRead(c) === 'soon',
    });
    const isAll = claimed.length < limit;
    const failures: unknown[] = [];
    const noted = (error: unknown): void => void failures.push(error);
    if (!isAll) await ahead.look(doors, ending).catch(noted);
    for (const stored of claimed) {
      const when = ahead.whenRead(stored.doc);
      if (when === 'now') begin(stored);
      else await giveBack(doors, stored, when === 'soon' ? 0 : when.inMs).catch(noted);
    }
    if (failures.length > 0) throw failures[0];
    const isEnough = going.size() >= AT_ONCE - GOING_ON || claims === MOST_CLAIMS;
    if (isAll || isEnough || ending.aborted) return isAll;
  }
}

/**
 * What was claimed and not begun was no try.
 * @param inMs milliseconds until anybody may take it again; 0: it stays due
 */
async function giveBack({ store, clock }: Doors, { doc, etag }: Stored<Case>, inMs = 0): Promise<void> {
  const row = { doc: { ...doc, attempts: Math.max(0, doc.attempts - 1) }, etag };
  const dueAt = instant(new Date(clock.now().getTime() + inMs));
  await release(store, row, { container: 'cases', ...(inMs === 0 ? {} : { dueAt }) });
}
