import { setImmediate, setTimeout } from 'node:timers/promises';
import { badRequest, GraphRefusal, notFound, ok } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { DEPENDS_ON, EXCLUSIVE } from './service-plans.js';
import type { SimPath, SimPerson } from './sim-person.js';
import { isHeld } from './sim-person.js';
import { findPerson, heldBy, seatsBought, seatsInUse } from './tenant.js';
import { isGuid, objectOf, userOf, writableUserOf } from './users.js';
import { LICENSE_ANSWER_PROPERTIES, wireUser } from './wire-user.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

interface LicenseRequest {
  readonly add: readonly { readonly skuId: string; readonly disabledPlans: readonly string[] }[];
  readonly remove: readonly string[];
}

/**
 * POST /users/{id}/assignLicense. Judged as a whole: one SKU that cannot be removed fails all of it. Answers at once;
 * reads show the change after the tenant's delay.
 */
export async function assignLicense(world: World, call: GraphCall): Promise<GraphAnswer> {
  const request = readRequest(call.body);
  const { id } = userOf(world, call.segments[1] ?? '');
  if (world.busy.has(id)) {
    throw new GraphRefusal(
      409,
      'Directory_ConcurrencyViolation',
      'Unable to complete the request due to data concurrency violation.',
    );
  }
  world.busy.add(id);
  try {
    // A change takes a moment, in which a second one on the same person is refused.
    await (world.changeMs > 0 ? setTimeout(world.changeMs) : setImmediate());
    return change(world, call, request, writableUserOf(world, id));
  } finally {
    world.busy.delete(id);
  }
}

function change(world: World, call: GraphCall, request: LicenseRequest, person: SimPerson): GraphAnswer {
  checkRemovals(person, request);
  checkAdditions(world, person, request);
  checkPlans(world, person, request);
  const at = world.now().getTime();
  world.tenant.book.append({
    kind: 'licenses',
    userId: person.id,
    at,
    effectiveAt: at + world.rules.licenseDelayMs,
    add: request.add,
    remove: request.remove,
  });
  const shown = findPerson(world.tenant, person.id, tenantTime(world));
  if (!shown) throw notFound(person.id);
  return ok({
    '@odata.context': `${call.origin}/${call.version}/$metadata#users/$entity`,
    ...wireUser(shown, LICENSE_ANSWER_PROPERTIES, world.tenant.products),
  });
}

function readRequest(body: unknown): LicenseRequest {
  const { addLicenses, removeLicenses } = objectOf(body);
  const missing = Object.entries({ addLicenses, removeLicenses }).flatMap(([name, value]) =>
    Array.isArray(value) ? [] : name,
  );
  if (!Array.isArray(addLicenses) || !Array.isArray(removeLicenses)) {
    throw badRequest(
      `One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: ${missing.join(', ')}.`,
    );
  }
  return {
    add: addLicenses.map((each: unknown) => {
      const { skuId, disabledPlans } = objectOf(each);
      return {
        skuId: guid(skuId),
        disabledPlans: Array.isArray(disabledPlans) ? disabledPlans.map(guid) : [],
      };
    }),
    remove: removeLicenses.map(guid),
  };
}

function guid(value: unknown): string {
  if (typeof value === 'string' && isGuid(value)) return value.toLowerCase();
  throw badRequest('Invalid GUID value specified.');
}

function checkRemovals(person: SimPerson, request: LicenseRequest): void {
  for (const skuId of request.remove) {
    const paths = person.licenses.filter((path) => path.skuId === skuId);
    if (paths.length === 0) throw badRequest('User does not have a corresponding license.');
    if (paths.every((path) => path.group !== null)) {
      throw badRequest(
        'User license is inherited from a group membership and it cannot be removed directly from the user.',
      );
    }
  }
}

function checkAdditions(world: World, person: SimPerson, request: LicenseRequest): void {
  if (request.add.length === 0) return;
  if (person.usageLocation === null) {
    throw badRequest('License assignment cannot be done for user with invalid usage location.');
  }
  const held = heldBy(person);
  const used = seatsInUse(world.tenant, tenantTime(world), 'accepted');
  for (const { skuId, disabledPlans } of request.add) {
    const product = world.tenant.products.get(skuId);
    if (!product) throw badRequest(`License ${skuId} does not correspond to a valid company License.`);
    if (disabledPlans.some((id) => product.plans.every((plan) => plan.id !== id))) {
      throw badRequest(`Disabled plans ${disabledPlans.join(', ')} are not part of license ${skuId}.`);
    }
    if (!held.has(skuId) && (used.get(skuId) ?? 0) >= seatsBought(world.tenant, product)) {
      throw badRequest(`Subscription with SKU ${skuId} does not have any available licenses.`);
    }
  }
}

/** What the person would have afterwards must stand by itself. Trouble that was there before is not blamed on the call. */
function checkPlans(world: World, person: SimPerson, request: LicenseRequest): void {
  const held = person.licenses.filter(isHeld);
  const touched = new Set([...request.remove, ...request.add.map((each) => each.skuId)]);
  const kept = held.filter((path) => path.group !== null || !touched.has(path.skuId));
  const wanted = [...kept, ...request.add];
  const broken = brokenDependency(world, held, wanted);
  if (broken) {
    throw badRequest(
      `License assignment failed because service plan ${broken.plan} depends on the service plan(s) ${broken.needs.join(', ')}`,
    );
  }
  const [before, after] = [enabledPlans(world, held), enabledPlans(world, wanted)];
  for (const group of EXCLUSIVE) {
    const clash = group.filter((id) => after.has(id));
    if (clash.length > 1 && clash.some((id) => !before.has(id))) {
      throw badRequest(
        `License assignment failed because service plans ${clash.join(', ')} are mutually exclusive.`,
      );
    }
  }
}

type Licensed = readonly Pick<SimPath, 'skuId' | 'disabledPlans'>[];

/** A plan that could stand with the licenses before and cannot with those after. */
export function brokenDependency(
  world: World,
  licensesBefore: Licensed,
  licensesAfter: Licensed,
): { readonly plan: string; readonly needs: readonly string[] } | undefined {
  const [before, after] = [enabledPlans(world, licensesBefore), enabledPlans(world, licensesAfter)];
  for (const [plan, needs] of DEPENDS_ON) {
    const isBroken = after.has(plan) && !needs.some((need) => after.has(need));
    const wasBroken = before.has(plan) && !needs.some((need) => before.has(need));
    if (isBroken && !wasBroken) return { plan, needs };
  }
  return undefined;
}

function enabledPlans(world: World, paths: Licensed): ReadonlySet<string> {
  return new Set(
    paths.flatMap(({ skuId, disabledPlans }) =>
      (world.tenant.products.get(skuId)?.plans ?? [])
        .map((plan) => plan.id)
        .filter((id) => !disabledPlans.includes(id)),
    ),
  );
}
