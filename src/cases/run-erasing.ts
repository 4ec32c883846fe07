import { eraseRuns } from '../audit/run-erasing.js';
import { eraseDetails } from '../store/case-history.js';
import { ChangedMeanwhile, type Stored } from '../store/store.js';
import { instant, TERMINAL, type Case, type Instant } from './case.js';
import type { Command } from './command.js';
import type { Doors } from './doors.js';
import { erased, erasedBefore, isToErase, type OverCase } from './erasing.js';
import { pointerId, type PersonPointer } from './person-pointer.js';

type ErasingDoors = Pick<Doors, 'store' | 'policy' | 'clock' | 'log'>;

/**
 * Carries out `privacy.retainDays`: names, ids and texts of people go from cases that ended that long ago, from the
 * findings of audits, and with the orders that were carried out. Safe to repeat after a crash at any point.
 */
export async function eraseOld(doors: ErasingDoors): Promise<void> {
  const now = instant(doors.clock.now());
  const before = erasedBefore(doors.policy, now);
  const cases = await eraseCases(doors, now);
  const runs = await eraseRuns(doors.store, before);
  const commands = await removeOrders(doors, before);
  if (cases + runs + commands > 0)
    doors.log.info('Personal data past privacy.retainDays were erased.', { cases, runs, commands });
}

async function eraseCases(doors: ErasingDoors, now: Instant): Promise<number> {
  const over: Stored<OverCase>[] = [];
  for (const state of TERMINAL) {
    const where = [
      { field: 'kind', is: '=', value: 'case' },
      { field: 'state', is: '=', value: state },
    ] as const;
    for await (const { doc, etag } of doors.store.query<Case>({ container: 'cases', where }))
      if (isToErase(doc, doors.policy, now)) over.push({ doc, etag });
  }
  let count = 0;
  for (const stored of over) if (await eraseCase(doors, stored, now)) count += 1;
  return count;
}

/** The case goes last: a crash before leaves it to be found again. */
async function eraseCase(
  { store }: ErasingDoors,
  { doc, etag }: Stored<OverCase>,
  now: Instant,
): Promise<boolean> {
  try {
    await eraseDetails(store, doc.caseId);
    const pointer = await store.read<PersonPointer>('meta', pointerId(doc.userId), pointerId(doc.userId));
    // In this version only: somebody may open the person's next case at this moment.
    if (pointer?.doc.caseId === doc.caseId)
      await store.remove('meta', pointer.doc.id, pointer.doc.id, pointer.etag);
    await store.replace<Case>('cases', erased(doc, now), etag);
    return true;
  } catch (error) {
    if (!(error instanceof ChangedMeanwhile)) throw error;
    return false;
  }
}

/** They say who asked for what; what became of it stands in the history. */
async function removeOrders({ store }: ErasingDoors, before: Instant): Promise<number> {
  const old: Stored<Command>[] = [];
  const where = [{ field: 'kind', is: '=', value: 'command' }] as const;
  for await (const stored of store.query<Command>({ container: 'commands', where })) {
    const { outcome } = stored.doc;
    if (outcome.is !== 'waiting' && outcome.at <= before) old.push(stored);
  }
  for (const { doc, etag } of old)
    await store.remove('commands', doc.id, doc.id, etag).catch((error: unknown) => {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    });
  return old.length;
}
