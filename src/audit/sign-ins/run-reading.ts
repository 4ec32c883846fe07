import type { SignInPage, SignInRow, SignInsFrom } from '../../graph/graph-door.js';
import type { UserId } from '../person.js';
import {
  afterPassPage,
  afterSample,
  afterSweepPage,
  fromOf,
  knownOf,
  withoutPass,
  withoutSweep,
  type Brought,
} from './place.js';
import type { SignInKnowledge } from './plan.js';
import { openKeeper, type KeeperDoors } from './run-keeper.js';
import type { KeptSignInRow } from './run-kept.js';
import { openShown, type Shown } from './shown.js';
import { hasDate } from './sign-in.js';

/** Rows as they come in, for the people who need one, and what they tell about the work that is left. */
export interface SignInReading {
  readonly rows: ReadonlyMap<UserId, SignInRow>;
  /** How many people are without a row and were not asked for in vain. */
  needed(): number;
  missing(): readonly UserId[];
  /**
   * Those among the missing whose row was read without a date before anybody had one: it proves nothing since somebody has.
   * Each is told of once.
   */
  readBefore(): readonly UserId[];
  known(): Pick<SignInKnowledge, 'sweep' | 'sample' | 'pass'>;
  /** Successful sign-ins up to here are in the sweep. */
  until(): Date;
  /** Where the sweep goes on that an earlier run has begun; undefined: it begins with its first page. */
  sweepFrom(): SignInsFrom | undefined;
  /** The same of a full pass. */
  passFrom(): SignInsFrom | undefined;
  /** Called before each request: no row is older. */
  begin(): void;
  take(rows: readonly SignInRow[]): void;
  takeSweep(page: IteratorResult<SignInPage>): void;
  takePass(page: SignInPage): void;
  /** Nothing goes on from where it stands. */
  forgetSweep(): void;
  forgetPass(): void;
  /** Some of those missing, from all over the list. */
  sample(size: number): readonly UserId[];
  takeSample(rows: readonly SignInRow[]): void;
  /** Keeps what has come together, when it is worth a write. */
  keepSome(): Promise<void>;
  /** Everything was read, or something was left for the next run. */
  keep(what: 'all' | 'part'): Promise<void>;
  oldest(): Date | undefined;
  counts(): { readonly rows: number; readonly withDates: number; readonly withSuccess: number };
  /** Somebody, also one who was not asked for, has a successful sign-in. */
  sawSuccess(): boolean;
  /** Rows were read that were not kept before, and nobody has shown a date lately. */
  isBlank(): boolean;
}

/**
 * @param held people who need a row
 * @param olderThan successful sign-ins up to here are in the sweep, unless one goes on that an earlier run has begun
 */
export async function openSignInReading(
  doors: KeeperDoors,
  held: Iterable<UserId>,
  olderThan: Date,
): Promise<SignInReading> {
  const now = doors.clock.now();
  const kept = await doors.kept.load(now);
  const rows = new Map<UserId, SignInRow>();
  const missing = new Set<UserId>();
  let oldest = reuse(kept, held, rows, missing);
  let place = await doors.kept.place.load({ now, olderThan, needed: missing.size });
  let sampled: readonly UserId[] = [];
  let before: readonly UserId[] = [];
  const shown = openShown(kept, isShownLately(kept, now));
  const keeper = openKeeper(doors, { place: () => place, showsDates: shown.is });

  const take = taking({ rows, missing, shown, keeper }, (unproven) => (before = unproven));

  return {
    rows,
    needed: () => missing.size,
    missing: () => [...missing],
    readBefore: () => {
      const told = before;
      before = [];
      return told.filter((id) => missing.has(id));
    },
    known: () => knownOf(place),
    until: () => place.until,
    sweepFrom: () => fromOf(place.sweep),
    passFrom: () => fromOf(place.pass),
    begin: () => {
      const at = doors.clock.now();
      place = { ...place, startedAt: place.startedAt ?? at };
      keeper.begin(at);
      oldest = earlier(oldest, at);
    },
    take: (some) => void take(some),
    takeSweep: (page) => {
      place = afterSweepPage(place, page, take(page.done === true ? [] : page.value.rows));
    },
    takePass: (page) => {
      place = afterPassPage(place, page, take(page.rows));
    },
    forgetSweep: () => (place = withoutSweep(place, olderThan)),
    forgetPass: () => (place = withoutPass(place)),
    sample: (size) => (sampled = spread([...missing], size)),
    takeSample: (some) => {
      take(some);
      // Whoever is gone is asked for no more.
      for (const id of sampled) missing.delete(id);
      const old = some.filter(({ successful }) => successful !== undefined && successful <= place.until);
      place = afterSample(place, sampled.length, old.length);
    },
    keepSome: () => keeper.keepSome(),
    keep: (what) => (what === 'all' ? keeper.end() : keeper.keep()),
    oldest: () => oldest,
    counts: () => countsOf(rows),
    sawSuccess: shown.is,
    isBlank: () => !shown.is() && isBlankBeside(kept, rows),
  };
}

interface Taking {
  readonly rows: Map<UserId, SignInRow>;
  readonly missing: Set<UserId>;
  readonly shown: Shown;
  readonly keeper: ReturnType<typeof openKeeper>;
}

/** Takes the rows of an answer. @param onUnproven whoever is missing again, because their row proves nothing any more */
function taking(
  { rows, missing, shown, keeper }: Taking,
  onUnproven: (unproven: readonly UserId[]) => void,
): (some: readonly SignInRow[]) => Brought {
  return (some) => {
    const unproven = shown.look(some, rows);
    if (unproven !== undefined) {
      for (const id of unproven) if (rows.delete(id)) missing.add(id);
      onUnproven(unproven);
      keeper.dropDateless();
    }
    const found = some.filter(({ userId }) => missing.delete(userId));
    for (const row of found) rows.set(row.userId, row);
    keeper.add(found);
    return { found: found.length, needed: missing.size };
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

/** Some were read that were not kept, and none of them has a date. */
function isBlankBeside(
  kept: ReadonlyMap<UserId, KeptSignInRow>,
  rows: ReadonlyMap<UserId, SignInRow>,
): boolean {
  const read = [...rows.values()].filter(({ userId }) => !kept.has(userId));
  return read.length > 0 && !read.some(hasDate);
}

/** For so long what an earlier try has seen counts as seen now; later on, dates may be hidden that were shown. */
const SAME_READING_MS = 15 * 60_000;

function isShownLately(kept: ReadonlyMap<UserId, KeptSignInRow>, now: Date): boolean {
  const from = now.getTime() - SAME_READING_MS;
  return [...kept.values()].some(
    ({ successful, readAt }) => successful !== undefined && readAt.getTime() > from,
  );
}

/** At most `size` of them, at even distances. */
function spread(ids: readonly UserId[], size: number): readonly UserId[] {
  const stride = Math.max(1, ids.length / size);
  const places = Array.from({ length: Math.min(size, ids.length) }, (_, at) => Math.floor(at * stride));
  return places.flatMap((at) => ids[at] ?? []);
}

function countsOf(rows: ReadonlyMap<UserId, SignInRow>): ReturnType<SignInReading['counts']> {
  let [withDates, withSuccess] = [0, 0];
  for (const row of rows.values()) {
    if (hasDate(row)) withDates += 1;
    if (row.successful !== undefined) withSuccess += 1;
  }
  return { rows: rows.size, withDates, withSuccess };
}

function earlier(a: Date | undefined, b: Date): Date {
  return a === undefined || b < a ? b : a;
}
