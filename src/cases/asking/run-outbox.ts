import { isInHand } from '../../store/lease.js';
import { AlreadyExists, ChangedMeanwhile, type Stored } from '../../store/store.js';
import { instant, type Case, type CaseId, type Instant, type PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import { holds, newOutbox, outboxId, withCase, type Outbox } from './outbox.js';
import { putOff } from '../run-move.js';

/**
 * Puts a case's question or reminder with what else goes to the person. The case stays due: should the outbox lose it,
 * it comes back by itself.
 */
export async function join(doors: Doors, stored: Stored<Case>, to: PersonRef): Promise<void> {
  const outbox = await add(doors, stored.doc.caseId, to);
  const now = doors.clock.now();
  await putOff(doors, stored, outbox === 'busy' ? inMs(now, doors.pace.retry) : wellAfter(doors, outbox));
}

async function add(doors: Doors, caseId: CaseId, to: PersonRef): Promise<Outbox | 'busy'> {
  for (;;) {
    const stored = await doors.store.read<Outbox>('commands', outboxId(to.id), outboxId(to.id));
    const now = doors.clock.now();
    const outbox = stored?.doc ?? newOutbox(to);
    if (holds(outbox, caseId)) return outbox;
    // Whoever is sending writes the row under its etag, and must not be disturbed.
    if (isInHand(outbox, instant(now))) return 'busy';
    const next = withCase(outbox, caseId, now, doors.pace.gather);
    try {
      if (stored === undefined) await doors.store.create('commands', next);
      else await doors.store.replace('commands', next, stored.etag);
      return next;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
}

/** When it should have been sent long ago. */
function wellAfter(doors: Doors, { dueAt }: Outbox): Instant {
  const now = doors.clock.now();
  const sent = dueAt === undefined ? now : new Date(Math.max(now.getTime(), Date.parse(dueAt)));
  return inMs(sent, doors.leaseMs + doors.pace.retry);
}

function inMs(from: Date, ms: number): Instant {
  return instant(new Date(from.getTime() + ms));
}
