import type { UserId } from '../audit/person.js';
import type { SignInRow } from '../graph/graph-door.js';

/** Sign-in dates that were read ahead of the steps that need them, each with its age. */
export interface SignInBook {
  /** Everybody asked for gets an entry, also whoever Graph has no row of. `askedAt`: no row is older. */
  note(asked: readonly UserId[], rows: readonly SignInRow[], askedAt: Date): void;
  /** undefined: nothing is known that is young enough; `{ row: undefined }`: Graph has no row. */
  find(userId: UserId, now: Date): { readonly row: SignInRow | undefined } | undefined;
}

/** @param freshMs milliseconds for which an entry may be used; a rule of its own says so at the call */
export function signInBook(freshMs: number): SignInBook {
  const entries = new Map<UserId, { readonly row: SignInRow | undefined; readonly at: number }>();
  return {
    note: (asked, rows, askedAt) => {
      const found = new Map(rows.map((row) => [row.userId, row]));
      const at = askedAt.getTime();
      for (const userId of asked) entries.set(userId, { row: found.get(userId), at });
    },
    find: (userId, now) => {
      const entry = entries.get(userId);
      if (entry === undefined) return undefined;
      const age = now.getTime() - entry.at;
      // An entry from the future is of a clock that was put back: nobody knows how old it is.
      if (age >= 0 && age < freshMs) return entry;
      entries.delete(userId);
      return undefined;
    },
  };
}
