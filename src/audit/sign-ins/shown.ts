import type { SignInRow } from '../../graph/graph-door.js';
import type { UserId } from '../person.js';
import { hasDate } from './sign-in.js';

/** Whether sign-in dates are shown in the tenant, as one reading finds out. */
export interface Shown {
  /** Somebody, also one who was not asked for, has a successful sign-in. */
  readonly is: () => boolean;
  /**
   * Looks at one more answer, before its rows are taken.
   * @param rows of everybody, as they are known by then
   * @returns whose rows prove nothing, where it is the first that shows a date; undefined: nothing has changed
   */
  readonly look: (
    answer: readonly SignInRow[],
    rows: ReadonlyMap<UserId, SignInRow>,
  ) => readonly UserId[] | undefined;
}

/**
 * A row without a date says that there was none only where dates are shown (unknown is never inactive). So as soon as
 * somebody has one, the rows without a date of earlier answers prove nothing.
 * @param kept rows of earlier readings, which prove what they say
 * @param wasShown an earlier try of the same reading has seen it
 */
export function openShown(kept: ReadonlyMap<UserId, unknown>, wasShown: boolean): Shown {
  let isShown = wasShown;
  return {
    is: () => isShown,
    look: (answer, rows) => {
      if (isShown || !answer.some(({ successful }) => successful !== undefined)) return undefined;
      isShown = true;
      return [...rows.values()].flatMap((row) => (hasDate(row) || kept.has(row.userId) ? [] : [row.userId]));
    },
  };
}
