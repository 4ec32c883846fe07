import { MASTERED_IN_AD } from './account-change.js';
import { badRequest, denied, NO_CONTENT, notFound } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { groupOf } from './groups.js';
import { brokenDependency } from './license-change.js';
import type { SimGroup } from './sim-groups.js';
import type { SimPerson } from './sim-person.js';
import { isHeld } from './sim-person.js';
import { heldBy, seatsBought, seatsInUse } from './tenant.js';
import { objectOf, userOf, writableUserOf } from './users.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

/** Groups that may hold roles are changed only by whoever may give roles. */
const CHANGES_ROLES = 'RoleManagement.ReadWrite.Directory';

/** POST /groups/{id}/members/$ref: the group's license comes some time later. */
export function addMember(world: World, call: GraphCall): GraphAnswer {
  const group = groupOf(call.segments[1] ?? '');
  const reference = objectOf(call.body)['@odata.id'];
  const key = typeof reference === 'string' ? reference.split('/').at(-1) : undefined;
  if (key === undefined) throw badRequest('Invalid URL format specified in @odata.id.');
  const { id } = userOf(world, key);
  checkManageable(world, group);
  const person = writableUserOf(world, id);
  if (person.groups.includes(group.id)) {
    throw badRequest(
      "One or more added object references already exist for the following modified properties: 'members'.",
    );
  }
  const at = world.now().getTime();
  world.tenant.book.append({
    kind: 'memberAdded',
    userId: id,
    groupId: group.id,
    at,
    effectiveAt: at + world.rules.licenseDelayMs,
    noSeat: !hasSeat(world, group, person),
  });
  return NO_CONTENT;
}

/** DELETE /groups/{id}/members/{id}/$ref: the group's license goes some time later. */
export function removeMember(world: World, call: GraphCall): GraphAnswer {
  const group = groupOf(call.segments[1] ?? '');
  const { id } = userOf(world, call.segments[3] ?? '');
  checkManageable(world, group);
  const person = writableUserOf(world, id);
  if (!person.groups.includes(group.id)) throw notFound(id);
  const at = world.now().getTime();
  const left = person.licenses.filter((path) => path.group !== group.id);
  world.tenant.book.append({
    kind: 'memberRemoved',
    userId: id,
    groupId: group.id,
    at,
    effectiveAt: at + world.rules.licenseDelayMs,
    stuck: brokenDependency(world, person.licenses.filter(isHeld), left.filter(isHeld)) !== undefined,
  });
  return NO_CONTENT;
}

/** Dynamic membership follows its rule, mail lists belong to Exchange, synced groups to AD. */
function checkManageable({ granted }: World, { kind }: SimGroup): void {
  if (kind === 'distribution' || kind === 'mailSecurity' || kind === 'dynamic') throw denied();
  if (kind === 'roleAssignable' && !granted.has(CHANGES_ROLES)) throw denied();
  if (kind === 'synced') throw badRequest(MASTERED_IN_AD);
}

/** Whoever holds the license in another way needs no further seat. */
function hasSeat(world: World, { skuId }: SimGroup, person: SimPerson): boolean {
  const product = skuId === null ? undefined : world.tenant.products.get(skuId);
  if (!product || heldBy(person).has(product.skuId)) return true;
  const used = seatsInUse(world.tenant, tenantTime(world), 'accepted').get(product.skuId) ?? 0;
  return used < seatsBought(world.tenant, product);
}
