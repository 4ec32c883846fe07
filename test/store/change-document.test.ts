import { expect, it } from '@jest/globals';
import { changeDocument } from '../../src/store/change-document.js';
import { StoreUnavailable, type Doc, type Store } from '../../src/store/store.js';
import { onBothStores, type OpenInstances } from './both-stores.js';

interface Count extends Doc {
  readonly kind: 'count';
  readonly n: number;
}

const one = (before: Count | undefined): Count => ({ id: 'count', kind: 'count', n: (before?.n ?? 0) + 1 });

onBothStores((open: OpenInstances) => {
  async function two(): Promise<readonly [Store, Store]> {
    const [first, second] = await open(2);
    if (first === undefined || second === undefined) throw new Error('no stores');
    return [first, second];
  }

  it('loses no change of those who make one at the same moment, the first one included', async () => {
    const [first, second] = await two();
    const changes = [first, second, first, second].map((store) =>
      changeDocument(store, 'meta', 'count', one),
    );
    expect((await Promise.all(changes)).map((doc) => doc?.n).sort((a, b) => (a ?? 0) - (b ?? 0))).toEqual([
      1, 2, 3, 4,
    ]);
    expect((await second.read<Count>('meta', 'count', 'count'))?.doc.n).toBe(4);
  });

  it('writes nothing where nothing changes', async () => {
    const [store] = await two();
    expect(await changeDocument<Count>(store, 'meta', 'count', () => undefined)).toBeUndefined();
    expect(await store.read('meta', 'count', 'count')).toBeUndefined();
    await changeDocument(store, 'meta', 'count', one);
    const before = await store.read<Count>('meta', 'count', 'count');
    expect(await changeDocument<Count>(store, 'meta', 'count', (doc) => doc)).toEqual(before?.doc);
    expect((await store.read<Count>('meta', 'count', 'count'))?.etag).toBe(before?.etag);
  });

  it('ends with what makes the store unusable', async () => {
    const [store] = await two();
    const create = (): Promise<never> => Promise.reject(new StoreUnavailable('away'));
    await expect(changeDocument({ ...store, create }, 'meta', 'count', one)).rejects.toThrow(
      StoreUnavailable,
    );
  });
});
