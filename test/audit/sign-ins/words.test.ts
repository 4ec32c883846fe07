import { describe, expect, it } from '@jest/globals';
import { planSentence } from '../../../src/audit/sign-ins/words.js';

const PLAN = {
  step: { kind: 'ids', requests: 3 },
  needed: 20,
  licensed: 300,
  olderThan: new Date('2026-08-25T00:00:00Z'),
  sweepRows: undefined,
  requests: 3,
  perMinute: 10,
  goesOn: false,
} as const;

describe('The announcement of what is read', () => {
  it.each([
    [0, ''],
    [1, '; 1 was read within the last day'],
    [1_200, '; 1,200 were read within the last day'],
  ])('with %i that were kept', (kept, told) => {
    expect(planSentence({ ...PLAN, kept })).toBe(
      `Sign-in dates: about 3 requests, less than a minute (20 people by id${told})`,
    );
  });
});
