import type { Instant } from '../../cases/case.js';
import type { Random } from '../../cases/doors.js';
import { endOfChain } from '../../store/case-history.js';
import { historyOperations, NO_HEAD, SETTINGS_CHAIN, SYSTEM_ACTOR } from '../../store/history.js';
import {
  AlreadyExists,
  ChangedMeanwhile,
  type Operation,
  type Store,
  type Stored,
} from '../../store/store.js';
import type { Log } from '../../telemetry/log.js';
import { NAMES_SHOWN, type NamesEvent, type NamesShown } from './record.js';

export interface RecordDoors {
  readonly store: Store;
  readonly clock: { now(): Date };
  readonly random: Pick<Random, 'id' | 'salt'>;
  readonly log: Log;
}

export async function readNames(store: Store): Promise<Stored<NamesShown> | undefined> {
  return store.read<NamesShown>('cases', SETTINGS_CHAIN, NAMES_SHOWN);
}

/** What a note begins with; the chain goes on where it stands. */
export function freshNames(
  before: NamesShown | undefined,
  begun: Pick<NamesShown, 'state' | 'startedAt' | 'confirmed' | 'holders' | 'row'>,
): NamesShown {
  return {
    id: NAMES_SHOWN,
    kind: 'settings',
    caseId: SETTINGS_CHAIN,
    seq: before?.seq ?? 0,
    head: before?.head ?? NO_HEAD,
    ...begun,
  };
}

/**
 * Writes the document together with what happened, under its etag; where its head was lost, or is that of an older backup,
 * the chain goes on where its entries end.
 * @param before undefined: there is none yet
 * @throws ChangedMeanwhile or AlreadyExists when somebody else wrote first
 */
export async function record(
  doors: RecordDoors,
  before: Stored<NamesShown> | undefined,
  next: NamesShown,
  event: NamesEvent,
  at: Instant,
): Promise<Stored<NamesShown>> {
  let from = next;
  for (;;) {
    const { doc, operations } = entryAfter(doors, from, event, at);
    const first: Operation =
      before === undefined ? { kind: 'create', doc } : { kind: 'replace', doc, etag: before.etag };
    try {
      const [etag] = await doors.store.batch('cases', SETTINGS_CHAIN, [first, ...operations]);
      tell(doors, doc, event);
      return { doc, etag: etag ?? '' };
    } catch (error) {
      if (!(error instanceof AlreadyExists)) throw error;
      const end = await endOfChain(doors.store, SETTINGS_CHAIN);
      if (end === undefined || end.seq <= from.seq) throw error;
      from = { ...next, ...end };
    }
  }
}

function entryAfter(
  doors: RecordDoors,
  from: NamesShown,
  { type, ...facts }: NamesEvent,
  at: Instant,
): { readonly doc: NamesShown; readonly operations: readonly Operation[] } {
  const { operations, seq, head } = historyOperations(
    { caseId: SETTINGS_CHAIN, seq: from.seq, head: from.head, subjectKey: 'tenant' },
    { type, at, actorKey: SYSTEM_ACTOR, public: { ...facts, state: from.state }, private: {} },
    doors.random.salt(),
  );
  return { doc: { ...from, seq, head }, operations };
}

/** The head goes to the log too, as with a case: outside the store, it proves that the chain was not cut. */
function tell({ log }: RecordDoors, { state, seq, head }: NamesShown, { type: event }: NamesEvent): void {
  log.info('The setting for names in reports.', { caseId: SETTINGS_CHAIN, event, state, seq, head });
}

/**
 * Changes the document until nobody else writes at the same moment. `next` decides anew each time; undefined: leave it.
 * @returns what stands now, or undefined when it was left
 */
export async function change(
  store: Store,
  next: (now: Stored<NamesShown> | undefined) => NamesShown | undefined,
): Promise<Stored<NamesShown> | undefined> {
  for (;;) {
    const stored = await readNames(store);
    const doc = next(stored);
    if (doc === undefined || stored === undefined) return undefined;
    try {
      return await store.replace('cases', doc, stored.etag);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    }
  }
}
