import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Condition, Container, Doc, Query, Store, Stored } from '../../src/store/store.js';
import { AlreadyExists, ChangedMeanwhile } from '../../src/store/store.js';
import { StoreMisuse } from '../../src/store/document-rules.js';

export interface CaseDoc extends Doc {
  readonly caseId: string;
  readonly state?: string;
  readonly dueAt?: string | undefined;
  readonly seq?: number;
  readonly userId?: string;
  readonly note?: unknown;
}

export function aCase(id: string, more: Partial<CaseDoc> = {}): CaseDoc {
  return { id, kind: 'case', caseId: id, state: 'asked', ...more };
}

export async function all<T extends Doc>(store: Store, query: Query): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const { doc } of store.query<T>(query)) found.push(doc);
  return found;
}

async function ids(store: Store, query: Omit<Query, 'container'> & { readonly container?: Container }) {
  return (await all(store, { container: 'cases', ...query })).map(({ id }) => id);
}

const where = (
  field: Condition['field'],
  is: Condition['is'],
  value: Condition['value'],
): readonly Condition[] => [{ field, is, value }];

/** What every store promises. `open` gives an empty one each time. */
export function storeContract(open: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(async () => {
    await store.close();
  });

  describe('one document', () => {
    test('is read back as it was created, with the same etag', async () => {
      const created = await store.create('cases', aCase('c1', { note: { deep: [1, 'two', null, true] } }));
      const read = await store.read<CaseDoc>('cases', 'c1', 'c1');

      expect(read).toEqual({
        doc: { id: 'c1', kind: 'case', caseId: 'c1', state: 'asked', note: { deep: [1, 'two', null, true] } },
        etag: created.etag,
      });
      expect(created.doc).toEqual(read?.doc);
    });

    test('that is absent reads as undefined', async () => {
      expect(await store.read('cases', 'c1', 'c1')).toBeUndefined();
      expect(await store.read('meta', 'switch', 'switch')).toBeUndefined();
    });

    test('cannot be created twice, and the first stays', async () => {
      await store.create('cases', aCase('c1', { state: 'asked' }));

      await expect(store.create('cases', aCase('c1', { state: 'kept' }))).rejects.toThrow(AlreadyExists);
      expect((await store.read<CaseDoc>('cases', 'c1', 'c1'))?.doc.state).toBe('asked');
    });

    test('gets another etag with each write, even of the same content', async () => {
      const first = await store.create('meta', { id: 'm', kind: 'switch' });
      const second = await store.replace('meta', { id: 'm', kind: 'switch' }, first.etag);

      expect(second.etag).not.toBe(first.etag);
      expect((await store.read('meta', 'm', 'm'))?.etag).toBe(second.etag);
    });

    test('is not replaced under an old etag', async () => {
      const first = await store.create('cases', aCase('c1'));
      await store.replace('cases', aCase('c1', { state: 'decided' }), first.etag);

      await expect(store.replace('cases', aCase('c1', { state: 'kept' }), first.etag)).rejects.toThrow(
        ChangedMeanwhile,
      );
      expect((await store.read<CaseDoc>('cases', 'c1', 'c1'))?.doc.state).toBe('decided');
    });

    test('is not replaced when it is gone', async () => {
      const { etag } = await store.create('cases', aCase('c1'));
      await store.remove('cases', 'c1', 'c1');

      await expect(store.replace('cases', aCase('c1'), etag)).rejects.toThrow(ChangedMeanwhile);
      expect(await store.read('cases', 'c1', 'c1')).toBeUndefined();
    });

    test('is replaced as a whole: what is left out is gone', async () => {
      const { etag } = await store.create('cases', aCase('c1', { dueAt: '2026-01-01T00:00:00.000Z' }));
      const replaced = await store.replace('cases', aCase('c1'), etag);

      expect(replaced.doc).toEqual({ id: 'c1', kind: 'case', caseId: 'c1', state: 'asked' });
      expect(await ids(store, { where: where('dueAt', '<=', '2027-01-01T00:00:00.000Z') })).toEqual([]);
    });

    test('can be removed in one version only, and then what somebody has written since stays', async () => {
      const first = await store.create('cases', aCase('c1'));
      const second = await store.replace('cases', aCase('c1', { state: 'kept' }), first.etag);

      await expect(store.remove('cases', 'c1', 'c1', first.etag)).rejects.toThrow(ChangedMeanwhile);
      expect((await store.read('cases', 'c1', 'c1'))?.doc).toMatchObject({ state: 'kept' });

      await store.remove('cases', 'c1', 'c1', second.etag);
      await store.remove('cases', 'c1', 'c1', second.etag);
      expect(await store.read('cases', 'c1', 'c1')).toBeUndefined();
    });

    test('can be removed, and removing what is absent is no error', async () => {
      await store.create('cases', aCase('c1'));
      await store.remove('cases', 'c1', 'c1');
      await store.remove('cases', 'c1', 'c1');

      expect(await store.read('cases', 'c1', 'c1')).toBeUndefined();
      expect((await store.create('cases', aCase('c1'))).doc.id).toBe('c1');
    });

    test('keeps any text: other scripts, emoji, quotes, control characters', async () => {
      const note = 'Ж 漢字 🦉 "quoted" \\ \' \u0000 \u001f \u2028 ﬀ é e\u0301';
      await store.create('cases', aCase('c1', { note }));
      expect((await store.read<CaseDoc>('cases', 'c1', 'c1'))?.doc.note).toBe(note);
    });

    test('may have half a megabyte', async () => {
      const note = 'x'.repeat(500_000);
      await store.create('cases', aCase('c1', { note }));
      expect((await store.read<CaseDoc>('cases', 'c1', 'c1'))?.doc.note).toBe(note);
    });

    test('loses its undefined properties, also inside', async () => {
      const created = await store.create(
        'cases',
        aCase('c1', { dueAt: undefined, note: { a: undefined, b: 1 } }),
      );
      expect(Object.keys(created.doc)).not.toContain('dueAt');
      const read = await store.read<CaseDoc>('cases', 'c1', 'c1');
      expect(Object.keys(read?.doc ?? {}).toSorted()).toEqual(['caseId', 'id', 'kind', 'note', 'state']);
      expect(Object.keys(read?.doc.note ?? {})).toEqual(['b']);
    });

    test('is apart from one of the same id in another partition or container', async () => {
      await store.create('cases', { id: 'side-000000', kind: 'side', caseId: 'c1' } as Doc);
      await store.create('cases', { id: 'side-000000', kind: 'side', caseId: 'c2' } as Doc);
      await store.create('meta', { id: 'side-000000', kind: 'switch' });
      await store.remove('cases', 'c1', 'side-000000');

      expect(await store.read('cases', 'c1', 'side-000000')).toBeUndefined();
      expect((await store.read('cases', 'c2', 'side-000000'))?.doc).toMatchObject({ caseId: 'c2' });
      expect((await store.read('meta', 'side-000000', 'side-000000'))?.doc).toMatchObject({ kind: 'switch' });
    });
  });

  describe('what no store takes is refused before it is written:', () => {
    test.each(['', 'a/b', 'a\\b', 'a?b', 'a#b', 'ä', ' a', 'a ', 'a\nb', 'x'.repeat(256)])(
      'the id %j',
      async (id) => {
        await expect(store.create('meta', { id, kind: 'switch' })).rejects.toMatchObject({ rule: 'id' });
        await expect(store.read('meta', id, id)).rejects.toThrow(StoreMisuse);
      },
    );

    test('a document without its partition key', async () => {
      await expect(store.create('cases', { id: 'c1', kind: 'case' })).rejects.toMatchObject({
        rule: 'partition',
      });
    });

    test('a property that belongs to the store', async () => {
      const doc = { id: 'm', kind: 'switch', _etag: 'mine' };
      await expect(store.create('meta', doc)).rejects.toMatchObject({ rule: 'field' });
    });

    test('a query field that is neither text nor number', async () => {
      const doc = { id: 'm', kind: 'switch', dueAt: null } as Doc;
      await expect(store.create('meta', doc)).rejects.toMatchObject({ rule: 'field' });
    });

    test('a document over two megabytes', async () => {
      const doc = aCase('c1', { note: 'x'.repeat(2_000_000) });
      await expect(store.create('cases', doc)).rejects.toMatchObject({ rule: 'size' });
    });

    test('a query by a field that the container does not index', async () => {
      await expect(ids(store, { container: 'refs', where: where('dueAt', '<', 'x') })).rejects.toMatchObject({
        rule: 'query',
      });
    });
  });

  describe('a batch', () => {
    test('creates, replaces and removes together and gives the new etags in order', async () => {
      const { etag } = await store.create('cases', aCase('c1'));
      await store.create('cases', { id: 'side-000000', kind: 'side', caseId: 'c1' } as Doc);

      const etags = await store.batch('cases', 'c1', [
        { kind: 'replace', doc: aCase('c1', { state: 'decided' }), etag },
        { kind: 'create', doc: { id: 'evt-000000', kind: 'event', caseId: 'c1' } as Doc },
        { kind: 'remove', id: 'side-000000' },
      ]);

      const changed = await store.read<CaseDoc>('cases', 'c1', 'c1');
      expect(changed?.doc.state).toBe('decided');
      expect(etags).toEqual([
        changed?.etag,
        (await store.read('cases', 'c1', 'evt-000000'))?.etag,
        undefined,
      ]);
      expect(await store.read('cases', 'c1', 'side-000000')).toBeUndefined();
    });

    test('changes nothing when the etag of one document is old', async () => {
      const { etag } = await store.create('cases', aCase('c1'));
      await store.replace('cases', aCase('c1', { state: 'kept' }), etag);

      const batch = store.batch('cases', 'c1', [
        { kind: 'create', doc: { id: 'evt-000000', kind: 'event', caseId: 'c1' } as Doc },
        { kind: 'replace', doc: aCase('c1', { state: 'decided' }), etag },
      ]);

      await expect(batch).rejects.toThrow(ChangedMeanwhile);
      expect(await store.read('cases', 'c1', 'evt-000000')).toBeUndefined();
      expect((await store.read<CaseDoc>('cases', 'c1', 'c1'))?.doc.state).toBe('kept');
    });

    test('changes nothing when a document to be created is there', async () => {
      const { etag } = await store.create('cases', aCase('c1'));
      await store.create('cases', { id: 'evt-000000', kind: 'event', caseId: 'c1' } as Doc);

      const batch = store.batch('cases', 'c1', [
        { kind: 'replace', doc: aCase('c1', { state: 'decided' }), etag },
        { kind: 'create', doc: { id: 'evt-000000', kind: 'event', caseId: 'c1' } as Doc },
      ]);

      await expect(batch).rejects.toThrow(AlreadyExists);
      expect(await store.read('cases', 'c1', 'c1')).toMatchObject({ etag, doc: { state: 'asked' } });
    });

    test('changes nothing when a document to be replaced is gone', async () => {
      const { etag } = await store.create('cases', aCase('c1'));
      await store.remove('cases', 'c1', 'c1');

      const batch = store.batch('cases', 'c1', [
        { kind: 'create', doc: { id: 'side-000000', kind: 'side', caseId: 'c1' } as Doc },
        { kind: 'replace', doc: aCase('c1'), etag },
      ]);

      await expect(batch).rejects.toThrow(ChangedMeanwhile);
      expect(await store.read('cases', 'c1', 'side-000000')).toBeUndefined();
    });

    test('may remove what is absent', async () => {
      const etags = await store.batch('cases', 'c1', [
        { kind: 'remove', id: 'side-000000' },
        { kind: 'create', doc: aCase('c1') },
        { kind: 'remove', id: 'side-000001' },
      ]);

      expect(etags).toEqual([undefined, (await store.read('cases', 'c1', 'c1'))?.etag, undefined]);
      expect(await store.batch('cases', 'c1', [{ kind: 'remove', id: 'side-000000' }])).toEqual([undefined]);
      expect(await store.batch('cases', 'c1', [])).toEqual([]);
    });

    test('is refused with a document of another partition, a document twice, or over 100 operations', async () => {
      const many = Array.from({ length: 101 }, (_, n) => ({ kind: 'remove' as const, id: `side-${n}` }));

      await expect(store.batch('cases', 'c1', [{ kind: 'create', doc: aCase('c2') }])).rejects.toMatchObject({
        rule: 'partition',
      });
      await expect(
        store.batch('cases', 'c1', [
          { kind: 'create', doc: aCase('c1') },
          { kind: 'remove', id: 'c1' },
        ]),
      ).rejects.toMatchObject({ rule: 'batch' });
      await expect(store.batch('cases', 'c1', many)).rejects.toMatchObject({ rule: 'batch' });
    });
  });

  test('an event of the history is neither replaced nor removed', async () => {
    const event = { id: 'evt-000000', kind: 'event', caseId: 'c1' } as CaseDoc;
    const { etag } = await store.create('cases', event);

    await expect(store.replace('cases', event, etag)).rejects.toMatchObject({ rule: 'historyIsAppendOnly' });
    await expect(store.remove('cases', 'c1', 'evt-000000')).rejects.toMatchObject({
      rule: 'historyIsAppendOnly',
    });
    await expect(store.batch('cases', 'c1', [{ kind: 'remove', id: 'evt-000000' }])).rejects.toMatchObject({
      rule: 'historyIsAppendOnly',
    });
    expect(await store.read('cases', 'c1', 'evt-000000')).toMatchObject({ etag });
  });

  describe('a query', () => {
    test('gives the documents that fit all conditions, with their etags', async () => {
      const c1 = await store.create('cases', aCase('c1', { userId: 'u1', state: 'asked' }));
      await store.create('cases', aCase('c2', { userId: 'u1', state: 'kept' }));
      await store.create('cases', aCase('c3', { userId: 'u2', state: 'asked' }));

      const found: Stored<Doc>[] = [];
      const query: Query = {
        container: 'cases',
        where: [...where('userId', '=', 'u1'), ...where('state', '=', 'asked')],
      };
      for await (const one of store.query(query)) found.push(one);

      expect(found).toEqual([c1]);
    });

    test('sorts both ways and stops at its limit', async () => {
      for (const seq of [3, 1, 10, 2]) await store.create('cases', aCase(`c${seq}`, { seq }));

      const asc = { field: 'seq', direction: 'asc' } as const;
      const desc = { field: 'seq', direction: 'desc' } as const;
      expect(await ids(store, { where: [], orderBy: asc })).toEqual(['c1', 'c2', 'c3', 'c10']);
      expect(await ids(store, { where: [], orderBy: desc, limit: 2 })).toEqual(['c10', 'c3']);
      expect(await ids(store, { where: where('seq', '>', 2), orderBy: asc })).toEqual(['c3', 'c10']);
      expect(await ids(store, { where: where('seq', '>=', 2), orderBy: asc, limit: 1 })).toEqual(['c2']);
      expect(await ids(store, { where: [], orderBy: asc, limit: 0 })).toEqual([]);
    });

    test('compares instants as texts', async () => {
      const early = '2026-01-31T23:59:59.999Z';
      const late = '2026-02-01T00:00:00.000Z';
      await store.create('cases', aCase('late', { dueAt: late }));
      await store.create('cases', aCase('early', { dueAt: early }));

      const orderBy = { field: 'dueAt', direction: 'asc' } as const;
      expect(await ids(store, { where: where('dueAt', '<', late) })).toEqual(['early']);
      expect(await ids(store, { where: where('dueAt', '<=', late), orderBy })).toEqual(['early', 'late']);
    });

    test('leaves out what lacks the field that it filters or sorts by', async () => {
      await store.create('cases', aCase('with', { seq: 1 }));
      await store.create('cases', aCase('without'));

      expect(await ids(store, { where: where('seq', '>=', 0) })).toEqual(['with']);
      expect(await ids(store, { where: [], orderBy: { field: 'seq', direction: 'asc' } })).toEqual(['with']);
      expect(await ids(store, { where: where('kind', '=', 'case') })).toHaveLength(2);
    });

    test('never compares a text with a number', async () => {
      await store.create('cases', { ...aCase('number', { seq: 5 }) });
      await store.create('cases', { ...aCase('text'), seq: '5' } as Doc);

      expect(await ids(store, { where: where('seq', '=', 5) })).toEqual(['number']);
      expect(await ids(store, { where: where('seq', '<', '9') })).toEqual(['text']);
      expect(await ids(store, { where: where('seq', '>', 0) })).toEqual(['number']);
    });

    test('of one partition sees no other; without a partition it sees all', async () => {
      for (const caseId of ['c1', 'c2']) {
        await store.create('cases', aCase(caseId, { seq: 2 }));
        await store.create('cases', { id: 'side-000000', kind: 'side', caseId, seq: 0 } as Doc);
      }

      expect((await ids(store, { partition: 'c1', where: [] })).toSorted()).toEqual(['c1', 'side-000000']);
      expect(await ids(store, { partition: 'c1', where: where('kind', '=', 'side') })).toEqual([
        'side-000000',
      ]);
      expect(await ids(store, { partition: 'c3', where: [] })).toEqual([]);
      expect(await ids(store, { where: where('kind', '=', 'side') })).toHaveLength(2);
      expect(await ids(store, { container: 'meta', where: [] })).toEqual([]);
    });

    test('takes its values as values', async () => {
      await store.create('cases', aCase('c1', { userId: `u' OR '1'='1` }));
      expect(await ids(store, { where: where('userId', '=', `u' OR '1'='1`) })).toEqual(['c1']);
      expect(await ids(store, { where: where('userId', '=', `x' OR '1'='1`) })).toEqual([]);
    });

    test('gives every one of 450 documents once, in order', async () => {
      const numbers = Array.from({ length: 450 }, (_, n) => n);
      for (let start = 0; start < 450; start += 90) {
        await store.batch(
          'runs',
          'r1',
          numbers.slice(start, start + 90).map((n) => ({
            kind: 'create',
            doc: { id: `f${n}`, kind: 'finding', runId: 'r1', seq: (n * 7) % 450 } as Doc,
          })),
        );
      }

      const found = await all<CaseDoc>(store, {
        container: 'runs',
        partition: 'r1',
        where: where('kind', '=', 'finding'),
        orderBy: { field: 'seq', direction: 'asc' },
      });
      const across = await all(store, { container: 'runs', where: where('kind', '=', 'finding') });

      expect(found.map(({ seq }) => seq)).toEqual(numbers);
      expect(new Set(across.map(({ id }) => id)).size).toBe(450);
      expect(across).toHaveLength(450);
    });

    test('may be left early', async () => {
      for (const seq of [1, 2, 3]) await store.create('cases', aCase(`c${seq}`, { seq }));
      for await (const { doc } of store.query({ container: 'cases', where: [] })) {
        expect(doc.kind).toBe('case');
        break;
      }
      await store.create('cases', aCase('c4'));
    });
  });

  describe('among several writers at once', () => {
    test('one of twenty creations of the same document wins', async () => {
      const tries = await Promise.allSettled(
        Array.from({ length: 20 }, (_, n) => store.create('meta', { id: 'lock', kind: `by ${n}` })),
      );
      const lost = tries.filter((one) => one.status === 'rejected').map(({ reason }) => reason as unknown);

      expect(lost).toHaveLength(19);
      expect(lost.every((reason) => reason instanceof AlreadyExists)).toBe(true);
    });

    test('every one of 60 increments under etag counts', async () => {
      await store.create('meta', { id: 'count', kind: 'counter', n: 0 } as Doc);
      const add = async (): Promise<void> => {
        for (;;) {
          const now = await store.read<Doc & { readonly n: number }>('meta', 'count', 'count');
          if (now === undefined) throw new Error('the counter is gone');
          try {
            await store.replace('meta', { ...now.doc, n: now.doc.n + 1 }, now.etag);
            return;
          } catch (error) {
            if (!(error instanceof ChangedMeanwhile)) throw error;
          }
        }
      };
      const adder = async (): Promise<void> => {
        for (let times = 0; times < 10; times += 1) await add();
      };
      await Promise.all(Array.from({ length: 6 }, adder));

      expect((await store.read('meta', 'count', 'count'))?.doc).toMatchObject({ n: 60 });
    });
  });

  test('the check passes while the store can be read', async () => {
    await expect(store.check()).resolves.toBeUndefined();
  });

  test('may be closed twice', async () => {
    await store.close();
    await expect(store.close()).resolves.toBeUndefined();
  });
}
