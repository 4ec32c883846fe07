import { describe, expect, test } from '@jest/globals';
import { doorTo, failureOf } from './opened.js';
import { pretendGraph } from './pretend-graph.js';

const P2 = 'EEC0EB4F-6444-4F95-ABA0-50C24D67F998';

function wireSku(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 'tenant_sku',
    skuId: '06EBC4EE-1BB5-47DD-8120-11324BC54E06',
    skuPartNumber: 'SPE_E5',
    appliesTo: 'User',
    capabilityStatus: 'Enabled',
    consumedUnits: 90,
    prepaidUnits: { enabled: 100, suspended: 7, warning: 5, lockedOut: 0 },
    servicePlans: [
      {
        servicePlanId: P2,
        servicePlanName: 'AAD_PREMIUM_P2',
        provisioningStatus: 'Success',
        appliesTo: 'User',
      },
    ],
    ...more,
  };
}

describe('skus', () => {
  test('count as bought what may be used: enabled and warning, not suspended', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [wireSku()] } }));
    expect(await doorTo(graph.origin).skus()).toEqual([
      {
        skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
        partNumber: 'SPE_E5',
        appliesTo: 'user',
        capabilityStatus: 'Enabled',
        bought: 105,
        assigned: 90,
        plans: [{ id: P2.toLowerCase(), name: 'AAD_PREMIUM_P2' }],
      },
    ]);
  });

  test('without a number of units are no answer', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [wireSku({ consumedUnits: null })] } }));
    expect((await failureOf(doorTo(graph.origin).skus())).message).toContain('consumedUnits');
  });
});

describe('the tenant', () => {
  test.each([
    ['with P2 in use has sign-in dates', wireSku(), true],
    ['with P2 in its last days has sign-in dates', wireSku({ capabilityStatus: 'Warning' }), true],
    ['with P2 suspended has none', wireSku({ capabilityStatus: 'Suspended' }), false],
    ['without P1 and P2 has none', wireSku({ servicePlans: [] }), false],
  ])('%s', async (_name, sku, hasEntraP1) => {
    const graph = await pretendGraph((request) => ({
      json: {
        value: request.url.includes('/organization') ? [{ id: 'TENANT-1', displayName: 'Contoso' }] : [sku],
      },
    }));
    expect(await doorTo(graph.origin).tenant()).toEqual({
      tenantId: 'tenant-1',
      displayName: 'Contoso',
      hasEntraP1,
    });
  });

  test('must be there', async () => {
    const graph = await pretendGraph(() => ({ json: { value: [] } }));
    expect((await failureOf(doorTo(graph.origin).tenant())).kind).toBe('unexpectedAnswer');
  });
});
