import { describe, expect, test } from '@jest/globals';
import type { SkuId } from '../../src/audit/person.js';
import products from '../../src/spend/product-names.json';
import { isFreeOrTrial, productName } from '../../src/spend/product-names.js';

const sku = (skuId: string, partNumber: string) => ({ skuId: skuId as SkuId, partNumber });

describe('the name of a product', () => {
  test.each([
    ['by its id', sku('06ebc4ee-1bb5-47dd-8120-11324bc54e06', 'renamed'), 'Microsoft 365 E5'],
    ['by its part number', sku('of a reseller', 'spe_e3'), 'Microsoft 365 E3'],
    ['is the part number where nothing is known', sku('new', 'SPE_E9'), 'SPE_E9'],
  ])('%s', (_name, of, expected) => {
    expect(productName(of)).toBe(expected);
  });
});

test.each([
  ['FLOW_FREE', true],
  ['POWER_BI_STANDARD', true],
  ['POWERAPPS_VIRAL', true],
  ['DYN365_RETAIL_TRIAL', true],
  ['Dynamics_365_Guides_vTrial', true],
  ['D365_SALES_PRO_IW', true],
  ['SPE_E3', false],
  ['INDUSTRIAL_PACK', false],
  ['POWER_BI_PRO', false],
])('%s costs nothing: %s', (partNumber, expected) => {
  expect(isFreeOrTrial(sku('x', partNumber))).toBe(expected);
});

test('the table names every product once', () => {
  expect(new Set(products.map(({ skuId }) => skuId)).size).toBe(products.length);
  expect(new Set(products.map(({ partNumber }) => partNumber)).size).toBe(products.length);
  expect(products.filter(({ skuId }) => !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(skuId))).toEqual(
    [],
  );
});
