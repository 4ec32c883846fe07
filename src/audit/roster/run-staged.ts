import { instant, type Instant } from '../../cases/case.js';
import { ChangedMeanwhile, type Doc, type Store, type Stored } from '../../store/store.js';
import type { UserId } from '../person.js';
import {
  isAbandoned,
  pointTo,
  previousOf,
  removePieces,
  rosterHead,
  writePieces,
  type KeptRoster,
  type NewRoster,
  type RosterDoc,
} from './run-store.js';

/** A roster that somebody looks at before it holds. Container `meta`; its pieces lie where those of a kept one do. */
export interface StagedRoster extends Doc {
  readonly kind: 'rosterStaged';
  readonly roster: KeptRoster;
  readonly by: UserId;
  readonly startedAt: Instant;
  /** What it was compared with; undefined: nothing. */
  readonly over: string | undefined;
  /** A click has taken it to make it hold; no other one can. */
  readonly isTaken?: true;
}

/** So long somebody may think about it. */
const STAGED_MS = 3_600_000;
/** So long the one before can be put back. */
export const TAKE_BACK_MS = 7 * 86_400_000;

const POINTER = 'roster';

/** Writes a roster so that one click makes it hold. Nothing holds yet, and without the click it is forgotten. */
export async function stageRoster(
  store: Store,
  roster: NewRoster,
  facts: {
    readonly importId: string;
    readonly now: Date;
    readonly by: UserId;
    readonly over: string | undefined;
  },
): Promise<void> {
  const { importId, now, by, over } = facts;
  await store.create<StagedRoster>('meta', {
    id: stagedId(importId),
    kind: 'rosterStaged',
    roster: await writePieces(store, roster, { importId, now }),
    by,
    startedAt: instant(now),
    over,
  });
}

/** What somebody staged and may still keep. */
export async function stagedBy(
  store: Store,
  importId: string,
  { by, now }: { readonly by: UserId; readonly now: Date },
): Promise<Stored<StagedRoster> | undefined> {
  const id = stagedId(importId);
  const staged = await store.read<StagedRoster>('meta', id, id);
  if (staged === undefined || staged.doc.by !== by || staged.doc.isTaken) return undefined;
  const age = now.getTime() - Date.parse(staged.doc.startedAt);
  return age >= 0 && age <= STAGED_MS ? staged : undefined;
}

/**
 * From now on a staged roster holds, if still the same one holds as when it was looked at. It is taken first, so that it
 * holds once whoever clicks meanwhile; a crash in between leaves the one before.
 * @param writeDown called when nobody else can keep it any more, before it holds
 * @throws ChangedMeanwhile when another one holds by now, or somebody else keeps it at this moment
 */
export async function keepStaged(
  store: Store,
  { doc, etag }: Stored<StagedRoster>,
  now: Date,
  writeDown: () => Promise<void> = async () => {},
): Promise<RosterDoc> {
  const before = await store.read<RosterDoc>('meta', POINTER, POINTER);
  if (before?.doc.runId !== doc.over)
    throw new ChangedMeanwhile('Another user source was imported since this one was looked at.');
  // To remove what is gone is no error, so it has to be replaced first.
  await store.replace<StagedRoster>('meta', { ...doc, isTaken: true }, etag);
  await writeDown();
  const older = before && previousOf(before.doc);
  const pointer: RosterDoc = {
    ...doc.roster,
    importedAt: instant(now),
    previous: before === undefined ? 'none' : alone(before.doc),
  };
  await pointTo(store, pointer, before?.etag);
  await store.remove('meta', doc.id, doc.id);
  if (older !== undefined) await removePieces(store, ({ runId }) => runId === older.runId);
  return pointer;
}

export type TakenBack =
  /** `holds`: what holds again; undefined: nothing does, as before. */
  | { readonly kind: 'takenBack'; readonly holds: KeptRoster | undefined }
  /** `tooLate`: what stood there before is gone. */
  | { readonly kind: 'changedMeanwhile' | 'tooLate' };

/** Whether a roster can be taken back, and what would hold then. */
export async function canBeTakenBack(store: Store, runId: string, now: Date): Promise<TakenBack> {
  return takenBack(await rosterHead(store), runId, now);
}

function takenBack(head: RosterDoc | undefined, runId: string, now: Date): TakenBack {
  if (head?.runId !== runId) return { kind: 'changedMeanwhile' };
  const age = now.getTime() - Date.parse(head.importedAt);
  const isThere = head.previous !== undefined && age >= 0 && age <= TAKE_BACK_MS;
  return isThere ? { kind: 'takenBack', holds: previousOf(head) } : { kind: 'tooLate' };
}

/** Puts back what stood there before a roster was kept. Safe to repeat. @throws ChangedMeanwhile */
export async function takeRosterBack(store: Store, runId: string, now: Date): Promise<TakenBack> {
  const head = await store.read<RosterDoc>('meta', POINTER, POINTER);
  const can = takenBack(head?.doc, runId, now);
  if (can.kind !== 'takenBack' || head === undefined) return can;
  if (can.holds === undefined) await store.remove('meta', POINTER, POINTER, head.etag);
  else await pointTo(store, can.holds, head.etag);
  await removePieces(store, (piece) => piece.runId === runId);
  return can;
}

/** What nobody kept goes, and so does what can no longer be put back. Safe to repeat. */
export async function eraseStaged(store: Store, now: Date): Promise<void> {
  const old: Stored<StagedRoster>[] = [];
  const where = [{ field: 'kind', is: '=', value: 'rosterStaged' }] as const;
  for await (const stored of store.query<StagedRoster>({ container: 'meta', where }))
    if (isAbandoned(stored.doc, now)) old.push(stored);
  for (const { doc } of old) await store.remove('meta', doc.id, doc.id);
  const head = await store.read<RosterDoc>('meta', POINTER, POINTER);
  const isOver = now.getTime() - Date.parse(head?.doc.importedAt ?? '') > TAKE_BACK_MS;
  if (head?.doc.previous !== undefined && isOver) {
    try {
      await pointTo(store, alone(head.doc), head.etag);
    } catch (error) {
      // Somebody imports at this moment: another day.
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
  const holds = await rosterHead(store);
  const kept = new Set([holds?.runId, holds && previousOf(holds)?.runId]);
  await removePieces(store, (piece) => !kept.has(piece.runId) && isAbandoned(piece, now));
}

function alone({ previous: _previous, ...roster }: RosterDoc): KeptRoster {
  return roster;
}

function stagedId(importId: string): string {
  return `roster-staged-${importId}`;
}
