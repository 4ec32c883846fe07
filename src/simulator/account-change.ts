import { badRequest, denied, NO_CONTENT, ok } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import type { PersonChange } from './changes.js';
import { GLOBAL_ADMINISTRATORS } from './named-people.js';
import { groupById } from './sim-groups.js';
import type { SimPerson } from './sim-person.js';
import { syncsFrom } from './tenant.js';
import { objectOf, userOf } from './users.js';
import type { World } from './world.js';

/** Any one of these allows every change of an account; without, only `accountEnabled` may be changed. */
const ALL_PROPERTIES = ['User.ReadWrite.All', 'Directory.ReadWrite.All'];
export const MASTERED_IN_AD =
  'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.';

/** PATCH /users/{id}: accountEnabled and usageLocation only; one property that is refused fails all of it. */
export function updateUser(world: World, call: GraphCall): GraphAnswer {
  const person = userOf(world, call.segments[1] ?? '');
  const properties = Object.entries(objectOf(call.body));
  const mayAll = ALL_PROPERTIES.some((permission) => world.granted.has(permission));
  if (!mayAll && properties.some(([name]) => name !== 'accountEnabled')) throw denied();
  const changes = properties.map(([name, value]) => propertyChange(world, person, name, value));
  for (const change of changes) world.tenant.book.append(change);
  return NO_CONTENT;
}

function propertyChange(world: World, person: SimPerson, name: string, value: unknown): PersonChange {
  const at = world.now().getTime();
  if (name === 'accountEnabled' && typeof value === 'boolean') {
    checkSensitive(person);
    const revertsAt = person.onPremisesSync === true ? syncsFrom(world.tenant, at).next : null;
    return { kind: 'account', userId: person.id, at, enabled: value, revertsAt };
  }
  if (name === 'usageLocation' && isCountry(value)) {
    return { kind: 'usageLocation', userId: person.id, at, value };
  }
  const isCloudOnly = name === 'usageLocation' || person.onPremisesSync !== true;
  throw badRequest(
    isCloudOnly ? `Invalid value specified for property '${name}' of resource 'User'.` : MASTERED_IN_AD,
  );
}

/** POST /users/{id}/revokeSignInSessions */
export function revokeSignInSessions(world: World, call: GraphCall): GraphAnswer {
  const person = userOf(world, call.segments[1] ?? '');
  world.tenant.book.append({ kind: 'sessionsRevoked', userId: person.id, at: world.now().getTime() });
  return ok({ '@odata.context': `${call.origin}/${call.version}/$metadata#Edm.Boolean`, value: true });
}

/** DELETE /users/{id}: to the deleted items, for 30 days. */
export function deleteUser(world: World, call: GraphCall): GraphAnswer {
  return deletePerson(world, userOf(world, call.segments[1] ?? ''));
}

/** DELETE /groups/{id}/members/{id}: without `/$ref` this is the person, not the membership. */
export function deleteMemberObject(world: World, call: GraphCall): GraphAnswer {
  return deletePerson(world, userOf(world, call.segments[3] ?? ''));
}

function deletePerson(world: World, person: SimPerson): GraphAnswer {
  checkSensitive(person);
  world.tenant.book.append({ kind: 'deleted', userId: person.id, at: world.now().getTime() });
  return NO_CONTENT;
}

/**
 * Disabling, deleting and restoring takes a role in the directory, which the caller has not, where the person holds
 * one or is in a group that may hold one.
 */
export function checkSensitive(person: SimPerson): void {
  const mayHoldRole = person.groups.some((id) => groupById(id)?.kind === 'roleAssignable');
  if (mayHoldRole || GLOBAL_ADMINISTRATORS.includes(person.id)) throw denied();
}

/** Two letters, or null where it is emptied. */
function isCountry(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && /^[A-Z]{2}$/.test(value));
}
