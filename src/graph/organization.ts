import { z } from 'zod';
import type { Sku } from '../audit/person.js';
import { unexpectedAnswer } from './classify.js';
import type { Tenant } from './graph-door.js';
import { withQuery } from './odata.js';
import { readAll } from './pages.js';
import { readSkus } from './skus.js';
import { optionalText } from './wire-fields.js';
import type { Wire } from './wire.js';

/** Entra ID P1 and P2, by plan since many SKUs contain them. */
const PREMIUM_PLANS: ReadonlySet<string> = new Set([
  '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
  'eec0eb4f-6444-4f95-aba0-50c24d67f998',
]);
const USABLE: ReadonlySet<string> = new Set(['enabled', 'warning']);

const ROW = z.object({ id: z.string().min(1), displayName: optionalText });

/** The tenant, and whether what it bought gives it sign-in dates. */
export async function readTenant(wire: Wire): Promise<Tenant> {
  const organizations = await readAll(wire, {
    operation: 'organization.list',
    path: withQuery('/organization', { $select: 'id,displayName' }),
    row: ROW,
    keyOf: (row) => row.id,
  });
  const [organization] = organizations;
  if (!organization) throw unexpectedAnswer('organization.list', 'no organization came');
  const skus = await readSkus(wire);
  const tenantId = organization.id.toLowerCase();
  return { tenantId, displayName: organization.displayName ?? tenantId, hasEntraP1: skus.some(givesPremium) };
}

function givesPremium(sku: Sku): boolean {
  return (
    USABLE.has(sku.capabilityStatus.toLowerCase()) && sku.plans.some((plan) => PREMIUM_PLANS.has(plan.id))
  );
}
