import { putBackNames } from '../audit/reveal/run-back.js';
import { latestRun } from '../audit/run-store.js';
import { ChangedMeanwhile } from '../store/store.js';
import { planTellingAdmins } from './admin/run-telling-admins.js';
import { goOnAfterObserving } from './campaign/run-going-on.js';
import { instant } from './case.js';
import { newCommand, type Command } from './command.js';
import { addCommand } from './run-add-command.js';
import type { CommandDoors } from './run-command.js';
import { planAudits } from './run-schedule.js';

/** The due row of the audit at the very first start. */
export const FIRST_AUDIT = 'audit-first';

/**
 * What a service sees to before it works: names that an ended process left shown, the first audit, and the rows that come
 * due again and again. All of it can be done by several instances, and once more.
 * @throws StoreUnavailable
 */
export async function beginWork(doors: CommandDoors): Promise<void> {
  await putBackNames(doors);
  await planFirstAudit(doors);
  await planAudits(doors);
  await planTellingAdmins(doors);
  await goOnAfterObserving(doors);
}

/** One row for all instances. One that failed is tried again with each start, until there is a run. */
async function planFirstAudit({ store, clock }: Pick<CommandDoors, 'store' | 'clock'>): Promise<void> {
  if ((await latestRun(store)) !== undefined) return;
  const now = instant(clock.now());
  const command = newCommand(FIRST_AUDIT, { order: 'audit' }, 'service', now, now);
  const earlier = await store.read<Command>('commands', FIRST_AUDIT, FIRST_AUDIT);
  if (earlier === undefined) return addCommand({ store }, command);
  if (earlier.doc.outcome.is === 'waiting') return;
  // The number of tries goes on, because it names the run.
  await store
    .replace('commands', { ...command, attempts: earlier.doc.attempts }, earlier.etag)
    .catch((error: unknown) => {
      if (!(error instanceof ChangedMeanwhile)) throw error;
    });
}
