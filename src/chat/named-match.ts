import type { UserId } from '../audit/person.js';
import type { Case } from '../cases/case.js';

/** Somebody whom a name may mean. */
export interface NamedMatch {
  readonly userId: UserId;
  readonly displayName: string;
  readonly userPrincipalName: string;
}

/** Whom a case is about. */
export function namedIn({ userId, subject }: Case): NamedMatch {
  const { displayName, userPrincipalName } = subject;
  return { userId, displayName, userPrincipalName };
}
