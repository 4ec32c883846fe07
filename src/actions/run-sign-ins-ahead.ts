import type { UserId } from '../audit/person.js';
import { latestRun } from '../audit/run-store.js';
import { IDS_PER_REQUEST, minutesFor } from '../audit/sign-ins/plan.js';
import { NOTHING_KEPT } from '../audit/sign-ins/run-kept.js';
import { readSignIns, type SignInDoors } from '../audit/sign-ins/run-sign-ins.js';
import { readBrake } from '../cases/campaign/run-switch.js';
import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { DAY_MS } from '../config/durations.js';
import type { GraphDoor, SignInPage, SignInRow } from '../graph/graph-door.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { piecesOf } from '../graph/odata.js';
import { nameOf } from '../telemetry/error-words.js';
import { hadSignIn, isAboutSignIns } from './about-sign-ins.js';
import { provenSignInsOf, showsDates, SignInsBlank } from './run-proven-sign-ins.js';
import { signInBook, type SignInBook } from './sign-in-book.js';

/** Safety rule 5 allows a day; read for many it costs so little that an hour is enough. */
const FRESH_MS = 3_600_000;
/** Milliseconds between two looks whether so many are due: each reads all that is. */
const LOOK_MS = 60_000;
/** Of those that Graph publishes, one less (microsoft-graph.md 8). */
const PER_MINUTE = 9;
/** Whoever waits is looked at now and then, so that dates are used while they are young. */
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * Sign-in dates for days with hundreds of steps, when Graph's smallest limit would hold them up for hours. Whoever had a
 * date is read in bulk, by the cheapest way of an audit, then the others, 15 in every request. Steps that need none of it
 * go on meanwhile, and the others as soon as their dates are there.
 */
export interface SignInsAhead {
  /** Where more may be due than was claimed: begins to read if they are many. Waits for nothing that it reads. */
  look(doors: Doors, ending: AbortSignal): Promise<void>;
  /**
   * The door to Graph for steps that are about to be taken. A person of whom nothing was read ahead is read live; its
   * `signInsOf` throws SignInsBlank where a row without a date would prove nothing.
   */
  door(graph: GraphDoor): GraphDoor;
  /** When the dates that a case waits for will be there. */
  whenRead(c: Case): WhenRead;
  /** Waits until nothing is being read. */
  end(): Promise<void>;
}

export type WhenRead =
  /** They are there, or nothing is on its way for the case. */
  | 'now'
  /** In less than a minute, or nobody knows yet: the case is left where it is. */
  | 'soon'
  /** Milliseconds after which the case had better be looked at again. */
  | { readonly inMs: number };

interface Reading {
  readonly wanted: ReadonlySet<UserId>;
  /** undefined: the cheapest way is being looked for. */
  requestsLeft: number | undefined;
}

export function signInsAhead({
  clock,
  signInsPerMinute: perMinute = PER_MINUTE,
}: Pick<Doors, 'clock' | 'signInsPerMinute'>): SignInsAhead {
  // As many as Graph tells in one minute person by person.
  const many = perMinute * IDS_PER_REQUEST;
  const book = signInBook(FRESH_MS);
  let reading: Reading | undefined;
  let ended: Promise<void> = Promise.resolve();
  let looked: { readonly at: number; readonly restMs: number } | undefined;

  const isSoon = (now: number): boolean =>
    looked !== undefined && now >= looked.at && now < looked.at + looked.restMs;

  return {
    look: async (doors, ending) => {
      const now = clock.now();
      if (reading !== undefined || isSoon(now.getTime()) || (await readBrake(doors)) !== 'running') return;
      looked = { at: now.getTime(), restMs: LOOK_MS };
      const due = (await dueAboutSignIns(doors)).filter(({ userId }) => book.find(userId, now) === undefined);
      if (due.length < many) return;
      const licensed = (await latestRun(doors.store))?.figures.people ?? due.length;
      const mine: Reading = { wanted: new Set(due.map(({ userId }) => userId)), requestsLeft: undefined };
      reading = mine;
      ended = readAhead({ doors, book, due, licensed, reading: mine, signal: ending })
        .catch((error: unknown) => {
          if (ending.aborted) return;
          // Then each step asks for itself, and knows what a refusal means.
          looked = { at: clock.now().getTime(), restMs: FRESH_MS };
          warn(doors, due.length, error);
        })
        .finally(() => (reading = undefined));
    },
    door: (graph) => ({ ...graph, signInsOf: (userIds) => known(graph, book, clock.now(), userIds) }),
    whenRead: (c) => {
      if (c.state !== 'scheduled' || !isAboutSignIns(c) || reading?.wanted.has(c.userId) !== true)
        return 'now';
      if (book.find(c.userId, clock.now()) !== undefined) return 'now';
      const minutes = minutesFor(reading.requestsLeft ?? 0, perMinute);
      return minutes === 0 ? 'soon' : { inMs: Math.min(LONGEST_WAIT_MS, minutes * 60_000) };
    },
    end: () => ended,
  };
}

async function known(
  graph: GraphDoor,
  book: SignInBook,
  now: Date,
  userIds: readonly UserId[],
): Promise<readonly SignInRow[]> {
  const entries = userIds.map((userId) => ({ userId, entry: book.find(userId, now) }));
  const others = entries.filter(({ entry }) => entry === undefined).map(({ userId }) => userId);
  const live = others.length === 0 ? [] : await provenSignInsOf(graph, others);
  if (live === 'blank') throw new SignInsBlank();
  return [...entries.flatMap(({ entry }) => entry?.row ?? []), ...live];
}

interface Due {
  readonly userId: UserId;
  readonly hadSignIn: boolean;
}

/** Those due longest first. Whose review time is over is about to take a step as well. */
async function dueAboutSignIns({ store, clock }: Doors): Promise<readonly Due[]> {
  const due: Due[] = [];
  const where = [{ field: 'dueAt', is: '<=', value: clock.now().toISOString() }] as const;
  const query = { container: 'cases', where, orderBy: { field: 'dueAt', direction: 'asc' } } as const;
  for await (const { doc } of store.query<Case>(query)) {
    if ((doc.state === 'scheduled' || doc.state === 'decided') && isAboutSignIns(doc))
      due.push({ userId: doc.userId, hadSignIn: hadSignIn(doc) });
  }
  return due;
}

interface Work {
  readonly doors: Doors;
  readonly book: SignInBook;
  readonly due: readonly Due[];
  /** Everyone with a license, as the newest audit counted them. */
  readonly licensed: number;
  readonly reading: Reading;
  readonly signal: AbortSignal;
}

/**
 * What cannot be read in bulk is read 15 by 15.
 * @throws GraphFailure, AuditInterrupted: what was read until then is in the book
 */
async function readAhead(work: Work): Promise<void> {
  const { doors, book, reading, signal } = work;
  await readInBulk(work).catch((error: unknown) => {
    if (!(error instanceof GraphFailure)) throw error;
    warn(doors, work.due.length, error);
  });
  const others = missing(work);
  for (const [at, some] of piecesOf(others, IDS_PER_REQUEST).entries()) {
    if (signal.aborted) return;
    reading.requestsLeft = Math.ceil(others.length / IDS_PER_REQUEST) - at;
    const askedAt = doors.clock.now();
    const rows = await provenSignInsOf(doors.graph, some);
    if (rows !== 'blank') book.note(some, rows, askedAt);
  }
}

function warn({ log }: Doors, people: number, error: unknown): void {
  log.warn('Sign-in dates could not be read ahead.', { people, why: nameOf(error) });
}

function missing({ doors, book, due }: Work): readonly UserId[] {
  const now = doors.clock.now();
  return due.flatMap(({ userId }) => (book.find(userId, now) === undefined ? userId : []));
}

async function readInBulk({ doors, book, due, licensed, reading, signal }: Work): Promise<void> {
  const { clock, log, policy } = doors;
  const held = new Map(due.flatMap((each) => (each.hadSignIn ? [[each.userId, undefined]] : [])));
  const olderThan = new Date(clock.now().getTime() - policy.inactivity.days * DAY_MS);
  const after = Math.ceil((due.length - held.size) / IDS_PER_REQUEST);
  const note = (rows: readonly SignInRow[], askedAt: Date): void => {
    if (!showsDates(rows)) return;
    const some = rows.filter(({ userId }) => reading.wanted.has(userId));
    const ids = some.map(({ userId }) => userId);
    book.note(ids, some, askedAt);
  };
  const progress: SignInDoors['progress'] = ({ phase, done, total }) => {
    if (phase === 'signIns' && total !== undefined) reading.requestsLeft = total - done + after;
  };
  const graph = noted(doors.graph, clock, note);
  await readSignIns(
    { graph, clock, log, signal, kept: NOTHING_KEPT, progress },
    { hasEntraP1: true, held, licensed, olderThan, wereInSweep: true },
  );
}

/** Tells of each answer as soon as it is there, with the moment when it was asked for. */
function noted(
  graph: GraphDoor,
  clock: Doors['clock'],
  note: (rows: readonly SignInRow[], askedAt: Date) => void,
): SignInDoors['graph'] {
  async function* each(pages: AsyncIterable<SignInPage>): AsyncGenerator<SignInPage> {
    let askedAt = clock.now();
    for await (const page of pages) {
      note(page.rows, askedAt);
      yield page;
      askedAt = clock.now();
    }
  }
  return {
    signIns: (from) => each(graph.signIns(from)),
    signInsUntil: (until, from) => each(graph.signInsUntil(until, from)),
    signInsOf: async (userIds) => {
      const askedAt = clock.now();
      const rows = await graph.signInsOf(userIds);
      note(rows, askedAt);
      return rows;
    },
    anySignInSince: (since) => graph.anySignInSince(since),
  };
}
