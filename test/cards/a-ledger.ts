import type { Instant } from '../../src/cases/case.js';
import type { PersonDeliveries } from '../../src/cases/deliveries.js';
import { MANAGER, userId } from './a-case.js';

/** One person who blocked the bot, one who was reached at the second try. */
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
    userId: MANAGER.id,
    displayName: MANAGER.displayName,
    notes: [
      { at: '2026-11-23T08:10:00.000Z' as Instant, became: 'failed', code: 'Throttled', cases: 5 },
      { at: '2026-11-23T08:40:00.000Z' as Instant, became: 'delivered', cases: 5 },
    ],
  },
];
