import type { UserId } from '../audit/person.js';

export interface BudgetOptions {
  /** So many in so many milliseconds, for each person. */
  readonly most: number;
  readonly ms: number;
  readonly clock: { now(): Date };
}

/** Whether somebody may do it once more now; a yes counts. Each instance of the service counts for itself. */
export function openBudget({ most, ms, clock }: BudgetOptions): (asker: UserId) => boolean {
  const spent = new Map<UserId, readonly number[]>();
  return (asker) => {
    const now = clock.now().getTime();
    for (const [each, times] of spent) if (!times.some((at) => isWithin(at, now, ms))) spent.delete(each);
    const times = (spent.get(asker) ?? []).filter((at) => isWithin(at, now, ms));
    if (times.length >= most) return false;
    spent.set(asker, [...times, now]);
    return true;
  };
}

/** A clock that was put back frees nobody's budget for longer than it took to spend it. */
function isWithin(at: number, now: number, ms: number): boolean {
  return Math.abs(now - at) < ms;
}
