import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Doc } from '../../src/store/store.js';
import { storeContract } from '../store/store-contract.js';
import { memoryStore } from './memory-store.js';
import { claimableAt } from './shelf.js';

describe('the store of the simulation promises what every store does:', () => {
  storeContract(async () => memoryStore());
});

describe('the store of the simulation', () => {
  it('knows when the first row can be claimed, whatever was written and removed before', async () => {
    const time = fc.option(fc.constantFrom('2026-03-01', '2026-03-02', '2026-03-03'), { nil: undefined });
    const write = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      isGone: fc.boolean(),
      dueAt: time,
      until: time,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(write), async (writes) => {
        const store = memoryStore();
        for (const { id, isGone, dueAt, until } of writes) {
          const lease = until === undefined ? undefined : { owner: 'process-1', until };
          const doc = { id, kind: 'command', dueAt, lease };
          const now = store.peek('commands', id, id);
          if (isGone) await store.remove('commands', id, id);
          else if (now === undefined) await store.create('commands', doc);
          else await store.replace('commands', doc, now.etag);
          const all = store.peekKind<Doc>('commands', 'command').flatMap((each) => claimableAt(each) ?? []);
          expect(store.nextClaim('command')).toBe(all.sort()[0]);
        }
      }),
    );
  });

  it('refuses a document that has grown too large in many small steps', async () => {
    const store = memoryStore();
    let { etag } = await store.create('meta', { id: 'a', kind: 'note' });
    const part = 'x'.repeat(390_000);
    const parts: Record<string, string> = {};
    for (let n = 0; n < 5; n += 1) {
      parts[`part${n}`] = `${n}${part}`;
      ({ etag } = await store.replace('meta', { id: 'a', kind: 'note', ...parts }, etag));
    }
    const tooMuch = { id: 'a', kind: 'note', ...parts, last: part };
    await expect(store.replace('meta', tooMuch, etag)).rejects.toThrow(/takes 2000000/);
  });
});
