import { createHash } from 'node:crypto';
import type { Policy } from './policy.js';

/** SHA-256 over the rules, so that a reader can tell whether two runs were judged alike. */
export function policyHash(policy: Policy): string {
  const text = JSON.stringify(policy, (_key, value: unknown) => {
    if (value instanceof RegExp) return value.source;
    // Whom a list of people names, not on which line.
    return value instanceof Map ? [...value.keys()].map(String).sort() : value;
  });
  return createHash('sha256').update(text).digest('hex');
}
