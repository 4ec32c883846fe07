import type { UserId } from '../audit/person.js';
import type { Doc } from '../store/store.js';
import type { CaseId } from './case.js';

/** Points from a person to their newest case: written before the case, so that nobody ever has two open ones. */
export interface PersonPointer extends Doc {
  readonly kind: 'person';
  readonly userId: UserId;
  readonly caseId: CaseId;
}

export function pointerId(userId: UserId): string {
  return `person-${userId}`;
}
