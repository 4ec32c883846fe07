import { describe, expect, test } from '@jest/globals';
import { contentsOf, contentsOfPlans } from '../../../src/audit/licenses/parts.js';
import type { Sku } from '../../../src/audit/person.js';
import { SKU } from '../../../src/simulator/products.js';
import { SKUS } from '../../world/skus.js';

function plans(...names: readonly string[]): Sku['plans'] {
  return names.map((name) => ({ id: name.toLowerCase(), name }));
}

/** Plans of real products, as Microsoft's table of service plans has them. */
test.each([
  [
    'Exchange Online (Plan 1)',
    plans('EXCHANGE_S_STANDARD', 'INTUNE_O365', 'BPOS_S_TODO_1'),
    ['exchange'],
    [],
  ],
  [
    'Exchange archiving holds no mailbox of its own',
    plans('EXCHANGE_S_ARCHIVE_ADDON'),
    [],
    ['EXCHANGE_S_ARCHIVE_ADDON'],
  ],
  [
    'SharePoint Online (Plan 2)',
    plans('SHAREPOINTENTERPRISE', 'SHAREPOINTWAC'),
    ['oneDrive', 'sharePoint'],
    [],
  ],
  ['OneDrive for Business (Plan 1)', plans('ONEDRIVESTANDARD', 'SHAREPOINTWAC'), ['oneDrive'], []],
  [
    'Microsoft 365 Apps for enterprise',
    plans('OFFICESUBSCRIPTION', 'FORMS_PLAN_E1', 'ONEDRIVESTANDARD'),
    ['oneDrive', 'apps'],
    [],
  ],
  [
    'Visio Plan 2',
    plans('VISIO_CLIENT_SUBSCRIPTION', 'VISIOONLINE', 'ONEDRIVE_BASIC', 'EXCHANGE_S_FOUNDATION'),
    ['visio'],
    [],
  ],
  [
    'Visio Plan 1: web alone',
    plans('VISIOONLINE', 'ONEDRIVE_BASIC', 'EXCHANGE_S_FOUNDATION'),
    [],
    ['VISIOONLINE'],
  ],
  [
    'Project Plan 3',
    plans('PROJECT_CLIENT_SUBSCRIPTION', 'SHAREPOINT_PROJECT', 'PROJECT_PROFESSIONAL', 'SHAREPOINTWAC'),
    ['project'],
    [],
  ],
  ['Project Plan 1: web alone', plans('PROJECT_ESSENTIALS', 'SHAREPOINTWAC'), [], ['PROJECT_ESSENTIALS']],
  ['Power BI Pro', plans('BI_AZURE_P2', 'EXCHANGE_S_FOUNDATION'), [], ['BI_AZURE_P2']],
  ['Teams Phone', plans('MCOEV'), [], ['MCOEV']],
  ['Entra ID P1', plans('AAD_PREMIUM', 'MFA_PREMIUM'), [], ['AAD_PREMIUM', 'MFA_PREMIUM']],
  ['Teams for GCC', plans('TEAMS_GOV'), ['teams'], []],
  ['Teams for GCC High', plans('TEAMS_AR_GCCHIGH'), ['teams'], []],
  ['Teams Rooms', plans('TEAMS_ROOMS'), [], ['TEAMS_ROOMS']],
  [
    'Teams Premium',
    plans('TEAMS_PREMIUM_CUSTOMER', 'TEAMS_ADVCOMMS'),
    [],
    ['TEAMS_PREMIUM_CUSTOMER', 'TEAMS_ADVCOMMS'],
  ],
  ['Teams Essentials', plans('TEAMS_ESSENTIALS', 'MCOIMP'), ['teams', 'skype'], []],
  ['Viva Engage', plans('YAMMER_ENTERPRISE', 'VIVAENGAGE_CORE'), ['yammer'], []],
] as const)('%s', (_product, given, parts, undated) => {
  const contents = contentsOfPlans(given, []);
  expect(new Set(contents.parts)).toEqual(new Set(parts));
  expect(contents.undated).toEqual(undated);
});

test.each([
  ['OFFICESUBSCRIPTION', true],
  ['VISIO_CLIENT_SUBSCRIPTION', true],
  ['PROJECT_CLIENT_SUBSCRIPTION', true],
  ['OFFICE_BUSINESS', false],
  ['VISIOONLINE', false],
  ['OFFICEMOBILE_SUBSCRIPTION', false],
])('activations of %s are counted: %p', (name, isCounted) => {
  expect(contentsOfPlans(plans(name), []).services.includes('desktop')).toBe(isCounted);
});

describe('suites of the simulated tenant', () => {
  test('say which apps in them leave no trace', () => {
    const unrecorded = ['Planner', 'Power Apps', 'Power Automate'];
    expect(contentsOfPlans(SKU.OFFICE_E3.plans, []).unrecorded).toEqual(unrecorded);
    expect(contentsOfPlans(SKU.F3.plans, []).unrecorded).toEqual(['Planner']);
    expect(contentsOfPlans(SKU.VISIO.plans, []).unrecorded).toEqual([]);
  });

  test('Office 365 E3 and E1 are dated in full, Microsoft 365 E3, E5 and F3 are not', () => {
    const undated = (key: keyof typeof SKU): number => contentsOfPlans(SKU[key].plans, []).undated.length;
    expect([undated('OFFICE_E3'), undated('E1')]).toEqual([0, 0]);
    for (const key of ['E3', 'E5', 'F3'] as const) expect(undated(key)).toBeGreaterThan(0);
  });
});

test('plans that are switched off do not count, and the look-up works out each SKU by itself', () => {
  const lookUp = contentsOf(new Map(Object.values(SKUS).map((sku) => [sku.skuId, sku])));
  const off = SKUS.E3.plans.find(({ name }) => name === 'INTUNE_A')?.id ?? '';
  expect(lookUp({ skuId: SKUS.E3.skuId, disabledPlans: [] }).undated).toEqual(['INTUNE_A']);
  expect(lookUp({ skuId: SKUS.E3.skuId, disabledPlans: [off] }).undated).toEqual([]);
  expect(lookUp({ skuId: SKUS.E3.skuId, disabledPlans: [] }).undated).toEqual(['INTUNE_A']);
  expect(lookUp({ skuId: 'unheard-of' as typeof SKUS.E3.skuId, disabledPlans: [] })).toEqual({
    parts: [],
    services: [],
    unrecorded: [],
    undated: [],
  });
});
