import { instant, type Instant } from '../../cases/case.js';
import { AlreadyExists, ChangedMeanwhile, StoreDamaged, type Doc, type Store } from '../../store/store.js';
import { dayOf, daysBetween, isoDay, parseDay, type Day } from '../day.js';
import type { UserId } from '../person.js';
import { packRoster, unpackRoster, type PackedEntry } from './pack.js';
import type { Roster, RosterCounts, RosterEntry } from './roster.js';

/** Names the newest roster. Container `meta`; written after the pieces: what it names is complete. */
export interface RosterDoc extends Doc {
  readonly id: 'roster';
  readonly kind: 'roster';
  /** Partition of its pieces in container `runs`. */
  readonly runId: string;
  /** `YYYY-MM-DD`: of what day the file is. */
  readonly asOf: string;
  /** Name of the file. */
  readonly origin: string;
  readonly sha256: string;
  readonly importedAt: Instant;
  readonly counts: RosterCounts;
  readonly pieces: { readonly active: number; readonly others: number };
  /**
   * What stood here before, whose pieces are still there, so that it can be put back. `none`: nothing did; absent: what
   * did is gone.
   */
  readonly previous?: KeptRoster | 'none';
}

/** A roster whose pieces lie in the store. */
export type KeptRoster = Omit<RosterDoc, 'previous'>;

type PieceDoc = Doc & {
  readonly kind: 'rosterPiece';
  readonly runId: string;
  readonly startedAt: Instant;
} & (
    | { readonly holds: 'active'; readonly ids: string }
    | { readonly holds: 'others'; readonly entries: readonly PackedEntry[] }
  );

/** What is kept of one import. */
export interface NewRoster {
  readonly asOf: Day;
  readonly origin: string;
  readonly sha256: string;
  readonly counts: RosterCounts;
  readonly people: ReadonlyMap<UserId, RosterEntry>;
}

/** Pieces of an import that was broken off; no import takes so long. */
const ABANDONED_MS = 86_400_000;
const POINTER = 'roster';
const READS = 3;

/** What is known of the newest roster without reading all of it. */
export async function rosterHead(store: Store): Promise<RosterDoc | undefined> {
  return (await store.read<RosterDoc>('meta', POINTER, POINTER))?.doc;
}

/**
 * Puts a roster in the place of the one before. A crash at any moment leaves the old one or the new one in full; what it
 * leaves behind beside that is removed by a later import.
 * @param importId new for every import; ASCII without `/ \ ? #`
 * @throws ChangedMeanwhile when another import ended meanwhile: that one holds
 */
export async function storeRoster(
  store: Store,
  roster: NewRoster,
  { importId, now }: { readonly importId: string; readonly now: Date },
): Promise<RosterDoc> {
  const before = await store.read<RosterDoc>('meta', POINTER, POINTER);
  const pointer = await writePieces(store, roster, { importId, now });
  try {
    await pointTo(store, pointer, before?.etag);
  } catch (error) {
    if (error instanceof ChangedMeanwhile) await removePieces(store, ({ runId }) => runId === pointer.runId);
    throw error;
  }
  const gone = new Set([before?.doc.runId, before && previousOf(before.doc)?.runId]);
  await removePieces(
    store,
    (piece) => gone.has(piece.runId) || (piece.runId !== pointer.runId && isAbandoned(piece, now)),
  );
  return pointer;
}

/** What can be put back in the place of a roster; undefined: nothing. */
export function previousOf({ previous }: RosterDoc): KeptRoster | undefined {
  return previous === 'none' ? undefined : previous;
}

/** Writes everything but the pointer, so that nothing holds yet. */
export async function writePieces(
  store: Store,
  roster: NewRoster,
  { importId, now }: { readonly importId: string; readonly now: Date },
): Promise<KeptRoster> {
  const runId = `roster-${importId}`;
  const { active, others } = packRoster(roster.people);
  const facts = { kind: 'rosterPiece', runId, startedAt: instant(now) } as const;
  for (const [n, ids] of active.entries())
    await store.create<PieceDoc>('runs', { ...facts, id: `active-${n}`, holds: 'active', ids });
  for (const [n, entries] of others.entries())
    await store.create<PieceDoc>('runs', { ...facts, id: `others-${n}`, holds: 'others', entries });
  return {
    id: POINTER,
    kind: 'roster',
    runId,
    asOf: isoDay(roster.asOf),
    origin: roster.origin,
    sha256: roster.sha256,
    importedAt: instant(now),
    counts: roster.counts,
    pieces: { active: active.length, others: others.length },
  };
}

/** Pieces of an import that never came to its end. */
export function isAbandoned({ startedAt }: { readonly startedAt: Instant }, now: Date): boolean {
  return Date.parse(startedAt) < now.getTime() - ABANDONED_MS;
}

/**
 * The newest roster; undefined when none was imported, or when it is of a day that is still to come.
 * @throws StoreDamaged when a part of it is missing: a partial read is a failed read
 */
export function readRoster(store: Store, now: Date): Promise<Roster | undefined> {
  return openRosterSource(store)(now);
}

/** The newest roster at some moment, as `readRoster` gives it. */
export type RosterSource = (now: Date) => Promise<Roster | undefined>;

/** For many who ask: which roster is the newest is looked up each time, its pieces, which never change, are read once. */
export function openRosterSource(store: Store): RosterSource {
  let known: { readonly runId: string; readonly whole: Promise<Roster | undefined> } | undefined;
  return async (now) => {
    for (let reads = 0; reads < READS; reads += 1) {
      const head = await rosterHead(store);
      const asOf = head && parseDay(head.asOf);
      if (head === undefined || asOf === undefined || asOf > dayOf(now)) return undefined;
      if (known?.runId !== head.runId) known = { runId: head.runId, whole: readWhole(store, head, asOf) };
      const mine = known;
      try {
        const roster = await mine.whole;
        if (roster !== undefined) return roster;
      } catch (error) {
        if (known === mine) known = undefined;
        throw error;
      }
      // Its pieces go away when another roster takes its place while it is read.
      if (known === mine) known = undefined;
    }
    throw new StoreDamaged('A part of the imported user source is missing: import it again.');
  };
}

async function readWhole(store: Store, head: RosterDoc, asOf: Day): Promise<Roster | undefined> {
  const entryOf = await entriesOf(store, head);
  return entryOf && rosterOf(head, asOf, entryOf);
}

/**
 * From now on this roster holds.
 * @param etag of the one before; undefined: there was none
 * @throws ChangedMeanwhile
 */
export async function pointTo(store: Store, pointer: RosterDoc, etag: string | undefined): Promise<void> {
  try {
    if (etag === undefined) await store.create('meta', pointer);
    else await store.replace('meta', pointer, etag);
  } catch (error) {
    if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    throw new ChangedMeanwhile('Another import of a user source ended meanwhile.', { cause: error });
  }
}

export async function removePieces(
  store: Store,
  isOld: (piece: { readonly runId: string; readonly startedAt: Instant }) => boolean,
): Promise<void> {
  const old: PieceDoc[] = [];
  const where = [{ field: 'kind', is: '=', value: 'rosterPiece' }] as const;
  for await (const { doc } of store.query<PieceDoc>({ container: 'runs', where })) {
    if (isOld(doc)) old.push(doc);
  }
  for (const { runId, id } of old) await store.remove('runs', runId, id);
}

async function entriesOf(
  store: Store,
  { runId, pieces, counts }: RosterDoc,
): Promise<((userId: UserId) => RosterEntry | undefined) | undefined> {
  const active: string[] = [];
  const others: (readonly PackedEntry[])[] = [];
  for (let n = 0; n < pieces.active; n += 1) {
    const piece = await store.read<PieceDoc>('runs', runId, `active-${n}`);
    if (piece?.doc.holds === 'active') active.push(piece.doc.ids);
  }
  for (let n = 0; n < pieces.others; n += 1) {
    const piece = await store.read<PieceDoc>('runs', runId, `others-${n}`);
    if (piece?.doc.holds === 'others') others.push(piece.doc.entries);
  }
  const unpacked = unpackRoster({ active, others });
  return unpacked.size === counts.people ? unpacked.entryOf : undefined;
}

function rosterOf(
  { origin, counts }: RosterDoc,
  asOf: Day,
  entryOf: (userId: UserId) => RosterEntry | undefined,
): Roster {
  return {
    asOf,
    origin,
    counts,
    factOf(userId) {
      const entry = entryOf(userId);
      return entry && { ...entry, asOf, origin };
    },
    isFresh: (today, maxAgeDays) => asOf <= today && daysBetween(asOf, today) <= maxAgeDays,
  };
}
