import { AuditInterrupted } from '../audit/interrupted.js';
import type { UserId } from '../audit/person.js';
import { latestRun } from '../audit/run-store.js';
import { NOTHING_KEPT } from '../audit/sign-ins/run-kept.js';
import { IDS_PER_REQUEST } from '../audit/sign-ins/plan.js';
import { readSignIns } from '../audit/sign-ins/run-sign-ins.js';
import type { Case } from '../cases/case.js';
import type { Doors } from '../cases/doors.js';
import { readBrake } from '../cases/campaign/run-switch.js';
import { DAY_MS } from '../config/durations.js';
import type { GraphDoor, SignInRow } from '../graph/graph-door.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { hadSignIn, isAboutSignIns } from './about-sign-ins.js';

/** As many as Graph tells in one minute person by person, 15 in each of 10 requests (microsoft-graph.md 8). */
const MANY = 150;
/** Safety rule 5 allows a day; read for many it costs so little that an hour is enough. */
const FRESH_MS = 3_600_000;

/**
 * Sign-in dates for days with hundreds of steps, when Graph's smallest limit would hold them up for hours. Whoever had a
 * date is read in bulk, by the cheapest way of an audit; the others are read with the steps, 15 in every request.
 */
export interface SignInsAhead {
  /**
   * The door to Graph for steps that are about to be taken. A person of whom nothing was read ahead is read live.
   * @param mayBeMany there may be more due than were claimed
   */
  door(doors: Doors, mayBeMany: boolean, ending: AbortSignal): Promise<GraphDoor>;
}

export function signInsAhead(): SignInsAhead {
  let book: Book | undefined;
  return {
    door: async (doors, mayBeMany, ending) => {
      const now = doors.clock.now().getTime();
      if (book === undefined || now - book.since >= FRESH_MS || now < book.since) {
        if (!mayBeMany || (await readBrake(doors)) !== 'running') return doors.graph;
        const due = await dueAboutSignIns(doors);
        book = undefined;
        if (due.length < MANY) return doors.graph;
        const read = await readInBulk(doors, due.filter(hadSignIn), ending);
        book = openBook(doors, now, read, due);
      }
      return { ...doors.graph, signInsOf: book.signInsOf };
    },
  };
}

async function dueAboutSignIns({ store, clock }: Doors): Promise<readonly Case[]> {
  const due: Case[] = [];
  const where = [{ field: 'dueAt', is: '<=', value: clock.now().toISOString() }] as const;
  const query = { container: 'cases', where, orderBy: { field: 'dueAt', direction: 'asc' } } as const;
  for await (const { doc } of store.query<Case>(query)) {
    // Whose review time is over is about to take a step as well.
    if ((doc.state === 'scheduled' || doc.state === 'decided') && isAboutSignIns(doc)) due.push(doc);
  }
  return due;
}

/** Nothing when they cannot be read so: then each step asks for itself, and knows what a refusal means. */
async function readInBulk(
  { graph, store, clock, log, policy }: Doors,
  due: readonly Case[],
  signal: AbortSignal,
): Promise<ReadonlyMap<UserId, SignInRow>> {
  const run = await latestRun(store);
  const doors = { graph, clock, log, signal, kept: NOTHING_KEPT, progress: () => undefined };
  const olderThan = new Date(clock.now().getTime() - policy.inactivity.days * DAY_MS);
  const held = new Map(due.map(({ userId }) => [userId, undefined]));
  const need = { hasEntraP1: true, held, licensed: run?.figures.people ?? held.size, olderThan };
  try {
    return (await readSignIns(doors, need)).rows;
  } catch (error) {
    if (!(error instanceof GraphFailure || error instanceof AuditInterrupted)) throw error;
    log.warn('Sign-in dates could not be read in bulk.', { people: held.size, why: error.name });
    return new Map();
  }
}

interface Book {
  /** Milliseconds since 1970; no row is older. */
  readonly since: number;
  readonly signInsOf: GraphDoor['signInsOf'];
}

/** Each request asks for those who are waited for, and is filled up with those who come next. */
function openBook(
  { graph }: Doors,
  since: number,
  read: ReadonlyMap<UserId, SignInRow>,
  due: readonly Case[],
): Book {
  /** undefined: Graph has no row. */
  const rows = new Map<UserId, SignInRow | undefined>(read);
  const wanted = new Set<UserId>();
  const others = new Set(due.map(({ userId }) => userId).filter((userId) => !rows.has(userId)));
  let reading: Promise<void> | undefined;

  const readSome = async (): Promise<void> => {
    const asked = [...new Set([...wanted, ...others])].slice(0, IDS_PER_REQUEST);
    for (const userId of asked) {
      wanted.delete(userId);
      others.delete(userId);
    }
    const found = new Map((await graph.signInsOf(asked)).map((row) => [row.userId, row]));
    for (const userId of asked) rows.set(userId, found.get(userId));
  };
  const signInsOf: GraphDoor['signInsOf'] = async (userIds) => {
    for (;;) {
      const missing = userIds.filter((userId) => !rows.has(userId));
      if (missing.length === 0) return userIds.flatMap((userId) => rows.get(userId) ?? []);
      for (const userId of missing) wanted.add(userId);
      reading ??= readSome().finally(() => (reading = undefined));
      await reading;
    }
  };
  return { since, signInsOf };
}
