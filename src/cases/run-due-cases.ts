import { signInsAhead, type SignInsAhead } from '../actions/run-sign-ins-ahead.js';
import { openRosterSource } from '../audit/roster/run-store.js';
import { claimDue, release } from '../store/leases.js';
import type { Stored } from '../store/store.js';
import { instant, type Case, type Instant } from './case.js';
import type { Doors } from './doors.js';
import type { DueWork, WorkTerms } from './due-work.js';
import { attempt } from './run-attempt.js';
import { runCase } from './run-cases.js';
import { oneByOne, sideBySide } from './side-by-side.js';
import { underWay } from './under-way.js';

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
  const together = { sideBySide: sideBySide(), roster: openRosterSource(doors.store) };
  const messages = oneByOne();

  /** Steps side by side, so that their live reads go out together; messages not: Teams takes 30 a second. */
  const begin = (ready: Doors, stored: Stored<Case>): Promise<void> => {
    const work = async (): Promise<void> => {
      // It has waited too long for its turn: whoever claims it next has it.
      if (!isOurs(stored, doors.clock.now())) return;
      await (ending.aborted ? giveBack(doors, stored) : attempt(doors, stored, () => runCase(ready, stored)));
    };
    return TAKES_STEPS.has(stored.doc.state) ? work() : messages(work);
  };

  return {
    workOn: async () => {
      const { cases, isAll } = await claimReady(look, going.size());
      const ready: Doors = { ...doors, graph: look.ahead.door(doors.graph), ...together };
      for (const stored of cases) going.begin(stored.doc.id, () => begin(ready, stored));
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

/** Those who can be worked on now: whoever waits for sign-in dates makes room for others. */
async function claimReady(
  { doors, terms, ahead, ending }: Look,
  busy: number,
): Promise<{ readonly cases: readonly Stored<Case>[]; readonly isAll: boolean }> {
  const cases: Stored<Case>[] = [];
  for (let claims = 1; ; claims += 1) {
    const limit = AT_ONCE - busy - cases.length;
    const now = doors.clock.now();
    const { owner, leaseMs } = terms;
    const random = (): number => doors.random.fraction();
    const claimed = await claimDue<Case>(doors.store, {
      owner,
      leaseMs,
      container: 'cases',
      limit,
      now,
      random,
    });
    const isAll = claimed.length < limit;
    if (!isAll) await ahead.look(doors, ending);
    for (const stored of claimed) {
      const ms = ahead.msUntilRead(stored.doc);
      if (ms === 0) cases.push(stored);
      else await giveBack(doors, stored, instant(new Date(now.getTime() + ms)));
    }
    const isEnough = busy + cases.length >= AT_ONCE - GOING_ON || claims === MOST_CLAIMS;
    if (isAll || isEnough || ending.aborted) return { cases, isAll };
  }
}

/**
 * What was claimed and not begun was no try.
 * @param dueAt from when on anybody may take it; default: at once
 */
async function giveBack({ store }: Doors, { doc, etag }: Stored<Case>, dueAt?: Instant): Promise<void> {
  const row = { doc: { ...doc, attempts: Math.max(0, doc.attempts - 1) }, etag };
  await release(store, row, { container: 'cases', ...(dueAt === undefined ? {} : { dueAt }) });
}
