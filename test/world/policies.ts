import { readPolicy, type Policy } from '../../src/config/policy.js';

/** A policy from its file's text; the defaults where nothing is said. */
export function policyOf(text = ''): Policy {
  const reading = readPolicy(text, { loopbackGraph: false });
  if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
  return reading.policy;
}
