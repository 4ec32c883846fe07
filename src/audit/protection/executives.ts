import type { Policy } from '../../config/policy.js';
import type { Manager, Person, UserId } from '../person.js';

type Executives = Policy['protect']['executives'];

/** Managers as they were read. Somebody who is not in the map was not read, which is not the same as `none`. */
export type KnownManagers = ReadonlyMap<UserId, Manager | 'none'>;

/** Letters that nobody sees, such as a zero-width space. */
const UNSEEN = /\p{Cf}/gu;

/**
 * Who is an executive by title. Titles are compared trimmed, in composed letters and without letters that nobody sees;
 * capitals do not matter.
 */
export function titleRules(
  { jobTitle }: Pick<Person, 'jobTitle'>,
  titles: readonly RegExp[],
): readonly string[] {
  if (jobTitle === undefined) return [];
  const title = jobTitle.replaceAll(UNSEEN, '').trim().normalize('NFC');
  return titles
    .filter((pattern) => pattern.test(title))
    .map((pattern) => `protect.executives.titles: ${pattern.source}`);
}

/** Who is an executive by place: the top people themselves, whoever is below them, and whoever may be. */
export function topRules(
  { top, levels }: Pick<Executives, 'top' | 'levels'>,
  userId: UserId,
  { underTop, wayUnknown }: Placed,
): readonly string[] {
  if (top.includes(userId)) return ['protect.executives.top'];
  if (underTop.has(userId)) return [`protect.executives.levels: ${levels} below the top`];
  return wayUnknown.has(userId) ? ['protect.executives.levels: a manager on the way up is unknown'] : [];
}

/** Where people stand below the top. */
export interface Placed {
  readonly underTop: ReadonlySet<UserId>;
  /** People of whom a manager on the way up was not read. */
  readonly wayUnknown: ReadonlySet<UserId>;
}

/** How far up the managers have to be known; 0: not at all. */
export function levelsToRead({ top, levels }: Pick<Executives, 'top' | 'levels'>): number {
  return top.length > 0 ? levels : 0;
}

/** Where a walk up the managers ends. */
export type Climb = 'underTop' | 'notUnderTop' | 'unknown';

/**
 * Is somebody at most `levels` below one of the top people? The steps are counted, so managers in a loop end the walk
 * like any others. `unknown` when a manager on the way was not read.
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
