import { expect, test } from '@jest/globals';
import { annualPrice } from '../../src/spend/prices.js';
import { day } from '../world/people.js';
import { policyOf } from '../world/policies.js';

const { prices } = policyOf(`
prices:
  - { sku: SPE_E5, amount: 54.75, currency: USD, frequency: monthly, ending: 2025-12-31 }
  - { sku: SPE_E5, amount: 57, currency: USD, frequency: monthly, effective: 2026-01-01, ending: 2026-12-31 }
  - { sku: VISIOCLIENT, amount: 20000, currency: JPY, frequency: yearly }
`);

test.each([
  ['SPE_E5', '2025-12-31', { minor: 65_700, currency: 'USD' }],
  ['SPE_E5', '2026-01-01', { minor: 68_400, currency: 'USD' }],
  ['spe_e5', '2026-12-31', { minor: 68_400, currency: 'USD' }],
  ['SPE_E5', '2027-01-01', undefined],
  ['VISIOCLIENT', '2031-05-05', { minor: 20_000, currency: 'JPY' }],
  ['SPE_E3', '2026-06-01', undefined],
])('a seat of %s costs on %s per year: %j', (sku, date, expected) => {
  expect(annualPrice(prices, sku, day(date))).toEqual(expected);
});
