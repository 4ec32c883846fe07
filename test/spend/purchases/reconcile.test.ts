import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Day } from '../../../src/audit/day.js';
import { positionRows, type PositionRow } from '../../../src/spend/position.js';
import type { Purchase } from '../../../src/spend/purchases/purchase.js';
import { reconcile, type InTenant } from '../../../src/spend/purchases/reconcile.js';
import { reconciliationCsv } from '../../../src/spend/purchases/reconciliation-csv.js';
import { TODAY } from '../../world/people.js';
import { policyOf } from '../../world/policies.js';
import { SKUS } from '../../world/skus.js';

const { prices } = policyOf(`prices:
  - { sku: SPE_E5, amount: 57, currency: USD, frequency: monthly }
  - { sku: VISIOCLIENT, amount: 100, currency: USD, frequency: yearly }
  - { sku: PROJECTPROFESSIONAL, amount: 30, currency: USD, frequency: monthly }`);

/** E5: 71 bought, 65 assigned, 5 of them reclaimable. Visio: 10 and 4. */
const position: readonly PositionRow[] = positionRows(
  new Map([
    [SKUS.E5.skuId, { active: 58, protected: 2, reclaimable: 5, unknown: 0, outOfScope: 0 }],
    [SKUS.VISIO.skuId, { active: 4, protected: 0, reclaimable: 0, unknown: 0, outOfScope: 0 }],
  ]),
  [
    { ...SKUS.E5, bought: 71, assigned: 65 },
    { ...SKUS.VISIO, bought: 10, assigned: 4 },
    { ...SKUS.EXCHANGE, bought: 0, assigned: 0 },
  ],
  prices,
  TODAY,
);
const tenant: InTenant = { position, prices, managed: [], day: TODAY };

const usd = (minor: number) => ({ minor, currency: 'USD' });
const e5: Purchase = {
  line: 2,
  keys: ['SPE_E5'],
  order: undefined,
  seats: 71,
  annual: usd(4_856_400),
  effective: undefined,
  ending: undefined,
};
const visio: Purchase = { ...e5, line: 3, keys: ['Visio Plan 2'], seats: 10, annual: usd(100_000) };

function compared(purchases: readonly Purchase[], more: Partial<InTenant> = {}) {
  const answer = reconcile(purchases, { ...tenant, ...more });
  if (answer.kind === 'errors') throw new Error(JSON.stringify(answer.errors));
  return answer;
}

/** What does not add up, by part number. */
function differences(...purchases: readonly Purchase[]) {
  return compared(purchases).rows.flatMap(({ partNumber, differences }) =>
    differences.map((difference) => [partNumber, difference]),
  );
}

describe('what was bought and what the tenant has', () => {
  test('add up, license by license, whichever name the list has for it', () => {
    for (const key of ['spe_e5', 'Microsoft 365 e5', SKUS.E5.skuId.toUpperCase()])
      expect(differences({ ...e5, keys: [key] }, visio)).toEqual([]);
    const [row] = compared([e5, visio]).rows;
    expect(row).toMatchObject({ partNumber: 'SPE_E5', name: 'Microsoft 365 E5', lines: [2], inFile: 71 });
    expect(row).toMatchObject({ paid: usd(4_856_400), byPolicy: usd(4_856_400), held: { assigned: 65 } });
  });

  test('add up over several lines and credits', () => {
    const lines: readonly Purchase[] = [
      { ...e5, seats: 80, annual: usd(5_472_000) },
      { ...e5, line: 4, seats: -9, annual: usd(-615_600) },
    ];
    expect(differences(...lines, visio)).toEqual([]);
    expect(compared([...lines, visio]).rows[0]?.lines).toEqual([2, 4]);
  });

  test('differ where more were paid for than are there', () => {
    expect(differences({ ...e5, seats: 80, annual: usd(5_472_000) }, visio)).toEqual([
      ['SPE_E5', { kind: 'bought', inFile: 80, bought: 71, annual: usd(615_600) }],
    ]);
  });

  test('differ where more are there, and where more are assigned, than were bought', () => {
    expect(differences({ ...e5, seats: 60, annual: undefined }, visio)).toEqual([
      ['SPE_E5', { kind: 'bought', inFile: 60, bought: 71, annual: usd(752_400) }],
      ['SPE_E5', { kind: 'assigned', inFile: 60, assigned: 65, reclaimable: 5 }],
    ]);
  });

  test('differ where only one of them knows a license', () => {
    const project = { ...e5, line: 4, keys: ['Planner and Project Plan 3'], seats: 2, annual: usd(72_000) };
    const azure = { ...e5, line: 5, keys: ['Azure', 'Azure support'], seats: 1, annual: undefined };
    expect(differences(e5, project, azure)).toEqual([
      ['Azure', { kind: 'notInTenant', inFile: 1, paid: undefined }],
      ['PROJECTPROFESSIONAL', { kind: 'notInTenant', inFile: 2, paid: usd(72_000) }],
      ['VISIOCLIENT', { kind: 'notInFile', bought: 10, assigned: 4 }],
    ]);
  });
});

describe('what is paid and the price of the policy', () => {
  test('differ in money', () => {
    expect(differences({ ...e5, annual: usd(4_800_000) }, visio)).toEqual([
      ['SPE_E5', { kind: 'price', paid: usd(4_800_000), byPolicy: usd(4_856_400) }],
    ]);
  });

  test('do not differ by the rounding of a month', () => {
    // 100 a year are 8.33 a month, and 12 times that are 99.96.
    expect(differences(e5, { ...visio, annual: usd(99_960) })).toEqual([]);
    expect(differences(e5, { ...visio, annual: usd(99_930) })).toEqual([
      ['VISIOCLIENT', expect.objectContaining({ kind: 'price' })],
    ]);
  });

  test('cannot be compared in other currencies', () => {
    const euros = { minor: 4_000_000, currency: 'EUR' };
    expect(differences({ ...e5, annual: euros }, visio)).toEqual([
      ['SPE_E5', { kind: 'currency', paid: [euros], byPolicy: usd(68_400) }],
    ]);
  });

  test('miss each other where one is not known', () => {
    const { rows, leftOut } = compared([e5, { ...visio, annual: undefined }], { prices: [] });
    expect(rows.map(({ differences }) => differences)).toEqual([
      [{ kind: 'noPrice', paid: usd(4_856_400) }],
      [],
    ]);
    expect(leftOut.unpriced.map(({ line }) => line)).toEqual([3]);
  });
});

describe('lines that do not count', () => {
  test('are those of another time', () => {
    const over = { ...e5, line: 4, ending: (TODAY - 1) as Day };
    const toCome = { ...e5, line: 5, effective: (TODAY + 1) as Day };
    const lastDay = { ...e5, effective: TODAY, ending: TODAY };
    const { rows, leftOut } = compared([lastDay, visio, over, toCome]);
    expect(rows.flatMap(({ differences }) => differences)).toEqual([]);
    expect(leftOut).toMatchObject({ ended: [over], notBegun: [toCome], repeated: [], unmanaged: [] });
  });

  test('are those that come again in the same order; without a number they are two purchases', () => {
    const ordered = { ...e5, order: 'PO-7' };
    const again = { ...ordered, line: 9 };
    expect(compared([ordered, visio, again]).leftOut.repeated).toEqual([again]);
    expect(compared([ordered, visio, again]).rows[0]?.inFile).toBe(71);
    expect(compared([e5, visio, { ...e5, line: 9 }]).rows[0]?.inFile).toBe(142);
  });

  test('are those of licenses that the policy leaves out', () => {
    const free = { ...e5, line: 4, keys: ['FLOW_FREE'] };
    const other = { ...e5, line: 5, keys: ['SPE_E3'] };
    expect(compared([e5, visio, free]).leftOut.unmanaged).toEqual([free]);
    const scoped = compared([e5, visio, free, other], { managed: ['spe_e5', 'VISIOCLIENT'] });
    expect(scoped.leftOut.unmanaged).toEqual([free, other]);
  });
});

test('a line that names two licenses of the tenant has to say which', () => {
  expect(reconcile([{ ...e5, keys: ['SPE_E5', 'Visio Plan 2'] }], tenant)).toEqual({
    kind: 'errors',
    errors: [{ line: 2, says: 'may mean SPE_E5 or VISIOCLIENT: write the part number alone' }],
  });
});

test('whatever was bought, a license adds up exactly where both have as many and enough', () => {
  const lines = fc.array(fc.integer({ min: -5, max: 80 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(lines, (seats) => {
      const bought = seats.map((n, at) => ({ ...e5, line: at + 2, seats: n, annual: usd(n * 68_400) }));
      const row = compared(bought).rows.find(({ partNumber }) => partNumber === 'SPE_E5');
      const sum = seats.reduce((a, b) => a + b, 0);
      expect(row?.inFile).toBe(sum);
      expect(row?.differences.map(({ kind }) => kind)).toEqual([
        ...(sum === 71 ? [] : ['bought']),
        ...(sum < 65 ? ['assigned'] : []),
      ]);
    }),
  );
});

test('as a file it has a row for each license, and the tenant’s cells stay empty where it has none', () => {
  const project = { ...e5, line: 4, keys: ['Planner and Project Plan 3'], seats: 2, annual: usd(70_050) };
  const { rows } = compared([{ ...e5, seats: 60, annual: usd(4_104_000) }, project]);
  expect(reconciliationCsv(rows, 'comma').replace('\uFEFF', '').trimEnd().split('\r\n')).toEqual([
    'partNumber,license,lines,inFile,bought,assigned,active,idle,reclaimable,annualPaid,currency,annualByPolicy,policyCurrency,differences',
    'PROJECTPROFESSIONAL,Planner and Project Plan 3,4,2,,,,,,700.50,USD,720.00,USD,notInTenant',
    'SPE_E5,Microsoft 365 E5,2,60,71,65,58,7,5,41040.00,USD,41040.00,USD,"bought;assigned"',
    'VISIOCLIENT,Visio Plan 2,,0,10,4,4,0,0,,,,,notInFile',
  ]);
  expect(reconciliationCsv(rows, 'semicolon')).toContain(';41040,00;USD;41040,00;USD;"bought;assigned"\r\n');
});
