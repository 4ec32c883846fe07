import { createHash } from 'node:crypto';
import type { Policy } from './policy.js';

/** A policy is read once and never changes. */
const known = new WeakMap<Policy, string>();

/** SHA-256 over the rules, so that a reader can tell whether two runs were judged alike. */
export function policyHash(policy: Policy): string {
  const before = known.get(policy);
  if (before !== undefined) return before;
  const hash = hashOf(policy);
  known.set(policy, hash);
  return hash;
}

function hashOf(policy: Policy): string {
  const text = JSON.stringify(policy, (_key, value: unknown) => {
    if (value instanceof RegExp) return value.source;
    // Whom a list of people names, not on which line.
    return value instanceof Map ? [...value.keys()].map(String).sort() : value;
  });
  return createHash('sha256').update(text).digest('hex');
}
