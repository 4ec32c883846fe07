import { ChangedMeanwhile, type Stored } from '../../store/store.js';
import { instant, type Instant } from '../case.js';
import type { Doors } from '../doors.js';
import type { Outbox } from './outbox.js';

/**
 * Writes an outbox that we hold, and leaves the whole of the lease for what comes next. What was written while we held
 * it (by somebody whose clock is ahead) stays.
 * @throws ChangedMeanwhile when somebody else holds it now
 */
export async function changeHeld(
  doors: Doors,
  held: Stored<Outbox>,
  change: (outbox: Outbox) => Outbox,
): Promise<Stored<Outbox>> {
  const owner = held.doc.lease?.owner;
  const until = (): Instant => instant(new Date(doors.clock.now().getTime() + doors.leaseMs));
  return write(doors, held, (outbox) => {
    const next = change(outbox);
    return owner === undefined ? next : { ...next, lease: { owner, until: until() } };
  });
}

/** Nothing is on its way any more. Gives the row back: due at once while something waits, else when a case comes. */
export async function giveBack(doors: Doors, held: Stored<Outbox>): Promise<void> {
  await write(doors, held, (outbox) => ({
    ...outbox,
    outgoing: undefined,
    dueAt: outbox.waiting.length > 0 ? instant(doors.clock.now()) : undefined,
    lease: undefined,
    attempts: 0,
  }));
}

/** Gives the row back to be looked at again later; tries go on being counted. */
export async function setAside(doors: Doors, held: Stored<Outbox>, dueAt: Instant): Promise<void> {
  await write(doors, held, (outbox) => ({ ...outbox, dueAt, lease: undefined }));
}

async function write(
  doors: Doors,
  held: Stored<Outbox>,
  change: (outbox: Outbox) => Outbox,
): Promise<Stored<Outbox>> {
  const { id, lease } = held.doc;
  for (let current: Stored<Outbox> | undefined = held; ;) {
    if (current === undefined || current.doc.lease?.owner !== lease?.owner)
      throw new ChangedMeanwhile('somebody else has the outbox now');
    try {
      return await doors.store.replace('commands', change(current.doc), current.etag);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      current = await doors.store.read<Outbox>('commands', id, id);
    }
  }
}
