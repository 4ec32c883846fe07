import { isInHand } from '../../store/lease.js';
import type { UserId } from '../../audit/person.js';
import { AlreadyExists, ChangedMeanwhile, type Doc } from '../../store/store.js';
import { instant, type Instant } from '../case.js';
import { newCommand, type Command } from '../command.js';
import type { Doors } from '../doors.js';
import { addCommand } from '../run-add-command.js';
import type { AuditOrdered, NotAllowed } from './admin-desk.js';
import { joinAudience } from './run-audience.js';
import { recordDeed } from './run-deeds.js';
import { asAdmin, nameOrId } from './run-rights.js';

/** The audit that was last asked for in chat: of two who ask at once, both name the same one. */
interface AskedAudit extends Doc {
  readonly kind: 'askedAudit';
  readonly commandId: string;
  readonly askedAt: Instant;
}

const ASKED = 'audit-asked';
/** An order that was named longer ago and is not there was carried out and erased: its name must not come again. */
const STILL_WRITTEN_MS = 10 * 60_000;

/**
 * Orders an audit as a due row that any running service carries out; while one is under way, whoever asks is told of that
 * one. Safe to repeat after a crash at any point: an order that was named and never written is written by the next.
 */
export function orderAuditFor(doors: Doors, by: UserId): Promise<AuditOrdered | NotAllowed> {
  return asAdmin(doors, by, async () => {
    const now = instant(doors.clock.now());
    const running = await underWay(doors, now);
    if (running !== undefined) {
      const joined = await joinAudience(doors.store, running, by, now);
      return { kind: 'ordered', is: joined ? 'joined' : 'ending' };
    }
    const commandId = await nameAudit(doors, now);
    const joined = await joinAudience(doors.store, commandId, by, now);
    if (!joined) return { kind: 'ordered', is: 'ending' };
    await recordDeed(doors, { type: 'auditAsked', commandId }, await nameOrId(doors, by));
    await addCommand(doors, newCommand(commandId, { order: 'audit' }, by, now, now));
    return { kind: 'ordered', is: 'begun' };
  });
}

/** An audit that is due or is being carried out, whoever asked for it; the next one of the schedule is neither. */
async function underWay({ store }: Doors, now: Instant): Promise<string | undefined> {
  const where = [
    { field: 'kind', is: '=', value: 'command' },
    { field: 'state', is: '=', value: 'waiting' },
  ] as const;
  for await (const { doc } of store.query<Command>({ container: 'commands', where })) {
    const isDue = doc.dueAt !== undefined && doc.dueAt <= now;
    if (doc.what.order === 'audit' && (isDue || isInHand(doc, now))) return doc.id;
  }
  return undefined;
}

/** The id of the next audit, written down first. One whose order was never written gives its id again. */
async function nameAudit({ store, random }: Doors, now: Instant): Promise<string> {
  for (;;) {
    const stored = await store.read<AskedAudit>('meta', ASKED, ASKED);
    if (stored !== undefined) {
      const { commandId, askedAt } = stored.doc;
      const order = await store.read<Command>('commands', commandId, commandId);
      const age = Date.parse(now) - Date.parse(askedAt);
      const isFresh = age >= 0 && age < STILL_WRITTEN_MS;
      if (order === undefined ? isFresh : order.doc.state === 'waiting') return commandId;
    }
    const doc: AskedAudit = {
      id: ASKED,
      kind: 'askedAudit',
      commandId: `audit-${random.id()}`,
      askedAt: now,
    };
    try {
      if (stored === undefined) await store.create('meta', doc);
      else await store.replace('meta', doc, stored.etag);
      return doc.commandId;
    } catch (error) {
      if (!(error instanceof AlreadyExists || error instanceof ChangedMeanwhile)) throw error;
    }
  }
}
