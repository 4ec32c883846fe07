import { createHash } from 'node:crypto';
import type { Policy } from './policy.js';

/**
 * SHA-256 over what decides whose licenses are counted: two runs with the same hash looked at the same people.
 * @param people text of the file that scope.people names; undefined without one
 */
export function scopeHash({ scope }: Pick<Policy, 'scope'>, people?: string): string {
  return hashOf(scope, people ?? null);
}

/** SHA-256 over what decides which licenses are counted, whoever holds them. */
export function licenseScopeHash({ scope }: Pick<Policy, 'scope'>): string {
  const { skus, paths, licenseGroups, licenseErrors } = scope;
  return hashOf({ skus, paths, licenseGroups, licenseErrors }, null);
}

function hashOf(scope: Partial<Policy['scope']>, people: string | null): string {
  const sorted = Object.entries(scope).map(([key, value]): [string, unknown] => [
    key,
    Array.isArray(value) ? [...value].sort() : value,
  ]);
  sorted.sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([Object.fromEntries(sorted), people]))
    .digest('hex');
}
