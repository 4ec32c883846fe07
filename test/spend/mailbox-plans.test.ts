import { expect, test } from '@jest/globals';
import { hasMailboxPlan } from '../../src/spend/mailbox-plans.js';
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
