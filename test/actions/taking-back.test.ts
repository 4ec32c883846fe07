import { describe, expect, it } from '@jest/globals';
import { filesNote, whyNotTakenBack } from '../../src/actions/taking-back.js';
import { actingPolicy } from '../world/steward-world.js';
import { aPerson, type PersonSpec } from '../world/people.js';
import { SKUS } from '../world/skus.js';

const policy = actingPolicy('reclaim: { mailbox: convert }');
const E5 = { skuId: SKUS.E5.skuId, name: 'Microsoft 365 E5', disabledPlans: [] };
const NOW = new Date('2026-11-23T09:00:00.000Z');

const live = (licenses: PersonSpec['licenses'] = []) =>
  ({
    person: aPerson('Rita', { licenses }).person,
    mailbox: 'user',
    skus: Object.values(SKUS),
  }) as const;

describe('a license that is taken back', () => {
  it('has its mailbox looked at also where an older read does not show the license yet', () => {
    expect(whyNotTakenBack([E5], live(), policy)).toContain('The mailbox has no other license than');
    expect(whyNotTakenBack([E5], live([{ sku: 'OFFICE_E3' }]), policy)).toBeUndefined();
  });

  it('has what becomes of the files written down also then', () => {
    expect(filesNote([E5], live(), policy, NOW)).toBe('Files in OneDrive are archived after 2027-02-24.');
    expect(filesNote([E5], live([{ sku: 'OFFICE_E3' }]), policy, NOW)).toBeUndefined();
  });

  it('takes no mailbox and no files whose plans were switched off in it', () => {
    const disabledPlans = SKUS.E5.plans.map(({ id }) => id);
    expect(whyNotTakenBack([{ ...E5, disabledPlans }], live(), policy)).toBeUndefined();
    expect(filesNote([{ ...E5, disabledPlans }], live(), policy, NOW)).toBeUndefined();
  });
});
