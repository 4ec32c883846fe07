import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { mayTakeStepToday } from '../../src/actions/run-daily-limit.js';
import { latestRun } from '../../src/audit/run-store.js';
import type { Case, CaseId } from '../../src/cases/case.js';
import type { Doors } from '../../src/cases/doors.js';
import type { Doc } from '../../src/store/store.js';
import { CASES } from '../cards/a-case.js';
import { onBothStores } from '../store/both-stores.js';
import { actingPolicy, aSteward, type StewardWorld } from '../world/steward-world.js';

let world: StewardWorld;

/** A tenant of 12 people in scope, all of whom hold a managed license. */
beforeEach(async () => {
  world = await aSteward({ people: 12 });
});

afterEach(() => world.close());

function limitedTo(count: number, percent = 100): Doors {
  const policy = actingPolicy();
  return {
    ...world.doors,
    policy: { ...policy, limits: { ...policy.limits, stepsPerDay: { count, percent } } },
  };
}

function aCase(caseId: string, change: Partial<Case> = {}): Case {
  return { ...CASES.scheduled, ...change, caseId: caseId as CaseId } as Case;
}

/** How many of so many cases may take their first step. */
async function allowed(doors: Doors, cases: number, from = 0): Promise<number> {
  let count = 0;
  for (let n = from; n < from + cases; n += 1) {
    if (await mayTakeStepToday(doors, aCase(`case-${n}`), 0)) count += 1;
  }
  return count;
}

describe('the limit of steps per day', () => {
  it('is full as long as no run says how many people there are', async () => {
    expect(await allowed(limitedTo(100), 3)).toBe(0);
  });

  it('is a count', async () => {
    await world.audit();
    expect(await allowed(limitedTo(3), 5)).toBe(3);
    expect(await allowed(limitedTo(0), 5, 10)).toBe(0);
  });

  test.each([
    [0, 0],
    [1, 1],
    [10, 2],
    [25, 3],
  ])('is %d percent of twelve people, rounded up: %d', async (percent, places) => {
    await world.audit();
    expect(await allowed(limitedTo(100, percent), 5)).toBe(places);
  });

  it('counts a step once, however often it is tried', async () => {
    await world.audit();
    const doors = limitedTo(2);
    for (let tries = 0; tries < 4; tries += 1) {
      expect(await mayTakeStepToday(doors, aCase('case-1'), 0)).toBe(true);
    }
    expect(await mayTakeStepToday(doors, aCase('case-1'), 1)).toBe(true);
    expect(await mayTakeStepToday(doors, aCase('case-2'), 0)).toBe(false);
    expect(await mayTakeStepToday(doors, aCase('case-1'), 0)).toBe(true);
  });

  it('has places of their own for HR’s cases, so that nobody else misses one', async () => {
    await world.audit();
    const doors = limitedTo(2);
    const ofHr = (n: number): Case => aCase(`hr-${n}`, { protections: ['executive'] });
    for (const n of [1, 2]) expect(await mayTakeStepToday(doors, ofHr(n), 0)).toBe(true);
    expect(await mayTakeStepToday(doors, ofHr(3), 0)).toBe(false);
    expect(await allowed(doors, 5)).toBe(2);
  });

  it('begins anew with the next day, by UTC', async () => {
    await world.audit();
    const doors = limitedTo(1);
    expect(await allowed(doors, 2)).toBe(1);
    world.clock.advance(15 * 3_600_000 - 1);
    expect(await allowed(doors, 2, 10)).toBe(0);
    world.clock.advance(1);
    expect(await allowed(doors, 2, 20)).toBe(1);
  });

  it('is kept in pieces, however high it is, and stays exact over their edges', async () => {
    await world.audit();
    const latest = await latestRun(world.store);
    if (latest === undefined) throw new Error('no run');
    const stored = await world.store.read<typeof latest>('runs', latest.runId, latest.id);
    if (stored === undefined) throw new Error('no run');
    const figures = { ...latest.figures, people: 5_000 };
    await world.store.replace('runs', { ...stored.doc, figures }, stored.etag);
    const today = `steps-${world.clock.now().toISOString().slice(0, 10)}`;
    const steps = Array.from({ length: 499 }, (_, n) => `earlier-${n}:0`);
    await world.store.create('meta', { id: today, kind: 'stepsOfDay', steps } as Doc);
    const doors = limitedTo(502);
    expect(await allowed(doors, 5)).toBe(3);
    const sizes = await Promise.all(
      [today, `${today}-2`].map(async (id) => {
        const page = await world.store.read<Doc & { steps: readonly string[] }>('meta', id, id);
        return page?.doc.steps.length;
      }),
    );
    expect(sizes).toEqual([500, 2]);
    // Those of both pieces are still known, and a step more is none.
    for (const caseId of ['earlier-3', 'case-2'])
      expect(await mayTakeStepToday(doors, aCase(caseId), 0)).toBe(true);
    expect(await mayTakeStepToday(doors, aCase('earlier-3'), 1)).toBe(false);
  });

  onBothStores((open) => {
    it('is never exceeded by two instances that ask at the same moment', async () => {
      await world.audit();
      const run = await latestRun(world.store);
      const [one, other] = await open(2);
      if (run === undefined || one === undefined || other === undefined) throw new Error('no run');
      await one.create('runs', run);
      const cases = fc.array(fc.nat(9), { minLength: 1, maxLength: 12 });
      let day = 0;
      await fc.assert(
        fc.asyncProperty(cases, fc.nat(6), async (asking, places) => {
          day += 1;
          world.clock.advance(86_400_000);
          const instances = [one, other].map((store) => ({ ...limitedTo(places), store }));
          const went = new Set<number>();
          await Promise.all(
            asking.map(async (n, index) => {
              const doors = instances[index % 2] ?? limitedTo(places);
              if (await mayTakeStepToday(doors, aCase(`case-${day}-${n}`), 0)) went.add(n);
            }),
          );
          expect(went.size).toBe(Math.min(places, new Set(asking).size));
        }),
        { numRuns: 20 },
      );
    });
  });
});
