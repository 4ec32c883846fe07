import { afterEach, describe, expect, it } from '@jest/globals';
import { ADA, adasCase, withGraph, type AdasCase } from '../world/adas-case.js';

const MINUTE = 60_000;
const LONG_AGO = '2024-06-01';
const CANNOT_TELL = 'Sign-in dates cannot be read now, so nobody can tell whether the person came back.';

let world: AdasCase;

afterEach(() => world.close());

/** Of what Graph shows just before a step. */
interface Shown {
  /** Ada alone has no row. */
  isMissing: boolean;
  isBack: boolean;
}

async function begun(shown: Shown): Promise<void> {
  world = await adasCase(
    { usage: {}, signIn: { successful: LONG_AGO, interactive: LONG_AGO } },
    {
      policy: 'reclaim: { mailbox: waive }',
      through: withGraph((graph) => ({
        signInsOf: async (ids) => {
          const rows = await graph.signInsOf(ids);
          const shownRows = shown.isMissing ? rows.filter(({ userId }) => userId !== ADA) : rows;
          return shownRows.map((row) => (shown.isBack ? { ...row, successful: world.clock.now() } : row));
        },
      })),
    },
  );
}

describe('a step that cannot be judged just now', () => {
  it('is a task for a person, and goes on by itself once it can', async () => {
    const shown = { isMissing: true, isBack: false };
    await begun(shown);
    expect(await world.reclaimed()).toMatchObject({ state: 'needsPerson', task: CANNOT_TELL });
    await world.work(90 * MINUTE);
    expect((await world.now()).state).toBe('needsPerson');
    expect(await world.licenses()).toHaveLength(1);
    shown.isMissing = false;
    await world.work(90 * MINUTE);
    expect((await world.now()).state).toBe('holding');
    expect(await world.licenses()).toEqual([]);
  });

  it('is not taken where the person is back by then', async () => {
    const shown = { isMissing: true, isBack: true };
    await begun(shown);
    expect((await world.reclaimed()).state).toBe('needsPerson');
    shown.isMissing = false;
    await world.work(90 * MINUTE);
    expect((await world.now()).state).toBe('cancelled');
    expect(await world.licenses()).toHaveLength(1);
  });
});
