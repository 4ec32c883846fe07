import type { BackTest } from '../../src/audit/back-test/back-test.js';
import { day } from '../world/people.js';

/** Three thresholds, of which one is lower than the policy's, and one earlier run. */
export const BACK_TEST: BackTest = {
  runId: 'run-2',
  day: day('2026-11-23'),
  policyDays: 90,
  thresholds: [
    {
      days: 60,
      people: 1_058,
      licenses: 1_311,
      annualCost: [
        { minor: 1_800_050, currency: 'EUR' },
        { minor: 42_480_000, currency: 'USD' },
      ],
      withoutPrice: 12,
      unchecked: 40,
      unread: 310,
      protected: 31,
      guests: 8,
    },
    {
      days: 90,
      people: 42,
      licenses: 61,
      annualCost: [{ minor: 2_062_800, currency: 'USD' }],
      withoutPrice: 0,
      unchecked: 0,
      unread: 0,
      protected: 31,
      guests: 8,
    },
    {
      days: 180,
      people: 1,
      licenses: 1,
      annualCost: [],
      withoutPrice: 1,
      unchecked: 0,
      unread: 0,
      protected: 3,
      guests: 0,
    },
  ],
  earlier: [
    {
      runId: 'run-1',
      day: day('2026-10-19'),
      returns: [
        { days: 60, flagged: 1_001, cameBack: 87, stayedIdle: 900, untold: 14 },
        { days: 90, flagged: 40, cameBack: 1, stayedIdle: 39, untold: 0 },
        { days: 180, flagged: 2, cameBack: 0, stayedIdle: 2, untold: 0 },
      ],
    },
  ],
};
