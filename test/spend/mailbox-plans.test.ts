import { expect, test } from '@jest/globals';
import { carriesMailbox, hasMailboxPlan } from '../../src/spend/mailbox-plans.js';
import { MAILBOX_PLAN, SKUS } from '../world/skus.js';

const ON = { disabledPlans: [] };

test.each([
  ['Exchange in a suite', ON, SKUS.E5, true],
  ['Exchange alone', ON, SKUS.EXCHANGE, true],
  ['Exchange switched off', { disabledPlans: [MAILBOX_PLAN.toUpperCase()] }, SKUS.E5, false],
  ['another plan switched off', { disabledPlans: ['x'] }, SKUS.E5, true],
  ['the foundation that comes with everything', ON, SKUS.VISIO, false],
  [
    'an edition that is not in the list',
    ON,
    { plans: [{ id: 'new', name: 'EXCHANGE_S_STANDARD_MOON' }] },
    true,
  ],
  ['an add-on for analytics', ON, { plans: [{ id: 'new', name: 'EXCHANGE_ANALYTICS' }] }, false],
  ['a product that the tenant does not list', ON, undefined, true],
])('%s', (_name, license, sku, expected) => {
  expect(hasMailboxPlan(license, sku)).toBe(expected);
});

test.each([
  ['the kiosk plan of a cheaper suite', SKUS.F3.plans, true],
  ['Exchange Plan 1', SKUS.EXCHANGE.plans, true],
  ['Exchange Plan 2', SKUS.E5.plans, true],
  ['the foundation that comes with everything', SKUS.VISIO.plans, false],
  ['Power BI', SKUS.POWER_BI.plans, false],
  ['an archive by its id', [{ id: 'DA040E0A-b393-4bea-bb76-928b3fa1cf5a', name: '' }], false],
  ['an archive by its name', [{ id: 'new', name: 'EXCHANGE_S_ARCHIVE_ADDON_GOV' }], false],
  ['an edition that is not in the list', [{ id: 'new', name: 'EXCHANGE_S_DESKLESS_MOON' }], true],
  ['nothing at all', [], false],
])('a mailbox lives on under %s: %#', (_name, plans, expected) => {
  expect(carriesMailbox({ plans })).toBe(expected);
});
