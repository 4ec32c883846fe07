import { describe, expect, it } from '@jest/globals';
import { unprovenProducts, type Unproven } from '../../../src/audit/licenses/unproven.js';
import type { ReportState } from '../../../src/audit/reports/run-reports.js';
import { day, REFRESHED, TODAY } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { SKUS } from '../../world/skus.js';

const HELD = [SKUS.VISIO, SKUS.PROJECT, SKUS.POWER_BI, SKUS.E5, SKUS.APPS].map((sku) => ({
  ...sku,
  assigned: 3,
}));
const READ: ReportState = { kind: 'read', refreshed: day(REFRESHED), rows: 20, rejected: 0 };
const BOTH = ['visio', 'project'] as const;

function whyOf(
  activations: ReportState,
  knownProducts: readonly ('visio' | 'project')[] = BOTH,
  skus = HELD,
): Readonly<Record<string, Unproven['why']>> {
  const found = unprovenProducts(
    skus,
    { activations, knownProducts: new Set(knownProducts) },
    policyOf(),
    TODAY,
  );
  return Object.fromEntries(found.map(({ name, why }) => [name, why]));
}

const POWER_BI = { 'Power BI Pro': { kind: 'unrecorded' } };

describe('Nobody can be said to have never used', () => {
  it('a product whose use nothing records', () => {
    expect(whyOf(READ)).toEqual(POWER_BI);
  });

  it('Visio and Project where the policy leaves out the report on activations', () => {
    const why = { kind: 'leftOut' };
    expect(whyOf({ kind: 'off' })).toEqual({
      ...POWER_BI,
      'Visio Plan 2': why,
      'Planner and Project Plan 3': why,
    });
  });

  it('Visio and Project where that report could not be used, in its words', () => {
    const why = { kind: 'unusable', says: 'The report on activations is empty.' };
    expect(
      whyOf({ kind: 'unknown', why: 'The report on activations is empty.', failure: undefined }),
    ).toEqual({
      ...POWER_BI,
      'Visio Plan 2': why,
      'Planner and Project Plan 3': why,
    });
  });

  it('Visio and Project where that report is too old', () => {
    expect(whyOf({ ...READ, refreshed: day('2026-10-01') })).toMatchObject({
      'Visio Plan 2': { kind: 'unusable', says: expect.stringContaining('2026-10-01') },
    });
  });

  it('a product that nobody in the tenant has activated', () => {
    expect(whyOf(READ, ['project'])).toEqual({ ...POWER_BI, 'Visio Plan 2': { kind: 'nobodyActivated' } });
  });

  it('and a product that nobody holds is not spoken of', () => {
    expect(whyOf({ kind: 'off' }, [], [SKUS.VISIO, SKUS.POWER_BI])).toEqual({});
  });
});
