import { instant, type Instant } from '../../cases/case.js';
import { newCommand, type Command } from '../../cases/command.js';
import { CONCEALED_ALREADY, putBackNames, type ConcealDoors } from './run-back.js';
import { HOLD_MS } from './record.js';
import { readNames } from './run-record.js';

export type RowOutcome =
  | { readonly is: 'done'; readonly says: string }
  /** Due again then. `anew`: it was no failure, so that the next one is the first. */
  | { readonly is: 'later'; readonly dueAt: Instant; readonly anew: boolean };

const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Writes the due row that conceals names when the one who showed them is gone. Before the note, which names it: a row
 * without a note does nothing, and a note without a row would rest on the next start.
 */
export async function writeRow(doors: ConcealDoors): Promise<string> {
  const now = doors.clock.now();
  const id = `conceal-names-${doors.random.id()}`;
  const dueAt = instant(new Date(now.getTime() + HOLD_MS));
  await doors.store.create(
    'commands',
    newCommand(id, { order: 'concealNames' }, 'audit', instant(now), dueAt),
  );
  return id;
}

/** Carries the row out, as often as it takes: it is done only when names are concealed. */
export async function concealDue(doors: ConcealDoors, command: Command): Promise<RowOutcome> {
  const stored = await readNames(doors.store);
  if (stored?.doc.row !== command.id || stored.doc.state === 'concealed')
    return { is: 'done', says: CONCEALED_ALREADY };
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

function pauseAfter({ clock }: ConcealDoors, attempts: number): Instant {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 16), LONGEST_PAUSE_MS);
  return instant(new Date(clock.now().getTime() + pause));
}
