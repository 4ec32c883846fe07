import { z } from 'zod';
import type { Sku } from '../audit/person.js';
import { withQuery } from './odata.js';
import { readAll } from './pages.js';
import { LOW_PRIORITY } from './users.js';
import { planId, skuId } from './wire-fields.js';
import type { Wire } from './wire.js';

const SELECT = 'skuId,skuPartNumber,appliesTo,capabilityStatus,consumedUnits,prepaidUnits,servicePlans';

const ROW = z
  .object({
    skuId,
    skuPartNumber: z.string().min(1),
    appliesTo: z.string(),
    capabilityStatus: z.string(),
    consumedUnits: z.number().int(),
    prepaidUnits: z.object({ enabled: z.number().int(), warning: z.number().int() }),
    servicePlans: z.array(z.object({ servicePlanId: planId, servicePlanName: z.string() })),
  })
  .transform((row): Sku => ({
    skuId: row.skuId,
    partNumber: row.skuPartNumber,
    appliesTo: row.appliesTo.toLowerCase() === 'company' ? 'company' : 'user',
    capabilityStatus: row.capabilityStatus,
    bought: row.prepaidUnits.enabled + row.prepaidUnits.warning,
    assigned: row.consumedUnits,
    plans: row.servicePlans.map((plan) => ({ id: plan.servicePlanId, name: plan.servicePlanName })),
  }));

/** What the organization has bought. */
export function readSkus(wire: Wire): Promise<readonly Sku[]> {
  return readAll(wire, {
    operation: 'subscribedSkus.list',
    path: withQuery('/subscribedSkus', { $select: SELECT }),
    headers: LOW_PRIORITY,
    row: ROW,
    keyOf: (sku) => sku.skuId,
  });
}
