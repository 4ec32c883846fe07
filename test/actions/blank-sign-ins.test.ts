import { afterEach, describe, expect, it } from '@jest/globals';
import { ADA, adasCase, withGraph, type AdasCase } from '../world/adas-case.js';

const MINUTE = 60_000;
const NEVER = { signIn: 'absent', usage: {}, created: '2024-06-01' } as const;
const WAIVED = 'reclaim: { mailbox: waive }';

let world: AdasCase;

afterEach(() => world.close());

/** What Graph shows of sign-ins while steps are taken. */
interface Shown {
  /** Nobody has a date. */
  blank: boolean;
  /** Ada has signed in. */
  isBack: boolean;
}

async function begun(shown: Shown): Promise<void> {
  world = await adasCase(NEVER, {
    policy: WAIVED,
    through: withGraph((graph) => ({
      signInsOf: async (ids) => {
        const rows = await graph.signInsOf(ids);
        return rows.map((row) => {
          const at = shown.isBack && row.userId === ADA ? world.clock.now() : row.successful;
          const successful = shown.blank ? undefined : at;
          return { userId: row.userId, successful, interactive: successful, nonInteractive: undefined };
        });
      },
      anySignInSince: async (since) => !shown.blank && graph.anySignInSince(since),
    })),
  });
}

describe('a license of somebody who never signed in', () => {
  it('goes where others have dates', async () => {
    await begun({ blank: false, isBack: false });
    expect((await world.now()).scenario).toBe('neverSignedIn');
    expect((await world.reclaimed()).state).toBe('holding');
    expect(await world.licenses()).toEqual([]);
  });

  it('stays while nobody has a date, and for good where they are back by then', async () => {
    const shown = { blank: true, isBack: true };
    await begun(shown);
    await world.reclaimed();
    await world.work(30 * MINUTE);
    expect((await world.now()).state).toBe('scheduled');
    expect(await world.licenses()).toHaveLength(1);
    expect(await world.told()).toContain('Microsoft Graph shows a date of sign-in of nobody now');
    shown.blank = false;
    await world.work(90 * MINUTE);
    expect((await world.now()).state).toBe('cancelled');
    expect(await world.licenses()).toHaveLength(1);
  });

  it('goes once dates are shown again, where they never came', async () => {
    const shown = { blank: true, isBack: false };
    await begun(shown);
    await world.reclaimed();
    expect(await world.licenses()).toHaveLength(1);
    shown.blank = false;
    await world.work(90 * MINUTE);
    expect((await world.now()).state).toBe('holding');
    expect(await world.licenses()).toEqual([]);
  });
});
