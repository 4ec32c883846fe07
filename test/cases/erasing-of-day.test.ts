import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eraseOldOfDay } from '../../src/cases/run-erasing-of-day.js';
import { StoreUnavailable, type Store } from '../../src/store/store.js';
import { aCaseWorld, type CaseWorld } from '../world/case-world.js';
import { aPerson, idle, userId } from '../world/people.js';
import { policyOf } from '../world/policies.js';

const DAY = 86_400_000;
const ADA = userId('Ada');

let world: CaseWorld;

beforeEach(async () => {
  const grace = aPerson('Grace', idle(1));
  const others = ['Dora', 'Eve', 'Fay'].map((name) => aPerson(name, idle(1)));
  world = await aCaseWorld([grace, aPerson('Ada', { ...idle(150), manager: grace }), ...others], {
    policy: 'privacy: { retainDays: 30 }',
  });
  await world.audit();
  await world.work();
  const { caseId, version } = await world.caseOf(ADA);
  const answer = { kind: 'keep', reason: 'She is back soon', until: '2026-11-25' } as const;
  await world.desk.answer({ caseId, version, by: userId('Grace'), answer });
  world.clock.advance(4 * DAY);
  await world.work();
  world.clock.advance(40 * DAY);
});

afterEach(() => world.close());

/** How often the rows of one kind are asked for, which erasing does once. */
function counting(store: Store): { readonly store: Store; readonly asked: () => number } {
  let asked = 0;
  const query: Store['query'] = (what) => {
    if (what.where.some(({ field, value }) => field === 'kind' && value === 'digest')) asked += 1;
    return store.query(what);
  };
  return { store: { ...store, query }, asked: () => asked };
}

const isErased = async (): Promise<boolean> => {
  for await (const { doc } of world.store.query({ container: 'cases', where: [] }))
    if (JSON.stringify(doc).includes('"Ada"')) return false;
  return true;
};

describe('erasing once a day', () => {
  it('looks no more on that day, and again on the next', async () => {
    const { store, asked } = counting(world.store);
    const doors = { ...world.doors, store };
    await eraseOldOfDay(doors);
    expect(await isErased()).toBe(true);
    await eraseOldOfDay(doors);
    expect(asked()).toBe(1);
    world.clock.advance(DAY);
    await eraseOldOfDay(doors);
    expect(asked()).toBe(2);
  });

  it('is done anew on that day where it broke off', async () => {
    const replace: Store['replace'] = async () => {
      throw new StoreUnavailable('The store cannot be used now.');
    };
    const broken = { ...world.doors, store: { ...world.store, replace } };
    await expect(eraseOldOfDay(broken)).rejects.toThrow('The store cannot be used now.');
    expect(await isErased()).toBe(false);
    await eraseOldOfDay(world.doors);
    expect(await isErased()).toBe(true);
  });

  it('is done anew on that day where the policy keeps less than before', async () => {
    const longer = { ...world.doors, policy: policyOf('privacy: { retainDays: 60 }') };
    await eraseOldOfDay(longer);
    expect(await isErased()).toBe(false);
    await eraseOldOfDay(world.doors);
    expect(await isErased()).toBe(true);
  });
});
