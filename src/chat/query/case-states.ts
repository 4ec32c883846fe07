import type { UserId } from '../../audit/person.js';
import type { Case } from '../../cases/case.js';
import type { AskedState } from './query.js';

/** Where the newest case of each person stands, of cases that are not sealed, newest first. Pure. */
export function statesOf(cases: readonly Case[]): ReadonlyMap<UserId, AskedState> {
  const states = new Map<UserId, AskedState>();
  for (const { userId, state } of cases)
    if (state !== 'hrReview' && state !== 'hrProposed' && !states.has(userId)) states.set(userId, state);
  return states;
}
