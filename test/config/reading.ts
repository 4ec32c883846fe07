import { readPolicy, type Policy } from '../../src/config/policy.js';

export const ADMIN = '1b2c3d4e-0000-4000-8000-000000000001';

/** What is said about a policy; nothing when it is accepted. */
export function errorsOf(text: string, loopbackGraph = false): readonly string[] {
  const reading = readPolicy(text, { loopbackGraph });
  return reading.kind === 'errors' ? reading.errors : [];
}

export function policyOf(text: string, loopbackGraph = false): Policy {
  const reading = readPolicy(text, { loopbackGraph });
  if (reading.kind === 'errors') throw new Error(reading.errors.join('\n'));
  return reading.policy;
}
