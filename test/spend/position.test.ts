import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Sku } from '../../src/audit/person.js';
import {
  countFinding,
  countSeat,
  positionRows,
  type SeatTally,
  type SeatUse,
} from '../../src/spend/position.js';
import { aFinding, aLicenseFinding } from '../cases/a-finding.js';
import { TODAY } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { SKUS } from '../world/skus.js';

const { prices } = policyOf('prices: [{ sku: SPE_E3, amount: 36, currency: USD, frequency: monthly }]');

test('says where the seats are and what they cost', () => {
  const tally: SeatTally = new Map();
  const uses: readonly SeatUse[] = ['active', 'active', 'reclaimable', 'protected', 'unknown', 'outOfScope'];
  for (const use of uses) countSeat(tally, SKUS.E3.skuId, use);
  const [row] = positionRows(tally, [{ ...SKUS.E3, bought: 10, assigned: 7 }], prices, TODAY);
  expect(row).toEqual({
    skuId: SKUS.E3.skuId,
    partNumber: 'SPE_E3',
    name: 'Microsoft 365 E3',
    bought: 10,
    assigned: 7,
    free: 3,
    active: 2,
    idle: 2,
    protected: 1,
    reclaimable: 1,
    unknown: 1,
    outOfScope: 1,
    unaccounted: 1,
    annualPrice: { minor: 43_200, currency: 'USD' },
    annualBought: { minor: 432_000, currency: 'USD' },
    annualIdle: { minor: 86_400, currency: 'USD' },
    annualReclaimable: { minor: 43_200, currency: 'USD' },
  });
});

test('a SKU without a price has no costs, and one that nobody holds is idle nowhere', () => {
  const [row] = positionRows(new Map(), [{ ...SKUS.E5, bought: 5 }], prices, TODAY);
  expect(row).toMatchObject({ free: 5, idle: 0, annualBought: undefined, annualIdle: undefined });
});

test('adds up, whoever holds what', () => {
  const names = ['E3', 'E5', 'VISIO'] as const;
  const use = fc.constantFrom<SeatUse>('active', 'protected', 'reclaimable', 'unknown', 'outOfScope');
  const seats = fc.array(fc.record({ name: fc.constantFrom(...names), use }));
  const counts = fc.record({ bought: fc.nat({ max: 500 }), assigned: fc.nat({ max: 500 }) });
  fc.assert(
    fc.property(seats, fc.array(counts, { minLength: 3, maxLength: 3 }), (held, units) => {
      const tally: SeatTally = new Map();
      for (const seat of held) countSeat(tally, SKUS[seat.name].skuId, seat.use);
      const skus = names.map((name, at): Sku => ({ ...SKUS[name], ...units[at] }));
      const rows = positionRows(tally, skus, prices, TODAY);
      for (const row of rows) {
        expect(row.bought).toBe(row.assigned + row.free);
        expect(row.idle).toBe(row.protected + row.reclaimable);
        expect(row.assigned).toBe(row.active + row.idle + row.unknown + row.outOfScope + row.unaccounted);
        expect(row.annualIdle?.minor).toBe(row.annualPrice && row.annualPrice.minor * row.idle);
      }
      const counted = rows.reduce(
        (sum, row) => sum + row.active + row.idle + row.unknown + row.outOfScope,
        0,
      );
      expect(counted).toBe(held.length);
    }),
  );
});

test('a license that another one makes superfluous can be taken back, and only from somebody who is asked about', () => {
  const verdict = { kind: 'active', lastUse: TODAY } as const;
  const licenses = [
    aLicenseFinding('E5', { verdict }),
    aLicenseFinding('E3', { verdict, coveredBy: SKUS.E5.skuId }),
  ];
  const counted = (change: Parameters<typeof aFinding>[1]) => {
    const tally: SeatTally = new Map();
    countFinding(tally, aFinding('Ann', { licenses, verdict, scenario: 'unusedLicense', ...change }));
    return [tally.get(SKUS.E5.skuId), tally.get(SKUS.E3.skuId)];
  };
  expect(counted({})).toMatchObject([{ active: 1 }, { active: 0, reclaimable: 1 }]);
  const protections = [{ kind: 'exempt', route: 'excluded', rule: 'protect.exempt.users' }] as const;
  expect(counted({ protections, recommendation: 'excluded' })).toMatchObject([{ active: 1 }, { active: 1 }]);
});
