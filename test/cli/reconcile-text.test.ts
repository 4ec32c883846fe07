import { describe, expect, test } from '@jest/globals';
import { errorsText, reconciliationText } from '../../src/cli/reconcile-text.js';
import { positionRows } from '../../src/spend/position.js';
import type { Purchase } from '../../src/spend/purchases/purchase.js';
import { reconcile } from '../../src/spend/purchases/reconcile.js';
import { TODAY } from '../world/people.js';
import { policyOf } from '../world/policies.js';
import { SKUS } from '../world/skus.js';

const { prices } = policyOf(`prices:
  - { sku: SPE_E5, amount: 57, currency: USD, frequency: monthly }
  - { sku: VISIOCLIENT, amount: 15, currency: USD, frequency: monthly }`);
const skus = [
  { ...SKUS.E5, bought: 1200, assigned: 1150 },
  { ...SKUS.VISIO, bought: 10, assigned: 4 },
  { ...SKUS.POWER_BI, bought: 30, assigned: 21 },
  { ...SKUS.PROJECT, bought: 3, assigned: 3 },
];
const seats = { active: 1100, protected: 20, reclaimable: 30, unknown: 0, outOfScope: 0 };
const position = positionRows(new Map([[SKUS.E5.skuId, seats]]), skus, prices, TODAY);

function bought(line: number, key: string, seats: number, annual?: number, currency = 'USD'): Purchase {
  return {
    line,
    keys: [key],
    order: 'PO-1',
    seats,
    annual: annual === undefined ? undefined : { minor: annual * 100, currency },
    effective: undefined,
    ending: undefined,
  };
}

function textOf(...purchases: readonly Purchase[]): readonly string[] {
  const answer = reconcile(purchases, { position, prices, managed: [], day: TODAY });
  if (answer.kind === 'errors') throw new Error(JSON.stringify(answer.errors));
  return reconciliationText(answer).split('\n');
}

describe('a reconciliation', () => {
  test('shows every license side by side, and says of each what does not add up', () => {
    const lines = textOf(
      bought(2, 'SPE_E5', 1100, 752_400),
      bought(3, 'VISIOCLIENT', 12, 1800),
      bought(4, 'POWER_BI_PRO', 30, 5040),
      bought(5, 'Copilot', 1, 360),
    );
    expect(lines).toEqual([
      'LICENSE                     IN FILE  BOUGHT  ASSIGNED  ACTIVE  PAID PER YEAR  BY POLICY  ADDS UP',
      'Copilot                           1    none      none    none           $360   no price  no',
      'Power BI Pro                     30      30        21       0         $5,040   no price  no',
      'Planner and Project Plan 3     none       3         3       0           none       none  no',
      'Microsoft 365 E5              1,100   1,200     1,150   1,100       $752,400   $752,400  no',
      'Visio Plan 2                     12      10         4       0         $1,800     $2,160  no',
      '',
      'What does not add up:',
      '  Copilot (line 5): 1 in the file ($360 a year), and the tenant has none of this name or part number.',
      '  Power BI Pro (line 4): $5,040 a year are paid, and the policy has no price: enter it in prices.',
      '  Planner and Project Plan 3: 3 bought and 3 assigned in the tenant, and no line of the file has it.',
      '  Microsoft 365 E5 (line 2): 1,100 in the file, 1,200 bought in the tenant: 100 are in the tenant and not in the file ($68,400 a year).',
      '  Microsoft 365 E5 (line 2): 1,150 assigned, 1,100 in the file: 50 more than the file says were bought; 30 of those assigned can be reclaimed.',
      '  Visio Plan 2 (line 3): 12 in the file, 10 bought in the tenant: 2 are in the file and not in the tenant ($300 a year).',
      '  Visio Plan 2 (line 3): $1,800 a year by the file, $2,160 by the price of the policy: the file pays $360 less.',
      '',
      '5 products compared, 0 add up. Paid by the file: $754,200 a year; the same licenses by the policy: $754,560 (2 with both prices).',
    ]);
  });

  test('says that everything adds up by saying nothing else, and which lines were not compared', () => {
    const rest = [bought(4, 'POWER_BI_PRO', 30), bought(5, 'PROJECTPROFESSIONAL', 3)];
    const e5 = bought(2, 'SPE_E5', 1200, 820_800);
    const lines = textOf(
      e5,
      bought(3, 'VISIOCLIENT', 10, 1800),
      ...rest,
      { ...e5, line: 6 },
      bought(7, 'FLOW_FREE', 9),
    );
    expect(lines.join('\n')).not.toContain('What does not add up');
    expect(lines.slice(6)).toEqual([
      '4 products compared, 4 add up. Paid by the file: $822,600 a year; the same licenses by the policy: $822,600 (2 with both prices).',
      '',
      'The same as an earlier line of the same order, and counted once: line 6.',
      'Free, a trial, or not in scope.skus of the policy, and not compared: line 7.',
      'Without a price in the file, so that only the licenses were compared: lines 4, 5.',
    ]);
  });

  test('does not compare amounts of different currencies', () => {
    const lines = textOf(bought(2, 'SPE_E5', 600, 400_000, 'EUR'), bought(3, 'SPE_E5', 600, 410_400));
    expect(lines.join('\n')).toContain(
      'Microsoft 365 E5 (lines 2, 3): paid in EUR and USD, and the price of the policy is in USD, so that the amounts cannot be compared.',
    );
  });

  test('cannot move the cursor of the terminal', () => {
    expect(textOf(bought(2, 'Copilot\u001b[2J', 1)).join('\n')).not.toContain('\u001b');
  });
});

test('errors are shown up to twenty, then counted', () => {
  const errors = Array.from({ length: 23 }, (_, at) => ({ line: at + 2, says: 'seats is "\u001b": x' }));
  const lines = errorsText(errors).split('\n');
  expect(lines[0]).toBe('  line 2: seats is " ": x');
  expect(lines).toHaveLength(21);
  expect(lines[20]).toBe('  and 3 more');
});
