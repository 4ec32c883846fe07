import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { environmentNamed, type Environment } from '../config/settings.js';
import { openDoors, readConfiguration, type DoorOptions, type OpenDoors } from '../index.js';
import { openLog } from '../telemetry/log.js';
import { openTenantOf, runningTenant, TRY_OUT_POLICY } from './try-out.js';

const ROOT = path.join(__dirname, '..', '..');

export interface CommandWorld extends OpenDoors {
  /** Where the data come from, in words, for whoever reads the answer. */
  readonly source: string;
}

/**
 * The world for a command at a terminal. Without BOT_ID, GRAPH_BASE_URL and COSMOS_ENDPOINT it is the try-out's:
 * its simulated tenant if one is running in DATA_DIR, else the same tenant opened for this command.
 */
export async function openCommandWorld(
  environmentName: string | undefined,
  options: DoorOptions = {},
): Promise<CommandWorld> {
  const environment = environmentNamed(environmentName, ROOT, process.env);
  const log = openLog(logLevelOf(environment));
  if (!isTryOut(environment)) {
    const configuration = readConfiguration(environment, 'command');
    const opened = await openDoors(configuration, { ...options, log });
    return { ...opened, source: `Microsoft Graph at ${configuration.settings.graphBaseUrl}` };
  }
  const dataDir = environment['DATA_DIR'] ?? './data';
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const running = await runningTenant(dataDir);
  const tenant = running === undefined ? await openTenantOf(dataDir) : undefined;
  const graphUrl = running ?? tenant?.url ?? '';
  try {
    const configuration = readConfiguration(
      { POLICY_FILE: TRY_OUT_POLICY, ...environment, GRAPH_BASE_URL: graphUrl },
      'command',
    );
    const opened = await openDoors(configuration, { ...options, log });
    return {
      ...opened,
      source: `the simulated tenant in ${dataDir}`,
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

/** Nothing says which tenant: then it is the pretended one, and the answer says so. */
function isTryOut(environment: Environment): boolean {
  return !environment['BOT_ID'] && !environment['GRAPH_BASE_URL'];
}

/** At a terminal only trouble is worth a log line, unless LOG_LEVEL asks for more. */
function logLevelOf(environment: Environment): 'debug' | 'info' | 'warn' | 'error' | 'silent' {
  const level = environment['LOG_LEVEL'];
  return level === 'debug' || level === 'info' || level === 'warn' || level === 'silent' ? level : 'error';
}
