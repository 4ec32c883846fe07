import type { SignInPage, SignInRow } from '../../graph/graph-door.js';
import type { Log } from '../../telemetry/log.js';
import type { UserId } from '../person.js';
import type { KeptSignInRow, KeptSignIns } from './run-kept.js';
import type { SignInKnowledge, SweepKnowledge } from './plan.js';

/** Rows as they come in, for the people who need one, and what they tell about the work that is left. */
export interface SignInReading {
  readonly rows: ReadonlyMap<UserId, SignInRow>;
  /** How many people are without a row and were not asked for in vain. */
  needed(): number;
  missing(): readonly UserId[];
  known(): Pick<SignInKnowledge, 'sweep' | 'sample'>;
  /** Called before each request: no row is older. */
  begin(): void;
  take(rows: readonly SignInRow[]): void;
  takeSweep(page: IteratorResult<SignInPage>): void;
  /** Some of those missing, from all over the list. */
  sample(size: number): readonly UserId[];
  takeSample(rows: readonly SignInRow[]): void;
  /** Keeps what has come together, when it is worth a write. */
  keepSome(): Promise<void>;
  keep(): Promise<void>;
  oldest(): Date | undefined;
  counts(): { readonly rows: number; readonly withDates: number; readonly withSuccess: number };
  /** Somebody, also one who was not asked for, has a successful sign-in. */
  sawSuccess(): boolean;
}

/** So many requests at most are lost by a crash: half a minute's worth. */
const REQUESTS_PER_WRITE = 4;

export interface ReadingDoors {
  readonly clock: { now(): Date };
  readonly kept: KeptSignIns;
  readonly log: Log;
}

/**
 * @param held people who need a row
 * @param olderThan successful sign-ins up to here are in the sweep
 */
export async function openSignInReading(
  doors: ReadingDoors,
  held: Iterable<UserId>,
  olderThan: Date,
): Promise<SignInReading> {
  const kept = await doors.kept.load(doors.clock.now());
  const rows = new Map<UserId, SignInRow>();
  const missing = new Set<UserId>();
  let oldest = reuse(kept, held, rows, missing);
  const keeper = openKeeper(doors);
  let sweep: SweepKnowledge | undefined;
  let sample = { asked: 0, inSweep: 0 };
  let sampled: readonly UserId[] = [];
  let sawSuccess = false;

  const take = (some: readonly SignInRow[]): number => {
    sawSuccess ||= some.some(({ successful }) => successful !== undefined);
    const found = some.filter(({ userId }) => missing.delete(userId));
    for (const row of found) rows.set(row.userId, row);
    keeper.add(found);
    return found.length;
  };

  return {
    rows,
    needed: () => missing.size,
    missing: () => [...missing],
    known: () => ({ sweep, sample }),
    begin: () => {
      const now = doors.clock.now();
      keeper.begin(now);
      oldest = earlier(oldest, now);
    },
    take,
    takeSweep: (page) => {
      const before = sweep ?? { rows: 0, rowsRead: 0, found: 0 };
      if (page.done === true) sweep = { ...before, ended: true };
      else sweep = afterPage(before, page.value, take(page.value.rows));
    },
    sample: (size) => (sampled = spread([...missing], size)),
    takeSample: (some) => {
      take(some);
      // Whoever is gone is asked for no more.
      for (const id of sampled) missing.delete(id);
      const old = some.filter(({ successful }) => successful !== undefined && successful <= olderThan);
      sample = { asked: sample.asked + sampled.length, inSweep: sample.inSweep + old.length };
    },
    keepSome: () => keeper.keepSome(),
    keep: () => keeper.keep(),
    oldest: () => oldest,
    counts: () => countsOf(rows),
    sawSuccess: () => sawSuccess,
  };
}

/** Sorts people into those with a kept row and those without. @returns when the oldest of the rows was read */
function reuse(
  kept: ReadonlyMap<UserId, KeptSignInRow>,
  held: Iterable<UserId>,
  rows: Map<UserId, SignInRow>,
  missing: Set<UserId>,
): Date | undefined {
  let oldest: Date | undefined;
  for (const id of held) {
    const row = kept.get(id);
    if (row === undefined) {
      missing.add(id);
      continue;
    }
    const { readAt, ...facts } = row;
    rows.set(id, facts);
    oldest = earlier(oldest, readAt);
  }
  return oldest;
}

interface Keeper {
  begin(now: Date): void;
  add(rows: readonly SignInRow[]): void;
  keepSome(): Promise<void>;
  keep(): Promise<void>;
}

/** Gathers rows until they are worth a write. They save time, not facts: an audit goes on when they cannot be kept. */
function openKeeper({ kept, log }: ReadingDoors): Keeper {
  let rows: SignInRow[] = [];
  let since: Date | undefined;
  let requests = 0;
  const keep = async (): Promise<void> => {
    const [piece, readAt] = [rows, since];
    rows = [];
    since = undefined;
    requests = 0;
    if (piece.length === 0 || readAt === undefined) return;
    try {
      await kept.save(piece, readAt);
    } catch (error) {
      const why = error instanceof Error ? error.name : 'unknown';
      log.warn('Sign-in dates could not be kept for the next run.', { rows: piece.length, why });
    }
  };
  return {
    begin: (now) => {
      since ??= now;
    },
    add: (more) => {
      rows.push(...more);
    },
    keepSome: async () => {
      requests += 1;
      if (requests >= REQUESTS_PER_WRITE) await keep();
    },
    keep,
  };
}

function afterPage(
  { rowsRead, found }: Omit<SweepKnowledge, 'ended'>,
  { rows, total }: SignInPage,
  foundNow: number,
): SweepKnowledge {
  return { rows: total, rowsRead: rowsRead + rows.length, found: found + foundNow, ended: false };
}

/** At most `size` of them, at even distances. */
function spread(ids: readonly UserId[], size: number): readonly UserId[] {
  const stride = Math.max(1, ids.length / size);
  const places = Array.from({ length: Math.min(size, ids.length) }, (_, at) => Math.floor(at * stride));
  return places.flatMap((at) => ids[at] ?? []);
}

function countsOf(rows: ReadonlyMap<UserId, SignInRow>): ReturnType<SignInReading['counts']> {
  let [withDates, withSuccess] = [0, 0];
  for (const { successful, interactive, nonInteractive } of rows.values()) {
    if ((successful ?? interactive ?? nonInteractive) !== undefined) withDates += 1;
    if (successful !== undefined) withSuccess += 1;
  }
  return { rows: rows.size, withDates, withSuccess };
}

function earlier(a: Date | undefined, b: Date): Date {
  return a === undefined || b < a ? b : a;
}
