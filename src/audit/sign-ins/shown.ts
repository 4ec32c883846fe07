import type { SignInRow } from '../../graph/graph-door.js';
import type { UserId } from '../person.js';
import { hasDate } from './sign-in.js';

/** Whether sign-in dates are shown in the tenant, as one reading finds out. */
export interface Shown {
  /** Somebody, also one who was not asked for, has a successful sign-in. */
  readonly is: () => boolean;
  /** Rows of one more answer, before they are taken. */
  readonly look: (answer: readonly SignInRow[]) => void;
  /** Those whose row was taken away and who are missing still; each is told of once. */
  readonly readBefore: () => readonly UserId[];
}

export interface ReadSoFar {
  /** Rows of earlier readings, which prove what they say. */
  readonly kept: ReadonlyMap<UserId, unknown>;
  readonly rows: Map<UserId, SignInRow>;
  readonly missing: Set<UserId>;
}

/**
 * A row without a date says that there was none only where dates are shown (unknown is never inactive). So as soon as
 * somebody has one, the rows without a date of earlier answers are taken away, and their people are missing again.
 * @param wasShown an earlier try of the same reading has seen it
 * @param onShown called when it is seen for the first time
 */
export function openShown({ kept, rows, missing }: ReadSoFar, wasShown: boolean, onShown: () => void): Shown {
  let isShown = wasShown;
  let before: readonly UserId[] = [];
  return {
    is: () => isShown,
    look: (answer) => {
      if (isShown || !answer.some(({ successful }) => successful !== undefined)) return;
      isShown = true;
      before = [...rows.values()].flatMap((row) =>
        hasDate(row) || kept.has(row.userId) ? [] : [row.userId],
      );
      for (const id of before) {
        rows.delete(id);
        missing.add(id);
      }
      onShown();
    },
    readBefore: () => {
      const told = before.filter((id) => missing.has(id));
      before = [];
      return told;
    },
  };
}
