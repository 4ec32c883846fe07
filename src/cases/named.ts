import { nameKey } from '../audit/name-key.js';
import type { UserId } from '../audit/person.js';
import type { Case } from './case.js';

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

/**
 * All that somebody is called exactly, as names are compared: the object id, the user principal name, that without its
 * domain, and the display name. Pure.
 */
export function exactNames({ userId, userPrincipalName, displayName }: NamedMatch): readonly string[] {
  const address = nameKey(userPrincipalName);
  return [userId, address, address.split('@')[0] ?? '', nameKey(displayName)];
}
