import { describe, expect, it, test } from '@jest/globals';
import { alarmText, heldSeats, seatAlarms } from '../../../src/cases/campaign/held-seats.js';
import type { Case } from '../../../src/cases/case.js';
import { CASES, FACTS, reassigned, RECEIVER } from '../../cards/a-case.js';
import { SKUS } from '../../world/skus.js';
import { aStep, PROGRESS } from '../events-of-a-case.js';

const E5 = FACTS.licenses[0]?.skuId;

describe('seats that undos may need', () => {
  test.each<[string, Case, number]>([
    ['a license that was taken is held', { ...CASES.holding, steps: [aStep(PROGRESS.done)] }, 1],
    ['one that is on its way is held', { ...CASES.acting, steps: [aStep(PROGRESS.sent)] }, 1],
    ['one that is being given back is held', { ...CASES.undoing, steps: [aStep(PROGRESS.undoSent)] }, 1],
    ['one that is back is free', { ...CASES.undoing, steps: [aStep(PROGRESS.undone)] }, 0],
    ['one that is only planned is not free yet', CASES.scheduled, 0],
    ['one whose undo window has ended is free', CASES.closed, 0],
    [
      'one that was given to somebody else is spent',
      reassigned({ ...CASES.holding, steps: [aStep(PROGRESS.done), aStep(PROGRESS.done, RECEIVER.id)] }),
      0,
    ],
    [
      'one that a reassignment took along, and gave to nobody, is held',
      reassigned({ ...CASES.holding, steps: [aStep(PROGRESS.done)] }),
      1,
    ],
  ])('%s', (_name, c, seats) => {
    expect(heldSeats([c]).get(E5 as never) ?? 0).toBe(seats);
  });

  it('raise an alarm when fewer are free', () => {
    const held = new Map([[SKUS.E5.skuId, 3]]);
    const sku = (bought: number, assigned: number) => ({ ...SKUS.E5, bought, assigned });
    expect(seatAlarms(held, [sku(10, 7)])).toEqual([]);
    expect(seatAlarms(held, [sku(10, 8)])).toEqual([{ partNumber: 'SPE_E5', held: 3, free: 2 }]);
    expect(seatAlarms(held, [sku(10, 12)])).toEqual([{ partNumber: 'SPE_E5', held: 3, free: 0 }]);
    expect(alarmText({ partNumber: 'SPE_E5', held: 3, free: 1 })).toBe(
      '3 seats of SPE_E5 may have to be given back by an undo, but only 1 is free: assign no more of it, or buy some.',
    );
  });
});
