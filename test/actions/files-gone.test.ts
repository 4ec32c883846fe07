import { describe, expect, it, test } from '@jest/globals';
import { filesGone } from '../../src/actions/recheck-removal.js';
import type { CaseLicense } from '../../src/cases/case.js';
import { aLicense } from '../cards/a-case.js';
import { aPerson, type LicenseSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const ONE_DRIVE = SKUS.E3.plans.filter(({ name }) => name.startsWith('SHAREPOINT')).map(({ id }) => id);
const TEAMS = SKUS.E3.plans.filter(({ name }) => name === 'TEAMS1').map(({ id }) => id);
const E3 = aLicense({ skuId: SKUS.E3.skuId as CaseLicense['skuId'], disabledPlans: [], holdsFiles: true });

function goneFrom(
  held: readonly LicenseSpec[],
  licenses: readonly CaseLicense[] = [E3],
): ReturnType<typeof filesGone> {
  const live = { person: aPerson('Ada', { licenses: held }).person, skus: Object.values(SKUS) };
  const going = licenses.map(({ skuId, name }) => ({ skuId, name, disabledPlans: [] }));
  return filesGone({ licenses }, going, live as unknown as Parameters<typeof filesGone>[2]);
}

describe('files before a step', () => {
  test.each<[string, LicenseSpec]>([
    ['held directly', { sku: 'E3', off: ONE_DRIVE }],
    ['through a group', { sku: 'E3', group: 'all', off: ONE_DRIVE }],
  ])('had lost their license where OneDrive was switched off in it: %s', (_how, held) => {
    expect(goneFrom([held])).toEqual({ filesGone: true });
  });

  it('have it still where nothing, or another plan, was switched off', () => {
    expect(goneFrom([{ sku: 'E3' }])).toEqual({});
    expect(goneFrom([{ sku: 'E3', off: TEAMS }])).toEqual({});
  });

  it('have it still under another license that goes with it', () => {
    const e5 = aLicense({
      skuId: SKUS.E5.skuId as CaseLicense['skuId'],
      disabledPlans: [],
      holdsFiles: true,
    });
    expect(goneFrom([{ sku: 'E3', off: ONE_DRIVE }, { sku: 'E5' }], [E3, e5])).toEqual({});
  });

  it('were never under a license that held none when the case was opened', () => {
    expect(goneFrom([{ sku: 'E3', off: ONE_DRIVE }], [{ ...E3, holdsFiles: false }])).toEqual({});
  });
});
