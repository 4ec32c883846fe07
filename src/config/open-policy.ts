import { existsSync, readFileSync } from 'node:fs';
import type { Settings } from './settings.js';
import { readPolicy, type Policy } from './policy.js';

/** The settings or the policy cannot be used: one sentence per error, all at once. */
export class WrongConfiguration extends Error {
  override readonly name = 'WrongConfiguration';
  constructor(
    readonly where: string,
    readonly errors: readonly string[],
  ) {
    super(`${where}:\n${errors.map((error) => `  - ${error}`).join('\n')}`);
  }
}

/**
 * Reads the policy file. Without one, and without POLICY_FILE naming one, the defaults hold: observe only.
 * @throws WrongConfiguration
 */
export function openPolicy(
  settings: Pick<Settings, 'policyFile' | 'policyFileGiven' | 'loopbackGraph'>,
): Policy {
  const { policyFile } = settings;
  if (!existsSync(policyFile) && settings.policyFileGiven) {
    throw new WrongConfiguration('Settings', [
      `POLICY_FILE is ${policyFile}, but there is no such file: write it or correct the path.`,
    ]);
  }
  const text = existsSync(policyFile) ? readText(policyFile) : '';
  const reading = readPolicy(text, { loopbackGraph: settings.loopbackGraph });
  if (reading.kind === 'errors') throw new WrongConfiguration(`Policy ${policyFile}`, reading.errors);
  return reading.policy;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new WrongConfiguration(`Policy ${file}`, [
      `The file cannot be read (${code}): check its permissions.`,
    ]);
  }
}
