import { instant, type Instant } from '../../cases/case.js';
import { HOLD_MS, isHeldBy, withHolder } from './record.js';
import { NamesStop } from './run-doors.js';
import type { RecordDoors } from './run-record.js';
import { change } from './run-record.js';

export interface HoldDoors extends RecordDoors {
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

export interface Hold {
  /** Rejects when names may be shown no longer; never resolves. */
  readonly overdue: Promise<never>;
  /** Ends the signs of life. */
  end(): Promise<void>;
}

/**
 * Gives signs of life while somebody reads, so that nobody conceals under a running reader; from `deadline` on none,
 * and the reading is broken off.
 */
export function keepHold(doors: HoldDoors, id: string, deadline: Instant): Hold {
  const over = new AbortController();
  let fail: (error: Error) => void = () => {};
  const overdue = new Promise<never>((_resolve, reject) => (fail = reject));
  // Nobody may be waiting for it any more.
  overdue.catch(() => {});
  const keeper = (async () => {
    for (;;) {
      await resting(doors, HOLD_MS / 3, over.signal);
      if (over.signal.aborted) return;
      if (instant(doors.clock.now()) >= deadline) return fail(new NamesStop(OVERDUE));
      if (!(await renewed(doors, id, deadline))) return;
    }
  })();
  return {
    overdue,
    async end() {
      over.abort();
      await keeper;
    },
  };
}

const OVERDUE =
  'Usage reports could not be read within the 45 minutes for which names are shown at most, so they are concealed again ' +
  'and nobody was judged. Look in the log for what Microsoft Graph was slow at, and run the audit again later.';

/** false: the hold is somebody else's now. A store that cannot be used is tried again with the next sign. */
async function renewed(doors: HoldDoors, id: string, deadline: Instant): Promise<boolean> {
  const now = doors.clock.now();
  const end = instant(new Date(now.getTime() + HOLD_MS));
  const until = end < deadline ? end : deadline;
  let isOurs = true;
  try {
    await change(doors.store, (stored) => {
      isOurs = isHeldBy(stored?.doc, id);
      return stored === undefined || !isOurs
        ? undefined
        : withHolder(stored.doc, { id, until }, instant(now));
    });
  } catch (error) {
    doors.log.warn('The sign of life of an audit that shows names could not be written.', {
      error: error instanceof Error ? error.name : 'unknown',
    });
    return true;
  }
  if (!isOurs) doors.log.warn('Names in usage reports were concealed by another instance.', {});
  return isOurs;
}

function resting(doors: HoldDoors, ms: number, signal: AbortSignal): Promise<void> {
  return doors.sleep(ms, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
