import { isoTime } from './dates.js';
import { NO_CONTENT, ok, badRequest } from './graph-call.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { COMPANY, DOMAIN, INITIAL_DOMAIN } from './named-spec.js';
import type { Product } from './products.js';
import { checkOptions, listOf } from './query.js';
import { guidFor } from './random.js';
import { DAY_MS } from './sim-person.js';
import { seatsBought, seatsInUse } from './tenant.js';
import { objectOf } from './users.js';
import { tenantTime } from './world.js';
import type { World } from './world.js';

/** GET /subscribedSkus */
export function listSkus(world: World, call: GraphCall): GraphAnswer {
  checkOptions(call, ['$select']);
  const used = seatsInUse(world.tenant, tenantTime(world), 'visible');
  const skus = [...world.tenant.products.values()].map((product) => ({
    accountName: COMPANY,
    accountId: world.tenant.id,
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits: used.get(product.skuId) ?? 0,
    id: `${world.tenant.id}_${product.skuId}`,
    skuId: product.skuId,
    skuPartNumber: product.partNumber,
    subscriptionIds: [subscriptionId(world, product)],
    prepaidUnits: { enabled: seatsBought(world.tenant, product), suspended: 0, warning: 0, lockedOut: 0 },
    servicePlans: servicePlans(product),
  }));
  return collection(
    call,
    'subscribedSkus',
    skus.map((sku) => only(sku, listOf(call.query.get('$select')))),
  );
}

/** GET /directory/subscriptions */
export function listSubscriptions(world: World, call: GraphCall): GraphAnswer {
  checkOptions(call, ['$select']);
  const made = world.tenant.facts.createdAt.getTime();
  const subscriptions = [...world.tenant.products.values()].map((product) => ({
    id: subscriptionId(world, product),
    commerceSubscriptionId: subscriptionId(world, product),
    createdDateTime: isoTime(made - 700 * DAY_MS),
    isTrial: false,
    nextLifecycleDateTime: isoTime(made + 200 * DAY_MS),
    ownerId: null,
    ownerTenantId: world.tenant.id,
    ownerType: 'User',
    skuId: product.skuId,
    skuPartNumber: product.partNumber,
    status: 'Enabled',
    totalLicenses: seatsBought(world.tenant, product),
    serviceStatus: servicePlans(product),
  }));
  const rows = subscriptions.map((each) => only(each, listOf(call.query.get('$select'))));
  return collection(call, 'directory/subscriptions', rows);
}

/** GET /organization */
export function listOrganization(world: World, call: GraphCall): GraphAnswer {
  checkOptions(call, ['$select']);
  const organization = {
    id: world.tenant.id,
    deletedDateTime: null,
    displayName: COMPANY,
    countryLetterCode: 'US',
    createdDateTime: isoTime(world.tenant.facts.createdAt.getTime() - 2600 * DAY_MS),
    defaultUsageLocation: 'US',
    onPremisesSyncEnabled: true,
    onPremisesLastSyncDateTime: isoTime(world.now().getTime() - 20 * 60_000),
    preferredLanguage: 'en',
    tenantType: 'AAD',
    assignedPlans: [],
    verifiedDomains: [
      {
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: true,
        isInitial: false,
        name: DOMAIN,
        type: 'Managed',
      },
      {
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: false,
        isInitial: true,
        name: INITIAL_DOMAIN,
        type: 'Managed',
      },
    ],
  };
  return collection(call, 'organization', [only(organization, listOf(call.query.get('$select')))]);
}

/** GET /admin/reportSettings */
export function getReportSettings(world: World, call: GraphCall): GraphAnswer {
  const context = `${call.origin}/${call.version}/$metadata#admin/reportSettings/$entity`;
  return ok({ '@odata.context': context, displayConcealedNames: namesConcealed(world) });
}

/** PATCH /admin/reportSettings */
export function updateReportSettings(world: World, call: GraphCall): GraphAnswer {
  const { displayConcealedNames } = objectOf(call.body);
  if (typeof displayConcealedNames !== 'boolean')
    throw badRequest('displayConcealedNames must be a Boolean.');
  world.tenant.book.append({
    kind: 'reportNames',
    at: world.now().getTime(),
    concealed: displayConcealedNames,
  });
  return NO_CONTENT;
}

export function namesConcealed(world: World): boolean {
  return concealedAt(world, Infinity);
}

/** What reports do about names: they follow the setting some time later. */
export function reportsConcealNames(world: World): boolean {
  return concealedAt(world, world.now().getTime() - world.rules.concealDelayMs);
}

function concealedAt(world: World, moment: number): boolean {
  const last = world.tenant.book.all.findLast(
    (change) => change.kind === 'reportNames' && change.at <= moment,
  );
  return last?.kind === 'reportNames' ? last.concealed : world.rules.concealNames;
}

/** A collection that fits on one page. */
export function collection(call: GraphCall, name: string, value: readonly unknown[]): GraphAnswer {
  return ok({ '@odata.context': `${call.origin}/${call.version}/$metadata#${name}`, value });
}

/** The selected properties of an object; all of them when nothing is selected. */
export function only(
  object: Readonly<Record<string, unknown>>,
  select: readonly string[] | undefined,
): unknown {
  if (!select || select.length === 0) return object;
  return Object.fromEntries(select.map((name) => [name, object[name] ?? null]));
}

function servicePlans(product: Product): unknown {
  return product.plans.map((plan) => ({
    servicePlanId: plan.id,
    servicePlanName: plan.name,
    provisioningStatus: 'Success',
    appliesTo: 'User',
  }));
}

function subscriptionId(world: World, product: Product): string {
  return guidFor(world.tenant.facts.seed, [...world.tenant.products.keys()].indexOf(product.skuId), 700);
}
