import type { Stored } from '../store/store.js';
import { instant, type Case } from './case.js';
import type { Doors } from './doors.js';
import type { NoteType } from './note.js';
import { renewed, withHistory, type Actor, type PrivateDetails } from './run-move.js';

export interface Note<C extends Case> {
  readonly type: NoteType;
  readonly actor: Actor;
  /** Without names, ids of people and texts by people. */
  readonly facts?: PrivateDetails;
  readonly details?: PrivateDetails;
  /** `renew`: the worker goes on with the case; `keep`: whoever has the case in hand keeps it. */
  readonly lease: 'renew' | 'keep';
  /** What the case knows from now on. */
  readonly change?: (c: C) => C;
}

/**
 * Writes into the history of a case something that does not move it; nothing into one whose names were erased, where
 * nobody would erase whose note it is.
 * @throws ChangedMeanwhile when somebody else wrote the case first
 */
export async function note<C extends Case>(
  doors: Doors,
  stored: Stored<C>,
  { type, actor, facts = {}, details = {}, lease, change = (c) => c }: Note<C>,
): Promise<Stored<C>> {
  if (stored.doc.erasedAt !== undefined) return stored;
  const entry = { type, at: instant(doors.clock.now()), actor, facts, details };
  const written = withHistory(doors, change(stored.doc), entry);
  const doc: C = lease === 'renew' ? { ...written.case, lease: renewed(doors, written.case) } : written.case;
  const operations = [{ kind: 'replace', doc, etag: stored.etag } as const, ...written.operations];
  const [etag] = await doors.store.batch('cases', doc.caseId, operations);
  return { doc, etag: etag ?? '' };
}
