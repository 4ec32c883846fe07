import type { UserId } from '../../audit/person.js';
import type { Case, CaseIn, PersonRef } from '../case.js';

/** Whether the question went to somebody before; an admin's review of it is no question to them. */
export function wasAsked({ hops = [] }: Pick<Case, 'hops'>, userId: UserId): boolean {
  return hops.some(({ askedOf, asAdmin }) => asAdmin !== true && askedOf.id === userId);
}

/**
 * Who named whoever is asked now; undefined: nobody did, or the question has gone on since. Whoever gets it because the one
 * named could not be asked must not learn of them (safety rule 3).
 */
export function namedBy({ hops = [], askedOf }: CaseIn<'asked'>): PersonRef | undefined {
  const last = hops.at(-1);
  return last?.named === askedOf ? last.askedOf : undefined;
}
