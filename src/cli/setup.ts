import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { environmentNamed } from '../config/environment-file.js';
import { readSettings, type Environment } from '../config/settings.js';
import { WrongConfiguration } from '../config/wrong-configuration.js';
import { systemClock } from '../graph/clock.js';
import { openDoors, readConfiguration, type DoorOptions, type OpenDoors } from '../open-doors.js';
import { makeDataDir, openStore } from '../store/open-store.js';
import type { Store } from '../store/store.js';
import { openLog, type Log } from '../telemetry/log.js';
import { note } from './terminal.js';
import { terminalLog } from './terminal-log.js';
import { openTenantOf, runningTenant, tryOutEnvironment } from './try-out.js';

const ROOT = path.join(__dirname, '..', '..');

export interface CommandWorld extends OpenDoors {
  /** Where the data come from, in words, for whoever reads the answer. */
  readonly source: string;
  /** Says beside the answer that it is about a pretended tenant; silent for a real one. */
  announce(): void;
}

export interface CommandOptions extends DoorOptions {
  /** Where warnings go, such as waits that Graph asks for; default: lines on stderr. */
  readonly note?: (text: string) => void;
}

/**
 * The world for a command at a terminal. Without BOT_ID and GRAPH_BASE_URL it is the try-out's:
 * its simulated tenant if one is running in DATA_DIR, else the same tenant opened for this command.
 */
export async function openCommandWorld(
  environmentName: string | undefined,
  { note: noted = note, ...options }: CommandOptions = {},
): Promise<CommandWorld> {
  const environment = environmentNamed(environmentName, ROOT, process.env);
  const log = logOf(environment, noted);
  if (!isTryOut(environment)) {
    const configuration = readConfiguration(environment, 'command');
    const opened = await openDoors(configuration, { ...options, log });
    return {
      ...opened,
      source: `Microsoft Graph at ${configuration.settings.graphBaseUrl}`,
      announce() {},
    };
  }
  const dataDir = environment['DATA_DIR']?.trim() || './data';
  makeDataDir(dataDir);
  const running = await runningTenant(dataDir);
  const tenant = running === undefined ? await openTenantOf(dataDir) : undefined;
  const graphUrl = running ?? tenant?.url ?? '';
  try {
    const configuration = readConfiguration(
      { ...tryOutEnvironment(environment), GRAPH_BASE_URL: graphUrl, EXCHANGE_BASE_URL: graphUrl },
      'command',
    );
    const opened = await openDoors(configuration, { ...options, log });
    return {
      ...opened,
      source: `the simulated tenant in ${dataDir}`,
      announce: () => noted(pretended(dataDir)),
      async close() {
        await opened.close();
        await tenant?.close();
      },
    };
  } catch (error) {
    await tenant?.close();
    throw error;
  }
}

/**
 * The store alone, for commands that must work whatever the policy file says and whether Graph answers or not.
 * @throws WrongConfiguration, StoreUnavailable, StoreDamaged
 */
export async function openCommandStore(environmentName: string | undefined): Promise<{
  readonly store: Store;
  readonly log: Log;
  announce(): void;
}> {
  const environment = environmentNamed(environmentName, ROOT, process.env);
  const reading = readSettings(environment, 'command');
  if (reading.kind === 'errors') throw new WrongConfiguration('Settings', reading.errors);
  const { settings } = reading;
  const log = logOf(environment, note);
  const store = await openStore(settings.store, {
    log,
    newId: randomUUID,
    wait: (ms) => systemClock.sleep(ms),
  });
  return {
    store,
    log,
    announce() {
      if (isTryOut(environment)) note(pretended(settings.dataDir));
    },
  };
}

function pretended(dataDir: string): string {
  return `This is the simulated tenant in ${dataDir}.`;
}

/** Nothing says which tenant: then it is the pretended one, and the answer says so. */
function isTryOut(environment: Environment): boolean {
  return !environment['BOT_ID'] && !environment['GRAPH_BASE_URL'];
}

/** Lines for a person at a terminal; JSON lines where LOG_LEVEL asks for them. */
function logOf(environment: Environment, noted: (text: string) => void): Log {
  const level = environment['LOG_LEVEL'];
  const isLevel =
    level === 'debug' || level === 'info' || level === 'warn' || level === 'error' || level === 'silent';
  return isLevel ? openLog(level) : terminalLog(noted);
}
