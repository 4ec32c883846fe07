import type { UserId } from '../../audit/person.js';
import { wasAsked } from '../asking/hops.js';
import type { Case } from '../case.js';
import type { NamingAnswer } from './desk.js';

/**
 * Whether an answer about a case can name somebody, by what whoever answers knows of the case and nothing else: that a name
 * is not offered must tell nothing of its owner. Pure.
 */
export function canBeNamed(c: Case, answer: NamingAnswer, userId: UserId): boolean {
  if (userId === c.userId) return false;
  return answer === 'reassign' || !isOrWasAsked(c, userId);
}

export function isOrWasAsked(c: Case, userId: UserId): boolean {
  const isNow = 'askedOf' in c && c.askedOf === userId;
  return isNow || wasAsked(c, userId);
}
