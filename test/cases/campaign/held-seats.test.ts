import { describe, expect, it, test } from '@jest/globals';
import type { GroupId } from '../../../src/audit/person.js';
import { alarmText, heldSeats, seatAlarms } from '../../../src/cases/campaign/held-seats.js';
import { heldSeatsTogether, readHeldSeats } from '../../../src/cases/campaign/run-held-seats.js';
import type { Case, CaseId } from '../../../src/cases/case.js';
import type { CaseStep } from '../../../src/cases/step.js';
import { StoreUnavailable, type Store } from '../../../src/store/store.js';
import { CASES, FACTS, reassigned, RECEIVER } from '../../cards/a-case.js';
import { aCaseWorld, type CaseWorld } from '../../world/case-world.js';
import { SKUS } from '../../world/skus.js';
import { aStep, PROGRESS, STEP_LICENSES } from '../events-of-a-case.js';

const E5 = FACTS.licenses[0]?.skuId;

/** The group through which the same license came was left, too. */
const LEFT: CaseStep = {
  ...aStep({ ...PROGRESS.done, before: { of: 'membership', licenses: STEP_LICENSES } }),
  step: {
    kind: 'leaveGroup',
    userId: FACTS.userId,
    groupId: 'group-1' as GroupId,
    licenses: STEP_LICENSES,
  },
};
const NOTHING = { of: 'licenses', licenses: [] } as const;

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
      'one that was to be given to somebody who had one by then is held',
      reassigned({
        ...CASES.holding,
        steps: [aStep(PROGRESS.done), aStep(PROGRESS.skipped, RECEIVER.id)],
      }),
      1,
    ],
    [
      'one that was to be given to somebody who had just this one of several by then is held',
      reassigned({
        ...CASES.holding,
        steps: [aStep(PROGRESS.done), aStep({ ...PROGRESS.done, before: NOTHING } as never, RECEIVER.id)],
      }),
      1,
    ],
    [
      'one that was taken and is not given to anybody yet is held',
      { ...CASES.acting, steps: [aStep(PROGRESS.done), aStep(PROGRESS.planned, RECEIVER.id)] },
      1,
    ],
    [
      'one that is being given back before it was given on is held',
      { ...CASES.undoing, steps: [aStep(PROGRESS.undoSent), aStep(PROGRESS.planned, RECEIVER.id)] },
      1,
    ],
    [
      'one that was taken in two ways is held once',
      { ...CASES.holding, steps: [aStep(PROGRESS.done), LEFT] },
      1,
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

describe('many who ask at once what is held', () => {
  const HOLDING = { ...CASES.holding, steps: [aStep(PROGRESS.done)] };
  const everybody = (): boolean => true;

  async function aStoreWith(
    count: number,
  ): Promise<{ readonly world: CaseWorld; readonly reads: () => number }> {
    const world = await aCaseWorld([]);
    for (let at = 0; at < count; at += 1) await world.store.create('cases', held(at));
    let reads = 0;
    const query: Store['query'] = (asked) => {
      reads += 1;
      return world.store.query(asked);
    };
    const store = { ...world.store, query };
    return { world: { ...world, store }, reads: () => reads };
  }

  function held(at: number): Case {
    const caseId = `case-${at}` as CaseId;
    return { ...HOLDING, id: caseId, caseId };
  }

  it('share one reading, each with their own sum', async () => {
    const { world, reads } = await aStoreWith(3);
    const doors = { store: world.store, heldSeats: heldSeatsTogether(world.store) };
    const sums = await Promise.all([
      readHeldSeats(doors, everybody),
      readHeldSeats(doors, ({ caseId }) => caseId !== 'case-1'),
      readHeldSeats(doors, ({ isHrs }) => isHrs),
    ]);
    expect(sums.map((sum) => sum.get(E5 as never) ?? 0)).toEqual([3, 2, 0]);
    expect(reads()).toBe(1);
    await world.close();
  });

  it('see what was taken before they asked, also while another reading is under way', async () => {
    const { world, reads } = await aStoreWith(1);
    const source = heldSeatsTogether(world.store);
    const first = source();
    while (reads() === 0) await Promise.resolve();
    await world.store.create('cases', held(1));
    const [, ...later] = await Promise.all([first, source(), source()]);
    expect(later.map((each) => each.length)).toEqual([2, 2]);
    expect(reads()).toBe(2);
    await world.close();
  });

  it('get the next reading where one has failed', async () => {
    const { world } = await aStoreWith(1);
    let isDown = true;
    const query: Store['query'] = (asked) => {
      if (isDown) throw new StoreUnavailable('down');
      return world.store.query(asked);
    };
    const source = heldSeatsTogether({ ...world.store, query });
    await expect(source()).rejects.toThrow('down');
    isDown = false;
    expect(await source()).toHaveLength(1);
    await world.close();
  });
});
