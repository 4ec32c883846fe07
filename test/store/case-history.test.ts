import { describe, expect, test } from '@jest/globals';
import { eraseDetails, readHistory, verifyHistory } from '../../src/store/case-history.js';
import type { Head } from '../../src/store/history.js';
import { historyOperations, NO_HEAD, SETTINGS_CHAIN } from '../../src/store/history.js';
import type { Doc, Store } from '../../src/store/store.js';
import type { ChainReport } from '../../src/store/verify-chain.js';
import { aChain } from '../world/chain.js';
import { onBothStores } from './both-stores.js';

type CaseDoc = Doc & Head & { readonly caseId: string };

/** Writes a case with its history, one batch per entry, as the program does. */
async function writeCase(store: Store, caseId: string, length: number): Promise<CaseDoc> {
  let doc: CaseDoc = { id: caseId, kind: 'case', caseId, seq: 0, head: NO_HEAD };
  let { etag } = await store.create('cases', doc);
  for (let n = 0; n < length; n += 1) {
    const entry = { type: 'asked', at: '2026-03-01T08:00:00.000Z', actorKey: 'system', public: { n } };
    const { operations, ...head } = historyOperations(
      { ...doc, subjectKey: 's' },
      { ...entry, private: { name: 'Zoë \ud83d Ωmega', cost: 57.1, gone: undefined } },
      'a'.repeat(32),
    );
    doc = { ...doc, ...head };
    const etags = await store.batch('cases', caseId, [{ kind: 'replace', doc, etag }, ...operations]);
    etag = etags[0] ?? '';
  }
  return doc;
}

async function verify(
  store: Store,
  exported?: ReadonlyMap<string, readonly Head[]>,
): Promise<readonly ChainReport[]> {
  const reports: ChainReport[] = [];
  for await (const report of verifyHistory(store, exported)) reports.push(report);
  return reports.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1));
}

describe('the history in a store', () => {
  onBothStores((open) => {
    const aStore = async (): Promise<Store> => {
      const [store] = await open(1);
      if (store === undefined) throw new Error('no store');
      return store;
    };

    test('is read in order and holds, also for names that no store keeps as they are', async () => {
      const store = await aStore();
      const first = await writeCase(store, 'case-1', 12);
      await writeCase(store, 'case-2', 0);

      const { events, sides } = await readHistory(store, 'case-1');
      expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
      expect(sides[11]?.details).toEqual({ name: 'Zoë \ufffd Ωmega', cost: 57.1 });
      expect(await readHistory(store, 'case-2')).toEqual({ events: [], sides: [] });
      expect(await verify(store)).toEqual([
        { caseId: 'case-1', seq: 12, head: first.head, erased: [], faults: [] },
        { caseId: 'case-2', seq: 0, head: '', erased: [], faults: [] },
      ]);
      await store.close();
    });

    test('about the tenant’s settings is checked too, against the head that its own document carries', async () => {
      const store = await aStore();
      const { events, sides, seq, head } = aChain(2, { caseId: SETTINGS_CHAIN });
      for (const doc of [...events, ...sides]) await store.create('cases', doc);
      const settings = { id: 'names-shown', kind: 'settings', caseId: SETTINGS_CHAIN, seq, head } as Doc;
      const { etag } = await store.create('cases', settings);
      expect(await verify(store)).toEqual([{ caseId: SETTINGS_CHAIN, seq, head, erased: [], faults: [] }]);
      await store.replace('cases', { ...settings, seq: 3 } as Doc, etag);
      expect(await verify(store)).toMatchObject([{ faults: [{ kind: 'truncated', seq: 3 }] }]);
      await store.remove('cases', SETTINGS_CHAIN, 'names-shown');
      expect(await verify(store)).toMatchObject([{ faults: [{ kind: 'caseMissing', seq: 2 }] }]);
      await store.close();
    });

    test('holds when its details are erased, and they are gone', async () => {
      const store = await aStore();
      await writeCase(store, 'case-1', 3);
      await writeCase(store, 'case-2', 1);

      expect(await eraseDetails(store, 'case-1')).toBe(3);
      expect(await eraseDetails(store, 'case-1')).toBe(0);
      expect((await readHistory(store, 'case-1')).sides).toEqual([]);
      expect(await verify(store)).toMatchObject([
        { caseId: 'case-1', erased: [0, 1, 2], faults: [] },
        { caseId: 'case-2', erased: [], faults: [] },
      ]);
      await store.close();
    });

    test('of more than a hundred entries can be erased too', async () => {
      const store = await aStore();
      const { sides } = aChain(120, { caseId: 'case-1' });
      for (const side of sides) await store.create('cases', side);

      expect(await eraseDetails(store, 'case-1')).toBe(120);
      await store.close();
    });

    test('does not hold against a case that says otherwise, without its case, or against exported heads', async () => {
      const store = await aStore();
      const cut = await writeCase(store, 'case-1', 2);
      const { etag } = (await store.read('cases', 'case-1', 'case-1')) ?? { etag: '' };
      await store.replace('cases', { ...cut, seq: 3 } as Doc, etag);
      const orphan = await writeCase(store, 'case-2', 2);
      await store.remove('cases', 'case-2', 'case-2');
      await writeCase(store, 'case-3', 1);

      const exported = new Map([
        ['case-2', [{ seq: 2, head: orphan.head }]],
        ['case-3', [{ seq: 1, head: 'another' }]],
        ['case-4', [{ seq: 1, head: 'gone' }]],
      ]);
      expect((await verify(store, exported)).map(({ caseId, faults }) => ({ caseId, faults }))).toEqual([
        { caseId: 'case-1', faults: [{ kind: 'truncated', seq: 3 }] },
        { caseId: 'case-2', faults: [{ kind: 'caseMissing', seq: 2 }] },
        { caseId: 'case-3', faults: [{ kind: 'wrongHead', seq: 1 }] },
        {
          caseId: 'case-4',
          faults: [
            { kind: 'truncated', seq: 1 },
            { kind: 'caseMissing', seq: 0 },
          ],
        },
      ]);
      await store.close();
    });
  });
});
