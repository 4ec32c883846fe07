import path from 'node:path';
import type { Bot } from './bot/open-bot.js';
import { instant } from './cases/case.js';
import { newCommand, type Command } from './cases/command.js';
import { addCommand } from './cases/run-add-command.js';
import type { CommandDoors } from './cases/run-command.js';
import { planTellingAdmins } from './cases/admin/run-telling-admins.js';
import { warnOfCautions } from './cases/hr/run-cautions.js';
import { goOnAfterObserving } from './cases/campaign/run-going-on.js';
import { planAudits } from './cases/run-schedule.js';
import { REAL, TRY_OUT } from './config/pace.js';
import { environmentNamed } from './config/environment-file.js';
import { systemClock } from './graph/clock.js';
import { explain } from './cli/exit.js';
import { putBackNames } from './audit/reveal/run-back.js';
import { latestRun } from './audit/run-store.js';
import { errorName } from './bot/background.js';
import { checkTasks, warnOfMissing } from './audit/tasks/run-tasks.js';
import { ChangedMeanwhile } from './store/store.js';
import { startWorker, type Worker } from './worker.js';
import { openDoors, readConfiguration, type Configuration, type DoorOptions } from './open-doors.js';
const ROOT = path.join(__dirname, '..');

/** The due row of the audit at the very first start. */
export const FIRST_AUDIT = 'audit-first';

export interface Service {
  readonly doors: CommandDoors;
  /** Port on which the bot listens. */
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts bot and worker; the first audit is due at once when there was none yet.
 * @throws WrongConfiguration, StoreUnavailable, StoreDamaged, or PortInUse
 */
export async function startService(
  configuration: Configuration,
  options: DoorOptions = {},
): Promise<Service> {
  const opened = await openDoors(configuration, options);
  const { doors, exchange, writer } = opened;
  let bot: Bot;
  try {
    bot = await opened.bot.open();
    await putBackNames(doors);
    await planFirstAudit(doors);
    await planAudits(doors);
    await planTellingAdmins(doors);
    await goOnAfterObserving(doors);
  } catch (error) {
    await opened.close();
    throw error;
  }
  const worker: Worker = startWorker(doors, {
    owner: doors.random.id(),
    pollMs: configuration.settings.loopbackGraph ? TRY_OUT.pollMs : REAL.pollMs,
    leaseMs: doors.leaseMs,
    sleep: (ms, signal) => systemClock.sleep(ms, signal),
  });
  const { graph, clock, teamsAppId } = doors;
  void checkTasks({ graph, clock, exchange, writer, teamsAppId }, doors.policy).then(
    (states) => warnOfMissing(doors.log, states),
    (error: unknown) =>
      doors.log.warn('What the app may do was not checked.', {
        error: errorName(error),
      }),
  );
  void warnOfCautions(doors);
  doors.log.info('License Steward is running.', { port: bot.port, mode: doors.policy.mode });
  let stopping: Promise<void> | undefined;
  return {
    doors,
    port: bot.port,
    stop() {
      stopping ??= (async () => {
        await bot.close();
        await worker.stop();
        await opened.close();
      })();
      return stopping;
    },
  };
}

/** One row for all instances. One that failed is tried again with each start, until there is a run. */
async function planFirstAudit({ store, clock }: CommandDoors): Promise<void> {
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

/** An audit of a real tenant goes on for longer than anybody waits for a service to end. */
const GRACE_MS = 10_000;

/** Safe at every moment: what was in hand is due still, and taken up when its lease has passed. */
function breakOff(service: Service): void {
  service.doors.log.warn('Work in hand was broken off; the next service takes it up.');
  process.exit(0);
}

async function main(): Promise<void> {
  const name = process.argv.indexOf('--env');
  const environment = environmentNamed(name === -1 ? undefined : process.argv[name + 1], ROOT, process.env);
  const service = await startService(readConfiguration(environment, 'service'));
  let signals = 0;
  const stop = (): void => {
    signals += 1;
    if (signals > 1) return breakOff(service);
    setTimeout(() => breakOff(service), GRACE_MS).unref();
    service.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.exitCode = explain(error, (text) => process.stderr.write(`${text}\n`));
    setTimeout(() => process.exit(), 100).unref();
  });
}
