import type { Instant } from '../../src/cases/case.js';
import type { PersonDeliveries } from '../../src/cases/asking/deliveries.js';
import { MANAGER, userId } from './a-case.js';

/** She was reached at the second try. */
export const TO_MEGAN: PersonDeliveries = {
  userId: MANAGER.id,
  displayName: MANAGER.displayName,
  notes: [
    { at: '2026-11-23T08:10:00.000Z' as Instant, became: 'failed', code: 'Throttled', cases: 5 },
    { at: '2026-11-23T08:40:00.000Z' as Instant, became: 'delivered', cases: 5 },
  ],
};

/** One person who blocked the bot, one whom a policy keeps from having the app, one who got it, and one who was reached at the second try. */
export const LEDGER: readonly PersonDeliveries[] = [
  {
    userId: userId(21),
    displayName: 'Lee Gu',
    notes: [
      {
        at: '2026-11-23T08:10:00.000Z' as Instant,
        became: 'blocked',
        code: 'MessageWritesBlocked',
        cases: 3,
      },
    ],
  },
  {
    userId: userId(22),
    displayName: 'Nestor Wilke',
    notes: [
      {
        at: '2026-11-23T08:12:00.000Z' as Instant,
        became: 'notInstalled',
        code: 'ForbiddenOperationException',
        installation: { is: 'refused', code: 'Forbidden' },
        cases: 2,
      },
    ],
  },
  {
    userId: userId(23),
    displayName: 'Isaiah Langer',
    notes: [
      {
        at: '2026-11-23T08:15:00.000Z' as Instant,
        became: 'delivered',
        installation: { is: 'installed' },
        cases: 1,
      },
    ],
  },
  TO_MEGAN,
];
