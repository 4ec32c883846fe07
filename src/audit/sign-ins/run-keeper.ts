import type { SignInRow } from '../../graph/graph-door.js';
import type { Log } from '../../telemetry/log.js';
import type { SignInPlace } from './place.js';
import type { KeptSignIns } from './run-kept.js';
import { hasDate } from './sign-in.js';

/** Keeps what was read for the next run: rows, and then the place before which all of them are kept. */
export interface Keeper {
  /** Called before each request: no row is older. */
  begin(now: Date): void;
  add(rows: readonly SignInRow[]): void;
  /** Rows without a date that are not written yet prove nothing. */
  dropDateless(): void;
  /** One request more; writes when it is worth it. */
  keepSome(): Promise<void>;
  keep(): Promise<void>;
  /** Everything was read: nobody has to go on from anywhere. */
  end(): Promise<void>;
}

export interface KeeperDoors {
  readonly clock: { now(): Date };
  readonly kept: KeptSignIns;
  readonly log: Log;
}

/** So many requests at most are lost by a crash: half a minute's worth. */
const REQUESTS_PER_WRITE = 4;

/** The reading that rows are kept of. */
export interface KeptReading {
  readonly place: () => SignInPlace;
  /** false: nobody has shown a date yet, so that a row without one may prove nothing. */
  readonly showsDates: () => boolean;
}

/**
 * Gathers rows until they are worth a write. They save time, not facts: an audit goes on when they cannot be kept, but
 * then no place is told any more, because rows before it are missing.
 */
export function openKeeper({ clock, kept, log }: KeeperDoors, { place, showsDates }: KeptReading): Keeper {
  let rows: SignInRow[] = [];
  let since: Date | undefined;
  let requests = 0;
  let isWhole = true;

  const tried = async (write: () => Promise<void>, count: number): Promise<void> => {
    try {
      await write();
    } catch (error) {
      isWhole = false;
      const why = error instanceof Error ? error.name : 'unknown';
      log.warn('Sign-in dates could not be kept for the next run.', { rows: count, why });
    }
  };
  const keepRows = async (): Promise<void> => {
    const [piece, readAt] = [rows, since];
    rows = [];
    since = undefined;
    if (piece.length === 0 || readAt === undefined) return;
    const dates = showsDates() ? 'shown' : undefined;
    await tried(() => kept.save(piece, readAt, dates), piece.length);
  };
  const keep = async (): Promise<void> => {
    const isNews = requests > 0;
    requests = 0;
    await keepRows();
    const stands = place();
    const isBegun = stands.sweep !== undefined || stands.pass !== undefined;
    if (isBegun && isNews && isWhole) await tried(() => kept.place.save(stands, clock.now()), 0);
  };
  return {
    begin: (now) => {
      since ??= now;
    },
    add: (more) => {
      rows.push(...more);
    },
    dropDateless: () => {
      rows = rows.filter(hasDate);
    },
    keepSome: async () => {
      requests += 1;
      if (requests >= REQUESTS_PER_WRITE) await keep();
    },
    keep,
    end: async () => {
      await keepRows();
      await tried(() => kept.place.forget(), 0);
    },
  };
}
