import { instant, type Instant } from '../../cases/case.js';
import { newCommand, type Command, type CommandOrder } from '../../cases/command.js';
import { changeDocument } from '../../store/change-document.js';
import { CONCEALED_ALREADY, putBackNames, type ConcealDoors } from './run-back.js';
import { HOLD_MS, standOf } from './record.js';
import { readNames } from './run-record.js';

export type RowOutcome =
  | { readonly is: 'done'; readonly says: string }
  /** Due again then. `anew`: it was no failure, so that the next one is the first. */
  | {
      readonly is: 'later';
      readonly dueAt: Instant;
      readonly anew: boolean;
      readonly what?: CommandOrder;
    };

const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Writes the due row that conceals names when the one who showed them is gone. Before the note, which names it: a row
 * without a note does nothing, and a note without a row would rest on the next start.
 */
export async function writeRow(doors: ConcealDoors): Promise<string> {
  const row = newRow(doors, `conceal-names-${doors.random.id()}`);
  await doors.store.create('commands', row);
  return row.id;
}

/**
 * Writes the row anew once the note names it. An instance whose clock is ahead may have found it due without a note,
 * and have ended it or be about to: under the row's etag it can do so no more.
 */
export async function renewRow(doors: ConcealDoors, id: string): Promise<void> {
  await changeDocument(doors.store, 'commands', id, () => newRow(doors, id));
}

function newRow({ clock }: ConcealDoors, id: string): Command {
  const now = clock.now();
  const dueAt = instant(new Date(now.getTime() + HOLD_MS));
  return newCommand(id, { order: 'concealNames' }, 'audit', instant(now), dueAt);
}

/**
 * Carries the row out, as often as it takes: it is done only when names are concealed. Whoever reads writes the note
 * anew every minute, so that only a note that nobody wrote between two looks is nobody's any more: the clock alone
 * does not say so, since that of this process may be far ahead.
 */
export async function concealDue(doors: ConcealDoors, command: Command): Promise<RowOutcome> {
  const stored = await readNames(doors.store);
  if (stored?.doc.row !== command.id || stored.doc.state === 'concealed')
    return { is: 'done', says: CONCEALED_ALREADY };
  const now = doors.clock.now();
  const stand = standOf(stored.doc, instant(now));
  if (stand.is === 'abandoned' && stand.by === 'clock' && !wasSeen(command, stored.etag)) {
    const dueAt = instant(new Date(now.getTime() + HOLD_MS));
    return { is: 'later', dueAt, anew: true, what: { order: 'concealNames', seen: stored.etag } };
  }
  const outcome = await putBackNames(doors);
  switch (outcome.is) {
    case 'nothing':
    case 'foundConcealed':
      return { is: 'done', says: CONCEALED_ALREADY };
    case 'concealed':
      return { is: 'done', says: `${CONCEALED_ALREADY} They were shown for at most ${outcome.minutes} min.` };
    case 'held':
      return { is: 'later', dueAt: outcome.until, anew: true };
    case 'notYet':
      return { is: 'later', dueAt: pauseAfter(doors, command.attempts), anew: false };
    default:
      return outcome satisfies never;
  }
}

function wasSeen({ what }: Command, etag: string): boolean {
  return what.order === 'concealNames' && what.seen === etag;
}

function pauseAfter({ clock }: ConcealDoors, attempts: number): Instant {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 16), LONGEST_PAUSE_MS);
  return instant(new Date(clock.now().getTime() + pause));
}
