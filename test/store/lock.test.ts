import { describe, expect, test } from '@jest/globals';
import type { HeldLock } from '../../src/store/lock.js';
import { withLock } from '../../src/store/lock.js';
import type { Store } from '../../src/store/store.js';
import { onBothStores } from './both-stores.js';

describe('work under a lock', () => {
  onBothStores((open) => {
    let minute = 0;
    const now = (): Date => new Date(Date.UTC(2026, 2, 1, 8, minute));
    const terms = (owner: string) => ({ name: 'audit', owner, leaseMs: 5 * 60_000, now });
    const two = async (): Promise<readonly [Store, Store]> => {
      minute = 0;
      const [one, other] = await open(2);
      if (one === undefined || other === undefined) throw new Error('no store');
      return [one, other];
    };
    const close = async (stores: readonly Store[]): Promise<void> => {
      for (const store of stores) await store.close();
    };

    test('is done and gives its result; the next may begin at once', async () => {
      const stores = await two();
      expect(await withLock(stores[0], terms('one'), async () => 42)).toEqual({ kind: 'done', result: 42 });
      expect(await withLock(stores[1], terms('two'), async () => 43)).toEqual({ kind: 'done', result: 43 });
      await close(stores);
    });

    test('is not done while another instance is at it', async () => {
      const stores = await two();
      const outcome = await withLock(stores[0], terms('one'), async () =>
        withLock(stores[1], terms('two'), async () => 'never'),
      );
      const heldByOther = { kind: 'heldByOther', owner: 'one', until: '2026-03-01T08:05:00.000Z' };
      expect(outcome).toEqual({ kind: 'done', result: heldByOther });
      await close(stores);
    });

    test('is done by one of several that begin together', async () => {
      const stores = await open(5);
      let running = 0;
      let most = 0;
      const outcomes = await Promise.all(
        stores.map((store, n) =>
          withLock(store, terms(`i${n}`), async () => {
            running += 1;
            most = Math.max(most, running);
            await store.check();
            running -= 1;
          }),
        ),
      );
      expect(outcomes.filter(({ kind }) => kind === 'done').length).toBeGreaterThanOrEqual(1);
      expect(most).toBe(1);
      await close(stores);
    });

    test('that is renewed in time is not taken over; after that it is, and the first is told', async () => {
      const stores = await two();
      const [one, other] = stores;
      const answers: string[] = [];
      const overtake = async (): Promise<string> =>
        (await withLock(other, terms('two'), async () => 'second')).kind;
      await withLock(one, terms('one'), async (lock: HeldLock) => {
        minute = 4;
        answers.push(await lock.renew());
        minute = 8;
        answers.push(await overtake());
        minute = 9;
        answers.push(await overtake(), await lock.renew(), await lock.renew());
      });
      expect(answers).toEqual(['held', 'heldByOther', 'done', 'lost', 'lost']);
      await close(stores);
    });

    test('that fails gives the lock back', async () => {
      const stores = await two();
      const failing = withLock(stores[0], terms('one'), async () => {
        throw new RangeError('the audit broke');
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect((await withLock(stores[1], terms('two'), async () => 1)).kind).toBe('done');
      await close(stores);
    });
  });
});
