import path from 'node:path';
import type { Bot } from './bot/open-bot.js';
import type { CommandDoors } from './cases/run-command.js';
import { warnOfCautions } from './cases/hr/run-cautions.js';
import { beginWork } from './cases/run-begin.js';
import { REAL, TRY_OUT } from './config/pace.js';
import { environmentNamed } from './config/environment-file.js';
import { systemClock } from './graph/clock.js';
import { explain } from './cli/exit.js';
import { errorName } from './bot/background.js';
import { checkTasks, warnOfMissing } from './audit/tasks/run-tasks.js';
import { startWorker, type Worker } from './worker.js';
import { openDoors, readConfiguration, type Configuration, type DoorOptions } from './open-doors.js';
const ROOT = path.join(__dirname, '..');

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
    await beginWork(doors);
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
