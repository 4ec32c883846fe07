import type { Policy } from '../config/policy.js';
import type { Manager, Person, UserId } from './person.js';

type Executives = Policy['protect']['executives'];

/** Managers as they were read. Somebody who is not in the map was not read, which is not the same as `none`. */
export type KnownManagers = ReadonlyMap<UserId, Manager | 'none'>;

/** Who is an executive by title. Titles are compared trimmed, in composed letters, without regard to capitals. */
export function titleRules(
  { jobTitle }: Pick<Person, 'jobTitle'>,
  titles: readonly RegExp[],
): readonly string[] {
  if (jobTitle === undefined) return [];
  const title = jobTitle.trim().normalize('NFC');
  return titles
    .filter((pattern) => pattern.test(title))
    .map((pattern) => `protect.executives.titles: ${pattern.source}`);
}

/** Who is an executive by place: the top people themselves, and whoever `underTop` holds. */
export function topRules(
  { top, levels }: Pick<Executives, 'top' | 'levels'>,
  userId: UserId,
  underTop: ReadonlySet<UserId>,
): readonly string[] {
  if (top.includes(userId)) return ['protect.executives.top'];
  return underTop.has(userId) ? [`protect.executives.levels: ${levels} below the top`] : [];
}

/** How far up the managers have to be known; 0: not at all. */
export function levelsToRead({ top, levels }: Pick<Executives, 'top' | 'levels'>): number {
  return top.length > 0 ? levels : 0;
}

/** Where a walk up the managers ends. */
export type Climb = 'underTop' | 'notUnderTop' | 'unknown';

/**
 * Is somebody at most `levels` below one of the top people? The steps are counted, so managers in a loop end the walk
 * like any others. `unknown` when a manager on the way was not read: that protects nobody.
 */
export function climb(
  userId: UserId,
  managers: KnownManagers,
  { top, levels }: Pick<Executives, 'top' | 'levels'>,
): Climb {
  let at = userId;
  for (let level = 1; level <= levelsToRead({ top, levels }); level += 1) {
    const manager = managers.get(at);
    if (manager === undefined) return 'unknown';
    if (manager === 'none') return 'notUnderTop';
    if (top.includes(manager.id)) return 'underTop';
    at = manager.id;
  }
  return 'notUnderTop';
}
