import type { UserId } from '../../audit/person.js';
import { GraphFailure } from '../../graph/graph-failure.js';
import { nameOf } from '../answering/run-rights.js';
import type { PersonRef } from '../case.js';
import type { Doors } from '../doors.js';
import type { Role } from '../roles.js';
import type { NotAllowed } from './admin-desk.js';

export const NOT_ALLOWED: NotAllowed = { kind: 'notAllowed' };

/** What only admins may. */
export function asAdmin<T>(
  doors: Pick<Doors, 'rolesOf'>,
  by: UserId,
  act: () => Promise<T>,
): Promise<T | NotAllowed> {
  return asOneOf(doors, ['admin'], by, act);
}

/** Safety rule 10: by object id, looked up at this moment, whatever a message or a card says. */
export async function asOneOf<T>(
  doors: Pick<Doors, 'rolesOf'>,
  allowed: readonly Role[],
  by: UserId,
  act: () => Promise<T>,
): Promise<T | NotAllowed> {
  const roles = await doors.rolesOf(by);
  return allowed.some((role) => roles.includes(role)) ? act() : NOT_ALLOWED;
}

/** The admin by name; Graph being away must not keep anybody from stopping the campaign. */
export async function nameOrId(doors: Pick<Doors, 'graph'>, by: UserId): Promise<PersonRef> {
  try {
    return await nameOf(doors, by);
  } catch (error) {
    if (!(error instanceof GraphFailure)) throw error;
    return { id: by, displayName: by };
  }
}
