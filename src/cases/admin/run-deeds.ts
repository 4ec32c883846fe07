import { hash } from 'node:crypto';
import { endOfChain, eraseDetails, readHistory } from '../../store/case-history.js';
import { historyOperations, NO_HEAD, type Head } from '../../store/history.js';
import { AlreadyExists, ChangedMeanwhile, type Operation, type Store } from '../../store/store.js';
import { instant, type Instant, type PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import {
  DEEDS_CHAIN,
  DEEDS_HEAD,
  deedTold,
  privateOf,
  publicOf,
  type Deed,
  type LateEntry,
  type DeedsDoc,
  type DeedTold,
} from './deed.js';

export type DeedDoors = Pick<Doors, 'store' | 'clock' | 'random' | 'log'>;

/** Far more than there are admins who do something at the same moment: a chain that always changes cannot be written. */
const MOST_TRIES = 100;

/**
 * Writes down what an admin is about to do, whoever else does something at the same moment.
 * @param late of one that is done whether it is written down or not
 * @throws StoreUnavailable, ChangedMeanwhile
 */
export async function recordDeed(
  doors: DeedDoors,
  deed: Deed,
  by: PersonRef,
  late?: LateEntry,
): Promise<void> {
  const at = instant(doors.clock.now());
  let end: Head | undefined;
  for (let tries = 1; ; tries += 1) {
    const stored = await doors.store.read<DeedsDoc>('cases', DEEDS_CHAIN, DEEDS_HEAD);
    const before = { ...(stored?.doc ?? freshHead(doors.random.salt())), ...end };
    const { operations, seq, head } = historyOperations(
      { caseId: DEEDS_CHAIN, seq: before.seq, head: before.head, subjectKey: 'tenant' },
      {
        type: deed.type,
        at,
        actorKey: hash('sha256', `${before.actorSalt}:${by.id}`, 'hex').slice(0, 32),
        public: { ...publicOf(deed), ...late },
        private: privateOf(deed, by),
      },
      doors.random.salt(),
    );
    const doc: DeedsDoc = { ...before, seq, head };
    const first: Operation =
      stored === undefined ? { kind: 'create', doc } : { kind: 'replace', doc, etag: stored.etag };
    try {
      await doors.store.batch('cases', DEEDS_CHAIN, [first, ...operations]);
      // The head goes to the log too, as with a case: outside the store, it proves that the chain was not cut.
      doors.log.info('An admin did something.', { caseId: DEEDS_CHAIN, event: deed.type, seq, head });
      return;
    } catch (error) {
      const isOthers = error instanceof AlreadyExists || error instanceof ChangedMeanwhile;
      if (!isOthers || tries === MOST_TRIES) throw error;
      end = error instanceof AlreadyExists ? await endOfChain(doors.store, DEEDS_CHAIN) : undefined;
    }
  }
}

/**
 * Enters a deed that could not be written down when it was done. Safe to repeat.
 * @throws StoreUnavailable, ChangedMeanwhile
 */
export async function enterDeed(doors: DeedDoors, deed: Deed, by: PersonRef, late: LateEntry): Promise<void> {
  const { events } = await readHistory(doors.store, DEEDS_CHAIN);
  const isEntered = events.some((event) => (event.public as Facts)['commandId'] === late.commandId);
  if (!isEntered) await recordDeed(doors, deed, by, late);
}

function freshHead(actorSalt: string): DeedsDoc {
  return { id: DEEDS_HEAD, kind: 'settings', caseId: DEEDS_CHAIN, seq: 0, head: NO_HEAD, actorSalt };
}

/** What admins did, oldest first; one that was entered later stands where it was done. */
export async function readDeeds(store: Store): Promise<readonly DeedTold[]> {
  const { events, sides } = await readHistory(store, DEEDS_CHAIN);
  const details = new Map(sides.map((side) => [side.seq, side.details]));
  const deeds = events.map((event) =>
    deedTold(event, event.public as Facts, details.get(event.seq) as Facts | undefined),
  );
  return deeds.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}

type Facts = Readonly<Record<string, unknown>>;

/** Names and reasons of deeds that long ago go; what was done, and when, stays provable. */
export async function eraseDeeds(store: Store, before: Instant): Promise<number> {
  const { events } = await readHistory(store, DEEDS_CHAIN);
  const old = new Set(events.filter(({ at }) => at <= before).map(({ seq }) => seq));
  return old.size === 0 ? 0 : eraseDetails(store, DEEDS_CHAIN, (seq) => old.has(seq));
}
