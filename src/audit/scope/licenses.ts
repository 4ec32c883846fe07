import type { Policy } from '../../config/policy.js';
import type { License, LicensePath } from '../person.js';

type LicenseScope = Pick<Policy['scope'], 'paths' | 'licenseGroups' | 'licenseErrors'>;

/**
 * Makes a test whether a license is looked at, by the way in which it is held; the others leave all counts. Every path
 * counts, one with an error too: a license that is held directly and through a group whose assignment fails is held both
 * ways, because whoever takes it has to see to both.
 */
export function licenseScope(scope: LicenseScope): (license: License) => boolean {
  const paths = new Set<HeldBy>(scope.paths);
  const groups = new Set<string>(scope.licenseGroups);
  return ({ paths: held }) => {
    const by = heldBy(held);
    return (
      (paths.size === 0 || (by !== undefined && paths.has(by))) &&
      (groups.size === 0 || held.some((path) => path.kind === 'group' && groups.has(path.groupId))) &&
      (scope.licenseErrors === 'include' || held.some(hasError) === (scope.licenseErrors === 'only'))
    );
  };
}

export type HeldBy = 'direct' | 'group' | 'both';

/** undefined: the directory names no path. */
export function heldBy(paths: readonly LicensePath[]): HeldBy | undefined {
  const isDirect = paths.some(({ kind }) => kind === 'direct');
  const isByGroup = paths.some(({ kind }) => kind === 'group');
  if (isDirect && isByGroup) return 'both';
  return isDirect ? 'direct' : isByGroup ? 'group' : undefined;
}

export function hasError({ state, error }: LicensePath): boolean {
  return state === 'error' || state === 'activeWithError' || error !== undefined;
}
