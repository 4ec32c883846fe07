import { readPolicy, type Policy } from './policy.js';
import type { Settings } from './settings.js';
import { textOf } from './text-file.js';
import { WrongConfiguration } from './wrong-configuration.js';

/**
 * Reads the policy file. Without one, and without POLICY_FILE naming one, the defaults hold: observe only.
 * @throws WrongConfiguration
 */
export function openPolicy(
  settings: Pick<Settings, 'policyFile' | 'policyFileGiven' | 'loopbackGraph'>,
): Policy {
  const { policyFile, policyFileGiven, loopbackGraph } = settings;
  const text = textOf(policyFile);
  if (text === undefined && policyFileGiven) {
    throw new WrongConfiguration('Settings', [
      `POLICY_FILE is ${policyFile}, but there is no such file: write it, or correct the path.`,
    ]);
  }
  const reading = readPolicy(text ?? '', { loopbackGraph });
  if (reading.kind === 'errors') throw new WrongConfiguration(`Policy ${policyFile}`, reading.errors);
  return reading.policy;
}
