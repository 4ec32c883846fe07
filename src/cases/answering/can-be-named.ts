import type { UserId } from '../../audit/person.js';
import type { Case, CaseIn } from '../case.js';
import type { NamingAnswer } from './desk.js';

/**
 * Whether an answer about a case can name somebody, by what whoever answers knows of the case and nothing else: that a name
 * is not offered must tell nothing of its owner. Pure.
 */
export function canBeNamed(c: Case, answer: NamingAnswer, userId: UserId): boolean {
  if (userId === c.userId) return false;
  return answer === 'reassign' || !isOrWasAsked(c, userId);
}

/** true: they named somebody else to answer, for whom the question waits now. Pure. */
export function isHandedOnBy(c: Case, userId: UserId): c is CaseIn<'asked' | 'escalated'> {
  const last = (c.hops ?? []).at(-1);
  const waits = c.state === 'asked' || c.state === 'escalated';
  return waits && last?.named !== undefined && last.askedOf.id === userId;
}

export function isOrWasAsked(c: Case, userId: UserId): boolean {
  const isNow = 'askedOf' in c && c.askedOf === userId;
  return isNow || (c.hops ?? []).some(({ askedOf }) => askedOf.id === userId);
}
