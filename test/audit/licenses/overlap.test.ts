import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { coveredLicenses } from '../../../src/audit/licenses/overlap.js';
import type { License, LicensePath, Sku, SkuId } from '../../../src/audit/person.js';
import { day } from '../../world/people.js';
import { SKU } from '../../../src/simulator/products.js';

type Key = keyof typeof SKU;

type Facts = Pick<Sku, 'plans' | 'capabilityStatus' | 'bought'>;

const SKUS: ReadonlyMap<SkuId, Facts> = new Map(
  Object.values(SKU).map((product) => [
    product.skuId as SkuId,
    { plans: product.plans, capabilityStatus: 'Enabled', bought: 25 },
  ]),
);
const RULES = { newLicenseGraceDays: 30, today: day('2026-11-23') };
const DIRECT: LicensePath = {
  kind: 'direct',
  state: 'active',
  error: undefined,
  disabledPlans: [],
  since: day('2024-01-15'),
};

function held(key: Key, cost: number | undefined, change: Partial<License> = {}) {
  const license: License = { skuId: SKU[key].skuId as SkuId, disabledPlans: [], paths: [DIRECT], ...change };
  return { license, cost };
}

function covered(...list: readonly ReturnType<typeof held>[]): readonly (readonly [string, string])[] {
  const name = (id: SkuId): string => Object.entries(SKU).find(([, { skuId }]) => skuId === id)?.[0] ?? id;
  return [...coveredLicenses(list, SKUS, RULES)].map(([one, by]) => [name(one), name(by)]);
}

describe('a second suite', () => {
  test.each([
    ['Office 365 E3 beside Microsoft 365 E3', [held('OFFICE_E3', 23), held('E3', 36)], [['OFFICE_E3', 'E3']]],
    ['Office 365 E3 beside E5', [held('E5', 57), held('OFFICE_E3', 23)], [['OFFICE_E3', 'E5']]],
    ['E1 beside E3: smaller editions of the same services', [held('E1', 10), held('E3', 36)], [['E1', 'E3']]],
    ['Exchange Plan 1 beside E3', [held('EXCHANGE', 4), held('E3', 36)], [['EXCHANGE', 'E3']]],
    ['Entra P1 beside E5', [held('ENTRA_P1', 6), held('E3', 36)], []],
    ['E3 and E5', [held('E3', 36), held('E5', 57)], [['E3', 'E5']]],
    ['E3 and Visio', [held('E3', 36), held('VISIO', 15)], []],
    ['E5 and Power BI Pro, which is in it', [held('E5', 57), held('POWER_BI', 14)], [['POWER_BI', 'E5']]],
    ['E3 alone', [held('E3', 36)], []],
    [
      'three of them',
      [held('E1', 10), held('OFFICE_E3', 23), held('E5', 57)],
      [
        ['OFFICE_E3', 'E5'],
        ['E1', 'E5'],
      ],
    ],
  ] as const)('%s', (_what, list, expected) => {
    expect(covered(...list)).toEqual(expected);
  });

  test('covers nothing with what is switched off in it', () => {
    const teams = SKU.E5.plans.find(({ name }) => name === 'TEAMS1')?.id ?? '';
    expect(covered(held('E5', 57, { disabledPlans: [teams] }), held('OFFICE_E3', 23))).toEqual([]);
    expect(
      covered(held('E5', 57, { disabledPlans: [teams] }), held('OFFICE_E3', 23, { disabledPlans: [teams] })),
    ).toEqual([['OFFICE_E3', 'E5']]);
  });

  test('covers nothing while it has an error or is on its way out', () => {
    for (const path of [
      { ...DIRECT, state: 'activeWithError' as const, error: 'DependencyViolation' },
      { ...DIRECT, state: 'disabled' as const },
    ])
      expect(covered(held('E5', 57, { paths: [path] }), held('OFFICE_E3', 23))).toEqual([]);
  });

  test.each([
    ['Enabled', 25, true],
    ['Warning', 25, true],
    ['Enabled', 0, false],
    ['Suspended', 0, false],
    ['Suspended', 25, false],
    ['LockedOut', 25, false],
    ['Deleted', 0, false],
  ])('of a subscription that is %s with %d seats covers: %s', (capabilityStatus, bought, covers) => {
    const e5 = SKU.E5.skuId as SkuId;
    const skus = new Map(SKUS).set(e5, { plans: SKU.E5.plans, capabilityStatus, bought });
    const both = [held('E5', 57), held('OFFICE_E3', 23)];
    expect(coveredLicenses(both, skus, RULES).size).toBe(covers ? 1 : 0);
  });

  test.each([
    ['today', '2026-11-23', []],
    ['29 days ago', '2026-10-25', []],
    ['30 days ago', '2026-10-24', [['OFFICE_E3', 'E5']]],
  ] as const)('that came %s', (_when, since, expected) => {
    const paths = [{ ...DIRECT, since: day(since) }];
    expect(covered(held('E5', 57, { paths }), held('OFFICE_E3', 23))).toEqual(expected);
  });

  test('covers nothing while nobody knows since when it is there', () => {
    const undated = { ...DIRECT, since: undefined };
    for (const paths of [[undated], [DIRECT, undated]])
      expect(covered(held('E5', 57, { paths }), held('OFFICE_E3', 23))).toEqual([]);
  });
});

test('one of everything that is given always stays, whatever the order', () => {
  const keys = Object.keys(SKU) as Key[];
  fc.assert(
    fc.property(fc.subarray(keys, { minLength: 1 }), fc.nat(), (list, turn) => {
      const entries = list.map((key, at) => held(key, (at * 7) % 60));
      const turned = [...entries.slice(turn % list.length), ...entries.slice(0, turn % list.length)];
      const result = coveredLicenses(turned, SKUS, RULES);
      // Maps are equal whatever the order of their entries.
      expect(result).toEqual(coveredLicenses(entries, SKUS, RULES));
      for (const by of result.values()) expect(result.has(by)).toBe(false);
      expect(result.size).toBeLessThan(list.length);
    }),
  );
});
