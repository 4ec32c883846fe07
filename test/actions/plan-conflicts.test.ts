import { describe, expect, it, test } from '@jest/globals';
import { planConflict } from '../../src/actions/plan-conflicts.js';
import type { StepLicense } from '../../src/cases/step.js';
import { aPerson, type LicenseSpec } from '../world/people.js';
import { MAILBOX_PLAN, SKUS, type SkuName } from '../world/skus.js';

const ALL = Object.values(SKUS);
const SHAREPOINT_PLAN = '5dbe027f-2339-4123-9542-606e4d348a72';

function held(...licenses: readonly LicenseSpec[]) {
  return aPerson('Ada', { licenses }).person.licenses;
}

function given(sku: SkuName, disabledPlans: readonly string[] = []): readonly StepLicense[] {
  return [{ skuId: SKUS[sku].skuId, name: sku, disabledPlans }];
}

describe('plans that exclude each other', () => {
  test.each<[string, readonly LicenseSpec[], SkuName, SkuName | undefined]>([
    ['two editions of Exchange and SharePoint', [{ sku: 'F3' }], 'E5', 'F3'],
    ['the other way round', [{ sku: 'E5' }], 'F3', 'E5'],
    ['two editions of Exchange alone', [{ sku: 'EXCHANGE' }], 'E3', 'EXCHANGE'],
    ['through a group as well', [{ sku: 'F3', group: 'licensing' }], 'E5', 'F3'],
    ['the same editions in two suites', [{ sku: 'E3' }], 'E5', undefined],
    ['products that share only the foundation', [{ sku: 'VISIO' }], 'PROJECT', undefined],
    ['nothing held', [], 'E5', undefined],
    ['the same product', [{ sku: 'F3' }], 'F3', undefined],
  ])('%s', (_name, licenses, sku, conflict) => {
    const expected = conflict && { given: sku, held: SKUS[conflict].skuId };
    expect(planConflict(held(...licenses), given(sku), ALL)).toEqual(expected);
  });

  it('do not count where they are switched off on either side', () => {
    const off = [MAILBOX_PLAN, SHAREPOINT_PLAN];
    expect(planConflict(held({ sku: 'E5', off }), given('F3'), ALL)).toBeUndefined();
    expect(planConflict(held({ sku: 'F3' }), given('E5', off), ALL)).toBeUndefined();
  });
});
