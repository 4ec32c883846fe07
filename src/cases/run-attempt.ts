import { AuditInterrupted } from '../audit/interrupted.js';
import { GraphFailure } from '../graph/graph-failure.js';
import { ChangedMeanwhile, StoreUnavailable, type Stored } from '../store/store.js';
import { nameOf, placeOf } from '../telemetry/error-words.js';
import type { LogFields } from '../telemetry/log.js';
import type { Outbox } from './asking/outbox.js';
import { instant, type Case } from './case.js';
import type { Command } from './command.js';
import type { Doors } from './doors.js';
import { isSealed } from './hr/sealed.js';

export type DueRow = Case | Command | Outbox;

/** A row that fails for reasons nobody foresaw rests this long, so that it cannot stop the others. */
const REST_MS = 60_000;

/**
 * Works on one claimed row; whatever goes wrong with it is its own affair.
 * @throws StoreUnavailable
 */
export async function attempt(doors: Doors, stored: Stored<DueRow>, act: () => Promise<void>): Promise<void> {
  const { id } = stored.doc;
  try {
    await act();
  } catch (error) {
    if (error instanceof ChangedMeanwhile)
      return doors.log.debug('A row was taken over by somebody else.', isSealedRow(stored.doc) ? {} : { id });
    if (error instanceof StoreUnavailable) throw error;
    if (error instanceof AuditInterrupted) {
      doors.log.info('The audit was broken off; the next service takes it up.', { id });
      return rest(doors, stored);
    }
    doors.log.error('A row could not be worked on; it rests.', whatFailed(stored.doc, error));
    await rest(doors, stored, error);
  }
}

function isSealedRow(row: DueRow): boolean {
  return row.kind === 'case' && isSealed(row);
}

/** Of a sealed case nothing may stand in the log but that something went wrong. */
function whatFailed(row: DueRow, error: unknown): LogFields {
  if (isSealedRow(row))
    return { error: error instanceof Error ? error.name : 'unknown', where: placeOf(error) };
  return { id: row.id, error: nameOf(error), where: placeOf(error) };
}

/**
 * Sets a row aside for a while, unless somebody else has it.
 * @param error absent: nothing failed
 */
async function rest(doors: Doors, stored: Stored<DueRow>, error?: unknown): Promise<void> {
  const container = stored.doc.kind === 'case' ? 'cases' : 'commands';
  const current = await doors.store.read<DueRow>(container, stored.doc.id, stored.doc.id);
  if (current === undefined || current.doc.lease?.owner !== stored.doc.lease?.owner) return;
  const dueAt = instant(new Date(doors.clock.now().getTime() + REST_MS));
  const doc = { ...withUnanswered(current.doc, error), dueAt, lease: undefined };
  await doors.store.replace(container, doc, current.etag).catch((error: unknown) => {
    if (!(error instanceof ChangedMeanwhile)) throw error;
  });
}

/** A command counts how often Graph did not answer it, and is given up by that. */
function withUnanswered(row: DueRow, error: unknown): DueRow {
  if (row.kind !== 'command' || !(error instanceof GraphFailure)) return row;
  return { ...row, unanswered: (row.unanswered ?? 0) + 1 };
}
