import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openCosmosStore } from '../../src/store/cosmos-store.js';
import type { Store } from '../../src/store/store.js';
import { AlreadyExists, ChangedMeanwhile, StoreUnavailable } from '../../src/store/store.js';
import { silentLog } from '../../src/telemetry/log.js';
import type { CosmosServer } from '../world/cosmos-server.js';
import { startCosmosServer } from '../world/cosmos-server.js';
import { countingIds } from './ids.js';
import type { CaseDoc } from './store-contract.js';
import { aCase, all } from './store-contract.js';

const nextDatabase = countingIds('db');

describe('the Cosmos DB store, when answers are refused or lost,', () => {
  let server: CosmosServer;
  let store: Store;
  let database: string;
  let waits: number[];
  let charges: number[];

  const open = (instance: string): Promise<Store> =>
    openCosmosStore({
      endpoint: server.endpoint,
      key: server.key,
      database,
      log: silentLog,
      newId: countingIds(instance),
      wait: async (ms) => waits.push(ms),
      retryDelaysMs: [1, 2, 3],
      requestTimeoutMs: 400,
      pageSize: 10,
      onCharge: (charge) => charges.push(charge),
    });

  beforeAll(async () => {
    server = await startCosmosServer();
  });
  afterAll(async () => {
    await server.close();
  });
  beforeEach(async () => {
    database = nextDatabase();
    waits = [];
    charges = [];
    server.front.clearFaults();
    store = await open('w');
    server.front.seen.length = 0;
  });

  const sent = (kind: string): number => server.front.seen.filter((request) => request.kind === kind).length;
  const state = async (): Promise<string | undefined> =>
    (await store.read<CaseDoc>('cases', 'c1', 'c1'))?.doc.state;

  test('waits as long as throttling asks and goes on', async () => {
    server.front.fault('create', 'throttled', 2);
    await store.create('cases', aCase('c1'));

    expect(sent('create')).toBe(3);
    expect(waits).toEqual([]);
  });

  test.each(['unavailable', 'cutBefore'] as const)('sends a write again after %s', async (fault) => {
    const { etag } = await store.create('cases', aCase('c1'));
    server.front.fault('replace', fault, 2);
    await store.replace('cases', aCase('c1', { state: 'decided' }), etag);

    expect(await state()).toBe('decided');
    expect(sent('replace')).toBe(3);
  });

  describe.each(['cutAfter', 'failedAfter', 'silentAfter'] as const)(
    'and a write was made all the same (%s),',
    (fault) => {
      test('knows its creation again', async () => {
        server.front.fault('create', fault);
        const created = await store.create('cases', aCase('c1'));

        expect(sent('create')).toBe(2);
        expect(await store.read('cases', 'c1', 'c1')).toEqual(created);
        expect(created.doc).toEqual(aCase('c1'));
      });

      test('knows its replacement again', async () => {
        const { etag } = await store.create('cases', aCase('c1'));
        server.front.fault('replace', fault);
        const replaced = await store.replace('cases', aCase('c1', { state: 'decided' }), etag);

        // The second try met the first, and a look showed whose it was.
        expect(sent('replace')).toBe(2);
        expect(await store.read('cases', 'c1', 'c1')).toEqual(replaced);
        expect(await state()).toBe('decided');
      });

      test('knows its batch again, and gives the etags', async () => {
        const { etag } = await store.create('cases', aCase('c1'));
        await store.create('cases', { id: 'side-000000', kind: 'side', caseId: 'c1' } as CaseDoc);
        server.front.fault('batch', fault);
        const etags = await store.batch('cases', 'c1', [
          { kind: 'remove', id: 'side-000000' },
          { kind: 'replace', doc: aCase('c1', { state: 'decided' }), etag },
          { kind: 'create', doc: { id: 'evt-000000', kind: 'event', caseId: 'c1' } as CaseDoc },
        ]);

        const changed = await store.read<CaseDoc>('cases', 'c1', 'c1');
        expect(changed?.doc.state).toBe('decided');
        expect(etags).toEqual([
          undefined,
          changed?.etag,
          (await store.read('cases', 'c1', 'evt-000000'))?.etag,
        ]);
        expect(await store.read('cases', 'c1', 'side-000000')).toBeUndefined();
      });

      test('knows its removal again', async () => {
        await store.create('cases', aCase('c1'));
        server.front.fault('remove', fault);
        await store.remove('cases', 'c1', 'c1');

        expect(await store.read('cases', 'c1', 'c1')).toBeUndefined();
      });

      test('knows its last try again', async () => {
        const { etag } = await store.create('cases', aCase('c1'));
        server.front.fault('replace', 'unavailable', 3);
        server.front.fault('replace', fault);
        const replaced = await store.replace('cases', aCase('c1', { state: 'decided' }), etag);

        expect(await store.read('cases', 'c1', 'c1')).toEqual(replaced);
      });
    },
  );

  test('does not take the document of somebody else for its own', async () => {
    const other = await open('other');
    server.front.fault('create', 'cutBefore');
    server.front.before('create', async () => other.create('cases', aCase('c1', { state: 'kept' })));

    await expect(store.create('cases', aCase('c1'))).rejects.toThrow(AlreadyExists);
    expect(await state()).toBe('kept');
  });

  test('does not take the version of somebody else for its own', async () => {
    const other = await open('other');
    const { etag } = await store.create('cases', aCase('c1'));
    server.front.fault('replace', 'cutBefore');
    server.front.before('replace', async () => other.replace('cases', aCase('c1', { state: 'kept' }), etag));

    await expect(store.replace('cases', aCase('c1', { state: 'decided' }), etag)).rejects.toThrow(
      ChangedMeanwhile,
    );
    expect(await state()).toBe('kept');
  });

  test('says that a batch was made even if somebody has changed the case since; the next write is refused', async () => {
    const other = await open('other');
    const { etag } = await store.create('cases', aCase('c1'));
    server.front.fault('batch', 'failedAfter');
    const overtake = async (): Promise<void> => {
      const now = await other.read<CaseDoc>('cases', 'c1', 'c1');
      if (now !== undefined) await other.replace('cases', aCase('c1', { state: 'kept' }), now.etag);
    };
    const batch = store.batch('cases', 'c1', [
      { kind: 'replace', doc: aCase('c1', { state: 'decided' }), etag },
      { kind: 'create', doc: { id: 'evt-000000', kind: 'event', caseId: 'c1' } as CaseDoc },
    ]);
    // The first try is on its way; what comes before the second is done by the other one.
    server.front.before('batch', async () => server.front.before('batch', overtake));
    const [old] = await batch;

    expect(await state()).toBe('kept');
    expect(await store.read('cases', 'c1', 'evt-000000')).toBeDefined();
    await expect(store.replace('cases', aCase('c1'), old ?? '')).rejects.toThrow(ChangedMeanwhile);
  });

  test('gives up after its tries, having changed nothing', async () => {
    server.front.fault('create', 'unavailable', 20);
    server.front.fault('batch', 'unavailable', 20);
    server.front.fault('read', 'unavailable', 4);

    await expect(store.read('cases', 'c1', 'c1')).rejects.toThrow(StoreUnavailable);
    expect(waits).toEqual([1, 2, 3]);
    await expect(store.create('cases', aCase('c1'))).rejects.toThrow(StoreUnavailable);
    await expect(store.batch('cases', 'c1', [{ kind: 'create', doc: aCase('c1') }])).rejects.toThrow(
      StoreUnavailable,
    );
    expect([sent('create'), sent('batch')]).toEqual([4, 4]);
    expect(await store.read('cases', 'c1', 'c1')).toBeUndefined();
  });

  test('does not repeat what is forbidden, and says which role is missing', async () => {
    server.front.fault('any', 'forbidden');
    await expect(store.check()).rejects.toThrow(/Cosmos DB Built-in Data Contributor/);
    expect(server.front.seen).toHaveLength(1);
  });

  test.each(['read', 'create', 'replace', 'batch'] as const)(
    'does not take a missing container for a missing document (%s)',
    async (kind) => {
      server.front.fault(kind, 'noContainer');
      const attempts = {
        read: () => store.read('cases', 'c1', 'c1'),
        create: () => store.create('cases', aCase('c1')),
        replace: () => store.replace('cases', aCase('c1'), 'etag'),
        batch: () => store.batch('cases', 'c1', [{ kind: 'create', doc: aCase('c1') }]),
      };
      await expect(attempts[kind]()).rejects.toThrow(/no database or container/);
      expect(server.front.seen).toHaveLength(1);
    },
  );

  test('goes on with a query where a page was lost, giving each row once', async () => {
    const operations = Array.from({ length: 35 }, (_, seq) => ({
      kind: 'create' as const,
      doc: { id: `s${seq}`, kind: 'side', caseId: 'c1', seq } as CaseDoc,
    }));
    await store.batch('cases', 'c1', operations);
    const seen: (number | undefined)[] = [];
    const query = {
      container: 'cases',
      partition: 'c1',
      where: [],
      orderBy: { field: 'seq', direction: 'asc' },
    } as const;
    for await (const { doc } of store.query<CaseDoc>(query)) {
      seen.push(doc.seq);
      if (doc.seq === 14) server.front.fault('query', 'unavailable');
      if (doc.seq === 24) server.front.fault('query', 'failedAfter');
    }

    expect(seen).toEqual(Array.from({ length: 35 }, (_, seq) => seq));
    server.front.fault('query', 'unavailable', 20);
    await expect(all(store, query)).rejects.toThrow(StoreUnavailable);
  });

  test('fails to open with a clear error when nothing answers', async () => {
    const nobody = await startCosmosServer();
    await nobody.close();
    const opening = openCosmosStore({
      endpoint: nobody.endpoint,
      key: nobody.key,
      database: 'db',
      log: silentLog,
      newId: countingIds('w'),
      wait: async () => undefined,
      retryDelaysMs: [1],
    });
    await expect(opening).rejects.toThrow(StoreUnavailable);
  });

  test('opens twice at the same time on an account without a database', async () => {
    database = nextDatabase();
    const [one, two] = await Promise.all([open('one'), open('two')]);
    await one.create('meta', { id: 'm', kind: 'switch' });
    expect((await two.read('meta', 'm', 'm'))?.doc.kind).toBe('switch');
  });

  test('adds up what requests cost', async () => {
    charges.length = 0;
    await store.create('cases', aCase('c1'));
    await store.read('cases', 'c1', 'c1');
    await all(store, { container: 'cases', where: [] });
    expect(charges.length).toBeGreaterThanOrEqual(3);
    expect(charges.every((charge) => charge > 0)).toBe(true);
  });

  test('sends partition, condition and atomicity with its requests', async () => {
    const { etag } = await store.create('cases', aCase('c1'));
    await store.batch('cases', 'c1', [{ kind: 'replace', doc: aCase('c1', { state: 'kept' }), etag }]);
    const now = await store.read('cases', 'c1', 'c1');
    await store.replace('cases', aCase('c1'), now?.etag ?? '');
    await all(store, { container: 'cases', partition: 'c1', where: [] });

    const headers = Object.fromEntries(server.front.seen.map((request) => [request.kind, request.headers]));
    for (const kind of ['create', 'batch', 'read', 'replace', 'query']) {
      expect(headers[kind]?.['x-ms-documentdb-partitionkey']).toBe('["c1"]');
    }
    expect(headers['replace']?.['if-match']).toBe(now?.etag);
    expect(String(headers['batch']?.['x-ms-cosmos-batch-atomic'])).toMatch(/true/i);
    expect(JSON.parse(server.front.seen.find(({ kind }) => kind === 'batch')?.body ?? '')).toMatchObject([
      { operationType: 'Replace', id: 'c1', ifMatch: etag },
    ]);
  });

  test('accepts http only to this machine, and never without a key', async () => {
    const options = { database: 'db', log: silentLog, newId: countingIds('w'), wait: async () => undefined };
    const key = server.key;
    await expect(openCosmosStore({ ...options, key, endpoint: 'http://cosmos.example' })).rejects.toThrow(
      /https/,
    );
    await expect(openCosmosStore({ ...options, endpoint: server.endpoint })).rejects.toThrow(/COSMOS_KEY/);
  });
});
